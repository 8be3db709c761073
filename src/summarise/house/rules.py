"""The rules of the two blocks: YAML read into values, every mistake named with file and line.

A rule says which kind of evidence it wants (kinds are code, see `kinds`), on which stories,
and in which sentence frames it stands. It carries a reason and short examples of our own on
which it must fire and must stay silent; one test runs them all. A folder of own rules adds
to the package's, takes the place of some, or switches some off.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter
from typing import Any

from summarise.errors import UsageError
from summarise.house.rule_files import Entry, nearest, own_files, read, rule_files, text_of
from summarise.house.topics import subjects

BLOCKS = {"why": "why_this_matters", "you": "what_this_means_for_you"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule stands ("why.yaml:12"), and each of its examples."""

    rule: str = ""
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `frames` are sentences with slots, tried in order; `cues` are words or phrases (regular
    expressions, whole words, case ignored) one of which the evidence must hold, `unless`
    such as it must not hold. `topics` are the first two digits of IPTC codes, empty for any.
    `sober` and `british` restrict the rule to stories that are so (or not); None is any.
    `part` is "first", "second" or "any": which sentence of the block the rule can write;
    with `repeats` it may write more than one. `ahead` wants a main verb of the future or of possibility.
    `origin` is no key of the file: it is where the rule was read.
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
    origin: Origin = field(default=Origin(), compare=False, repr=False)

    @property
    def examples(self) -> int:
        """How many examples the rule has, those that fire and those that are silent."""
        return len(self.fires) + len(self.silent)

    @property
    def cue_pattern(self) -> re.Pattern[str]:
        """The rule's cues as one pattern of whole words."""
        return _any_of(self.cues)

    def admits(self, text: str) -> bool:
        """Whether a sentence holds one of the rule's cues and nothing that forbids it."""
        if self.cues and not _any_of(self.cues).search(text):
            return False
        return not (self.unless and _any_of(self.unless).search(text))

    def conditions(self) -> dict[str, str]:
        """Return in plain words what a story must be, by the key that asks for it."""
        found = {}
        if self.sober is not None:
            found["sober"] = "only for sober stories" if self.sober else "not for sober stories"
        if self.british is not None:
            found["british"] = "only for British stories" if self.british else "only for stories from abroad"
        if self.topics:
            found["topics"] = f"only for {' or '.join(subjects()[code] for code in self.topics)}"
        return found


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.I)


KEYS = tuple(key for key in Rule.__slots__ if key != "origin")
"""The keys of a rule in its file."""

_LISTS = frozenset({"frames", "fires", "silent", "cues", "unless", "topics"})
_TEXTS = frozenset({"id", "block", "kind", "reason", "part"})
_REQUIRED = ("id", "block", "kind", "frames", "reason", "fires", "silent")
_PARTS = frozenset({"first", "second", "any"})


def load(
    slots: Mapping[str, frozenset[str]], folder: Traversable | None = None, own: Path | None = None
) -> tuple[Rule, ...]:
    """Return the rules of a folder of YAML files, by priority; the package's own where no folder is given.

    The rules of the folder `own` are laid over them. `slots` names the slots that each kind gives.
    Raises UsageError with file and line.
    """
    shipped = folder or resources.files("summarise").joinpath("house/data/rules")
    rules = _laid_over({}, _gathered((file, file.name) for file in rule_files(shipped)), slots)
    if own is not None:
        rules = _laid_over(rules, _gathered((file, str(file)) for file in own_files(own)), slots)
    return tuple(sorted(rules.values(), key=lambda rule: (rule.priority, rule.id)))


def digest(own: Path | None = None) -> str:
    """Return a short hash of the package's data, rules and word lists, and of a folder of own rules.

    Equal rules have equal digests.
    """
    package = resources.files("summarise")
    hashed = hashlib.sha256()
    for folder in ("data", "data/gazetteer", "house/data", "house/data/rules"):
        for file in sorted(package.joinpath(folder).iterdir(), key=lambda entry: entry.name):
            if file.is_file():
                hashed.update(file.name.encode() + b"\0" + file.read_bytes())
    for file in own_files(own) if own is not None else ():
        hashed.update(b"\0own\0" + text_of(file, str(file)).encode())
    return hashed.hexdigest()[:12]


