"""What a sentence can lose when it is too long: phrases, each with the harm its loss does.

A removal needs a parse that allows it and punctuation that agrees with the parse: the
main predicate, its subject and who says it never go, nothing that stays may depend on what
goes, and where parse and punctuation disagree the phrase stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise import wording
from summarise.adjuncts import adjuncts
from summarise.cues import Found, clause_end, cued_removals
from summarise.fences import fenced, is_fence, trimmed
from summarise.safeguards import belongs_before, completes_with, holds_protected, is_closed
from summarise.sources import about_the_source
from summarise.syntax import (
    FINITE_TAGS,
    complement,
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
class Removal:
    """A phrase that a sentence can lose: its tokens with their fences, and how much harm the loss does."""

    name: str
    indices: frozenset[int]
    harm: int


def removals(doc: Doc, head: Token | None = None) -> Iterator[Removal]:
    """Yield every phrase that the sentence can lose without losing its sense, each once.

    `head` is the predicate that the rest hangs on, where it is another than the sentence's own (see `promotion`).
    """
    top = root(doc) if head is None else head
    if top is None or (head is None and subject(top) is None):
        return
    core, end = _core(top), clause_end(doc)
    closing = {end} if end < len(doc) and doc[end].text == "," else set[int]()  # before a closing attribution
    seen: set[frozenset[int]] = set()
    for name, phrase, harm in (
        *_parsed_removals(doc, top),
        *cued_removals(doc),
        *adjuncts(doc, top),
        *_final_removals(doc, top),
        *about_the_source(doc, end),
    ):
        sourced = any(i >= end and doc[i].lower_ == "according" for i in phrase)  # the source of all that stands before
        indices = (frozenset(i for i in phrase if i < end) if sourced else phrase) - closing
        if (
            not indices
            or indices & core
            or indices in seen
            or not is_closed(doc, indices)
            or holds_protected(doc, indices, name)
        ):
            continue
        if name == "drop-participle" and completes_with(doc, indices):
            continue
        seen.add(indices)
        yield Removal(name, indices, harm)


_MODIFIERS = frozenset({"amod", "compound", "det", "nmod", "nmod:poss", "nummod"})
"""What makes a noun say something without its examples: "foreign banks", not "countries" alone."""
_OLDEST = 115
"""The age in years above which a number after a name is none."""


def _core(top: Token) -> frozenset[int]:
    """Return the tokens that no cut may touch: main predicate, its subject's head, and who says it."""
    core = {
        top.i,
        *(token.i for token in top.children if token.dep_ in {"aux", "aux:pass", "cop", "obj", "xcomp"}),
    }
    spoken = reported(top.doc)
    for token in (top, *(spoken or ())):
        head = subject(token)
        core.add(token.i)
        if head is not None:
            core.add(head.i)
    return frozenset(core)


def _parsed_removals(doc: Doc, top: Token) -> Iterator[Found]:
    """Phrases that the parse marks as removable and that punctuation fences on both sides."""
    for token in doc:
        span = subtree(token)
        if (
            token.dep_ in {"nmod", "obl"}
            and doc[span.start].lower_ in {"such", "including"}
            and not _in_list(token.head)
            and not (doc[span.start - 1].text != "," and span.stop < len(doc) and doc[span.stop].text == ",")
            and any(child.dep_ in _MODIFIERS for child in token.head.children if child.i < token.head.i)
        ):
            yield "drop-examples", frozenset(span), 2
        if token.dep_ in {"acl:relcl", "acl"} and _says_more_of_something_new(token, top) and _ends_cleanly(doc, span):
            yield "drop-restrictive", frozenset(span), 4
        if _is_mere_that(token):
            yield "drop-that", frozenset({token.i}), 1
        found = _removable(token, top)
        if found is not None:
            name, span, harm = found
            indices = fenced(doc, span)
            if indices is not None:
                yield name, indices - _comma_before_a_description(doc, token) if name == "drop-age" else indices, harm


def _comma_before_a_description(doc: Doc, age: Token) -> set[int]:
    """Return the comma after an age where a description or another name follows it, which needs one."""
    after = doc[age.i + 2] if age.i + 2 < len(doc) and doc[age.i + 1].text == "," else None
    described = after is not None and (
        after.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "ADP"} or after.tag_ in {"WP", "WP$"}
    )
    return {age.i + 1} if described else set()


