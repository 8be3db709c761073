"""Words in a line that lean on what its reader has not seen, as only the parse can tell.

`standing` asks the same of a line's text; here the question is what the words belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import Cut
from summarise.syntax import SUBJECTS, complement, is_reporting

if TYPE_CHECKING:
    from spacy.tokens import Token


def leans_on(cut: Cut, headline: Collection[str] = ()) -> str | None:
    """Return the first word of a line that leans on something which the line does not name.

    `headline` holds the first five letters of the headline's words: a reader has met what they name.
    """
    for i in cut.order:
        token = cut.doc[i]
        if token.dep_ in {"amod", "det"} and token.head.lower_[:5] in headline:
            continue
        if i not in cut.replaced and any(leans(cut, token) for leans in _CHECKS):
            return str(token.text)
    return None


def _before(cut: Cut, token: Token) -> list[Token]:
    """Return the words of a line that a reader has met before one of them."""
    return [cut.doc[i] for i in cut.order[: cut.order.index(token.i)]]


def _says_after_all(cut: Cut, token: Token) -> bool:
    """Whether "he" or "they" closes a line as its speaker, and the line names nobody ("…, she added")."""
    verb = token.head
    if token.lower_ not in {"he", "she", "they"} or token.dep_ not in SUBJECTS or not is_reporting(verb):
        return False
    said = complement(verb) if verb.dep_ == "ROOT" else verb.head
    if said is None or said.i > verb.i or verb.dep_ not in {"ROOT", "parataxis", "conj"}:
        return False
    return token.lower_ == "they" or not any(other.ent_type_ == "PERSON" for other in _before(cut, token))


def _is_there(cut: Cut, token: Token) -> bool:
    """Whether "there" tells a place that the line has not told ("only women are employed there")."""
    if token.lower_ != "there" or token.dep_ != "advmod" or token.head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    places = {"in", "at", "to", "into", "near", "from", "outside", "inside"}
    return not any(other.ent_type_ in {"PLACE", "ORG"} or other.lower_ in places for other in _before(cut, token))


def _compares(cut: Cut, token: Token) -> bool:
    """Whether "similar" or "the same" compares with what stands outside the line."""
    if token.lower_ not in {"similar", "same", "identical"} or token.dep_ != "amod":
        return False
    following = {other.lower_ for other in cut.doc[token.i + 1 : token.i + 9] if other.i in cut.order}
    if following & {"to", "as", "that", "who", "which", "where", "with"}:
        return False
    return not any(
        other.tag_ in {"NNS", "NNPS"} or other.lower_ in {"and", "both", "each", "every", "more", "all"}
        for other in _before(cut, token)
    )


def _is_one_more(cut: Cut, token: Token) -> bool:
    """Whether "another" counts on from somebody or something that the line does not name ("another man")."""
    noun = token.head
    if token.lower_ != "another" or token.dep_ != "det" or noun.pos_ != "NOUN":
        return False
    timed = wording.word_class("spans_of_time") | wording.word_class("times")
    if noun.lower_ in timed or any(child.like_num for child in noun.children):
        return False
    person = noun.lemma_.lower() in wording.human_nouns() | {"one"}
    opens = not any(other.pos_ in {"NOUN", "PROPN", "PRON"} for other in _before(cut, token))
    counted = any(other.lower_ in {"a", "an", "one", "two"} or other.like_num for other in _before(cut, token))
    return (person or opens) and not counted


def _is_the_other(cut: Cut, token: Token) -> bool:
    """Whether "the other" of two stands without the one."""
    if token.lower_ != "other" or token.dep_ != "amod" or token.head.tag_ != "NN":
        return False
    if not any(child.lower_ == "the" and child.i < token.i for child in token.head.children):
        return False
    return not any(other.lower_ in {"one", "two", "a", "an", "each", "both"} for other in _before(cut, token))


def _is_ordinal_alone(cut: Cut, token: Token) -> bool:
    """Whether "the second" stands for something that the line has not named ("In the second, she said …")."""
    if token.lower_ not in wording.word_class("ordinals") or token.dep_ not in {"obl", "nsubj", "nsubj:pass"}:
        return False
    alone = {child.lower_ for child in token.children if not child.is_punct} <= {"the", "in", "on", "for"}
    return alone and not any(other.pos_ in {"NOUN", "PROPN", "NUM"} for other in _before(cut, token))


_CHECKS: tuple[Callable[[Cut, Token], bool], ...] = (
    _says_after_all,
    _is_there,
    _compares,
    _is_one_more,
    _is_the_other,
    _is_ordinal_alone,
)
