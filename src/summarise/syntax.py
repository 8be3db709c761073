"""Plain questions about one parsed sentence, asked in Universal Dependencies labels.

Every function takes a spaCy `Doc` (one sentence) or a `Token` of it and returns tokens,
indices or text; nothing is stored. On a sentence without a parse the functions that need
one return None or an empty tuple, so that callers fall back to leaving the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "cannot"})


NAMES = frozenset({"PERSON", "ORG", "PLACE"})


def is_name(token: Token) -> bool:
    """Whether a word is a name, or part of one, and keeps its capital."""
    return token.pos_ == "PROPN" or token.ent_type_ in NAMES


def root(doc: Doc) -> Token | None:
    """Return the head of the sentence."""
    return next((token for token in doc if token.dep_ == "ROOT"), None)


def subject(verb: Token) -> Token | None:
    """Return the head of a verb's own subject."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)


def subtree(token: Token) -> range:
    """Return the token indices of a phrase from its left to its right edge."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def text_of(doc: Doc, span: range) -> str:
    """Return the text of a run of tokens, without the white space after it."""
    return doc[span.start : span.stop].text.strip()


def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """Return the auxiliaries and copula of a predicate, in order."""
    return tuple(child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"})


def finite(verb: Token) -> Token | None:
    """Return the token that carries tense: the predicate itself, or its first finite auxiliary."""
    for token in (*auxiliaries(verb), verb):
        if token.tag_ in FINITE_TAGS:
            return token
    return None


def is_negated(verb: Token) -> bool:
    """Whether a predicate has a negation of its own."""
    return any(child.lower_ in _NEGATIONS for child in verb.children)


def is_past(verb: Token) -> bool:
    """Whether a predicate tells of the past: a past tense, or a perfect."""
    token = finite(verb)
    return token is not None and (token.tag_ == "VBD" or token.lower_ in {"has", "have", "had"})


def is_reporting(verb: Token) -> bool:
    """Whether a verb reports speech or thought ("said", "warned", "believes")."""
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in wording.reporting_lemmas()


def complement(verb: Token) -> Token | None:
    """Return the head of the clause that a reporting verb reports."""
    return next((child for child in verb.children if child.dep_ == "ccomp"), None)


def clauses(doc: Doc) -> Iterator[Token]:
    """Yield every predicate that has a subject of its own, in order of its place."""
    for token in doc:
        if token.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV"} and subject(token) is not None:
            yield token


def reported(doc: Doc) -> tuple[Token, Token, Token] | None:
    """Return (reporting verb, its subject, head of the reported clause) where the sentence has that shape.

    Parsers attach an attribution as the root with a `ccomp`, or as `parataxis` or `conj`
    beside the reported clause; both are recognised by the verb of saying and its subject.
    """
    top = root(doc)
    if top is None:
        return None
    if is_reporting(top):
        who, what = subject(top), complement(top)
        return (top, who, what) if who is not None and what is not None else None
    for child in top.children:
        if child.dep_ in {"parataxis", "conj", "ccomp"} and is_reporting(child) and _is_attribution(child):
            who = subject(child)
            if who is not None:
                return child, who, top
    return None


def _is_attribution(verb: Token) -> bool:
    """Whether a reporting verb beside the main clause is an attribution: no complement, after a comma."""
    start = verb.left_edge.i
    fenced = start > 0 and verb.doc[start - 1].text in {",", "”", '"', "’", "'"}
    return fenced and complement(verb) is None and not any(child.dep_ == "cc" for child in verb.children)


def is_dash(token: Token) -> bool:
    """Whether a token is a dash between phrases, also where a page sets a hyphen between spaces for one."""
    if token.text in {"–", "—", "--"}:
        return True
    return bool(token.text == "-" and token.whitespace_ and token.i and token.nbor(-1).whitespace_)


def people(doc: Doc) -> tuple[range, ...]:
    """Return the token ranges of the persons that the pipeline found."""
    return tuple(range(entity.start, entity.end) for entity in doc.ents if entity.label_ == "PERSON")
