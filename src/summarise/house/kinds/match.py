"""What a kind of evidence is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from summarise.house.rules import Rule
from summarise.house.story import Story
from summarise.records import Sentence


@dataclass(frozen=True, slots=True)
class Match:
    """What a kind found: the sentence, its slots, the edits made, and how sure it is (0 to 1).

    `also` is a second sentence that vouches for a slot, such as the one that names the place.
    """

    sentence: Sentence
    slots: Mapping[str, str]
    edits: tuple[str, ...]
    confidence: float
    also: Sentence | None = None


Finder = Callable[[Story, Rule], Iterator[Match]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: the slots that it gives, and how it is found."""

    slots: frozenset[str]
    find: Finder
    doc: str