def _gathered(files: Iterable[tuple[Traversable, str]]) -> dict[str, Entry]:
    """Return the entries of files by id, which may stand there only once."""
    entries: dict[str, Entry] = {}
    for file, called in files:
        for entry in read(text_of(file, called), called):
            name = str(entry.values.get("id") or entry.where)
            if name in entries:
                raise UsageError(f"{entry.where}: there are two rules with the id {name!r}")
            entries[name] = entry
    return entries


def _laid_over(
    rules: Mapping[str, Rule], entries: Mapping[str, Entry], slots: Mapping[str, frozenset[str]]
) -> dict[str, Rule]:
    """Return the rules and those of the entries, which take the place of others or switch them off."""
    merged = dict(rules)
    for name, entry in entries.items():
        if "off" not in entry.values:
            merged[name] = _rule(entry, slots)
        elif entry.values != {"id": name, "off": True}:
            raise UsageError(f"{entry.where}: a rule is switched off by its `id` and `off: true`, and nothing else")
        elif merged.pop(name, None) is None:
            raise UsageError(f"{entry.where}: there is no rule {name!r} to switch off{nearest(name, rules)}")
    return merged


def _rule(entry: Entry, slots: Mapping[str, frozenset[str]]) -> Rule:
    entry.check_keys(KEYS)
    _check_types(entry.where, entry.values)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.values.items()
    }
    fires, silent = (tuple(f"{entry.file}:{line}" for line in entry.items[key]) for key in ("fires", "silent"))
    rule = Rule(**values, origin=Origin(entry.where, fires, silent))
    _check(entry.where, rule, slots)
    return rule


# ------------------------------------------------------------ checks


def _check_types(where: str, values: Mapping[str, Any]) -> None:
    missing = [key for key in _REQUIRED if not values.get(key)]
    if missing:
        raise UsageError(f"{where}: the rule {values.get('id', '?')!r} has no {', '.join(missing)}")
    for key, value in values.items():
        if key in _TEXTS and not isinstance(value, str):
            raise UsageError(f"{where}: {key!r} of the rule {values['id']!r} is no text")
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise UsageError(f"{where}: {key!r} of the rule {values['id']!r} is no list of texts")


def _check(where: str, rule: Rule, slots: Mapping[str, frozenset[str]]) -> None:
    _check_values(where, rule)
    if rule.block not in BLOCKS:
        raise UsageError(f"{where}: the block of {rule.id!r} is {rule.block!r}, not one of {', '.join(BLOCKS)}")
    if rule.kind not in slots:
        near = difflib.get_close_matches(rule.kind, slots, 1)
        raise UsageError(f"{where}: {rule.id!r} wants the kind {rule.kind!r}, which there is not; nearest: {near}")
    for frame in rule.frames:
        _check_frame(where, rule, frame, slots[rule.kind])


def _check_values(where: str, rule: Rule) -> None:
    if type(rule.priority) is not int or rule.part not in _PARTS:
        raise UsageError(f"{where}: {rule.id!r} needs a whole number as priority, and first, second or any as part")
    if not {type(rule.sober), type(rule.british), type(rule.ahead), type(rule.repeats)} <= {bool, type(None)}:
        raise UsageError(f"{where}: sober, british, ahead and repeats of {rule.id!r} are true or false")
    for code in rule.topics:
        if code not in subjects():
            raise UsageError(
                f"{where}: {rule.id!r} wants the topic {code!r}, not one of "
                + ", ".join(f"{known} ({name})" for known, name in subjects().items())
            )
    for pattern in (*rule.cues, *rule.unless):
        try:
            _any_of((pattern,))
        except re.error as error:
            raise UsageError(
                f"{where}: the cue {pattern!r} of {rule.id!r} is no regular expression: {error}"
            ) from error


def _check_frame(where: str, rule: Rule, frame: str, known: frozenset[str]) -> None:
    try:
        used = slots_of(frame)
    except ValueError as error:
        raise UsageError(f"{where}: a slot of {rule.id!r} is not closed in the frame {frame!r}") from error
    if not used:
        raise UsageError(f"{where}: the frame {frame!r} of {rule.id!r} has no slot, so nothing of an article is in it")
    for slot in used:
        if slot not in known:
            raise UsageError(f"{where}: {rule.id!r} uses the slot {slot!r}, which {rule.kind!r} does not give")


def slots_of(frame: str) -> Sequence[str]:
    """Return the slots of a frame as they are written between braces; raises ValueError where one is not closed."""
    return [
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _, name, spec, conversion in Formatter().parse(frame)
        if name is not None
    ]
