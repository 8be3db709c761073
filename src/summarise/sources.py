"""What a sentence tells about the source of its news, beyond who or what that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cues import Found
from summarise.syntax import reported

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ABOUT = frozenset({"of", "into", "on", "about", "from", "for"})
_LEAST = 4
"""Words below which a phrase about a source is not worth losing."""


def about_the_source(doc: Doc, end: int) -> Iterator[Found]:
    """Yield what follows a report or a study that closes a sentence ("…, says a report highlighting the rise of X").

    `end` is where the statement ends. Who wrote a report is no such phrase, and stays.
    """
    source = _source(doc, end)
    if source is None or not _is_one(source):
        return
    for child in source.children:
        span = range(child.left_edge.i, child.right_edge.i + 1)
        last = all(token.is_punct for token in doc[span.stop :])
        told = child.dep_ == "acl" and child.tag_ == "VBG"
        about = child.dep_ == "nmod" and doc[span.start].lower_ in _ABOUT and source.lower_ != "figures"
        if child.i > source.i and last and len(span) >= _LEAST and (told or about):
            yield "drop-source-detail", frozenset(i for i in span if doc[i].text != "."), 2


def _source(doc: Doc, end: int) -> Token | None:
    """Return the noun of a report or study to which a closing attribution gives the statement."""
    spoken = reported(doc)
    if spoken is not None and spoken[1].i >= end:
        return spoken[1]
    according = next((token for token in doc[end:] if token.lower_ == "according"), None)
    return according.head if according is not None and according.head.i > according.i else None


def _is_one(source: Token) -> bool:
    """Whether the noun is a document, and new to the reader: "a report", "the first trial"."""
    new = any(child.lower_ in {"a", "an", "first", "new", "latest"} for child in source.children if child.i < source.i)
    return new and source.lemma_.lower() in wording.word_class("documents")
