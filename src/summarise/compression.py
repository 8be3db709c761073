"""A sentence → a shorter sentence that stands alone, with the list of edits made.

Two kinds of edit. House edits always apply: they drop what a line of the house never has
(a fronted connective, a weekday of the past, quotation marks inside reported speech).
Cuts apply only where a line is too long, and then the fewest words that suffice go. A cut
needs a parse that allows it and punctuation that agrees with the parse; where the two
disagree the sentence stays whole. No edit touches a number, a negation, a modal verb or
an attribution: who says a thing stays beside what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import Cut
from summarise.syntax import SUBJECTS, complement, finite, is_negated, is_past, is_reporting, reported, root, subject, subtree

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

QUOTES = frozenset("“”\"")
_FENCES = frozenset({",", "–", "—", " - ", "(", ")", ";"})
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "lunchtime"})
_PARTICIPANTS = frozenset(
    "i we me us my our ours mine myself ourselves you your yours yourself i’m i'm we’re we're let’s let's".split()
)
_DEICTIC = frozenset("today tomorrow yesterday tonight now here this these those that it he she they".split())
_PROTECTED = frozenset("not n't n’t never no without unless if whether allegedly reportedly could may might".split())


@dataclass(frozen=True, slots=True)
class Removal:
    """A phrase that a sentence can lose: its tokens with their fences, and how much harm the loss does."""

    name: str
    indices: frozenset[int]
    harm: int


# ---------------------------------------------------------------- house edits


def drop_connective(cut: Cut) -> Cut:
    """Drop a connective that only ties the sentence to the one before it ("However,", "But")."""
    doc = cut.doc
    lowered = [token.lower_ for token in doc[:5]]
    for phrase in wording.connective_phrases():
        length = len(phrase)
        if tuple(lowered[:length]) != phrase or len(doc) <= length + 3:
            continue
        comma = doc[length].text == ","
        if comma or phrase in wording.bare_connectives():
            return cut.without(range(length + int(comma)), "drop-connective")
    return cut


_DATELINE = re.compile(r"^(?:[A-Z][A-Z.'’]+[ ,]*)+(?:\([^)]*\) ?)?(?:via \w+ )?(?:--|[–—-]) +(?=[A-Z“\"])")


def drop_dateline(cut: Cut) -> Cut:
    """Drop the place and agency in capitals that open a wire story ("HOUSTON (AP) — ")."""
    found = _DATELINE.match(cut.doc.text)
    if found is None:
        return cut
    return cut.without({token.i for token in cut.doc if token.idx < found.end()}, "drop-dateline")


def drop_weekday(cut: Cut) -> Cut:
    """Drop the day on which a past event was told ("on Tuesday", "yesterday", "earlier today")."""
    doc = cut.doc
    for token in doc:
        span = _day_phrase(doc, token)
        if span is None or not set(span) <= set(cut.order) or _names_a_date(doc, span):
            continue
        verb = _governing_verb(token)
        if verb is None or not is_past(verb) or _would_not_stand_without(doc, span):
            continue
        cut = cut.without(_fenced(doc, span) or frozenset(span), "drop-weekday")
    return cut


def _day_phrase(doc: Doc, token: Token) -> range | None:
    start, end = token.i, token.i + 1
    if token.lower_ in _WEEKDAYS:
        if start and doc[start - 1].lower_ in {"on", "last", "early", "late"}:
            start -= 1
        if start and doc[start - 1].lower_ in {"on", "late", "early", "earlier"}:
            start -= 1
    elif token.lower_ == "yesterday" or (token.lower_ == "today" and start and doc[start - 1].lower_ == "earlier"):
        if start and doc[start - 1].lower_ in {"earlier", "late", "early"}:
            start -= 1
    else:
        return None
    if end < len(doc) and doc[end].lower_ in _PARTS_OF_DAY:
        end += 1
    before = doc[start - 1].lower_ if start else ""
    blocked = {"until", "since", "from", "by", "before", "after", "and", "or", "to", "for", "of", "next", "this", "between", "the", "a"}
    if before in blocked or (end < len(doc) and doc[end].lower_ in {"’s", "'s", "and", "or", "to"}):
        return None
    return range(start, end)


def _names_a_date(doc: Doc, span: range) -> bool:
    """Whether a day of the month or a month stands beside the weekday: that is a date, which stays."""
    around = doc[span.stop : span.stop + 3]
    return any(token.like_num or token.lower_ in wording.months() for token in around)


def _governing_verb(token: Token) -> Token | None:
    for ancestor in (token, *token.ancestors):
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def _would_not_stand_without(doc: Doc, span: range) -> bool:
    """Whether the words around the span would collide when it goes ("was on Monday and")."""
    before = doc[span.start - 1] if span.start else None
    return before is not None and (before.pos_ in {"ADP", "AUX", "SCONJ"} or before.lower_ in {"is", "was", "were", "be"})


def drop_brackets(cut: Cut) -> Cut:
    """Drop what stands in round brackets, unless it is long enough to be a statement of its own."""
    doc, opened = cut.doc, None
    for token in doc:
        if token.text == "(":
            opened = token.i
        elif token.text == ")" and opened is not None:
            if token.i - opened <= 12:
                cut = cut.without(range(opened, token.i + 1), "drop-brackets")
            opened = None
    return cut


def drop_also(cut: Cut) -> Cut:
    """Drop "also", which leans on a sentence that the line's reader has not seen."""
    for token in cut.doc:
        follows = token.i + 1 < len(cut.doc) and cut.doc[token.i + 1].lower_ in {"known", "called", "as"}
        before = cut.doc[token.i - 1].lower_ if token.i else ""
        if token.lower_ == "also" and token.i in cut.order and not follows and before not in {"but", "and", "only"}:
            cut = cut.without({token.i}, "drop-also")
    return cut


