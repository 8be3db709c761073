"""Quotation marks: speech turned into reported speech, titles marked as the house does, words that a speaker owns.

Whose words a line tells stays in the line: marks go only where the speaker stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from summarise import gender, inflection, wording
from summarise.cut import Cut
from summarise.language import quoted_spans
from summarise.syntax import (
    FINITE_TAGS,
    SUBJECTS,
    finite,
    is_name,
    is_negated,
    is_reporting,
    reported,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def marks_of(doc: Doc) -> list[int]:
    """Return the tokens that open and close direct quotations, double or single, in order."""
    edges = {place for start, end in quoted_spans(doc.text) for place in (start, end - 1)}
    if not edges:
        return []
    return [token.i for token in doc if token.idx in edges and len(token.text) == 1]


def report_quotation(cut: Cut) -> Cut:
    """Turn a sentence that is one quotation with its speaker into reported speech, where that is safe.

    Safe means: one quotation, nobody in it but its speaker and those it names, nothing that points
    at the moment of speaking, no question, a subject and a finite verb of its own, a named speaker.
    """
    doc = cut.doc
    edges = _edges(doc)
    if edges is None:
        return cut
    opening, closing = edges
    speech = _trimmed(doc, opening + 1, closing)
    speaker = _speaker(doc, opening, closing)
    if speaker is None:
        return cut
    verb, who, listener = speaker
    turned = third_person(doc, speech, [doc[i] for i in who])
    if turned is None or not _can_be_reported(doc, speech, turned):
        return cut
    changed = cut.reordered((*who, verb.i, *listener, *speech), "report-quotation")
    if verb.lemma_ != "say":
        last = listener[-1] if listener else verb.i
        changed = changed.with_words(last, f"{doc[last].text} that", "report-quotation")
    for i, word in turned.items():
        changed = changed.with_words(i, word, "report-quotation")
    first = doc[speech.start]
    if first.i not in turned and (lowered := _lowered(first)) != first.text:
        changed = changed.with_words(first.i, lowered, "lower-case")
    if any(doc[i].text == "," for i in who):
        changed = changed.with_words(who.stop - 1, f"{doc[who.stop - 1].text},", "close-apposition")
    return _spelt_out(changed, speech, turned)


def _lowered(first: Token) -> str:
    """Return the first word of a speech as it stands inside a sentence: names and acronyms keep their capitals."""
    capital = is_name(first) or first.text[1:] != first.text[1:].lower() or first.text == "I"
    return str(first.text) if capital else first.text[:1].lower() + first.text[1:]


_OF_ONE: Mapping[str, Mapping[str, str]] = {
    "he": {"i": "he", "me": "him", "my": "his", "mine": "his", "myself": "himself"},
    "she": {"i": "she", "me": "her", "my": "her", "mine": "hers", "myself": "herself"},
}
_OF_SEVERAL = {"we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves"}


def third_person(doc: Doc, speech: range, who: Sequence[Token]) -> dict[int, str] | None:
    """Return what the first person of a speech becomes in a report of it ("I want" → "she wants"), by token.

    `who` are the words that name the speaker. None where it is not certain what the words become.
    """
    said = {doc[i].lower_ for i in speech}
    singular, plural = said & set(_OF_ONE["he"]), said & set(_OF_SEVERAL)
    if not singular and not plural:
        return {}
    told = _gender(who)
    if plural and (singular or not _speaks_for_several(who) or said & {"they", "them", "their"}):
        return None
    if singular and (told is None or said & _THIRD[told]):
        return None  # another "he" of the speech would be taken for the speaker
    words = _OF_SEVERAL if plural else _OF_ONE[told or "he"]
    turned = {i: words[doc[i].lower_] for i in speech if doc[i].lower_ in words}
    body = _spoken_for(who) if plural else None
    if body is not None:
        first = min(turned)
        if turned[first] != "they" or not body:
            return None
        turned[first] = body  # "Det Insp Lee said police believe", for one officer is no "they"
    for i in speech if singular else ():
        if doc[i].tag_ == "VBP" and (form := _of_one(doc[i])) is not None:
            turned[i] = form
    return turned


_THIRD = {"he": {"he", "him", "his", "himself"}, "she": {"she", "her", "hers", "herself"}}


def _of_one(verb: Token) -> str | None:
    """Return the form that a verb takes with "he" where its subject is "I"; None where its subject is another."""
    head = verb.head if verb.dep_ in {"aux", "aux:pass", "cop"} else verb
    while (who := subject(head)) is None and head.dep_ == "conj":
        head = head.head
    if who is None or who.lower_ != "i":
        return None
    if verb.lower_ in {"'m", "’m", "am"}:
        return " is" if verb.text[:1] in {"'", "’"} else "is"
    if verb.lower_ in {"'ve", "’ve"}:
        return " has"
    return inflection.third_person(verb.lemma_)


def _gender(who: Sequence[Token]) -> gender.Gender | None:
    """Return whether the words that name a speaker are those of a "he" or a "she"."""
    for token in who:
        told = gender.of_pronoun(token.text) or gender.of_title(token.text)
        told = told or (gender.of_noun(token.lemma_) if token.pos_ == "NOUN" else None)
        if told := told or (gender.of_first_name(token.text) if token.text[:1].isupper() else None):
            return told
    return None


def _spoken_for(who: Sequence[Token]) -> str | None:
    """Return the body for which one person speaks, empty where it is not named; None where several speak."""
    if _is_an_officer(who):
        return "police"
    head = next((token for token in who if token.head not in who), who[0])
    if not head.lower_.startswith("spokes"):
        return None
    named = next((child for child in head.children if child.dep_ == "nmod" and child.right_edge.i > head.i), None)
    if named is None or not any(child.lower_ in {"for", "of", "from"} for child in named.children):
        return ""
    phrase = [named.doc[i] for i in subtree(named) if named.doc[i].dep_ != "case" or named.doc[i].head != named]
    return "".join(token.text_with_ws for token in phrase).strip(" ,")


def _is_an_officer(who: Sequence[Token]) -> bool:
    """Whether the words that name a speaker hold a rank of the police."""
    return bool({token.lower_.rstrip(".") for token in who} & wording.word_class("police_ranks"))


def _speaks_for_several(who: Sequence[Token]) -> bool:
    """Whether a speaker is a group, a body, or one who speaks for it ("a spokesman for the bank")."""
    head = next((token for token in who if token.head not in who), who[0])
    several = head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"police", "family", "couple", "group", "pair"}
    return (
        several or head.lower_.startswith("spokes") or _is_an_officer(who) or any(token.dep_ == "conj" for token in who)
    )


def _edges(doc: Doc) -> tuple[int, int] | None:
    """Return the marks around the only quotation of a sentence; -1 where it began in a sentence before."""
    marks = marks_of(doc)
    if len(marks) == 2:
        return marks[0], marks[1]
    lone = [token.i for token in doc if token.text == "”"]
    if not marks and len(lone) == 1 and not any(token.text in {"“", '"'} for token in doc):
        return -1, lone[0]
    return None


_SPELT_OUT = {"n't": " not", "n’t": " not", "'re": " are", "’re": " are", "'ve": " have", "’ve": " have"}
_SPELT_OUT |= {"'ll": " will", "’ll": " will"}


def _spelt_out(cut: Cut, speech: range, turned: Mapping[int, str] = MappingProxyType({})) -> Cut:
    """Write contractions of talk in full ("isn't", "there's"), as reported speech has them; `turned` words are done."""
    for i in speech:
        if i in turned:
            continue
        token = cut.doc[i]
        full = _SPELT_OUT.get(token.lower_) or (" is" if _is_short_is(token) else "")
        if not full:
            continue
        before = token.nbor(-1).lower_ if i else ""
        if before in {"ca", "wo", "sha"}:
            cut = cut.with_words(i - 1, {"ca": "cannot", "wo": "will not", "sha": "shall not"}[before], "spell-out")
            cut = cut.with_words(i, "", "spell-out")
        else:
            cut = cut.with_words(i, full, "spell-out")
    return cut


def _is_short_is(token: Token) -> bool:
    """Whether "’s" is certainly "is": a verb, and no participle follows that could make it "has"."""
    if token.lower_ not in {"'s", "’s"} or token.pos_ not in {"AUX", "VERB"}:
        return False
    return token.head.tag_ not in {"VBN", "VBD"} or token.dep_ == "cop"


def report_continued(doc: Doc, speaker: str) -> Cut | None:
    """Return a sentence from the middle of somebody's quotation as reported speech, where that is safe.

    `speaker` is the name as the line should have it; what is safe is told at `report_quotation`.
    """
    inside = [token.i for token in doc if token.text not in {"“", "”", '"', "‘"} and not token.is_space]
    while inside and doc[inside[-1]].text in {"’", "'"}:
        inside.pop()
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return None
    speech = _trimmed(doc, inside[0], inside[-1] + 1)
    if not _can_be_reported(doc, speech, {}) or speaker.split()[-1] in {token.text for token in doc}:
        return None
    first = doc[speech.start]
    opening = _lowered(first)
    reported_speech = Cut(doc, tuple(speech)).with_words(first.i, f"{speaker} said {opening}", "report-quotation")
    return _spelt_out(reported_speech, range(speech.start + 1, speech.stop))


def speaker_of(doc: Doc) -> Token | None:
    """Return the head of the subject of the verb of saying that stands outside a sentence's quotation."""
    spans = quoted_spans(doc.text)
    outside = [token for token in doc if not any(start <= token.idx < end for start, end in spans)]
    if len(outside) == len(doc):
        return None
    verb = next((token for token in outside if is_reporting(token) and token.tag_ in {"VBD", "VBZ", "VBP"}), None)
    return subject(verb) if verb is not None else None


