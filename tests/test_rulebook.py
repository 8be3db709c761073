"""The rules as a book: examples that do not hold are found, and every rule of a page is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from summarise.house import blocks
from summarise.house.kinds.catalogue import KINDS, SLOTS, Match
from summarise.house.rulebook import example, fates, mistakes, silence
from summarise.house.rules import Rule, load
from summarise.house.story import Story
from summarise.language import Analyser
from summarise.lines import evidence
from summarise.pages import read_page
from summarise.pipeline import Summariser
from summarise.records import Block, Line, RuleFate
from summarise.settings import Settings

RAW = Path(__file__).parent.parent / "data" / "raw"

JOBS = """\
- id: why-jobs
  block: why
  kind: statement
  reason: Jobs matter.
  cues: ['\\d+ jobs', redundancies]
  frames: ["{statement}"]
  fires:
    - "Bakery to close. The bakery chain Penfold will close ten shops in Kent. About 140 jobs will go at the company."
    - "Bakery to close. The bakery chain Penfold will close ten shops in Kent. The shops made a loss last year."
  silent:
    - "Bakery to close. The bakery chain Penfold will close ten shops in Kent. The shops made a loss last year."
    - "Bakery to close. The bakery chain Penfold will close ten shops in Kent. About 140 jobs will go at the company."
