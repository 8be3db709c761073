"""Files of rules as plain entries that know where they stand; what a rule must hold is checked in `rules`."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from summarise.errors import UsageError

SUFFIXES = (".yaml", ".yml")
"""How the name of a file of rules ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file: its values, the line of each key, and the lines of the items of each list (from 1)."""

    file: str
    line: int
    values: Mapping[str, Any]
    keys: Mapping[str, int]
    items: Mapping[str, tuple[int, ...]]

    @property
    def where(self) -> str:
        """The place of the entry as messages name it: "why.yaml:12"."""
        return f"{self.file}:{self.line}"

    def error(self, what: str, key: str = "") -> UsageError:
        """Return an error about this entry, at the line of a key where one is named."""
        return UsageError(f"{self.file}:{self.keys.get(key, self.line)}: {what}")

    def check_keys(self, known: Collection[str]) -> None:
        """Raise UsageError, with the line, where a key is not a known one."""
        for key in self.keys:
            if key not in known:
                raise self.error(f"unknown key {key!r}{nearest(key, known)}", key)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that names the known word most like an unknown one, if there is such a word."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"; the nearest is {near[0]!r}" if near else ""


def rule_files(folder: Traversable) -> list[Traversable]:
    """Return the files of rules in a folder, by name; hidden ones are not read."""
    found = (file for file in folder.iterdir() if file.name.endswith(SUFFIXES) and not file.name.startswith("."))
    return sorted((file for file in found if file.is_file()), key=lambda file: file.name)


def own_files(folder: Path) -> list[Traversable]:
    """Return the files of rules in a folder that a user names; raises UsageError where there are none."""
    try:
        found = rule_files(folder)
    except OSError as error:
        raise UsageError(f"{folder}: no folder of rules can be read there ({error.strerror}): name another") from error
    if not found:
        raise UsageError(f"{folder}: the folder holds no file of rules; their names end in {' or '.join(SUFFIXES)}")
    return found


def text_of(file: Traversable, name: str) -> str:
    """Return the text of a file that messages call `name`; raises UsageError where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{name}: the rules cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: the rules are not UTF-8 text: save the file as UTF-8") from error


def read(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of a file's text; raises UsageError, with the line, where it is no list of mappings."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _no_yaml(name, error) from error
    if not isinstance(tree, yaml.SequenceNode):
        raise UsageError(f"{name}:1: a file of rules is a list of rules")
    for node in tree.value:
        yield _entry(node, name)


def _entry(node: yaml.Node, name: str) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{name}:{line}: a rule is a mapping of keys")
    values: dict[str, Any] = {}
    keys: dict[str, int] = {}
    items: dict[str, tuple[int, ...]] = {}
    for key, value in node.value:
        here = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise UsageError(f"{name}:{here}: a key is one word")
        if key.value in keys:
            raise UsageError(f"{name}:{here}: the key {key.value!r} stands twice in one rule")
        keys[key.value] = here
        values[key.value] = _value(value, name)  # by the key's text: to YAML a bare `off` is no text but "false"
        if isinstance(value, yaml.SequenceNode):
            items[key.value] = tuple(item.start_mark.line + 1 for item in value.value)
    return Entry(name, line, values, keys, items)


def _value(node: yaml.Node, name: str) -> Any:
    try:
        return yaml.SafeLoader("").construct_document(node)
    except yaml.YAMLError as error:
        raise _no_yaml(name, error) from error


def _no_yaml(name: str, error: yaml.YAMLError) -> UsageError:
    mark = getattr(error, "problem_mark", None)
    place = f"{name}:{mark.line + 1}" if mark else name
    return UsageError(f"{place}: not YAML: {getattr(error, 'problem', None) or error}")