def report_quotation(cut: Cut) -> Cut:
    """Turn a sentence that is one quotation with its speaker into reported speech, where that is safe.

    Safe means: one quotation, no first or second person in it, nothing that points at the
    moment of speaking, no question, a subject and a finite verb of its own, a named speaker.
    """
    doc = cut.doc
    marks = [token.i for token in doc if token.text in QUOTES]
    if len(marks) != 2:
        return cut
    opening, closing = marks
    speech = _trimmed(doc, opening + 1, closing)
    speaker = _speaker(doc, opening, closing)
    if speaker is None or not _can_be_reported(doc, speech):
        return cut
    verb, who = speaker
    changed = cut.reordered((*who, verb.i, *speech), "report-quotation")
    first = doc[speech.start]
    if first.pos_ != "PROPN" and first.text not in {"I"} and not first.ent_type_:
        changed = changed.with_words(first.i, first.text[:1].lower() + first.text[1:], "lower-case")
    if any(doc[i].text == "," for i in who):
        changed = changed.with_words(who.stop - 1, f"{doc[who.stop - 1].text},", "close-apposition")
    return changed


def _trimmed(doc: Doc, start: int, end: int) -> range:
    while end > start and doc[end - 1].text in {",", ".", "!", "…"}:
        end -= 1
    return range(start, end)


def _speaker(doc: Doc, opening: int, closing: int) -> tuple[Token, range] | None:
    """Return the reporting verb outside the quotation and its subject's tokens, if nothing else stands there."""
    outside = [token for token in doc if token.i < opening or token.i > closing]
    verb = next((token for token in outside if is_reporting(token) and token.tag_ in {"VBD", "VBZ", "VBP"}), None)
    who = subject(verb) if verb is not None else None
    if verb is None or who is None or who.pos_ == "PRON":
        return None
    span = subtree(who)
    if span.start <= closing and span.stop > opening:
        return None
    rest = {token.i for token in outside if not token.is_punct} - set(span) - {verb.i}
    rest -= {token.i for token in outside if token.lower_ in _WEEKDAYS | {"on", "yesterday", "today", "that"}}
    return None if rest else (verb, span)


