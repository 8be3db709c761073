"""Sentence boundaries of British news as a component: the rules of `summarise.sentences`, line by line.

It stands before the parser, which keeps to the boundaries that it finds set.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from summarise.sentences import split


@Language.component("british_sentences", assigns=["token.is_sent_start", "doc.sents"])
def british_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` of every token: the first token of each sentence of each line of the text."""
    starts: set[int] = set()
    offset = 0
    for line in doc.text.splitlines(keepends=True):
        starts.update(offset + start for start, _ in split(line))
        offset += len(line)
    pending = True
    for token in doc:
        pending = pending or any(position in starts for position in range(token.idx, token.idx + len(token.text)))
        token.is_sent_start = pending and not token.is_space
        pending = pending and token.is_space
    return doc
