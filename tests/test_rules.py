"""The rules of the two blocks: their own examples, and how mistakes in a rule are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles import story
from summarise.errors import UsageError
from summarise.house import blocks
from summarise.house.kinds import SLOTS
from summarise.house.rules import Rule, digest, load, slots_of
from summarise.language import Analyser
from summarise.sentences import split

GOOD = """\
- id: why-test
  block: why
  kind: statement
  reason: A test needs one.
  frames: ["{statement}"]
  fires: ["Bridge shut. The bridge is shut."]
  silent: ["Bridge open. The bridge is open."]
"""


def read(folder: Path, text: str) -> tuple[Rule, ...]:
    (folder / "test.yaml").write_text(text, encoding="utf-8")
    return load(SLOTS, folder)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.id}-{i}")
        for rule in blocks.house_rules()
        for i, text in enumerate(rule.fires)
    ],
)
def test_a_rule_writes_a_sentence_on_each_of_its_examples(rule: Rule, text: str, analyser: Analyser) -> None:
    written = list(blocks.fired(story(analyser, text), rule.block, [rule]))
    assert written
    assert all(drafted.text.endswith(".") and "{" not in drafted.text for drafted in written)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.id}-{i}")
        for rule in blocks.house_rules()
        for i, text in enumerate(rule.silent)
    ],
)
def test_a_rule_is_silent_on_each_of_its_counter_examples(rule: Rule, text: str, analyser: Analyser) -> None:
    assert [drafted.text for drafted in blocks.fired(story(analyser, text), rule.block, [rule])] == []


@pytest.mark.parametrize("rule", blocks.house_rules(), ids=lambda rule: str(rule.id))
def test_a_counter_example_is_silent_for_the_rules_own_reason_and_not_for_its_kind_of_story(
    rule: Rule, analyser: Analyser
) -> None:
    """A sober rule with a counter-example that is not sober would be silent on anything."""
    for text in rule.silent:
        told = story(analyser, text)
        assert rule.sober in {None, told.sober}
        assert rule.british in {None, told.british}


@pytest.mark.parametrize("rule", blocks.house_rules(), ids=lambda rule: str(rule.id))
def test_a_shipped_rule_is_complete(rule: Rule) -> None:
    assert rule.id.startswith(f"{rule.block}-")
    assert rule.reason.endswith(".")
    assert all(len(split(text)) >= 3 for text in (*rule.fires, *rule.silent))
    assert 1 <= rule.priority <= 9
    assert rule.part in {"any", "first", "second"}


def test_rules_come_by_their_priority() -> None:
    keys = [(rule.priority, rule.id) for rule in blocks.house_rules()]
    assert keys == sorted(keys)


def test_a_good_rule_is_read_with_its_defaults(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, GOOD)
    assert (rule.id, rule.frames, rule.priority, rule.part, rule.sober) == (
        "why-test",
        ("{statement}",),
        5,
        "any",
        None,
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (GOOD + "  cue: [may]\n", 8, "unknown key 'cue'; the nearest is 'cues'"),
        (GOOD.replace("{statement}", "{sentence}"), 1, "the slot 'sentence', which 'statement' does not give"),
        (GOOD.replace("{statement}", "{statement"), 1, "is not closed"),
        (GOOD.replace("kind: statement", "kind: statements"), 1, "the kind 'statements', which there is not"),
        (GOOD.replace('  fires: ["Bridge shut. The bridge is shut."]\n', ""), 1, "has no fires"),
        (GOOD.replace('["Bridge open. The bridge is open."]', "[]"), 1, "has no silent"),
        (GOOD.replace("  reason: A test needs one.\n", ""), 1, "has no reason"),
        (GOOD.replace("block: why", "block: because"), 1, "is 'because', not one of why, you"),
        (GOOD.replace('["{statement}"]', '"{statement}"'), 1, "is no list of texts"),
        (GOOD.replace('["Bridge shut. The bridge is shut."]', "[no]"), 1, "is no list of texts"),
        (GOOD + GOOD, 8, "two rules with the id 'why-test'"),
        ("- why-test\n", 1, "a rule is a mapping"),
        ("id: why-test\n", 1, "a list of rules"),
        ("", 1, "a list of rules"),
    ],
)
def test_a_mistake_in_a_rule_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"test.yaml:{line}: ")
    assert says in str(caught.value)


def test_a_file_that_is_no_yaml_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"test\.yaml: not YAML"):
        read(tmp_path, "- id: [why\n")


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "  priority: high\n",
        GOOD + "  part: third\n",
        GOOD + "  sober: perhaps\n",
        GOOD + "  cues: ['(may']\n",
    ],
)
def test_a_wrong_value_in_a_rule_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        read(tmp_path, text)


def test_rules_of_several_files_are_read_and_other_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("why-test", "why-a"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("why-test", "why-b"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no rule", encoding="utf-8")
    assert [rule.id for rule in load(SLOTS, tmp_path)] == ["why-a", "why-b"]


def test_cues_are_whole_words_in_any_case_and_unless_forbids(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, GOOD + "  cues: ['risks?', may]\n  unless: [may have]\n")
    assert rule.admits("May the risks grow.")
    assert rule.admits("The RISK is small.")
    assert not rule.admits("The asterisk and the mayor.")
    assert not rule.admits("The risk may have gone.")


def test_the_slots_of_a_frame_are_named_in_order() -> None:
    assert list(slots_of("If you live in {place}, {clause}.")) == ["place", "clause"]


def test_equal_rules_have_equal_digests() -> None:
    assert digest() == digest()
    assert len(digest()) == 12
