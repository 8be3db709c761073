"""Reader groups: who an article talks about when the reader is one of them (data/audiences.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from summarise.errors import UsageError
from summarise.wording import read_yaml


@dataclass(frozen=True, slots=True)
class Reader:
    """A group to which a reader may belong; the fields are explained at the head of audiences.yaml."""

    id: str
    label: str
    nouns: tuple[str, ...]
    singular: tuple[str, ...]
    condition: str
    place: bool
    relative: str | None
    topics: tuple[str, ...]
    broad: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """The head of a noun phrase that names a group by what follows it ("people with …")."""

    head: str
    condition: str
    takes: str


@cache
def _data() -> dict[str, Any]:
    text = resources.files("summarise").joinpath("house/data/audiences.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader group, in the order of the file."""
    return tuple(_reader(row) for row in _data()["readers"])


def _reader(row: dict[str, Any]) -> Reader:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        return Reader(**values)
    except TypeError as error:
        raise UsageError(f"audiences.yaml: reader {row.get('id', row)!r}: {error}") from error


@cache
def open_groups() -> tuple[OpenGroup, ...]:
    """Return the open groups, longest head first."""
    groups = (OpenGroup(**row) for row in _data()["open_groups"])
    return tuple(sorted(groups, key=lambda group: -len(group.head)))


@cache
def _by_noun() -> dict[str, Reader]:
    return {noun: reader for reader in reversed(readers()) for noun in reader.nouns}


@cache
def _third_parties() -> frozenset[str]:
    return frozenset(noun for row in _data()["third_parties"] for noun in row["nouns"])


def reader_of(phrase: str) -> tuple[Reader, str] | None:
    """Return the reader group that a plural noun phrase names, with the words before the group's own noun.

    "The Thames Water customers" gives the customers and "thames water"; articles and
    possessives before the noun are left out. None for a third party or for no group.
    """
    words = [word for word in phrase.lower().replace("’", "'").split() if word not in {"the", "its", "their", "our"}]
    for start in range(len(words)):
        noun = " ".join(words[start:])
        if noun in _third_parties():
            return None
        if noun in _by_noun():
            return _by_noun()[noun], " ".join(words[:start])
    return None


def is_narrowing(phrase: str) -> bool:
    """Whether every word before a group's noun, lower case, is one that can be said of a reader."""
    words = phrase.split()
    return bool(words) and all(word in _data()["narrowing"] for word in words)


def is_group(noun: str) -> bool:
    """Whether a plural noun, lower case, names readers or a third party by itself."""
    return noun in _by_noun() or noun in _third_parties()


def open_group_of(phrase: str) -> tuple[OpenGroup, str] | None:
    """Return the open group that a noun phrase begins with, and the rest of the phrase in its own case."""
    lowered = phrase.lower()
    for group in open_groups():
        if lowered.startswith(group.head + " "):
            return group, phrase[len(group.head) + 1 :]
    return None