def _trimmed(doc: Doc, start: int, end: int) -> range:
    """Return a speech without the marks at its end and the connective that opens it ("However, the road …")."""
    for phrase in wording.connective_phrases():
        stop = start + len(phrase)
        if stop + 3 < end and tuple(token.lower_ for token in doc[start:stop]) == phrase:
            if doc[stop].text == ",":
                start = stop + 1
                break
            if phrase in wording.bare_connectives() and doc[stop].dep_ in {
                "det",
                "nsubj",
                "nsubj:pass",
                "amod",
                "compound",
            }:
                start = stop
                break
    while end > start and doc[end - 1].text in {",", ".", "!", "…"}:
        end -= 1
    return range(start, end)


def _speaker(doc: Doc, opening: int, closing: int) -> tuple[Token, range, tuple[int, ...]] | None:
    """Return the reporting verb outside the quotation, its subject's tokens and to whom it was told.

    None where anything else stands there that the line would lose.
    """
    outside = [token for token in doc if token.i < opening or token.i > closing]
    verb = next((token for token in outside if is_reporting(token) and token.tag_ in {"VBD", "VBZ", "VBP"}), None)
    who = subject(verb) if verb is not None else None
    if verb is None or who is None or is_negated(verb) or (who.pos_ == "PRON" and who.lower_ not in {"he", "she"}):
        return None
    span = subtree(who)
    if span.start <= closing and span.stop > opening:
        return None
    listener, setting = _listener(verb, outside), _setting(verb, outside)
    if verb.lemma_ == "tell" and not listener:
        return None
    rest = {token.i for token in outside if not token.is_punct} - {*span, verb.i, *listener, *setting}
    rest -= {token.i for token in outside if token.lower_ in _LOOSE | wording.word_class("weekdays")}
    return None if rest else (verb, span, listener)