def _goes_on(appositive: Token) -> bool:
    """Whether a second description follows, perhaps of a name in the first ("head of Acme, a firm that …")."""
    doc, after = appositive.doc, appositive.right_edge.i + 1
    if after + 1 >= len(doc) or doc[after].text != ",":
        return False
    following = doc[after + 1]
    return following.lower_ in {"a", "an", "who", "which", "where", "whose"} or following.dep_ == "appos"


def _removable(token: Token, top: Token) -> tuple[str, range, int] | None:
    span = trimmed(token.doc, subtree(token))
    opener = token.doc[span.start].lower_ if span else ""
    if token.dep_ in {"acl:relcl", "advcl:relcl"} and any(
        token.doc[i].lower_ in wording.word_class("relative_pronouns") for i in span[:2]
    ):
        return "drop-relative", span, 2
    if token.dep_ == "appos" and token.head.pos_ in {"NOUN", "PROPN"} and not _in_list(token) and not _goes_on(token):
        return "drop-apposition", span, 4 if "PERSON" in {token.head.ent_type_, token.ent_type_} else 2
    if (
        token.text.isdecimal()  # "²" is a digit and no number
        and len(token.text) <= len(str(_OLDEST))
        and int(token.text) <= _OLDEST
        and not any(True for child in token.children if not child.is_punct)
        and token.i > token.head.i
        and token.head.pos_ == "PROPN"
    ):
        return "drop-age", range(token.i, token.i + 1), 1
    if token.dep_ in {"advcl", "acl"} and token.tag_ == "VBG" and token.i > top.i and opener == token.lower_:
        return "drop-participle", span, 3
    if token.dep_ == "advcl" and opener in {"as", "while", "after", "following"}:
        return "drop-adverbial", span, 3
    if token.dep_ in {"obl", "nmod", "advmod"} and opener in {
        "including",
        "amid",
        "alongside",
        "following",
        "despite",
    }:
        return "drop-adjunct", span, 3
    if token.dep_ == "obl" and opener == "in" and span.start == 0 and token.lower_ in wording.settings_of_speech():
        return "drop-setting", span, 1
    return None


def blind_removals(doc: Doc) -> Iterator[Removal]:
    """Yield relative clauses by their first word alone, where the parse is no help.

    What is left has to be parsed again before it is used (see `lines`): the shorter sentence
    is often one that the parser understands.
    """
    yield from _blind_restrictive(doc)
    yield from _blind_adverbial(doc)
    yield from _blind_fronted(doc)
    top = root(doc)
    if top is not None and subject(top) is not None:
        return
    for name, indices, harm in cued_removals(doc):
        if name in {"drop-relative", "drop-home"}:
            yield Removal(name, indices, harm)


def _blind_fronted(doc: Doc) -> Iterator[Removal]:
    """The clause that opens a sentence and that the parse took for all of it ("As temperatures rose on Friday, …")."""
    top = root(doc)
    comma = next((token.i for token in doc if token.text == ","), -1)
    if (
        top is None
        or doc[0].lower_ not in {"as", "after", "while"}
        or doc[0].head != top
        or not 3 < comma < len(doc) - 6
    ):
        return
    others = [token for token in doc[comma + 1 :] if token.text in {",", ";"} or is_dash(token)]
    if top.i < comma and subject(top) is not None and is_past(top) and not others:
        yield Removal("drop-adverbial", frozenset(range(comma + 1)), 4)


def _blind_adverbial(doc: Doc) -> Iterator[Removal]:
    """An adverbial clause at the end, by its conjunction and a finite verb after it; the main predicate stays."""
    end, top = clause_end(doc), root(doc)
    for token in doc[6:end]:
        if (top is not None and top.i > token.i) or belongs_before(token):
            continue
        follows = doc[token.i + 1].lower_ if token.i + 1 < end else ""
        if token.lower_ == "as" and token.i + 1 < end and token.nbor().tag_ in {"VBN", "VBD", "VBG", "JJ", "IN"}:
            continue  # "marked as delivered": no clause begins there
        if token.nbor(-1).lower_ in wording.word_class("spans_of_time") | {"year", "month", "week", "day", "season"}:
            continue  # "the year before" is a time, and no clause begins there
        if token.lower_ in wording.word_class("adverbial_openers") and follows not in wording.word_class("after_as"):
            resumed = any(
                doc[i].text == "," and doc[i + 1].lower_ in {"and", "but", "or"} for i in range(token.i, end - 1)
            )
            if not resumed and any(verb.tag_ in FINITE_TAGS for verb in doc[token.i + 2 : end]):
                yield Removal("drop-adverbial", frozenset(range(token.i, end)), 5)


