"""The rules of the two blocks: YAML read into values, every mistake named with file and line.

A rule says which kind of evidence it wants (kinds are code, see `kinds`), on which stories,
and in which sentence frames it stands. It carries a reason and short examples of our own on
which it must fire and must stay silent; one test runs them all.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from summarise.errors import UsageError

BLOCKS = {"why": "why_this_matters", "you": "what_this_means_for_you"}
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `frames` are sentences with slots, tried in order; `cues` are words or phrases (regular
    expressions, whole words, case ignored) one of which the evidence must hold, `unless`
    such as it must not hold. `topics` are the first two digits of IPTC codes, empty for any.
    `sober` and `british` restrict the rule to stories that are so (or not); None is any.
    `part` is "first", "second" or "any": which sentence of the block the rule can write;
    with `repeats` it may write more than one. `ahead` wants a main verb of the future or of possibility.
    """

    id: str
    block: str
    kind: str
    frames: tuple[str, ...]
    reason: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    priority: int = 5
    part: str = "any"
    repeats: bool = False
    ahead: bool = False
    cues: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sober: bool | None = None
    british: bool | None = None

    @property
    def cue_pattern(self) -> re.Pattern[str]:
        """The rule's cues as one pattern of whole words."""
        return _any_of(self.cues)

    def admits(self, text: str) -> bool:
        """Whether a sentence holds one of the rule's cues and nothing that forbids it."""
        if self.cues and not _any_of(self.cues).search(text):
            return False
        return not (self.unless and _any_of(self.unless).search(text))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.I)


_KEYS = tuple(Rule.__slots__)
_LISTS = frozenset({"frames", "fires", "silent", "cues", "unless", "topics"})
_REQUIRED = ("id", "block", "kind", "frames", "reason", "fires", "silent")


def load(slots: Mapping[str, frozenset[str]], folder: Traversable | None = None) -> tuple[Rule, ...]:
    """Return the rules of a folder of YAML files, by priority; the package's own where no folder is given.

    `slots` names the slots that each kind gives. Raises UsageError with file and line.
    """
    place = folder or resources.files("summarise").joinpath("house/data/rules")
    rules: dict[str, Rule] = {}
    for file in sorted(place.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            for rule, line in _read(file.name, file.read_text(encoding="utf-8"), slots):
                if rule.id in rules:
                    raise UsageError(f"{file.name}:{line}: there are two rules with the id {rule.id!r}")
                rules[rule.id] = rule
    return tuple(sorted(rules.values(), key=lambda rule: (rule.priority, rule.id)))


def digest() -> str:
    """Return a short hash of the package's data, rules and word lists: equal rules have equal digests."""
    package = resources.files("summarise")
    hashed = hashlib.sha256()
    for folder in ("data", "data/gazetteer", "house/data", "house/data/rules"):
        for file in sorted(package.joinpath(folder).iterdir(), key=lambda entry: entry.name):
            if file.is_file():
                hashed.update(file.name.encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()[:12]


def _read(name: str, text: str, slots: Mapping[str, frozenset[str]]) -> Iterator[tuple[Rule, int]]:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise UsageError(f"{name}: not YAML: {error}") from error
    if not isinstance(tree, yaml.SequenceNode):
        raise UsageError(f"{name}:1: a file of rules is a list of rules")
    for node in tree.value:
        yield _rule(name, node, slots), node.start_mark.line + 1


def _rule(name: str, node: Any, slots: Mapping[str, frozenset[str]]) -> Rule:
    where = f"{name}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{where}: a rule is a mapping of keys")
    for key, _ in node.value:
        if key.value not in _KEYS:
            near = difflib.get_close_matches(key.value, _KEYS, 1)
            hint = f"; the nearest is {near[0]!r}" if near else ""
            raise UsageError(f"{name}:{key.start_mark.line + 1}: unknown key {key.value!r}{hint}")
    values = yaml.SafeLoader("").construct_document(node)
    missing = [key for key in _REQUIRED if not values.get(key)]
    if missing:
        raise UsageError(f"{where}: the rule {values.get('id', '?')!r} has no {', '.join(missing)}")
    for key, value in values.items():
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise UsageError(f"{where}: {key!r} of the rule {values['id']!r} is no list of texts")
    fields: dict[str, Any] = {k: tuple(map(str, v)) if isinstance(v, list) else v for k, v in values.items()}
    rule = Rule(**fields)
    _check(where, rule, slots)
    return rule


_PARTS = frozenset({"first", "second", "any"})


def _check_values(where: str, rule: Rule) -> None:
    priority: object = rule.priority
    if not isinstance(priority, int) or rule.part not in _PARTS:
        raise UsageError(f"{where}: {rule.id!r} needs a whole number as priority, and first, second or any as part")
    if not {type(rule.sober), type(rule.british), type(rule.ahead), type(rule.repeats)} <= {bool, type(None)}:
        raise UsageError(f"{where}: sober, british, ahead and repeats of {rule.id!r} are true or false")
    for pattern in (*rule.cues, *rule.unless):
        try:
            re.compile(pattern)
        except re.error as error:
            raise UsageError(
                f"{where}: the cue {pattern!r} of {rule.id!r} is no regular expression: {error}"
            ) from error


def _check(where: str, rule: Rule, slots: Mapping[str, frozenset[str]]) -> None:
    _check_values(where, rule)
    if rule.block not in BLOCKS:
        raise UsageError(f"{where}: the block of {rule.id!r} is {rule.block!r}, not one of {', '.join(BLOCKS)}")
    if rule.kind not in slots:
        near = difflib.get_close_matches(rule.kind, slots, 1)
        raise UsageError(f"{where}: {rule.id!r} wants the kind {rule.kind!r}, which there is not; nearest: {near}")
    for frame in rule.frames:
        if frame.count("{") != frame.count("}"):
            raise UsageError(f"{where}: a slot of {rule.id!r} is not closed in the frame {frame!r}")
        unknown = set(_SLOT.findall(frame)) - slots[rule.kind]
        if unknown:
            raise UsageError(
                f"{where}: {rule.id!r} uses the slot {sorted(unknown)[0]!r}, which {rule.kind!r} does not give"
            )


def slots_of(frame: str) -> Sequence[str]:
    """Return the names of a frame's slots."""
    return _SLOT.findall(frame)
