"""A file of rules as its entries: a YAML list of mappings, every mistake named with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from summarise.errors import UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file; `lines` are the lines of its keys, counted from 1."""

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int]

    def error(self, what: str, key: str = "") -> UsageError:
        """Return an error about this entry, at the line of a key where one is named."""
        return UsageError(f"{self.file}:{self.lines.get(key, self.line)}: {what}")


def read_entries(file: str, text: str, known: Collection[str]) -> Iterator[Entry]:
    """Yield the entries of a file. Raises UsageError where it is no list of mappings, or has an unknown key."""
    try:
        tree = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{file}:{line}: not YAML: {error.problem}") from error
    if not isinstance(tree, yaml.SequenceNode):
        raise UsageError(f"{file}:1: a file of rules is a list of rules")
    for node in tree.value:
        yield _entry(file, node, known)


def _entry(file: str, node: Any, known: Collection[str]) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{file}:{line}: a rule is a mapping of keys")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        entry = Entry(file, key.start_mark.line + 1, {}, {})
        if key.value not in known:
            raise entry.error(f"unknown key {key.value!r}{nearest(key.value, known)}")
        if key.value in lines:
            raise entry.error(f"the key {key.value!r} stands twice")
        lines[key.value] = entry.line
    return Entry(file, line, yaml.SafeLoader("").construct_document(node), lines)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that names the known word most like an unknown one, if there is such a word."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"; the nearest is {near[0]!r}" if near else ""
