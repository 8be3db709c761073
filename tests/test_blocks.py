"""The two labelled blocks: what is chosen for them, and why one stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles import story
from summarise.house.blocks import LENGTHS, draft_block, fired, house_rules
from summarise.house.rules import Rule
from summarise.language import Analyser
from summarise.records import Block, count_words

WHY = (
    "Bridge toll approved. Hull City Council approved a toll of £2 on the Humber crossing. Residents warned that the "
    "toll would push lorries through their villages. Ministers will decide in the autumn whether to pay for repairs. "
    "The toll could raise £4m a year for the council."
)
YOU = (
    "Bridge toll approved. Hull City Council approved a toll of £2 on the Humber crossing. Drivers will pay £2 at the "
    "crossing from 5 May. A toll in Hull could push 2,000 lorries a day on to village roads nearby. The council voted."
)
SOBER = (
    "Man dies in crash. A man of 40 died in a crash on the A1 near Newark. Drivers will face delays of an hour on the "
    "A1 until Friday. Anyone who saw the crash should call Nottinghamshire Police on 101. Anyone who filmed the crash "
    "from a car should send the pictures to Nottinghamshire Police."
)


def why_rule(frame: str = "{statement}", **conditions: object) -> Rule:
    made = Rule(
        id="why-test", block="why", kind="statement", frames=(frame,), reason="A test.", fires=("x",), silent=("y",)
    )
    return replace(made, **conditions)  # type: ignore[arg-type]  # the names are the rule's own


def drafted(analyser: Analyser, text: str, block: str) -> Block:
    return draft_block(story(analyser, text), block)


@pytest.mark.parametrize(("text", "block"), [(WHY, "why"), (YOU, "you"), (SOBER, "you")])
def test_a_drafted_block_keeps_the_length_of_the_house_in_one_to_three_sentences(
    text: str, block: str, analyser: Analyser
) -> None:
    made = drafted(analyser, text, block)
    assert made.status == "drafted"
    assert made.reason is None
    assert 1 <= len(made.sentences) <= 3
    assert LENGTHS[block].fewest <= count_words(made.text) <= LENGTHS[block].most


@pytest.mark.parametrize(("text", "block"), [(WHY, "why"), (YOU, "you")])
def test_every_sentence_has_evidence_of_its_own_and_names_its_rule(text: str, block: str, analyser: Analyser) -> None:
    told = story(analyser, text)
    made = draft_block(told, block)
    places = [line.evidence[0].sentence for line in made.sentences]
    assert len(set(places)) == len(places)
    assert {line.rule for line in made.sentences} <= {rule.id for rule in house_rules()}
    for line in made.sentences:
        evidence = line.evidence[0]
        paragraph = told.document.article.paragraphs[evidence.paragraph]
        assert paragraph[evidence.start : evidence.end] == told.document.sentences[evidence.sentence].text


def test_no_sentence_opens_like_another_or_comes_twice_from_a_rule_that_does_not_repeat(analyser: Analyser) -> None:
    made = drafted(analyser, WHY, "why")
    openings = [line.text.split()[:3] for line in made.sentences]
    assert all(left != right for i, left in enumerate(openings) for right in openings[:i])
    repeating = {rule.id for rule in house_rules() if rule.repeats}
    once = [line.rule for line in made.sentences if line.rule not in repeating]
    assert len(set(once)) == len(once)


def test_the_block_for_the_reader_opens_with_what_holds_for_the_reader(analyser: Analyser) -> None:
    assert drafted(analyser, YOU, "you").sentences[0].text == "You will pay £2 at the crossing from 5 May if you drive."


def test_a_rule_for_the_second_sentence_never_opens_a_block(analyser: Analyser) -> None:
    told = story(analyser, WHY)
    made = draft_block(told, "why", [why_rule(part="second", cues=("could",))])
    assert made.status == "needs-editor"
    second = {rule.id for rule in house_rules() if rule.part == "second"}
    assert all(
        drafted(analyser, text, block).sentences[0].rule not in second for text, block in ((WHY, "why"), (YOU, "you"))
    )


def test_a_sober_story_gives_the_reader_advice_and_nothing_else(analyser: Analyser) -> None:
    made = drafted(analyser, SOBER, "you")
    assert story(analyser, SOBER).sober
    assert "Nottinghamshire Police on 101" in made.text
    assert "delays" not in made.text


@pytest.mark.parametrize(
    ("text", "block", "reason"),
    [
        ("Museum opens. A museum opened. It rained. It was new.", "why", "no rule found evidence"),
        (
            "Man dies in crash. A man of 40 died in a crash on the A1 near Newark. It rained.",
            "you",
            "a sober story without advice",
        ),
        (
            "Madrid fines hotels. Hotels in Madrid were fined. Officials in Madrid were pleased with the fine.",
            "you",
            "a story from abroad",
        ),
        (
            "Bridge toll. Hull City Council met in May. The toll could raise £4m a year in Hull.",
            "why",
            "too short or too long",
        ),
    ],
)
def test_an_open_block_says_why(text: str, block: str, reason: str, analyser: Analyser) -> None:
    made = drafted(analyser, text, block)
    assert made.status == "needs-editor"
    assert made.sentences == ()
    assert made.reason is not None
    assert reason in made.reason


@pytest.mark.parametrize(
    "conditions",
    [{"sober": True}, {"british": False}, {"topics": ("15",)}, {"block": "you"}, {"cues": ("zebra",)}],
)
def test_a_rule_whose_condition_the_story_does_not_meet_writes_nothing(
    conditions: dict[str, object], analyser: Analyser
) -> None:
    told = story(analyser, WHY)
    assert list(fired(told, "why", [why_rule(cues=("could",))]))
    rule = replace(why_rule(cues=("could",)), **conditions)  # type: ignore[arg-type]  # the names are the rule's own
    assert list(fired(told, "why", [rule])) == []


def test_a_frame_whose_slots_the_match_does_not_fill_is_passed_over(analyser: Analyser) -> None:
    rule = why_rule(cues=("could",), frames=("More broadly, {clause}.", "In {place}, {clause}."))
    (written,) = fired(story(analyser, WHY), "why", [rule])
    assert written.text == "More broadly, the toll could raise £4 million a year for the council."


def test_what_the_page_already_tells_is_left_out(analyser: Analyser) -> None:
    told = story(analyser, WHY)
    taken = frozenset(sentence.index for sentence in told.document.sentences)
    assert draft_block(told.after(taken), "why").status == "needs-editor"
    assert told.after(frozenset({0})).taken == told.taken | {0}


def test_a_block_is_drafted_alike_in_every_run(analyser: Analyser) -> None:
    assert drafted(analyser, WHY, "why") == drafted(analyser, WHY, "why")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "Bus drivers to strike in Norwich. Bus drivers in Norwich will strike for five days in May. Drivers will walk "
            "out at depots in Norwich and Cromer on 3 May. The union in Norwich said drivers could strike again in June. "
            "Passengers in Norwich will need to find another way to work on 3 May.",
            "you could strike",
        ),
    ],
    ids=["those who strike are not the reader"],
)
def test_a_reader_is_spared_what_holds_for_others(text: str, wrong: str, analyser: Analyser) -> None:
    assert [line.text for line in fired(story(analyser, text), "you") if wrong in line.text] == []


def test_residents_of_no_named_place_are_not_addressed(analyser: Analyser) -> None:
    text = (
        "Bridge toll approved. Hull City Council approved a toll of £2 on the Humber crossing. Drivers will pay £2 at "
        "the crossing from 5 May. Residents can ask for a free pass online until 30 June."
    )
    written = [line.text for line in fired(story(analyser, text), "you")]
    assert written
    assert [line for line in written if "if you live." in line.lower() or "if you live," in line.lower()] == []


def test_without_a_parse_a_block_holds_whole_sentences_or_stays_open(blank_analyser: Analyser) -> None:
    for text, block in ((WHY, "why"), (YOU, "you")):
        made = draft_block(story(blank_analyser, text), block)
        assert all(count_words(line.text) > 3 for line in made.sentences)
        assert (made.status == "drafted") == bool(made.sentences)


def test_advice_to_some_is_never_given_to_everybody(analyser: Analyser) -> None:
    text = (
        "Trust clears list. The trust in Hull has hired six surgeons to clear its list. Those who have changed address "
        "are asked to call the booking office on 01632 960118. The list in Hull is long."
    )
    written = [line.text for line in fired(story(analyser, text), "you") if "booking office" in line.text]
    assert written
    assert all("if you have changed address" in line.lower() for line in written)


def test_a_block_does_without_the_sentences_that_the_other_block_tells(analyser: Analyser) -> None:
    told = story(analyser, YOU)
    used = {evidence.sentence for line in draft_block(told, "you").sentences for evidence in line.evidence}
    again = draft_block(told, "you", without=frozenset(used))
    assert not used & {evidence.sentence for line in again.sentences for evidence in line.evidence}


def test_a_filler_stands_only_in_a_block_that_would_be_too_short(analyser: Analyser) -> None:
    fillers = {rule.id for rule in house_rules() if rule.part == "second" and rule.priority >= 5}
    assert fillers
    for text, block in ((WHY, "why"), (YOU, "you")):
        lines = drafted(analyser, text, block).sentences
        for i, line in enumerate(lines):
            before = sum(count_words(other.text) for other in lines[:i])
            assert line.rule not in fillers or before < LENGTHS[block].fewest


def test_what_an_opinion_piece_claims_is_given_as_its_writers_view(analyser: Analyser) -> None:
    told = story(analyser, WHY)
    article = replace(told.document.article, kind="opinion")
    told.maker.document = replace(told.document, article=article)
    lines = [drafted.text for drafted in fired(told, "why")]
    assert [line for line in lines if line.endswith(", the writer argues.")]
    assert [line for line in lines if "warn" in line and "writer" in line] == []
