"""Clauses that are as much stated as the main clause, and can stand in its place.

"Villagers cheered as planners approved a reservoir" says that planners approved it; "The firm
shut its plant, and the union called a strike" says that the union did. What only holds under
a condition, in somebody's words, or by what the main clause says, is not promoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cues import clause_end
from summarise.fences import trimmed
from summarise.syntax import (
    FINITE_TAGS,
    auxiliaries,
    complement,
    finite,
    is_dash,
    is_negated,
    is_past,
    is_reporting,
    reported,
    root,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Promotion:
    """A clause in place of the main clause: its tokens with who says it, and its predicate."""

    name: str
    order: tuple[int, ...]
    head: Token


def promotions(doc: Doc) -> Iterator[Promotion]:
    """Yield the clauses that can stand in place of the main clause."""
    top = root(doc)
    if top is None or _is_open(doc):
        return
    for span, head in _factive(doc):
        yield Promotion("promote-clause", tuple(span), head)
    for token in doc:
        if token.dep_ == "conj" and finite(_first(token)) is not None:
            yield from _coordinate(token, top)


def _factive(doc: Doc) -> Iterator[tuple[range, Token]]:
    if reported(doc) is not None:
        return  # what stands inside somebody's statement is theirs
    for token in doc:
        who = subject(token) if token.dep_ == "advcl" else None
        span = trimmed(doc, subtree(token))
        opener = doc[span.start].lower_ if span else ""
        if who is None or opener not in {"as", "after", "while"} or not names_itself(who):
            continue
        told = is_past(token) or (opener == "while" and doc[span.start - 1].text == ",")
        kept = range(span.start + 1, span.stop)
        if finite(token) is None or not told or span.start == 0 or span.stop < clause_end(doc):
            continue
        if not leans_back(doc, kept, who):
            yield kept, token


def _coordinate(verb: Token, top: Token) -> Iterator[Promotion]:
    """The second of two coordinated clauses or predicates, with the attribution that governs both."""
    doc, first = verb.doc, _first(verb)
    if first not in {top, complement(top)} or not _joined(verb):
        return
    if is_reporting(first) and complement(first) is not None and not (is_reporting(verb) and complement(verb)):
        return  # whether the speaker or the writer says the second is not certain
    said = _attribution(doc, first)
    own = subject(verb)
    if said is None or (own is not None and not names_itself(own)):
        return
    clause = _clause_of(verb)
    if not _is_all(doc, clause):
        return
    if own is None and first != top:
        return  # "doctors say the risks are great and call": the second predicate may be the speaker's
    if own is None:
        shared = _shared(first, verb) if _is_nearest(first, verb) and not is_negated(first) else None
        if shared is None:
            return
        who = subject(first)
        if who is None or any(token.pos_ in {"PRON", "PROPN", "NOUN"} for token in doc[who.right_edge.i + 1 : first.i]):
            return  # "Edward I led": the parse took a name apart
        front = (*subtree(who), *shared)
    else:
        front, who = (), own
    if leans_back(doc, clause, who, shared=own is None):
        return
    name = "promote-clause" if own is not None else "promote-predicate"
    before, after = said
    yield Promotion(name, (*before, *front, *clause, *after), verb)


def _first(verb: Token) -> Token:
    """Return the first of a chain of coordinated predicates."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb


def _joined(verb: Token) -> bool:
    """Whether "and", "but" or a semicolon joins a predicate to those before it, and no condition governs them."""
    joins = {child.lower_ for child in verb.children if child.dep_ == "cc"}
    start = verb.left_edge.i
    parted = start > 0 and (verb.doc[start - 1].text == ";" or is_dash(verb.doc[start - 1]))
    return joins <= {"and", "but"} and bool(joins or (parted and subject(verb) is not None))


def _clause_of(verb: Token) -> range:
    """Return the tokens of a coordinated clause without its conjunction and the marks at its ends."""
    doc, span = verb.doc, subtree(verb)
    start, stop = span.start, min(span.stop, clause_end(verb.doc))
    while start < stop and (doc[start].is_punct or (doc[start].dep_ in {"cc", "mark"} and doc[start].head == verb)):
        start += 1
    while stop > start and doc[stop - 1].is_punct and doc[stop - 1].text != "%":
        stop -= 1
    return range(start, stop)


def _is_all(doc: Doc, clause: range) -> bool:
    """Whether nothing follows a clause but the end, an attribution, or another clause that is joined to it."""
    rest = [token for token in doc[clause.stop : clause_end(doc)] if not token.is_punct]
    return bool(clause) and (not rest or rest[0].pos_ == "CCONJ")