"""
FIRES = (
    "Bakery to close. The bakery chain Penfold will close ten shops in Kent. The company made a loss last year. "
    "About 140 jobs will go at the company by Easter, mostly in Dover and Deal."
)


def _rule(folder: Path, text: str = JOBS) -> Rule:
    (folder / "why.yaml").write_text(text, encoding="utf-8")
    (rule,) = load(SLOTS, folder)
    return rule


def _fates(rule: Rule, analyser: Analyser, *, taken: int | None = None, block: Block | None = None) -> list[RuleFate]:
    """Return what became of a rule on FIRES, of which a sentence may be told above the block."""
    story = example(FIRES, analyser)
    if taken is not None:
        story = story.after(frozenset({taken}))
    written = block or blocks.draft_block(story, "why", [rule])
    return list(fates("why", written, story, [rule], {2: "the standfirst"}))


def _line(drafted: blocks.Drafted) -> Line:
    return Line(drafted.text, (evidence(drafted.match.sentence),), rule=drafted.rule.id)


def test_an_example_that_does_not_hold_is_told_with_its_own_line(tmp_path: Path, analyser: Analyser) -> None:
    assert list(map(str, mistakes(_rule(tmp_path), analyser))) == [
        "why.yaml:9: why-jobs: writes nothing on an example of `fires`: no sentence holds a cue",
        "why.yaml:12: why-jobs: writes on an example of `silent`: About 140 jobs will go at the company.",
    ]


def test_a_counter_example_must_be_silent_for_more_than_its_kind_of_story(tmp_path: Path, analyser: Analyser) -> None:
    rule = replace(_rule(tmp_path, JOBS + "  sober: true\n"), fires=())
    rule = replace(rule, origin=replace(rule.origin, fires=()))
    told = [str(mistake) for mistake in mistakes(rule, analyser)]
    assert told[0] == (
        "why.yaml:11: why-jobs: an example of `silent` is silent for its kind of story alone: only for sober stories"
    )


def test_a_sentence_of_the_block_is_told_with_its_rule_and_its_evidence(tmp_path: Path, analyser: Analyser) -> None:
    rule = _rule(tmp_path)
    story = example(FIRES, analyser)
    (drafted,) = blocks.fired(story, "why", [rule])
    block = Block("drafted", (_line(drafted),))
    (fate,) = _fates(rule, analyser, block=block)
    assert (fate.rule, fate.fate, fate.text) == ("why-jobs", "taken", drafted.text)
    assert [sentence.index for sentence in fate.evidence] == [2]


def test_a_sentence_whose_evidence_is_told_above_is_passed_over_for_that(tmp_path: Path, analyser: Analyser) -> None:
    (fate,) = _fates(_rule(tmp_path), analyser, taken=2)
    assert (fate.fate, fate.reason) == ("not taken", "its evidence is told already by the standfirst")
    assert fate.text.startswith("About 140 jobs will go")
    assert [sentence.index for sentence in fate.evidence] == [2]


def test_a_sentence_of_a_block_that_stays_open_is_told_with_the_blocks_reason(
    tmp_path: Path, analyser: Analyser
) -> None:
    block = Block("needs-editor", reason="too little for a block")
    (fate,) = _fates(_rule(tmp_path), analyser, block=block)
    assert (fate.fate, fate.reason) == ("not taken", "the block is open: too little for a block")


@pytest.mark.parametrize(
    ("changes", "text", "reason"),
    [
        ({}, "About 140 jobs will go at the firm.", "why-jobs tells the same sentence"),
        ({"part": "first"}, None, "it may only open the block, and another sentence opens it"),
        ({}, "Word " * 44, "the block would have more than 45 words with it"),
        ({}, None, "other sentences were worth more, or say much the same"),
    ],
)
def test_why_a_sentence_was_passed_over_is_told_as_far_as_the_block_tells(
    tmp_path: Path, analyser: Analyser, changes: dict[str, str], text: str | None, reason: str
) -> None:
    rule = replace(_rule(tmp_path), **changes)  # type: ignore[arg-type]  # of the test's own table
    story = example(FIRES, analyser)
    (drafted,) = blocks.fired(story, "why", [rule])
    line = _line(drafted)
    other = replace(line, rule="why-other", text="Another sentence.", evidence=(replace(line.evidence[0], sentence=1),))
    if reason.endswith("same sentence"):
        other = replace(line, text=text or "", evidence=(replace(line.evidence[0], sentence=1), line.evidence[0]))
    elif text:
        other = replace(other, text=text)
    *_, fate = _fates(rule, analyser, block=Block("drafted", (other,)))
    assert (fate.fate, fate.reason) == ("not taken", reason)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ("  sober: true\n", "only for sober stories"),
        ("  british: false\n", "only for stories from abroad"),
        ('  topics: ["15"]\n', "only for sport"),
        ("  unless: [Easter]\n", "no sentence holds a cue without a word of `unless`"),
        ("  ahead: false\n", "1 sentence with a cue, none of use to the kind 'claim'"),
    ],
)
def test_a_silent_rule_says_why(tmp_path: Path, analyser: Analyser, changes: str, reason: str) -> None:
    kind = "claim" if "claim" in reason else "statement"
    rule = _rule(tmp_path, JOBS.replace("kind: statement", f"kind: {kind}") + changes)
    assert silence(rule, example(FIRES, analyser)) == reason
    (fate,) = _fates(rule, analyser)
    assert (fate.fate, fate.reason, fate.text, fate.evidence) == ("silent", reason, "", ())


def test_evidence_that_fills_no_frame_is_told(
    tmp_path: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(story: Story, _: Rule) -> Iterator[Match]:
        yield Match(story.document.sentences[0], {}, (), 1.0)

    for module in ("blocks", "rulebook"):
        monkeypatch.setattr(f"summarise.house.{module}.KINDS", {"statement": replace(KINDS["statement"], find=find)})
    assert silence(_rule(tmp_path), example(FIRES, analyser)) == "the evidence fills the slots of no frame"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.html")), ids=lambda path: str(path.stem))
def test_the_rules_explained_are_all_rules_and_the_sentences_are_those_of_the_draft(
    path: Path, real_summariser: Summariser
) -> None:
    page = read_page(path)
    told = real_summariser.explain_rules(page)
    draft = real_summariser.draft(page)
    assert {fate.rule for fate in told} == {rule.id for rule in real_summariser.rules}
    for name, block in (("why", draft.why_this_matters), ("you", draft.what_this_means_for_you)):
        taken = [(fate.rule, fate.text) for fate in told if fate.block == name and fate.fate == "taken"]
        assert taken == [(line.rule, line.text) for line in block.sentences]
    assert all(fate.reason for fate in told)
    assert all(bool(fate.evidence) == (fate.fate != "silent") for fate in told)


@pytest.fixture(scope="module")
def real_summariser() -> Summariser:
    return Summariser(Settings())
