"""Noun chunks for pipelines whose labels are Universal Dependencies; spaCy's English ones expect ClearNLP labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.errors import Errors
from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
_INSIDE = frozenset(
    {"det", "det:predet", "amod", "nummod", "compound", "flat", "fixed", "goeswith", "nmod:poss", "nmod:desc", "advmod"}
)
_AFTER = frozenset({"flat", "fixed", "goeswith", "compound", "nmod:desc", "nummod"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, label) of each base noun phrase: a noun or pronoun with what stands before it.

    The contract is spaCy's for syntax iterators: token indices in the document, none overlapping.
    Raises ValueError where the document has no dependencies.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(Errors.E029)
    label = doc.vocab.strings.add("NP")
    last = -1
    for token in doclike:
        if token.pos_ not in _HEADS or token.i <= last or _belongs_to_a_noun(token):
            continue
        start, end = max(_left(token), last + 1), _right(token)
        yield start, end + 1, label
        last = end


def _belongs_to_a_noun(token: Token) -> bool:
    return token.dep_ in _INSIDE and token.head.pos_ in {"NOUN", "PROPN"} and token.head != token


def _left(token: Token) -> int:
    edge = token.i
    for child in token.lefts:
        if child.dep_ in _INSIDE:
            edge = min(edge, child.left_edge.i)
    return int(edge)


def _right(token: Token) -> int:
    edge = token.i
    for child in token.rights:
        if child.dep_ not in _AFTER or child.i != edge + 1 or child.right_edge.i != child.i:
            break
        edge = child.i
    return int(edge)


@Language.factory("ud_noun_chunks")
def make_ud_noun_chunks(nlp: Language, name: str) -> UDNounChunks:
    """Return the component; making it is what gives the vocabulary its iterator."""
    return UDNounChunks(nlp)


class UDNounChunks:
    """Makes `Doc.noun_chunks` work on Universal Dependencies; leaves documents as they are."""

    def __init__(self, nlp: Language) -> None:
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub has the iterator's result wrong

    def __call__(self, doc: Doc) -> Doc:
        """Return the document unchanged."""
        return doc
