"""A running text parted into paragraphs: by its line ends, or where they were lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.furniture import Passage
from summarise.webpage.markup import clean

_LOST_END = re.compile(r"(?<=[a-z0-9%)][.?!])(?=[A-Z“‘])|(?<=[.?!][”’\"'])(?=[A-Z“‘])")
_BREAK = re.compile(r"\s*\n\s*|</p>|<br\s*/?>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z0-9%][.!?])\s+(?=[A-Z“‘\"'])|(?<=[.!?][”’\"'])\s+(?=[A-Z“‘\"'])")
_TAG = re.compile(r"<[^<>]{1,300}>")


def without_lost_ends(passages: Sequence[Passage]) -> list[Passage]:
    """Part a long passage where sentences run into each other: line ends were lost there, as in much JSON-LD."""
    parted: list[Passage] = []
    for passage in passages:
        pieces = _LOST_END.split(passage.text) if len(passage.text) > 600 else []
        parted += [Passage(piece.strip()) for piece in pieces] if len(pieces) > 3 else [passage]
    return parted


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text by its line ends; where it has none, three sentences make one."""
    parts = [part for part in (clean(_TAG.sub(" ", part)) for part in _BREAK.split(text)) if part]
    if len(parts) != 1:
        return parts
    pieces = without_lost_ends([Passage(parts[0])])
    if len(pieces) > 1:
        return [piece.text for piece in pieces]
    sentences = _SENTENCE.split(parts[0])
    return [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