_LOOSE = frozenset({"on", "yesterday", "today", "that", "but", "and", "however"})


def _listener(verb: Token, outside: list[Token]) -> tuple[int, ...]:
    """Return the tokens of him to whom something was told ("told the BBC"), if they stand outside the quotation."""
    heads = [child for child in verb.children if child.dep_ in {"obj", "iobj"} and child in outside]
    if verb.lemma_ != "tell" or len(heads) != 1 or heads[0].i < verb.i or heads[0].pos_ == "PRON":
        return ()
    span = subtree(heads[0])
    whole = all(token in outside for token in verb.doc[span.start : span.stop])
    return tuple(i for i in span if not verb.doc[i].is_punct) if whole else ()


def _setting(verb: Token, outside: list[Token]) -> set[int]:
    """Return the tokens of where or how somebody spoke ("in a statement", "on Twitter")."""
    found: set[int] = set()
    for child in verb.children:
        spoken = child.lower_ in wording.settings_of_speech() or child.lower_ in wording.word_class("places_of_speech")
        if child.dep_ == "obl" and child in outside and spoken:
            found |= set(subtree(child))
    return found


def _can_be_reported(doc: Doc, speech: range, turned: Mapping[int, str]) -> bool:
    """Whether a speech, some words of which are `turned` to the third person, can stand as reported speech."""
    tokens = [doc[i] for i in speech]
    if len(tokens) < 4 or any(token.text in {"?", "!", ".", ":"} for token in tokens):
        return False
    if any(t.lower_ in wording.word_class("first_and_second_person") and t.i not in turned for t in tokens) or (
        tokens[0].lower_ in _pointing()
        and tokens[0].i not in turned
        and not (tokens[0].dep_ == "det" and tokens[0].lower_ in {"this", "these"})
        and not (tokens[0].lower_ == "it" and tokens[0].dep_ == "expl")
    ):
        return False
    if any(token.lower_ in {"today", "tomorrow", "yesterday", "tonight", "now", "here"} for token in tokens):
        return False
    if any(token.dep_ == "vocative" for token in tokens) or tokens[0].pos_ == "ADP":
        return False
    if any((_is_talk(token) or _has_nobody(token, tokens)) and token.i not in turned for token in tokens):
        return False
    if tokens[0].pos_ in {"VERB", "AUX", "INTJ", "CCONJ"} or (tokens[0].pos_ == "ADV" and tokens[0].dep_ != "mark"):
        return False
    if tokens[0].lower_ in {"whereas", "although", "though", "because"}:
        return False  # half a sentence, or one whose main clause the report would hide
    if tokens[0].tag_ in {"WRB", "WP"} and tokens[0].lower_ != "when":
        return False
    return any(token.dep_ in SUBJECTS and finite(token.head) is not None for token in tokens)