def _can_be_reported(doc: Doc, speech: range) -> bool:
    tokens = [doc[i] for i in speech]
    if len(tokens) < 4 or any(token.text in {"?", "!", ".", ":"} for token in tokens):
        return False
    if any(token.lower_ in _PARTICIPANTS for token in tokens) or tokens[0].lower_ in _DEICTIC | wording.opening_pronouns():
        return False
    if any(token.lower_ in {"today", "tomorrow", "yesterday", "tonight", "now", "here"} for token in tokens):
        return False
    if tokens[0].pos_ in {"VERB", "AUX", "INTJ", "CCONJ"} or (tokens[0].pos_ == "ADV" and tokens[0].dep_ != "mark"):
        return False
    if tokens[0].tag_ in {"WRB", "WP"} and tokens[0].lower_ != "when":
        return False
    return any(token.dep_ in SUBJECTS and finite(token.head) is not None for token in tokens)


def unquote(cut: Cut) -> Cut:
    """Take the marks from quoted words inside reported speech, where the speaker is named beside them."""
    doc = cut.doc
    marks = [i for i in cut.order if doc[i].text in QUOTES]
    if not marks or len(marks) % 2 or reported(doc) is None:
        return cut
    pairs = list(zip(marks[::2], marks[1::2], strict=True))
    for opening, closing in pairs:
        inner = [doc[i] for i in range(opening + 1, closing)]
        if not inner or len(inner) > 14 or opening == 0:
            return cut
        if any(token.lower_ in _PARTICIPANTS or token.text in {"?", "!", ".", "…"} for token in inner):
            return cut
        if inner[0].is_sent_start or (inner[0].text[0].isupper() and inner[0].pos_ != "PROPN"):
            return cut
    return cut.without(set(marks), "unquote")


HOUSE_EDITS: tuple[Callable[[Cut], Cut], ...] = (
    report_quotation,
    drop_dateline,
    drop_connective,
    drop_weekday,
    drop_brackets,
    drop_also,
    unquote,
)


# ---------------------------------------------------------------- cuts


def removals(doc: Doc) -> Iterator[Removal]:
    """Yield every phrase that the sentence can lose without losing its sense, each once."""
    top = root(doc)
    if top is None:
        return
    if subject(top) is None:
        yield from _blind_removals(doc)
        return
    core = _core(top)
    seen: set[frozenset[int]] = set()
    for name, indices, harm in (*_parsed_removals(doc, top), *_cued_removals(doc), *_final_removals(doc, top)):
        if indices & core or indices in seen or not _closed(doc, indices) or _holds_protected(doc, indices, name):
            continue
        seen.add(indices)
        yield Removal(name, indices, harm)


