"""The kinds of evidence: what each finds in a story and how it words its slots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles import story
from summarise.house import blocks
from summarise.house.kinds.catalogue import KINDS, SLOTS, Match
from summarise.house.rules import Rule
from summarise.language import Analyser


def rule(kind: str, **conditions: object) -> Rule:
    made = Rule(
        id="why-test", block="why", kind=kind, frames=("{statement}",), reason="A test.", fires=("x",), silent=("y",)
    )
    return replace(made, **conditions)  # type: ignore[arg-type]  # the names are the rule's own


def found(analyser: Analyser, text: str, kind: str, **conditions: object) -> list[Match]:
    wanted = rule(kind, **conditions)
    return list(KINDS[kind].find(story(analyser, text), wanted))


STORY = "Bridge toll approved. Hull City Council approved a toll on the Humber crossing. "


def test_every_match_fills_only_slots_that_its_kind_gives_and_points_at_a_sentence(analyser: Analyser) -> None:
    for shipped in blocks.house_rules():
        for text in shipped.fires:
            told = story(analyser, text)
            for match in KINDS[shipped.kind].find(told, shipped):
                assert set(match.slots) <= SLOTS[shipped.kind]
                assert match.sentence in told.document.sentences
                assert 0.0 <= match.confidence <= 1.0
                assert all(value == value.strip() and value for value in match.slots.values())


def test_a_statement_holds_the_cue_and_stands_alone(analyser: Analyser) -> None:
    text = STORY + "The toll could raise £4m a year for the council. It could close. The toll is new to the town."
    (match,) = found(analyser, text, "statement", cues=("could",))
    assert match.slots["statement"] == "The toll could raise £4 million a year for the council."
    assert match.slots["clause"] == "the toll could raise £4 million a year for the council"


def test_a_statement_that_the_page_already_tells_is_not_told_again(analyser: Analyser) -> None:
    told = story(analyser, STORY + "The toll could raise £4m a year for the council.")
    wanted = rule("statement", cues=("could",))
    assert list(KINDS["statement"].find(told, wanted))
    assert list(KINDS["statement"].find(told.after(frozenset({1})), wanted)) == []


def test_a_cue_that_a_cut_takes_away_is_no_evidence(analyser: Analyser) -> None:
    text = (
        STORY + "The toll, which could rise in 2027 (as the operator and its owners have always said it would), is £2."
    )
    for match in found(analyser, text, "statement", cues=("could",)):
        assert "could" in match.slots["statement"]


def test_only_a_main_verb_ahead_is_ahead(analyser: Analyser) -> None:
    text = (
        STORY
        + "The toll could raise £4m for the town. Tom Hart, the mayor, said the toll could raise £4m for the town."
    )
    matches = found(analyser, text, "statement", cues=("could",), ahead=True)
    assert [match.sentence.index for match in matches] == [1]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (
            "Residents warned that the toll would push lorries through their villages.",
            "Residents warn that the toll would push lorries through their villages.",
        ),
        (
            "Mayor Tom Hart said the toll is not fair to drivers.",
            "Mayor Tom Hart says the toll is not fair to drivers.",
        ),
        ("The firm denied that the toll would hurt trade.", "The firm denies that the toll would hurt trade."),
        (
            "The chef and campaigner, Ann Pell, warned that the toll would hurt trade.",
            "The chef and campaigner, Ann Pell, warns that the toll would hurt trade.",
        ),
        ("Ministers never said that the toll would be free.", None),
        ("She said that the toll would be free to drivers.", None),
        ("Tom Hart said last year that the toll would be free.", None),
        ("The toll would be free to drivers of small cars.", None),
    ],
)
def test_what_a_named_party_says_is_told_in_the_present(said: str, says: str | None, analyser: Analyser) -> None:
    matches = found(analyser, STORY + said, "claim")
    told = [match.slots["statement"] for match in matches if match.sentence.index == 1]
    if says is None:
        assert [line for line in told if "say" in line or "den" in line] == []
    else:
        assert told == [says]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Sergeant Tom Hart said he hoped that drivers would slow down.", "says he hoped"),
        ("Ann Pell said that the bridge now required two lanes.", "says that the bridge now required"),
        ("Traders said they had lost half of their trade in May.", "Traders says"),
    ],
    ids=["the tense inside stays in the past", "now in the past", "a plural that the tagger takes for a name"],
)
def test_a_report_is_turned_as_a_whole_or_not_at_all(said: str, wrong: str, analyser: Analyser) -> None:
    told = [match.slots["statement"] for match in found(analyser, STORY + said, "claim")]
    assert [line for line in told if wrong in line] == []


def test_an_issue_is_a_noun_phrase_that_says_over_what(analyser: Analyser) -> None:
    text = "Council backs plan for toll. Traders raised concerns about the cost of deliveries to the town. They had concerns."
    (match,) = found(analyser, text, "issue", cues=("concerns",))
    assert match.slots == {"issue": "concerns about the cost of deliveries to the town", "story": "the plan"}


@pytest.mark.parametrize(
    "text",
    [
        "Plan backed. Traders had “concerns about the cost of deliveries to the town” in May.",
        "Plan backed. Traders raised concerns about it at a meeting in May.",
        "Plan backed. Traders raised concerns. The town was quiet.",
    ],
)
def test_an_issue_in_a_quotation_or_without_its_matter_is_none(text: str, analyser: Analyser) -> None:
    assert found(analyser, text, "issue", cues=("concerns",)) == []


def test_an_address_names_the_group_and_what_holds_for_it(analyser: Analyser) -> None:
    (match,) = found(analyser, STORY + "Drivers will pay £2 at the crossing from 5 May.", "address")
    assert match.slots == {
        "condition": "If you drive",
        "predicate": "will pay £2 at the crossing from 5 May",
        "condition_last": "if you drive",
    }
    assert "second-person" in match.edits


def test_an_address_with_a_speaker_keeps_the_speaker_and_cannot_be_turned_round(analyser: Analyser) -> None:
    (match,) = found(analyser, STORY + "The council said drivers will pay £2 a day from May.", "address")
    assert match.slots["predicate"].endswith(", the council says")
    assert "condition_last" not in match.slots


def test_residents_are_told_of_what_lies_ahead_for_their_place(analyser: Analyser) -> None:
    text = (
        "Baths in Derby may shut. The council in Derby met in May. Closing the baths could leave swimmers in Derby "
        "without a public pool until 2030. The baths in Derby were built in 1904."
    )
    (match,) = found(analyser, text, "residents")
    assert match.slots == {
        "in_place": "in Derby",
        "effect": "closing the baths could leave swimmers without a public pool until 2030",
    }


def test_there_are_no_residents_of_a_story_without_a_british_place(analyser: Analyser) -> None:
    text = "Baths in Madrid may shut. Closing the baths could leave swimmers in Madrid without a pool until 2030."
    assert found(analyser, text, "residents") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Norwich strike. Drivers will walk out at depots in Norwich and Cromer on 3 May.", "depots and Cromer"),
        ("Hull toll. A toll in Hull could push 2,000 lorries a day on to village roads nearby.", "A toll"),
    ],
    ids=["a place is taken out of a list", "a capital inside the sentence"],
)
def test_a_consequence_for_a_place_keeps_its_other_places_and_its_small_letters(
    text: str, wrong: str, analyser: Analyser
) -> None:
    assert [match for match in found(analyser, text, "residents") if wrong in match.slots.get("effect", "")] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank would have been the best place for a road in Hull.",
        "The council will not close the road in Hull.",
    ],
    ids=["what would have been", "what will not be"],
)
def test_residents_are_not_told_of_what_will_not_be(sentence: str, analyser: Analyser) -> None:
    text = f"Road plan. The council in Hull met in May. {sentence} The road in Hull was built in 1904."
    assert found(analyser, text, "residents") == []


def test_a_place_that_the_sentence_does_not_name_is_vouched_for_by_one_that_does(analyser: Analyser) -> None:
    text = (
        "Baths in Derby may shut. The council in Derby met in May. Closing the baths could leave swimmers "
        "without a public pool until 2030. The baths in Derby were built in 1904."
    )
    (match,) = found(analyser, text, "residents")
    assert match.also is not None
    assert "Derby" in match.also.text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_fails_without_a_parse(kind: str, blank_analyser: Analyser) -> None:
    text = (
        STORY + "Drivers will pay £2. Traders raised concerns about the cost. The toll could raise £4m a year in Hull."
    )
    for match in found(blank_analyser, text, kind, cues=("could", "concerns", "Drivers")):
        assert set(match.slots) <= SLOTS[kind]


@pytest.mark.parametrize(
    ("sentence", "offers"),
    [
        (
            "Advice is available from the charity’s free helpline on 0808 800 4444.",
            ["advice from the charity’s free helpline on 0808 800 4444"],
        ),
        (
            "A helpline is open from 8am to 8pm on 0808 157 0412.",
            ["advice from a helpline, open from 8am to 8pm, on 0808 157 0412"],
        ),
        ("Few flats are available in the city.", []),
        ("Advice was available from the charity’s free helpline.", []),
    ],
)
def test_where_help_is_to_be_had_is_told_to_the_reader(sentence: str, offers: list[str], analyser: Analyser) -> None:
    assert [match.slots["offer"] for match in found(analyser, STORY + sentence, "offer")] == offers


def test_those_who_live_in_a_firms_town_are_not_told_what_the_firm_will_do(analyser: Analyser) -> None:
    text = (
        "Boilers recalled in Hull. Northgate Heating Ltd, of Hull, has recalled 9,000 boilers after two fires. "
        "Northgate Heating Ltd will send every owner a prepaid bag for the controller within ten days. "
    )
    assert found(analyser, text, "residents") == []


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("The toll could push lorries on to village roads.", True),
        ("The toll leaves the town of Hull with one free crossing.", True),
        ("Tom Hart could see the toll booths from the window of the hotel.", False),
        ("The mayor would not say whether the toll could push lorries on to village roads.", False),
        ("The toll was paid by 400 drivers in the town on Monday.", False),
    ],
    ids=["may", "does", "what one person can do", "not said", "was"],
)
def test_a_consequence_is_what_a_thing_leads_to(text: str, sure: bool, analyser: Analyser) -> None:
    matches = found(analyser, STORY + text, "consequence")
    assert bool([match for match in matches if match.sentence.index == 1]) == sure


def test_a_cue_in_an_aside_is_not_the_point_of_a_sentence(analyser: Analyser) -> None:
    aside = "The mayor, who could not come to Hull, opened the new crossing for the drivers of the town."
    point = "The new crossing could bring 400 drivers a day to the shops of the town."
    assert [m.sentence.index for m in found(analyser, STORY + aside, "statement", cues=("could",))] == []
    assert [m.sentence.index for m in found(analyser, STORY + point, "statement", cues=("could",))] == [1]


def test_a_dispute_joins_an_objection_and_another_partys_answer(analyser: Analyser) -> None:
    text = (
        STORY + "Traders in Hull warned that the toll will empty their shops. "
        "But Hull City Council said the toll will pay for repairs to the bridge."
    )
    (match,) = found(analyser, text, "dispute")
    assert match.slots["objection"].startswith("Traders in Hull warn that the toll")
    assert match.slots["answer"].startswith("Hull City Council says the toll")
    assert match.also is not None


@pytest.mark.parametrize(
    "answer",
    [
        "Traders in Hull insisted that the toll will cost them dear.",
        "But the police said the toll is a danger to drivers.",
    ],
    ids=["the same party", "another objection"],
)
def test_two_objections_are_no_dispute(answer: str, analyser: Analyser) -> None:
    text = STORY + "Traders in Hull warned that the toll will empty their shops. " + answer
    assert found(analyser, text, "dispute") == []


def test_an_appeal_is_turned_to_those_who_know_something(analyser: Analyser) -> None:
    text = STORY + "Anyone with information about the toll booths is asked to call Humberside Police on 101."
    (match,) = found(analyser, text, "appeal")
    assert match.slots == {
        "condition": "If you have information about the toll booths",
        "act": "call Humberside Police on 101",
    }


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        (
            "The mayor said: “If you drive to the crossing after 5 May, you’ll need to pay £2.”",
            {"condition": "If you drive to the crossing after 5 May", "predicate": "will need to pay £2"},
        ),
        ("The mayor said: “If you ask him, you will need to pay it.”", None),
        ("The mayor asked: “If you drive to the crossing, you will pay £2?”", None),
    ],
    ids=["said to the reader", "said of others", "asked"],
)
def test_what_is_said_to_you_is_kept_with_its_condition(
    said: str, slots: dict[str, str] | None, analyser: Analyser
) -> None:
    matches = found(analyser, STORY + said, "to-you")
    assert [dict(match.slots) for match in matches] == ([slots] if slots else [])


def test_a_line_is_not_told_to_those_for_whom_only_a_relative_clause_speaks(analyser: Analyser) -> None:
    text = (
        "Rail fares to rise. Rail fares in Britain will rise by 3% in January. "
        "A museum in Hull, which once ran trains, will open a new hall in May. It rained in London."
    )
    told = [
        m.slots.get("effect", "")
        for m in found(analyser, text, "interest")
        if "rail" in m.slots["condition"] or "train" in m.slots["condition"]
    ]
    assert [clause for clause in told if clause.startswith("a museum")] == []
    assert [clause for clause in told if clause.startswith("rail fares")]


def test_who_added_something_has_said_nothing_before_it_in_a_block(analyser: Analyser) -> None:
    text = STORY + "Mayor Tom Hart added that the toll could push lorries on to village roads."
    (match,) = found(analyser, text, "statement", cues=("could",))
    assert match.slots["statement"] == "Mayor Tom Hart said that the toll could push lorries on to village roads."
    assert "said-for-added" in match.edits