def _pointing() -> frozenset[str]:
    return wording.word_class("pointing_to_the_moment") | wording.opening_pronouns()


def _is_empty(it: Token) -> bool:
    """Whether an "it" only holds the place of a clause that follows ("It is sad that …")."""
    follows = any(child.dep_ in {"csubj", "ccomp", "advcl", "xcomp"} and child.i > it.i for child in it.head.children)
    return it.lower_ == "it" and it.dep_ == "expl" and follows


_PERSONAL = frozenset({"it", "its", "they", "them", "their", "he", "him", "his", "she", "her"})


def _has_nobody(pronoun: Token, speech: list[Token]) -> bool:
    """Whether a pronoun of a speech has nothing before it in the speech to stand for."""
    word = pronoun.lower_
    if word in {"this", "that", "these", "those"} and pronoun.pos_ == "PRON" and pronoun.head.dep_ != "acl:relcl":
        return not any(child.dep_ in {"acl:relcl", "nmod", "acl"} for child in pronoun.children)
    if word not in _PERSONAL or (pronoun.dep_ == "expl" and (word != "it" or _is_empty(pronoun))):
        return False
    before = [token for token in speech if token.i < pronoun.i and token.pos_ in {"NOUN", "PROPN"}]
    human = wording.human_nouns() | wording.role_words()
    if word in {"it", "its"}:
        things = (token for token in before if token.ent_type_ != "PERSON" and token.lemma_.lower() not in human)
        return not any(token.tag_ in {"NN", "NNP"} for token in things)
    if word in {"they", "them", "their"}:
        return not any(token.tag_ in {"NNS", "NNPS"} or token.ent_type_ == "ORG" for token in before)
    return not any(token.ent_type_ == "PERSON" or token.lemma_.lower() in human for token in before)


def _is_talk(token: Token) -> bool:
    """Whether a word is a contraction that cannot be written out with certainty ("he'd", "it's gone")."""
    if token.text[:1] not in {"'", "’"} or token.pos_ not in {"AUX", "VERB"}:
        return False
    return token.lower_ not in _SPELT_OUT and not _is_short_is(token)


