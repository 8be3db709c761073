"""A gazetteer of British offices, bodies and places and of the world's countries, as facts.

Names made of a place and the words around it ("Leeds Crown Court", "University of Kent") are
composed by the frames of `data/gazetteer/composed.yaml`.

A phrase is ambiguous where its entry, places.yaml or ambiguous.yaml says so (a common word, a
surname, a place elsewhere), and where two entries of different labels claim it. Such a phrase is
found, but never among the `patterns` unless asked for: it needs a second sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from summarise.gazetteer_files import Entry, Frame, read_package

_LOWER_START = re.compile(r"[a-z-]+ ")
_POSSESSIVE = re.compile(r"(?<=\w)'s$")


class Pattern(NamedTuple):
    """A phrase to match, token by token and in its case, with the label that it gets."""

    phrase: str
    label: str
    kind: str
    ambiguous: bool


class Gazetteer:
    """All entries; `load` gives the package's own."""

    def __init__(self, entries: Iterable[Entry], frames: Iterable[Frame] = (), doubtful: Iterable[str] = ()) -> None:
        self.entries = tuple(entries)
        self.frames = tuple(frames)
        self._phrases: dict[str, Entry] = {}
        self._demonyms: dict[str, Entry] = {}
        self._ambiguous = set(doubtful)
        for entry in self.entries:
            doubtful = set(map(_plain, entry.ambiguous))
            for phrase in dict.fromkeys(map(_plain, entry.phrases)):
                self._claim(phrase, entry, phrase in doubtful)
                self._claim(_without_accents(phrase), entry, phrase in doubtful)
            for demonym in entry.demonyms:
                self._demonyms.setdefault(_plain(demonym), entry)
        self._capitals = {phrase.upper(): entry for phrase, entry in reversed(self._phrases.items()) if len(phrase) > 3}

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """Return the gazetteer of the package, read once. Raises UsageError with file and line."""
        return Gazetteer(*read_package())

    def find(self, text: str) -> Entry | None:
        """Return the entry of a name, a short form or a demonym, as a whole; None where there is none.

        "the", a possessive and the kind of apostrophe make no difference; names in capitals are found.
        """
        phrase = _POSSESSIVE.sub("", _plain(text).removeprefix("the ").removeprefix("The "))
        for wanted in (_plain(text), phrase, _without_accents(phrase)):
            if entry := self._phrases.get(wanted) or self._demonyms.get(wanted):
                return entry
        return self._composed(phrase) or (self._capitals.get(phrase) if phrase.isupper() else None)

    def is_demonym(self, text: str) -> bool:
        """Whether a word names people or what is theirs ("Americans", "Welsh") and not a place or body."""
        word = _plain(text)
        return word not in self._phrases and (word in self._demonyms or word.removesuffix("s") in self._demonyms)

    def is_ambiguous(self, text: str) -> bool:
        """Whether a phrase needs a second sign before it counts as what the gazetteer says."""
        return _plain(text) in self._ambiguous

    def patterns(self, *, ambiguous: bool = False) -> Iterator[Pattern]:
        """Yield what can be matched, for spaCy's PhraseMatcher or EntityRuler; ambiguous phrases only if asked for.

        Each phrase comes once, and with a curly apostrophe too where it has one. Phrases that begin with a
        word in lower case ("the Netherlands", "north London") are left out, for the name is what follows.
        """
        for phrase, entry in self._phrases.items():
            doubtful = phrase in self._ambiguous
            if entry.label and (ambiguous or not doubtful) and not _LOWER_START.match(phrase):
                yield from _both_apostrophes(Pattern(phrase, entry.label, entry.kind, doubtful))
        for frame in self.frames:
            for place in self._phrases:
                name = frame.frame.replace("{place}", place)
                if frame.fits(self._phrases[place]) and name not in self._phrases:
                    yield from _both_apostrophes(Pattern(name, frame.label, frame.kind, False))

    def _claim(self, phrase: str, entry: Entry, doubtful: bool) -> None:
        """Give a phrase to the first entry that claims it; it is ambiguous where another label wants it too."""
        first = self._phrases.setdefault(phrase, entry)
        if doubtful or first.label != entry.label:
            self._ambiguous.add(phrase)

    def _composed(self, phrase: str) -> Entry | None:
        for frame in self.frames:
            before, after = frame.frame.split("{place}")
            if phrase.startswith(before) and phrase.endswith(after):
                place = self._phrases.get(phrase[len(before) : len(phrase) - len(after)])
                if place and frame.fits(place):
                    return Entry(phrase, frame.kind, frame.label, place.nation, place=place.name)
        return None


def _plain(text: str) -> str:
    """Return a phrase with one kind of apostrophe and of space."""
    return " ".join(text.replace("’", "'").split())


def _both_apostrophes(pattern: Pattern) -> Iterator[Pattern]:
    yield pattern
    if "'" in pattern.phrase:
        yield pattern._replace(phrase=pattern.phrase.replace("'", "’"))


def _without_accents(text: str) -> str:
    """Return a name as British papers often print it, without accents: "Bogotá" → "Bogota"."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
