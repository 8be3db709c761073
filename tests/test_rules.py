"""The rules of the two blocks: their own examples, and how mistakes in a rule are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarise.errors import UsageError
from summarise.house import blocks
from summarise.house.kinds.catalogue import SLOTS
from summarise.house.rulebook import example, mistakes
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


def _own(folder: Path, text: str, name: str = "own.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("rule", blocks.house_rules(), ids=lambda rule: str(rule.id))
def test_a_shipped_rule_does_what_its_examples_say(rule: Rule, analyser: Analyser) -> None:
    assert list(map(str, mistakes(rule, analyser))) == []


@pytest.mark.parametrize("rule", blocks.house_rules(), ids=lambda rule: str(rule.id))
def test_a_shipped_rule_writes_whole_sentences_on_its_examples(rule: Rule, analyser: Analyser) -> None:
    for text in rule.fires:
        for drafted in blocks.fired(example(text, analyser), rule.block, [rule]):
            assert drafted.text.endswith(".")
            assert "{" not in drafted.text


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
        (GOOD.replace("{statement}", "It is bad."), 1, "has no slot"),
        (GOOD.replace("{statement}", "{statement!r}"), 1, "the slot 'statement!r', which"),
        (GOOD.replace("{statement}", "{statement:>99}"), 1, "the slot 'statement:>99', which"),
        (GOOD.replace("{statement}", "}{statement"), 1, "is not closed"),
        (GOOD + "  reason: Another.\n", 8, "the key 'reason' stands twice"),
        (GOOD.replace("A test needs one.", "2024-01-01"), 1, "'reason' of the rule 'why-test' is no text"),
        (GOOD.replace("block: why", "block: {why: you}"), 1, "'block' of the rule 'why-test' is no text"),
        (GOOD + '  topics: ["4"]\n', 1, "the topic '4', not one of 01 (arts"),
        (GOOD + "  ? [may]\n  : x\n", 8, "a key is one word"),
        (GOOD.replace("id: why-test", "id:"), 1, "has no id"),
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


@pytest.mark.parametrize("text", ["\n- id: [why\n", "\n- id: why\n  reason: !!python/name:os.system\n"])
def test_a_file_that_is_no_plain_yaml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"test\.yaml:3: not YAML: "):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "  priority: high\n",
        GOOD + "  part: third\n",
        GOOD + "  sober: perhaps\n",
        GOOD + "  cues: ['(may']\n",
        GOOD + "  cues: ['(?i)may']\n",
        GOOD + "  priority: yes\n",
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


def test_another_text_of_own_rules_has_another_digest_and_another_place_has_not(tmp_path: Path) -> None:
    first, second = _own(tmp_path / "a", GOOD), _own(tmp_path / "b", GOOD)
    assert digest(first) == digest(second) != digest()
    _own(second, "no rule", "notes.txt")
    assert digest(first) == digest(second)
    _own(second, GOOD.replace("A test needs one.", "Another reason."))
    assert digest(first) != digest(second)


def test_own_rules_add_to_those_of_the_program(tmp_path: Path) -> None:
    own = _own(tmp_path / "own", GOOD)
    shipped = {rule.id for rule in blocks.house_rules()}
    assert {rule.id for rule in blocks.house_rules(own)} - shipped == {"why-test"}
    assert shipped <= {rule.id for rule in blocks.house_rules(own)}


def test_an_own_rule_takes_the_place_of_the_one_with_its_id(tmp_path: Path) -> None:
    shipped = blocks.house_rules()[0]
    own = _own(tmp_path / "own", GOOD.replace("why-test", shipped.id))
    (rule,) = (rule for rule in blocks.house_rules(own) if rule.id == shipped.id)
    assert rule.reason == "A test needs one."
    assert len(blocks.house_rules(own)) == len(blocks.house_rules())


def test_own_rules_are_read_anew_when_they_have_changed(tmp_path: Path) -> None:
    own = _own(tmp_path / "own", GOOD)
    blocks.house_rules(own)
    _own(own, GOOD.replace("why-test", "why-other"))
    assert "why-other" in {rule.id for rule in blocks.house_rules(own)}


def test_a_rule_can_be_switched_off(tmp_path: Path) -> None:
    off = blocks.house_rules()[0].id
    own = _own(tmp_path / "own", f"- {{id: {off}, off: true}}\n")
    assert {rule.id for rule in blocks.house_rules()} - {rule.id for rule in blocks.house_rules(own)} == {off}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {id: why-nothing, off: true}\n", "own.yaml:1: there is no rule 'why-nothing' to switch off"),
        ("- {id: IDD, off: true}\n", "; the nearest is 'ID'"),
        ("- {id: ID, off: false}\n", "own.yaml:1: a rule is switched off by its `id` and `off: true`"),
        ("- {id: ID, off: true, priority: 2}\n", "own.yaml:1: a rule is switched off by its `id` and `off: true`"),
        ("- {off: true}\n", "own.yaml:1: a rule is switched off by its `id` and `off: true`"),
        ("- {id: ID, off: true}\n- {id: ID, off: true}\n", "own.yaml:2: there are two rules with the id 'ID'"),
    ],
)
def test_a_mistake_in_switching_a_rule_off_is_told(tmp_path: Path, text: str, says: str) -> None:
    shipped = blocks.house_rules()[0].id
    own = _own(tmp_path / "own", text.replace("IDD", f"{shipped}x").replace("ID", shipped))
    with pytest.raises(UsageError) as caught:
        blocks.house_rules(own)
    assert says.replace("ID", shipped) in str(caught.value)


def test_two_own_rules_of_one_id_are_a_mistake_in_whichever_files_they_stand(tmp_path: Path) -> None:
    own = _own(_own(tmp_path / "own", GOOD, "a.yaml"), GOOD, "b.yml")
    with pytest.raises(UsageError) as caught:
        blocks.house_rules(own)
    assert str(caught.value) == f"{own / 'b.yml'}:1: there are two rules with the id 'why-test'"


def test_a_mistake_in_an_own_rule_is_told_with_the_path_of_its_file(tmp_path: Path) -> None:
    own = _own(tmp_path / "own", GOOD + "  cue: [may]\n")
    with pytest.raises(UsageError) as caught:
        blocks.house_rules(own)
    assert str(caught.value) == f"{own / 'own.yaml'}:8: unknown key 'cue'; the nearest is 'cues'"


def test_a_folder_without_rules_is_a_mistake(tmp_path: Path) -> None:
    for folder, says in (
        (tmp_path / "none", "no folder of rules can be read there"),
        (_own(tmp_path / "own", GOOD) / "own.yaml", "no folder of rules can be read there"),
        (_own(_own(tmp_path / "empty", "no rule", "notes.txt"), "no rule", "._own.yaml"), "holds no file of rules"),
    ):
        for reader in (blocks.house_rules, digest):
            with pytest.raises(UsageError) as caught:
                reader(folder)
            assert str(caught.value).startswith(f"{folder}: ")
            assert says in str(caught.value)


def test_own_rules_that_are_no_text_are_told_by_their_file(tmp_path: Path) -> None:
    own = _own(tmp_path / "own", GOOD)
    (own / "own.yaml").write_bytes(b"- id: caf\xe9\n")
    with pytest.raises(UsageError, match=r"own\.yaml: the rules are not UTF-8 text"):
        blocks.house_rules(own)


def test_the_stories_that_a_rule_is_for_are_told_in_plain_words(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, GOOD + '  topics: ["05", "07"]\n  sober: false\n  british: true\n')
    assert rule.conditions() == {
        "sober": "not for sober stories",
        "british": "only for British stories",
        "topics": "only for education or health",
    }
