"""The rules of the style lint: house/data/style.yaml read into values, every mistake named with file and line.

A rule names a kind of check, which is code (see `checks`), and gives it what it needs: a pattern, lists of
words, bounds, a severity and a message. A rule that reads one line carries examples on which it must fire
and on which it must stay silent; one test runs them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple, get_args

from summarise.house import rule_files
from summarise.house.rule_files import Entry, nearest
from summarise.records import Severity
from summarise.wording import lists

FILE = "style.yaml"
DRAFTED = ("standfirst", "key_points", "why_this_matters", "what_this_means_for_you")
PARTS = ("headline", *DRAFTED, "body")
_SLOT = re.compile(r"\{(\w*)\}")


class Shape(NamedTuple):
    """What a kind of check asks of its rules: slots that a message may use, keys that it needs or may have.

    A kind that reads one `line` at a time asks for examples as well.
    """

    slots: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    line: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the lint.

    `check` names its findings. `pattern` is what it looks for, `write` how a match is put right
    (an expansion of the match), `unless` what around a match excuses it, `exempt` what is not
    read at all. `phrases` are the words of `words` and `lists` without those of `excepted`,
    `open_words` others that make up for the loss of one; `bounds` are the fewest and the most
    allowed, `counts` the numbers that it names.
    """

    id: str
    check: str
    kind: str
    severity: Severity
    message: str
    reason: str
    parts: frozenset[str] = frozenset(DRAFTED)
    pattern: re.Pattern[str] | None = None
    write: str = ""
    unless: re.Pattern[str] | None = None
    exempt: re.Pattern[str] | None = None
    phrases: tuple[str, ...] = ()
    open_words: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 0)
    counts: tuple[int, ...] = ()
    share: float = 0.0
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


_REQUIRED = ("id", "check", "kind", "severity", "message", "reason")
_PATTERNS = ("pattern", "unless", "exempt")
_LISTS = ("parts", "words", "lists", "excepted", "open_words", "fires", "silent")
KEYS = (*_REQUIRED, *_PATTERNS, *_LISTS, "write", "bounds", "counts", "share")
_OF_ANY = frozenset({*_REQUIRED, "parts", "fires", "silent"})


def read(kinds: Mapping[str, Shape], text: str | None = None) -> tuple[Rule, ...]:
    """Return the rules in the order of the file, the package's own where no text is given.

    Raises UsageError with file and line.
    """
    if text is None:
        text = resources.files("summarise").joinpath("house/data", FILE).read_text(encoding="utf-8")
    rules: dict[str, Rule] = {}
    for entry in rule_files.read(text, FILE):
        entry.check_keys(KEYS)
        rule = _rule(entry, kinds)
        if rule.id in rules:
            raise entry.error(f"there are two rules with the id {rule.id!r}", "id")
        rules[rule.id] = rule
    return tuple(rules.values())


def _rule(entry: Entry, kinds: Mapping[str, Shape]) -> Rule:
    values = entry.values
    missing = [key for key in _REQUIRED if not isinstance(values.get(key), str) or not values[key]]
    if missing:
        raise entry.error(f"the rule {values.get('id', '?')!r} has no {', '.join(missing)}")
    if values["severity"] not in get_args(Severity):
        severities = ", ".join(get_args(Severity))
        raise entry.error(f"the severity {values['severity']!r} is not one of {severities}", "severity")
    if values["kind"] not in kinds:
        what = f"{values['id']!r} wants the kind {values['kind']!r}, which there is not"
        raise entry.error(what + nearest(values["kind"], kinds), "kind")
    _check_keys(entry, kinds[values["kind"]])
    _check_message(entry, kinds[values["kind"]].slots)
    pattern = _pattern(entry, "pattern")
    return Rule(
        **{key: values[key] for key in _REQUIRED},
        parts=frozenset(_parts(entry)),
        pattern=pattern,
        write=_write(entry, pattern),
        unless=_pattern(entry, "unless"),
        exempt=_pattern(entry, "exempt"),
        phrases=tuple(_phrases(entry)),
        open_words=tuple(_named(entry, "open_words")),
        bounds=_bounds(entry),
        counts=tuple(_numbers(entry, "counts")),
        share=_share(entry),
        fires=_texts(entry, "fires"),
        silent=_texts(entry, "silent"),
    )