def _blind_restrictive(doc: Doc) -> Iterator[Removal]:
    """The relative clause of a sentence that begins "A driver who …", up to its last finite verb of the past."""
    if doc[0].lower_ not in {"a", "an"}:
        return
    pronoun = next((token.i for token in doc[1:6] if token.lower_ in {"who", "that", "which"}), None)
    if pronoun is None or doc[pronoun - 1].pos_ not in {"NOUN", "PROPN"}:
        return
    if any(token.pos_ in {"VERB", "AUX"} for token in doc[:pronoun]):
        return  # "A surgeon said last month that …": no relative clause
    verbs = [token.i for token in doc[pronoun + 2 :] if token.tag_ == "VBD" or token.lower_ in {"has", "had", "was"}]
    if verbs and not any(token.lower_ in wording.word_class("limiting") for token in doc[verbs[-1] :]):
        yield Removal("drop-restrictive", frozenset(range(pronoun, verbs[-1])), 4)


def _ends_cleanly(doc: Doc, span: range) -> bool:
    """Whether an unfenced phrase holds no comma and is followed by the main verb or the end."""
    following = doc[span.stop] if span.stop < len(doc) else None
    whole = not any(is_fence(doc[i]) for i in span)
    return whole and (following is None or following.text in {".", "”"} or following.tag_ in {"VBD", "VBZ", "MD"})


def _is_mere_that(token: Token) -> bool:
    """Whether a "that" after "said" can be left out: the subject of what was said follows at once."""
    who = subject(token.head) if token.lower_ == "that" and token.dep_ == "mark" else None
    said = token.i > 0 and token.nbor(-1).lower_ in {"said", "says"} and token.nbor(-1) == token.head.head
    return who is not None and said and who.left_edge.i == token.i + 1


def _says_more_of_something_new(clause: Token, top: Token) -> bool:
    """Whether a clause restricts a noun with "a" or "an" in a statement of fact: without it the statement still holds.

    "A driver who … has been jailed" entails "A driver has been jailed"; "A customer who owes
    £140,000 would pay" entails nothing without its clause, and "no driver who" says no.
    """
    noun = clause.head
    if any(child.dep_ in {"expl", "nsubj"} and child.lower_ in {"it", "who"} for child in noun.children):
        return False  # "it is Ann Lee who": what the sentence says stands in the clause
    settled = any(child.dep_ in {"det", "nmod:poss", "nummod", "advmod"} for child in noun.children)
    if clause.dep_ == "acl:relcl" and noun.pos_ == "PROPN" and clause.i > noun.i:
        return not settled  # a name needs no clause to tell which
    told = noun.head.pos_ == "VERB" and is_past(noun.head) and noun.dep_ in {"obl", "obj", "obl:agent"}
    told = told and noun.head.lemma_ not in wording.word_class("verbs_with_a_state")
    some = noun.tag_ == "NNS" and not settled and told
    if noun.pos_ != "NOUN" or not (some or any(child.lower_ in {"a", "an"} for child in noun.children)):
        return False
    if any(child.lower_ == "to" for child in clause.children):
        return False  # "a bid to win" is no bid without what it is for
    whole = clause.dep_ == "acl:relcl" or not _ABSTRACT.search(noun.lower_)
    if any(child.dep_ == "mark" for child in clause.children) or not whole:
        return False  # "a guarantee that …" is its content
    likened = any(child.dep_ == "case" and child.lower_ in {"for", "like", "as"} for child in noun.children)
    as_object = noun.dep_ in {"obj", "obl", "nmod"} and not likened
    return (as_object or is_past(top)) and not _is_restricted(top, clause.i) and clause.i > noun.i