def _closed(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether nothing that stays depends on what goes: the parse and the cut agree."""
    if any(token.i not in indices and not token.is_punct and token.head.i in indices for token in doc):
        return False
    return not any(
        token.i in indices and token.head.i not in indices and token.dep_ in _COMPLEMENTS and _says_nothing_else(token, indices)
        for token in doc
    )


_COMPLEMENTS = frozenset({"ccomp", "advcl", "parataxis"})


def _says_nothing_else(clause: Token, indices: frozenset[int]) -> bool:
    """Whether a verb of saying would be left without anything said ("a group which said in a release")."""
    verb = clause.head
    if not is_reporting(verb) or (verb.i and verb.doc[verb.left_edge.i - 1].text == ","):
        return False
    return not any(child.dep_ in {*_COMPLEMENTS, "obj", "xcomp"} and child.i not in indices for child in verb.children)


def _core(top: Token) -> frozenset[int]:
    """Return the tokens that no cut may touch: main predicate, its subject's head, and who says it."""
    core = {top.i, *(token.i for token in top.children if token.dep_ in {"aux", "aux:pass", "cop", "obj", "xcomp"})}
    spoken = reported(top.doc)
    for token in (top, *(spoken or ())):
        head = subject(token)
        core.add(token.i)
        if head is not None:
            core.add(head.i)
    return frozenset(core)


_Found = tuple[str, frozenset[int], int]


def _parsed_removals(doc: Doc, top: Token) -> Iterator[_Found]:
    """Phrases that the parse marks as removable and that punctuation fences on both sides."""
    for token in doc:
        span = subtree(token)
        if token.dep_ in {"nmod", "obl"} and doc[span.start].lower_ in {"such", "including"} and not _in_list(token.head):
            yield "drop-examples", frozenset(span), 2
        if token.dep_ in {"acl:relcl", "acl"} and _says_more_of_something_new(token, top) and _ends_cleanly(doc, span):
            yield "drop-restrictive", frozenset(span), 4
        found = _removable(token, top)
        if found is not None:
            name, span, harm = found
            indices = _fenced(doc, span)
            if indices is not None:
                yield name, indices, harm


def _removable(token: Token, top: Token) -> tuple[str, range, int] | None:
    span = subtree(token)
    opener = token.doc[span.start].lower_
    if token.dep_ in {"acl:relcl", "advcl:relcl"} and any(token.doc[i].lower_ in _RELATIVES for i in span[:2]):
        return "drop-relative", span, 2
    if token.dep_ == "appos" and token.head.pos_ in {"NOUN", "PROPN"} and not _in_list(token):
        return "drop-apposition", span, 4 if token.head.ent_type_ == "PERSON" else 2
    if token.like_num and not any(True for child in token.children if not child.is_punct) and token.i > token.head.i and token.head.pos_ == "PROPN":
        return "drop-age", range(token.i, token.i + 1), 1
    if token.dep_ in {"advcl", "acl"} and token.tag_ == "VBG" and token.i > top.i and opener == token.lower_:
        return "drop-participle", span, 3
    if token.dep_ == "advcl" and opener in {"as", "while", "after", "following"}:
        return "drop-adverbial", span, 3
    if token.dep_ in {"obl", "nmod", "advmod"} and opener in {"including", "amid", "alongside", "following", "despite"}:
        return "drop-adjunct", span, 3
    if token.dep_ == "obl" and opener == "in" and span.start == 0 and token.lower_ in wording.settings_of_speech():
        return "drop-setting", span, 1
    return None


def _blind_removals(doc: Doc) -> Iterator[Removal]:
    """Relative clauses between commas, by their first word alone, for a sentence whose parse found no subject.

    What is left is parsed again before it is used (see `lines`): the shorter sentence is
    often one that the parser understands.
    """
    for name, indices, harm in _cued_removals(doc):
        if name in {"drop-relative", "drop-home"}:
            yield Removal(name, indices, harm)


def _ends_cleanly(doc: Doc, span: range) -> bool:
    """Whether an unfenced phrase is followed by the main verb or the end, and holds no comma: the parse is then trusted."""
    following = doc[span.stop] if span.stop < len(doc) else None
    whole = not any(doc[i].text in _FENCES for i in span)
    return whole and (following is None or following.text in {".", "”"} or following.tag_ in {"VBD", "VBZ", "MD"})


def _says_more_of_something_new(clause: Token, top: Token) -> bool:
    """Whether a clause restricts a noun with "a" or "an" in a statement of fact: without it the statement still holds.

    "A driver who … has been jailed" entails "A driver has been jailed"; "A customer who owes
    £140,000 would pay" entails nothing without its clause, and "no driver who" says no.
    """
    noun = clause.head
    if not any(child.lower_ in {"a", "an"} for child in noun.children) or noun.pos_ != "NOUN":
        return False
    return is_past(top) and not _is_restricted(top, clause.i) and clause.i > noun.i


_RELATIVES = frozenset({"which", "who", "whose", "where", "whom"})
_TAILS = {
    **dict.fromkeys(("which", "who", "whose", "where", "whom"), ("drop-relative", 2)),
    **dict.fromkeys(("including", "such", "amid", "alongside", "following", "despite", "with"), ("drop-adjunct", 3)),
    **dict.fromkeys(("as", "after", "while", "since", "because", "so", "before"), ("drop-adverbial", 3)),
    **dict.fromkeys(("leaving", "making", "meaning", "prompting", "raising", "bringing", "taking", "leading", "allowing",
                     "adding", "saying", "citing", "forcing", "causing", "giving", "helping", "according"), ("drop-participle", 3)),
}


def _cued_removals(doc: Doc) -> Iterator[_Found]:
    """Phrases that a comma and their first word mark as removable, whatever the parse calls them."""
    end = _clause_end(doc)
    commas = [token.i for token in doc if token.text in {",", "–", "—"} and token.i < end]
    for position, comma in enumerate(commas):
        opener = doc[comma + 1].lower_ if comma + 1 < len(doc) else ""
        name, harm = _TAILS.get(opener, ("", 0))
        if opener in {"a", "an"} and _hangs_on_a_noun(doc, comma + 1, end):
            name, harm = "drop-apposition", 3
        if not name and doc[comma + 1].pos_ == "ADP" and opener != "according" and not _is_clause(doc, comma + 1, end):
            name, harm = "drop-adjunct", 4
        if not name or opener == "according":
            continue
        later = commas[position + 1 :]
        if opener not in _RELATIVES or all(_goes_on(doc[i + 1]) for i in later):
            yield name, frozenset(range(comma, end)), harm
        closing = next((i for i in later if doc[i + 1].tag_ in {"VBD", "VBZ", "VBP", "MD"} or doc[i + 1].lower_ == "to"), None)
        if opener in _RELATIVES and closing is not None:
            yield name, _keeping_outer_comma(doc, comma, closing), harm
    for comma in commas:
        opener = doc[comma + 1] if comma + 1 < end else doc[comma]
        if opener.lower_ in {"and", "but"} and _is_clause(doc, comma + 2, end):
            yield "drop-second-clause", frozenset(range(comma, end)), 5 if opener.lower_ == "and" else 7
        if opener.lower_ == "of" and comma + 4 < end and doc[comma + 2].pos_ == "PROPN":
            closing = next((i for i in commas if i > comma), None)
            if closing is not None and closing - comma < 8:
                yield "drop-home", frozenset(range(comma, closing + 1)), 1
    dashes = [token.i for token in doc[:end] if token.text in {"–", "—"}]
    if len(dashes) == 1 and dashes[0] > end // 3:
        yield "drop-second-clause", frozenset(range(dashes[0], end)), 4
    if len(dashes) == 2:
        yield "drop-aside", frozenset(range(dashes[0], dashes[1] + 1)), 3
    for token in doc[1:end]:
        if token.text == ";":
            yield "drop-second-clause", frozenset(range(token.i, end)), 4


def _hangs_on_a_noun(doc: Doc, start: int, end: int) -> bool:
    """Whether a closing phrase is one noun phrase said of what came before ("…, a change that affects 5,640 children")."""
    heads = [token for token in doc[start:end] if not start <= token.head.i < end or token.head == token]
    one = [token for token in heads if not token.is_punct]
    return len(one) == 1 and one[0].pos_ in {"NOUN", "PROPN"} and one[0].dep_ in _LOOSE and not one[0].conjuncts


_LOOSE = frozenset({"appos", "parataxis", "nmod", "dep", "obl", "obl:unmarked", "nmod:unmarked", "obj", "conj"})


def _goes_on(token: Token) -> bool:
    """Whether what stands after a comma continues the relative clause before it, and not the main clause."""
    return token.lower_ in {"and", "or", "but", *_RELATIVES} or (token.pos_ in {"NOUN", "PROPN", "NUM"} and token.dep_ == "conj")


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch holds a subject and its finite predicate, the subject first."""
    return any(
        token.dep_ in SUBJECTS and start <= token.i < token.head.i < end and finite(token.head) is not None
        for token in doc[start:end]
    )


def _final_removals(doc: Doc, top: Token) -> Iterator[_Found]:
    """The last adjunct or the last of two coordinated predicates, which need no comma before them."""
    end = _clause_end(doc)
    main = complement(top) if is_reporting(top) else None
    for head in (top, main):
        if head is None:
            continue
        children = [child for child in head.children if child.i > head.i and not child.is_punct]
        for child in children:
            span = subtree(child)
            if span.stop < end:
                continue
            opener = doc[span.start].lower_
            if child.dep_ == "conj" and opener in {"and", "but"} and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
                if opener == "but" and subject(child) is None or (subject(child) is None and is_negated(head)):
                    continue
                start = span.start - 1 if doc[span.start - 1].text == "," else span.start
                yield "drop-second-clause", frozenset(range(start, end)), 5 if opener == "and" else 7
            elif _is_restricted(head, span.start):
                continue
            elif child.dep_ == "obl" and opener in _ADJUNCTS and children[0] is not child:
                yield "drop-adjunct", frozenset(range(span.start, end)), 8 if _dates(doc, span) else 5
            elif child.dep_ == "advcl" and opener in _REASONS and subject(child) is not None:
                yield "drop-adverbial", frozenset(range(span.start, end)), 5
            elif child.dep_ == "advcl" and opener == "to" and len(span) > 4 and children[0] is not child:
                yield "drop-purpose", frozenset(range(span.start, end)), 6


_REASONS = frozenset({"as", "after", "while", "because", "since", "before", "when"})
_ADJUNCTS = frozenset("in at on during across around between throughout after alongside amid following as".split())


def _dates(doc: Doc, span: range) -> bool:
    """Whether a phrase tells a date, a sum or a share: facts that a line keeps as long as it can."""
    return any(doc[i].like_num or doc[i].lower_ in wording.months() or doc[i].text in {"£", "%"} for i in span)


def _is_restricted(head: Token, before: int) -> bool:
    """Whether a clause says no, all or only up to a place: then what follows limits it, and must stay."""
    return any(token.lower_ in _LIMITED for token in head.subtree if token.i < before)


_LIMITED = frozenset("no not n’t n't never all every only none nobody any neither nor without".split())


def _clause_end(doc: Doc) -> int:
    """Return where the statement ends: before a closing attribution (", police said") or the full stop."""
    end = len(doc)
    while end > 0 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    spoken = reported(doc)
    if spoken is not None:
        verb, who, _ = spoken
        start = min(verb.i, subtree(who).start)
        if doc[start - 1].text in {",", "”", '"'} and start > len(doc) // 3 and max(verb.i, subtree(who).stop - 1) >= end - 3:
            return start - 1
    for token in doc[1:end]:
        if token.lower_ == "according" and doc[token.i - 1].text == ",":
            return token.i - 1
    return end


def _in_list(token: Token) -> bool:
    return any(child.dep_ == "conj" for child in token.children) or token.head.dep_ == "conj"


def _holds_protected(doc: Doc, indices: frozenset[int], name: str) -> bool:
    """Whether a phrase holds a word that the rest of the sentence needs for its sense."""
    if name in {"drop-relative", "drop-second-clause", "drop-setting"}:
        return False
    return any(doc[i].lower_ in _PROTECTED for i in indices)


def _fenced(doc: Doc, span: range) -> frozenset[int] | None:
    """Return a phrase with the punctuation that fences it on both sides, or None where a side is open."""
    left, right = span.start, span.stop
    if left < right and doc[left].text in _FENCES:
        left += 1
    opens_sentence = left == 0 or all(doc[i].is_punct for i in range(left))
    fenced_left = left > 0 and doc[left - 1].text in _FENCES
    if right > left and doc[right - 1].text in _FENCES:
        right -= 1
    at_end = right >= len(doc) or all(token.text in {".", "”", '"', "’"} for token in doc[right:])
    fenced_right = right < len(doc) and doc[right].text in _FENCES
    if not (opens_sentence or fenced_left) or not (at_end or fenced_right):
        return None
    if opens_sentence and not fenced_right:
        return None
    start = left - 1 if fenced_left else left
    if fenced_left and fenced_right and not at_end and doc[right].text == ",":
        return _keeping_outer_comma(doc, start, right)
    return frozenset(range(start, right + 1 if fenced_right and not at_end else right))


def _keeping_outer_comma(doc: Doc, opening: int, closing: int) -> frozenset[int]:
    """Return the tokens from one comma to another; the second stays where it also closes an outer phrase.

    In "Ann Lee, head of the school, which has 90 pupils, said" the comma before "said" closes
    the apposition as well as the relative clause.
    """
    before = [token.i for token in doc[:opening] if token.text == ","]
    between = doc[before[-1] + 1 : opening] if before else doc[0:0]
    nested = bool(len(between)) and not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.dep_ != "acl:relcl" for token in between)
    spoken = bool(len(between)) and is_reporting(between[0]) or bool(len(between)) and is_reporting(between[-1])
    return frozenset(range(opening, closing if nested or spoken else closing + 1))


def variants(doc: Doc, max_words: int, precious: Callable[[str], float] = lambda word: 0.0) -> Iterator[Cut]:
    """Yield the sentence with house edits made, then its cuts to at most `max_words`, least harmful first.

    `precious` says how much the story loses with a word (0 for nothing): a cut needs both
    a syntax that allows it and words that matter little.
    """
    cut = Cut.whole(doc)
    for edit in HOUSE_EDITS:
        cut = edit(cut)
    if cut.word_count <= max_words:
        yield cut
        return
    if cut.edits[:1] == ("report-quotation",):
        return
    choices = sorted(removals(doc), key=lambda removal: removal.harm)[:8]
    cuts = []
    for size in range(1, min(len(choices), 3) + 1):
        for group in combinations(choices, size):
            shorter = cut
            for removal in group:
                shorter = shorter.without(removal.indices, removal.name)
            if shorter.word_count <= max_words:
                harm = sum(removal.harm for removal in group) + _loss(doc, group, precious)
                cuts.append((harm, -shorter.word_count, shorter))
    for _, _, shorter in sorted(cuts, key=lambda row: row[:2]):
        yield shorter


def _loss(doc: Doc, group: tuple[Removal, ...], precious: Callable[[str], float]) -> float:
    """Return what the story loses with the words that go and do not stand elsewhere in the sentence."""
    gone = frozenset[int]().union(*(removal.indices for removal in group))
    standing = {token.lower_ for token in doc if token.i not in gone}
    return sum(precious(word) for word in {doc[i].lower_ for i in gone} - standing)


_UNITS = {"m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion", "trn": "trillion", "k": "000"}
_SUM = re.compile(r"(?P<sign>[£$€])(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<unit>mn?|bn?|trn?|tn|k)\b(?!\w)", re.I)
_PERCENT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?: |-)?per ?cent\b")


def house_numbers(text: str) -> str:
    """Return the text with numbers in house form: "£1.2m" → "£1.2 million", "5 per cent" → "5%"."""

    def spelled(match: re.Match[str]) -> str:
        unit = _UNITS[match["unit"].lower()]
        gap = "," if unit == "000" else " "
        return f"{match['sign']}{match['number']}{gap}{unit}" if unit != "000" or "." not in match["number"] else match[0]

    return _PERCENT.sub(r"\g<number>%", _SUM.sub(spelled, text))