def unquote(cut: Cut) -> Cut:
    """Take the marks from quoted words that a verb of the line gives to a speaker named beside them."""
    doc = cut.doc
    marks = [i for i in marks_of(doc) if i in cut.order and i not in cut.replaced]
    if not marks or len(marks) % 2:
        return cut
    gone = set()
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        inner = [doc[i] for i in range(opening + 1, closing)]
        if opening == 0 or not _is_a_few_words(inner) or not _is_somebodys(doc, inner):
            return cut
        gone |= {opening, closing}
    return cut.without(gone, "unquote")


def _is_a_few_words(inner: list[Token]) -> bool:
    if not inner or len(inner) > 16 or any(token.text in {"?", "!", ".", "…"} for token in inner):
        return False
    if any(token.lower_ in wording.word_class("first_and_second_person") for token in inner):
        return False
    if inner[0].tag_ == "VB" and (inner[0].nbor(-2).text == "," or is_reporting(inner[0].nbor(-2))):
        return False  # "bring it on"
    said = inner[0].i > 1 and inner[0].nbor(-2).lemma_ in {"say", "add", "tell"}
    if said and not any(token.tag_ in FINITE_TAGS for token in inner):
        return False  # "said “absolutely”": no clause that a speaker reports
    return not inner[0].is_sent_start and not (inner[0].text[0].isupper() and inner[0].pos_ != "PROPN")


def _is_somebodys(doc: Doc, inner: list[Token]) -> bool:
    """Whether quoted words stand in what somebody is said to have said, or in what somebody calls a thing."""
    if reported(doc) is not None:
        return not any(token in set(reported(doc)[1].subtree) for token in inner)  # type: ignore[index]
    top = next((token for token in inner if token.head not in inner), inner[0])
    givers = (verb for verb in top.ancestors if verb not in inner and _gives(verb))
    owned = top.dep_ in {"amod", "advmod", "compound"}
    return any(not (owned and verb.lemma_.lower() in wording.word_class("verbs_of_blame")) for verb in givers)


def _gives(verb: Token) -> bool:
    """Whether a verb gives words to a speaker who stands beside it ("Ann Lee called it “absurd”")."""
    if verb.lemma_.lower() not in wording.word_class("verbs_of_judging") or verb.pos_ != "VERB":
        return False
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}):
        return any(child.dep_ == "obl:agent" for child in verb.children)
    if verb.dep_ in {"advcl", "xcomp", "conj"} and subject(verb) is None:
        return subject(verb.head) is not None
    return subject(verb) is not None


_SPEAKING = frozenset({"say", "tell", "add", "reply", "ask", "shout", "answer", "read", ":"})
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def mark_titles(cut: Cut) -> Cut:
    """Set the title of a work or a name in single marks, as the house does (‘Parasite’)."""
    doc = cut.doc
    doubles = [i for i in marks_of(doc) if doc[i].text in {"“", "”", '"'} and i in cut.order]
    for opening, closing in zip(doubles[::2], doubles[1::2], strict=False):
        inner = [doc[i] for i in range(opening + 1, closing)]
        stop = inner[-1].text if inner and inner[-1].text in {",", "."} else ""
        if not _is_title(doc, opening, inner[:-1] if stop else inner):
            continue
        cut = cut.with_words(opening, "‘", "mark-titles").with_words(closing, "’" + stop, "mark-titles")
        cut = cut.without({closing - 1}, "mark-titles") if stop else cut
    return cut


def _is_title(doc: Doc, opening: int, inner: list[Token]) -> bool:
    """Whether quoted words are a name: up to eight words, all but the small ones with a capital, nobody's speech."""
    if not inner or len(inner) > 8 or (opening and doc[opening - 1].lemma_ in _SPEAKING):
        return False
    large = [token for token in inner if token.is_alpha and token.lower_ not in _SMALL]
    if not large or not all(token.text[0].isupper() for token in (inner[0], *large)):
        return False
    if any(token.text in {"?", "!", ".", ",", ";"} or token.tag_ in {"PRP"} for token in inner):
        return False
    return len(large) > 1 or ((opening > 0 and large[0].tag_ in {"NNP", "NNPS"}) or large[0].pos_ == "PROPN")