def _final_removals(doc: Doc, top: Token) -> Iterator[Found]:
    """The last adjunct or the last of two coordinated predicates, which need no comma before them."""
    end = clause_end(doc)
    main = complement(top) if is_reporting(top) else None
    heads = [head for head in (top, main) if head is not None]
    heads += [child for head in heads for child in head.children if child.dep_ == "xcomp"]
    for head in heads:
        children = [child for child in head.children if child.i > head.i and not child.is_punct]
        yield from _last_phrase(doc, head, end)
        for child in children:
            span = subtree(child)
            if span.stop < end:
                continue
            opener = doc[span.start].lower_
            if child.dep_ == "conj" and opener in {"and", "but"} and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
                if (opener == "but" and subject(child) is None) or (subject(child) is None and is_negated(head)):
                    continue
                if opener == "but" and main is not None:
                    continue  # what a speaker says against it is the speaker's case
                start = span.start - 1 if doc[span.start - 1].text == "," else span.start
                yield "drop-second-clause", frozenset(range(start, end)), 5 if opener == "and" else 7
            elif _is_restricted(head, span.start) or (child.dep_ == "obl" and _wants_a_place(head)):
                continue
            elif (
                child.dep_ == "obl"
                and opener in wording.word_class("adjunct_prepositions")
                and children[0] is not child
                and not _completes(doc, span)
            ):
                yield "drop-adjunct", frozenset(range(span.start, end)), 8 if _dates(doc, span) else 5
            elif (
                child.dep_ == "advcl"
                and opener in wording.word_class("adverbial_openers")
                and subject(child) is not None
                and not (opener == "because" and main is not None)
            ):
                yield "drop-adverbial", frozenset(range(span.start, end)), 5
            elif (
                child.dep_ == "advcl"
                and opener == "to"
                and len(span) > 4
                and children[0] is not child
                and head.lemma_ not in wording.word_class("verbs_with_to")
                and not any(other.lower_ == "it" and other.dep_ == "obj" for other in head.children)
            ):
                yield "drop-purpose", frozenset(range(span.start, end)), 6


def _last_phrase(doc: Doc, head: Token, end: int) -> Iterator[Found]:
    """The last prepositional phrases inside what a predicate says, however deep, each shorter than the one before."""
    for token in head.subtree:
        span = subtree(token)
        if token.dep_ not in {"obl", "nmod"} or span.stop < end or span.start <= head.i + 1:
            continue
        if token.head.pos_ in {"VERB", "AUX"} and (span.start == token.head.i + 1 or _wants_a_place(token.head)):
            continue  # "arrived at Bethany": the verb wants its place
        if _completes(doc, span):
            continue
        loose = doc[span.start].lower_ in wording.word_class("loose_prepositions") and token.head != head
        if loose and not _is_limit(token.head) and not _is_restricted(head, span.start):
            yield "drop-adjunct", frozenset(range(span.start, end)), 9 if _dates(doc, span) else 6


_ABSTRACT = re.compile(
    r"(?:tion|sion|ment|ance|ence|ness|ity|knowledge|place|part|role|change|rise|fall|increase|cut|lack)$"
)


def _completes(doc: Doc, span: range) -> bool:
    """Whether a phrase says of what the word before it is ("an escalation in the war", "proactive in their work")."""
    before = doc[span.start - 1]
    if before.pos_ == "ADJ" or doc[span.start].lower_ == "as":
        return True  # "identified the tunnel as the best way"
    return before.pos_ == "NOUN" and _ABSTRACT.search(before.lower_) is not None and doc[span.start].lower_ in _OF_WHAT


_OF_WHAT = frozenset({"in", "on", "of", "for", "over", "to", "between", "against", "about", "into", "from", "at"})


def _wants_a_place(verb: Token) -> bool:
    """Whether a verb says little without where ("put lives at risk", "live in Leeds")."""
    return verb.lemma_ in wording.word_class("verbs_with_a_place")


def _is_limit(noun: Token) -> bool:
    """Whether a noun is only true with what follows: a superlative, an ordinal, a number ("the lowest since")."""
    return any(
        child.tag_ in {"JJS", "RBS"}
        or child.like_num
        or child.lower_ in {"first", "last", "only", "record", "more", "less"}
        for child in (noun, *noun.children)
    )


def _dates(doc: Doc, span: range) -> bool:
    """Whether a phrase tells a date, a sum or a share: facts that a line keeps as long as it can."""
    return any(doc[i].like_num or doc[i].lower_ in wording.months() or doc[i].text in {"£", "%"} for i in span)


def _is_restricted(head: Token, before: int) -> bool:
    """Whether a clause says no, all or only up to a place: then what follows limits it, and must stay."""
    above = {head, *head.ancestors}
    return any(
        token.lower_ in wording.word_class("limiting") and (token.head in above or head in token.ancestors)
        for token in head.doc[:before]
    )


def _in_list(token: Token) -> bool:
    return any(child.dep_ == "conj" for child in token.children) or token.head.dep_ == "conj"