def _check_keys(entry: Entry, shape: Shape) -> None:
    needs = shape.needs | ({"fires", "silent"} if shape.line else set())
    if missing := sorted(key for key in needs if not entry.values.get(key)):
        raise entry.error(f"the rule {entry.values['id']!r} has no {', '.join(missing)}")
    for key in entry.values:
        if key not in _OF_ANY | shape.needs | shape.takes:
            raise entry.error(f"the kind {entry.values['kind']!r} does not read {key!r}", key)


def _check_message(entry: Entry, slots: Collection[str]) -> None:
    for slot in _SLOT.findall(entry.values["message"]):
        if slot not in slots:
            raise entry.error(
                f"the message has the slot {slot!r}, which {entry.values['kind']!r} does not give", "message"
            )


def _texts(entry: Entry, key: str) -> tuple[str, ...]:
    value = entry.values.get(key, [])
    if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise entry.error(f"{key!r} of the rule {entry.values['id']!r} is no list of texts", key)
    return tuple(value)


def _parts(entry: Entry) -> tuple[str, ...]:
    parts = _texts(entry, "parts") or DRAFTED
    for part in parts:
        if part not in PARTS:
            raise entry.error(f"there is no part {part!r} of a page{nearest(part, PARTS)}", "parts")
    return parts


def _pattern(entry: Entry, key: str) -> re.Pattern[str] | None:
    if key not in entry.values:
        return None
    try:
        return re.compile(entry.values[key])
    except (re.error, TypeError) as error:
        raise entry.error(f"{key!r} of {entry.values['id']!r} is no regular expression: {error}", key) from error


def _write(entry: Entry, pattern: re.Pattern[str] | None) -> str:
    write = entry.values.get("write", "")
    if not isinstance(write, str):
        raise entry.error(f"'write' of the rule {entry.values['id']!r} is no text", "write")
    for group in re.findall(r"\\(\d+)", write):
        if pattern is None or int(group) > pattern.groups:
            raise entry.error(
                f"'write' of {entry.values['id']!r} names the group {group}, which its pattern has not", "write"
            )
    return write


def _phrases(entry: Entry) -> Iterator[str]:
    excepted = set(_named(entry, "excepted"))
    for path in _texts(entry, "lists"):
        yield from (phrase for phrase in _listed(entry, path, "lists") if phrase not in excepted)
    yield from _texts(entry, "words")


def _named(entry: Entry, key: str) -> Iterator[str]:
    """Yield the words of a key, a path ("banned.tolerated") being that list of wording.yaml."""
    for text in _texts(entry, key):
        yield from _listed(entry, text, key) if "." in text else (text,)


def _listed(entry: Entry, path: str, key: str) -> list[str]:
    """Return a list of wording.yaml by its path ("banned.clickbait"); a branch gives all lists below it."""
    found: Any = lists()
    for name in path.split("."):
        branch = {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}
        if name not in branch:
            raise entry.error(f"wording.yaml has no list {path!r}", key)
        found = branch[name]
    return list(_leaves(found))


def _leaves(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for value in found.values():
            yield from _leaves(value)
    else:
        yield from map(str, found)


def _numbers(entry: Entry, key: str) -> list[int]:
    value = entry.values.get(key, [])
    if not (isinstance(value, list) and all(type(item) is int for item in value)):
        raise entry.error(f"{key!r} of the rule {entry.values['id']!r} is no list of whole numbers", key)
    return value


def _bounds(entry: Entry) -> tuple[int, int]:
    value = _numbers(entry, "bounds") or [0, 0]
    if len(value) != 2 or value[0] > value[1]:
        raise entry.error(f"'bounds' of the rule {entry.values['id']!r} are not the fewest and the most", "bounds")
    return value[0], value[1]


def _share(entry: Entry) -> float:
    value = entry.values.get("share", 0.0)
    if not (isinstance(value, int | float) and 0 <= value <= 1):
        raise entry.error(f"'share' of the rule {entry.values['id']!r} is no number from 0 to 1", "share")
    return float(value)