def _attribution(doc: Doc, first: Token) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return who says both clauses as the tokens before and after them; None where it stands between them."""
    end, spoken = clause_end(doc), reported(doc)
    last = len(doc)
    while last > 0 and doc[last - 1].is_punct:
        last -= 1
    after = tuple(range(end, last))
    if spoken is None and first.dep_ != "ROOT":
        return None  # "legend has it that": who or what says it is no speaker
    if spoken is None or spoken[0] == first or (spoken[0].i >= end and spoken[1].i >= end):
        return (), after
    said, who, _ = spoken
    if complement(said) != first or not (who.i < said.i < first.left_edge.i) or after:
        return None
    that = next((child.i for child in first.children if child.dep_ == "mark" and child.lower_ == "that"), None)
    return (*range(subtree(who).start, said.i + 1), *(() if that is None else (that,))), ()


def _is_nearest(first: Token, verb: Token) -> bool:
    """Whether no other clause stands between two predicates to which the second could belong as well."""
    between = verb.doc[first.i + 1 : verb.left_edge.i]
    return not any(token.tag_ in FINITE_TAGS and token.head != first and _first(token) != first for token in between)


def _shared(first: Token, verb: Token) -> tuple[int, ...] | None:
    """Return the auxiliaries of the first predicate that the second needs, or None where it cannot stand."""
    helpers = [token for token in auxiliaries(first) if token.dep_ != "cop"]
    own = auxiliaries(verb)
    if own or verb.tag_ in {"VBZ", "VBP"}:
        return () if finite(verb) is not None and finite(verb).tag_ in FINITE_TAGS else None  # type: ignore[union-attr]
    if verb.tag_ == "VBD":
        return None if helpers else ()  # "was arrested and charged": what looks like a past may be a participle
    if not helpers or verb.tag_ != first.tag_ or verb.pos_ != "VERB":
        return None
    return tuple(token.i for token in helpers)


def names_itself(who: Token) -> bool:
    """Whether a subject says whom or what it means without a sentence before it."""
    if who.pos_ not in {"NOUN", "PROPN"} or who.lower_ in wording.word_class("leaning_nouns"):
        return False
    around = {token.lower_ for token in who.subtree if token.i < who.i}
    if around & wording.word_class("leaning_modifiers") or any(child.tag_ == "PRP$" for child in who.children):
        return False
    definite = who.pos_ == "NOUN" and any(child.lower_ == "the" for child in who.children)
    return not definite or who.lower_ in wording.word_class("unique_nouns") or _is_told(who)


def _is_told(noun: Token) -> bool:
    return any(
        child.dep_ in {"nmod", "acl", "acl:relcl", "nmod:poss"} or child.pos_ == "PROPN" for child in noun.children
    )


def leans_back(doc: Doc, clause: range, who: Token, *, shared: bool = False) -> bool:
    """Whether a clause speaks of something that only the words before it name ("… and sold it again")."""
    before = [token for token in doc[: clause.start] if token.pos_ == "NOUN" and token.i != who.i]
    named = {token.lemma_.lower() for token in before}
    introduced = any(child.lower_ in {"a", "an"} for token in before for child in token.children)
    for i in clause:
        token = doc[i]
        if token.lower_ in wording.word_class("leaning_modifiers") or token.lower_ in _LEANING:
            return True
        if token.lower_ in wording.word_class("pointing_inside_a_phrase") and token.pos_ in {"PRON", "DET"}:
            if token.dep_ in {"nsubj", "nsubj:pass"} and token.tag_ in {"WDT", "WP"}:
                continue
            if not _stands_for(token, who, shared=shared):
                return True
        if token.lower_ in wording.word_class("ordinals") and token.dep_ in _ALONE:
            return True  # "could win a fifth"
        if token.tag_ in {"JJR", "RBR"} and not any(doc[j].lower_ == "than" for j in clause):
            return True
        bare = token.pos_ == "NOUN" and any(child.lower_ == "the" for child in token.children) and not _is_told(token)
        known = token.lower_ in wording.word_class("unique_nouns")
        if bare and not known and (introduced or token.lemma_.lower() in named):
            return True
    return False


_ALONE = frozenset({"obj", "obl", "nsubj", "nsubj:pass", "obl:unmarked"})
_LEANING = frozenset({"it", "them", "him", "there", "do", "did"})


def _stands_for(pronoun: Token, who: Token, *, shared: bool) -> bool:
    """Whether a pronoun of a clause stands for the clause's own subject: the only name in sight, of the right kind."""
    word = pronoun.lower_
    if word in {"that"} and pronoun.dep_ == "mark":
        return True
    rivals = [token for token in pronoun.doc[: pronoun.i] if token.pos_ == "PROPN" and token not in who.subtree]
    if word in {"he", "she", "his", "her", "him"}:
        return who.ent_type_ == "PERSON" and not any(token.ent_type_ == "PERSON" for token in rivals)
    if word in {"its"}:
        return who.tag_ in {"NN", "NNP"} and who.ent_type_ != "PERSON" and (shared or not rivals)
    if word in {"their", "they"}:
        return who.tag_ in {"NNS", "NNPS"} and (shared or not rivals)
    return False


def _is_open(doc: Doc) -> bool:
    """Whether a sentence asks, or begins with a condition, a doubt or a source that governs all of it."""
    first = next((token for token in doc if not token.is_punct), None)
    if first is None or any(token.text in {"?", "!"} for token in doc):
        return True
    opening = first.lower_ in wording.word_class("governing_openings")
    return opening or any(token.lower_ in {"if", "unless", "either", "whether"} for token in doc)
