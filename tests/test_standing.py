"""Lines that stand alone, and lines that lean on what their reader has not seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.standing import (
    VAGUE_OPENING,
    context_faults,
    form_faults,
    line_faults,
    opening_faults,
    pointing_faults,
    pronoun_faults,
    speech_faults,
)

GOOD = [
    "Police said they had found no weapon.",
    "Staff said they would not strike.",
    "Each household will get £150 in April.",
    "Another 300 homes will be built in Luton.",
    "The number of cases rose to 2,400.",
    "Then prime minister Boris Johnson visited the town.",
    "Hull City Council will close the pool in June because it has run out of money.",
    "Ann Pell said she had never agreed to the plan.",
    "In 2019 the firm opened a plant in Derby.",
    "There is no evidence that the vaccine raises the risk.",
    "After the vote, ministers said they would think again.",
    "Many drivers will not have to pay the charge.",
    "US regulators said they would not approve the drug.",
    "When parliament returns, ministers will publish the bill.",
    "While talks go on, no trains will run.",
    "A man who hit his neighbour has been jailed for two years.",
    "All 31 councils have raised charges.",
    "iPhone sales fell by 8% in the spring.",
    "Unlike his rivals, Tom Ashe has not raised any money.",
    "The ban applies to those who hold a licence.",
    "The mayor said the town could not wait any longer.",
    "The first of the new trains will run in May.",
    "As many as 400 homes may be without power.",
    "As well as a fine, the firm must pay costs.",
    "First aid courses will be free in June.",
    "One in four adults does not own a passport.",
    "The four-year-old scheme will end.",
    "The 34-year-old man from Hull was jailed for nine years.",
    "The 2024 budget will raise taxes by £40 billion.",
    "Hartley admitted he had lied to the jury.",
    "A spokeswoman said she could not comment.",
    "Acme was founded by Ann Pell in 1921.",
    "Some 3,000 patients have waited more than a year.",
]

BAD = {
    opening_faults: [
        "Last but not least, the plan was dropped.",
        "As a result, the school will close in May.",
        "As such, the plan is unlikely to work.",
        "Most are under 18.",
        "Two weeks later, the firm closed its shop.",
        "A day earlier, the plan was dropped.",
        "The other two were freed in May.",
        "One was jailed for nine years.",
        "What happened next shocked the town.",
        "Asked about the plan, the mayor said no.",
        "If it agrees, the council must approve the loan.",
        "At the end of it the firm was fined £400.",
        "In the autumn it was 93.4%, according to the trust.",
        "He said the plan was dead.",
        "It will close in June.",
        "They have not agreed to it.",
        "This means drivers will pay more.",
        "That was not enough to save the club.",
        "Such plans are rare.",
        "Both said no.",
        "Others will follow in May.",
        "His wife was not hurt.",
        "However, the plan was dropped.",
        "But the plan was dropped.",
        "In response, the firm cut prices.",
        "Later, the plan was dropped.",
        "Elsewhere, the firm closed two shops.",
        "At the time, the firm had 40 staff.",
        "By then, the plan had failed.",
        "The move will save £4 million.",
        "The latter will close first.",
        "The two were jailed for nine years.",
        "The first was sold in May.",
        "Of these, 40 were children.",
        "The 34-year-old was jailed for nine years.",
        "",
    ],
    pronoun_faults: [
        "The council said the firm had hurt her.",
        "Days later, he was freed.",
        "The plan left them with nothing.",
        "Their home was sold.",
    ],
    pointing_faults: [
        "The council said these measures would help.",
        "The mayor said this plan was dead.",
        "The pair will appear in court in May.",
        "Ministers will pay the duo £4,000.",
        "The firms will pay £3 and £4 respectively.",
        "The council did so in May.",
        "The plan was dropped after that.",
        "The firm closed at the same time.",
    ],
    speech_faults: [
        "The firm said: “We will not pay.”",
        'The firm said "never again" twice.',
        "The firm said ‘we shall never pay for this bridge’ twice.",
        "The firm said we will not pay.",
        "The council said you should stay at home.",
        "Will the plan work?",
        "The plan will work!",
    ],
    form_faults: [
        "How a water bill is made up – in 90 seconds.",
        "The mayor (who chairs the trust said no.",
        "The mayor said…",
        "The mayor wrote as @mayor that she was glad.",
        "See www.example.com for more.",
        "The total was 400.",
        "The mayor said he and.",
        "No, the plan will not work.",
        "Three things will change:",
        "1. The plan will close.",
        "the plan was dropped.",
        "• The plan was dropped.",
    ],
}

NOT_YET_FOUND = [
    "Put a wall there and it has nowhere to go.",
]

FOUND_WRONGLY = [
    "People in these areas should boil their water before they drink it.",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_line_that_stands_alone_has_no_fault(text: str) -> None:
    assert line_faults(text) == []


@pytest.mark.parametrize(
    ("check", "text"), [(check, text) for check, texts in BAD.items() for text in texts], ids=lambda value: str(value)
)
def test_a_line_that_leans_on_its_article_has_the_fault(check: object, text: str) -> None:
    assert callable(check)
    assert check(text)


@pytest.mark.parametrize("text", NOT_YET_FOUND)
@pytest.mark.xfail(reason="the fault is not looked for")
def test_a_fault_that_is_not_yet_found(text: str) -> None:
    assert line_faults(text)


@pytest.mark.parametrize("text", FOUND_WRONGLY)
@pytest.mark.xfail(reason="the line stands alone, but a fault is found")
def test_a_line_that_is_not_yet_let_through(text: str) -> None:
    assert line_faults(text) == []


def test_a_definite_noun_that_does_not_say_which_is_the_milder_fault() -> None:
    assert context_faults("The move will save £4 million.") == [VAGUE_OPENING]
    assert context_faults("The move to Derby will save £4 million.") == []


def test_a_fault_names_the_words_it_is_about() -> None:
    assert opening_faults("However, the plan was dropped.") == ["begins with the connective “however”"]
    assert pronoun_faults("Days later, he was freed.") == ["“he” has nobody to stand for"]
    assert pointing_faults("The council said these measures would help.") == ["“these measures” points back"]


@given(st.text(max_size=120))
def test_any_text_can_be_judged(text: str) -> None:
    assert line_faults(text) == line_faults(text)
    assert all(line_faults(text))


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("‘Nightjar’ was the best drama of the year.", False),
        ("Ann Lee starred in the drama ‘The Long Road to Hull’.", False),
        ("Ann Lee called the plan ‘mad’.", True),
        ("Ann Lee said ‘No Way’ to the plan.", True),
    ],
)
def test_a_title_in_single_marks_is_no_quotation(line: str, quotes: bool) -> None:
    assert ("holds a direct quotation" in speech_faults(line)) == quotes


def test_a_line_without_its_subject_is_a_fragment() -> None:
    assert form_faults("Said it meant to stay away from the talks.") == ["has no subject before its verb"]
    assert form_faults("Selby said it meant to stay away from the talks.") == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Just a few years later Ann Pell left her shop.", "points back"),
        ("The picture was shown with the words 'My brother had to write it.", "left open"),
        ("(Six are with Ann Pell, one with Tom Ashe.)", "is an aside"),
    ],
)
def test_what_is_left_over_from_a_page_is_found(text: str, fault: str) -> None:
    assert any(fault in found for found in line_faults(text))


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("The two leaders signed a treaty in Leeds.", True),
        ("All five men are accused of fraud.", True),
        ("The inspector said many of them had failed.", True),
        ("Police stopped nine drivers and fined two of them.", False),
        ("The mayor said it was promised by both companies.", True),
        ("Two firms bid, and both companies failed.", False),
    ],
)
def test_a_number_of_things_that_the_line_does_not_name_points_back(text: str, leans: bool) -> None:
    assert bool(context_faults(text)) == leans
