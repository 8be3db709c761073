"""A sentence on its way to a shorter one: which tokens stand, in which order, and what was done.

A `Cut` never changes the sentence that it comes from; every edit returns a new `Cut`
with its name added, so that a line's edits can be listed and its words traced back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from summarise.records import count_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "?", "!", ")", "”", "%", "'s", "’s", "n't", "n’t", "'", "’"})
_KEEPS_LOWER = re.compile(r"^(?:i[A-Z]|e[A-Z]|\W*\d)")


@dataclass(frozen=True)
class Cut:
    """The standing tokens of one sentence; `replaced` holds other words for some of them.

    `order` lists token indices as they are read; an index that is missing was cut.
    """

    doc: Doc
    order: tuple[int, ...]
    replaced: Mapping[int, str] = field(default_factory=dict)
    edits: tuple[str, ...] = ()

    @classmethod
    def whole(cls, doc: Doc) -> Cut:
        """Return the sentence as it stands."""
        return cls(doc, tuple(range(len(doc))))

    def without(self, indices: Collection[int], edit: str) -> Cut:
        """Return the cut with some tokens gone."""
        return replace(self, order=tuple(i for i in self.order if i not in indices), edits=(*self.edits, edit))

    def with_words(self, index: int, text: str, edit: str) -> Cut:
        """Return the cut with other words for one token; an empty text keeps the token silent."""
        return replace(self, replaced={**self.replaced, index: text}, edits=(*self.edits, edit))

    def reordered(self, order: tuple[int, ...], edit: str) -> Cut:
        """Return the cut with its tokens in another order."""
        return replace(self, order=order, edits=(*self.edits, edit))

    @cached_property
    def text(self) -> str:
        """The line as a reader sees it: a capital first, one space between words, a full stop last."""
        return finished(self.fragment)

    @cached_property
    def fragment(self) -> str:
        """The standing words without a capital or a full stop of their own."""
        pieces: list[str] = []
        for position, index in enumerate(self.order):
            pieces.append(self.replaced.get(index, self.doc[index].text))
            if position + 1 < len(self.order):
                pieces.append(self._gap(index, self.order[position + 1]))
        return tidy("".join(pieces))

    @cached_property
    def word_count(self) -> int:
        """The number of words of the line."""
        return count_words(self.text)

    def _gap(self, left: int, right: int) -> str:
        if right == left + 1:
            return str(self.doc[left].whitespace_)
        return "" if self.doc[right].text in _NO_SPACE_BEFORE else " "


def tidy(text: str) -> str:
    """Mend the punctuation that a cut leaves behind: doubled commas, spaces before stops, empty brackets."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*\(\s*\)", "", text)
    text = re.sub(r"\s+([,.;:?!)])(?!\w)", r"\1", text)
    text = re.sub(r"([,;:–—-])\s*(?=[,;.])", "", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r"^[\s,;:–—.-]+", "", text)
    return re.sub(r"[\s,;:–—-]+$", "", text).strip()


def finished(text: str) -> str:
    """Return a fragment as a sentence: a capital first and a full stop last."""
    if text and not _KEEPS_LOWER.match(text):
        text = text[0].upper() + text[1:]
    text = re.sub(r"(?<![.])\.\.$", ".", text)  # the stop of "3 a.m." is the sentence's too
    return text if re.search(r"[.!?…][”’\"']?$", text) else text + "."
