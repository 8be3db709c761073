"""What a phrase may not take with it when it goes: a condition, half of a pair, somebody whom a "he" means.

Every question is asked of the tokens that would go; a removal of which one is true is not made (see `removals`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise import wording
from summarise.syntax import FINITE_TAGS, SUBJECTS, is_dash, is_reporting

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def is_closed(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether nothing that stays depends on what goes: the parse and the cut agree."""
    if any(token.i not in indices and not token.is_punct and token.head.i in indices for token in doc):
        return False
    if (
        _parts_both(doc, indices)
        or _leaves_a_span_of_time(doc, indices)
        or _takes_whom_he_means(doc, indices)
        or _is_condition(doc, indices)
        or _leaves_a_bare_comparison(doc, indices)
        or _takes_the_limit(doc, indices)
        or _takes_the_rate(doc, indices)
        or _parts_a_list_in_dashes(doc, indices)
        or _has_unlike_fences(doc, indices)
        or _parts_a_relative(doc, indices)
    ):
        return False
    if _parts_not_only(doc, indices) or any(_lacks_its_subject(token, indices) for token in doc if token.i in indices):
        return False
    if any(_ends_a_list(token, indices) or _says_as_what(token, indices) for token in doc if token.i in indices):
        return False
    return not any(
        token.i in indices
        and token.head.i not in indices
        and token.dep_ in _COMPLEMENTS
        and _says_nothing_else(token, indices)
        for token in doc
    )


def completes_with(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether a participle after an inset belongs to a "with" ("with Ann Lee, of the union, saying …")."""
    start = min(indices, default=0)
    commas = [token.i for token in doc[:start] if token.text == ","]
    before = doc[max(commas[-1] - 7, 0) : commas[-1]] if commas else doc[0:0]
    opened = next((token for token in reversed(list(before)) if token.lower_ == "with"), None)
    return opened is not None and not any(token.tag_ in FINITE_TAGS for token in doc[opened.i : start])


def _leaves_a_span_of_time(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether "an hour" would be left of "an hour after he left"."""
    start = min(indices, default=0)
    spans = wording.word_class("spans_of_time") | {"year", "month", "week", "day", "hour", "minute", "moment", "second"}
    return start > 0 and doc[start].lower_ in {"after", "before", "since"} and doc[start - 1].lower_ in spans


def _takes_whom_he_means(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether somebody whom a phrase brings in would go, and a later "he" or "her" that may mean him would stay."""
    brought = any(
        (doc[i].lemma_.lower() in wording.human_nouns() or doc[i].lemma_.lower() in wording.role_words())
        and doc[i].dep_ != "appos"
        and any(child.lower_ in {"a", "an"} for child in doc[i].children)
        for i in indices
    )
    later = (token for token in doc[max(indices, default=0) :] if token.i not in indices)
    return brought and any(token.lower_ in wording.word_class("he_and_she") for token in later)


def _is_condition(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether what would go says when the rest holds ("as long as you cover up", "provided that")."""
    words = [doc[i] for i in sorted(indices) if not doc[i].is_punct]
    if not words or tuple(word.lower_ for word in words[:3]) in _CONDITIONS:
        return bool(words)
    acts = any(child.dep_ == "obj" for child in words[0].children)  # "providing auditors with letters"
    return words[0].lower_ in wording.word_class("opening_conditions") and not acts


def _leaves_a_bare_comparison(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether a noun with a comparative would lose what it is of ("a 50% greater chance of a bleed")."""
    if not indices or doc[min(indices)].text == ",":
        return False
    heads = {doc[i].head for i in indices if doc[i].head.i not in indices}
    return any(child.tag_ in {"JJR", "RBR"} for head in heads if head.pos_ == "NOUN" for child in head.children)


def _takes_the_limit(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether what an "only" of the sentence limits would go ("have only been spared it after …")."""
    words = [doc[i] for i in sorted(indices) if not doc[i].is_punct]
    if not words or words[0].lower_ not in _LIMITS:
        return False
    return any(
        token.lower_ in {"only", "solely"} and token.dep_ == "advmod" and token.head.pos_ in {"VERB", "AUX", "ADJ"}
        for token in doc[: words[0].i]
        if token.i not in indices
    )


_LIMITS = frozenset(
    {"after", "before", "because", "when", "since", "once", "by", "with", "if", "following", "as", "due"}
)


def _takes_the_rate(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether a sum would lose what it is for ("less than $4, or three euros, a day")."""
    return any(
        doc[i].lower_ in _RATES
        and any(child.lower_ in {"a", "an", "per", "each", "every"} for child in doc[i].children)
        and doc[i].dep_ in {"appos", "nmod", "nmod:unmarked", "obl:unmarked"}
        and doc[i].head.i not in indices
        and (doc[i].head.like_num or doc[i].head.pos_ in {"SYM", "NUM"} or doc[i].head.ent_type_ == "MONEY")
        for i in indices
    )


_RATES = frozenset({"day", "week", "month", "year", "hour", "night", "head", "person", "tonne", "barrel", "litre"})


def _parts_a_list_in_dashes(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether among three dashes or more a phrase takes some along ("one — now shut — and another — …")."""
    dashes = [token.i for token in doc if is_dash(token)]
    inside = [i for i in dashes if i in indices]
    return len(dashes) > 2 and len(inside) > 1 and max(indices) > dashes[1]


def _has_unlike_fences(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether a phrase begins at a comma and ends at a dash: what stands after it would hang on the wrong word."""
    first, last = doc[min(indices, default=0)], doc[max(indices, default=0)]
    return first.text == "," and last.i > first.i and is_dash(last)


def _parts_a_relative(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether a relative clause would follow what goes, and hang on another word ("records, …, for which")."""
    after = max(indices, default=0) + 1
    words = [token.lower_ for token in doc[after : after + 3] if not token.is_punct]
    relative = {"which", "whom", "whose"}
    return bool(words) and (words[0] in relative or (doc[after].pos_ == "ADP" and words[1:2] == ["which"]))


def _parts_not_only(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether the "but" of "not only … but" or "not because … but" would go."""
    contrasts = (i for i in range(len(doc) - 1) if doc[i].lower_ == "not" and doc[i + 1].pos_ in {"ADP", "SCONJ"})
    if any(i not in indices and any(doc[j].lower_ == "but" for j in indices if j > i) for i in contrasts):
        return True
    pairs = (
        i
        for i in range(len(doc) - 1)
        if doc[i].lower_ in {"not", "n't", "n’t"} and doc[i + 1].lower_ in {"only", "just", "merely", "simply"}
    )
    return any(
        i not in indices and any(doc[j].lower_ == "but" or doc[j].tag_ in FINITE_TAGS for j in indices if j > i)
        for i in pairs
    )


def _parts_both(doc: Doc, indices: frozenset[int]) -> bool:
    """Whether the "and" of "both … and" would go and "both" stay."""
    start = min(indices, default=0)
    both = [token.i for token in doc[:start] if token.lower_ == "both"]
    if not both or not any(doc[i].lower_ == "and" for i in indices):
        return False
    return not any(token.lower_ == "and" for token in doc[both[-1] : start])


def _lacks_its_subject(token: Token, indices: frozenset[int]) -> bool:
    """Whether a finite auxiliary would go whose subject stays: the parse took the main predicate for a phrase."""
    if token.pos_ != "AUX" or token.tag_ not in {"VBZ", "VBP", "MD", "VBD"}:
        return False
    inside = [token.doc[i] for i in indices if i < token.i]
    return not any(
        other.dep_ in SUBJECTS or other.tag_ in {"WDT", "WP", "WRB", "CC", "EX"} or other.pos_ == "CCONJ"
        for other in inside
    )


def belongs_before(conjunction: Token) -> bool:
    """Whether an "as" is half of a phrase that begins before it ("known as", "as well as")."""
    near = conjunction.doc[max(conjunction.i - 4, 0) : conjunction.i]
    if conjunction.lower_ == "as" and any(token.lower_ in {"same", "such"} for token in near):
        return True
    return conjunction.i > 0 and conjunction.nbor(-1).lower_ in wording.word_class("before_as")


def _says_as_what(token: Token, indices: frozenset[int]) -> bool:
    """Whether an "as" that a verb before it needs would go ("treating the death, …, as suspicious")."""
    doc = token.doc
    if token.lower_ == "as" and token.i - 1 not in indices and belongs_before(token):
        return True
    wanted = token.dep_ == "case" and token.head.head.lemma_ in wording.word_class("verbs_with_as")
    if token.lower_ == "as" and wanted and token.head.head.i not in indices:
        return True
    if token.lower_ != "as" or token.i == 0 or doc[token.i - 1].text != "," or token.i - 1 == min(indices):
        return False
    return any(verb.lemma_ in wording.word_class("verbs_with_as") for verb in doc[: token.i] if verb.i not in indices)


def _ends_a_list(token: Token, indices: frozenset[int]) -> bool:
    """Whether the last of three or more coordinated phrases would go and leave the list without its "and"."""
    if token.dep_ != "conj" or token.head.i in indices or not any(child.dep_ == "cc" for child in token.children):
        return False
    return any(child.dep_ == "conj" and child != token and child.i not in indices for child in token.head.children)


_COMPLEMENTS = frozenset({"ccomp", "advcl", "parataxis"})


_CONDITIONS = frozenset({("as", "long", "as"), ("so", "long", "as"), ("on", "condition", "that")})


def _says_nothing_else(clause: Token, indices: frozenset[int]) -> bool:
    """Whether a verb of saying would be left without anything said ("a group which said in a release")."""
    verb = clause.head
    if not is_reporting(verb) or (verb.i and verb.doc[verb.left_edge.i - 1].text == ","):
        return False
    return not any(child.dep_ in {*_COMPLEMENTS, "obj", "xcomp"} and child.i not in indices for child in verb.children)


def holds_protected(doc: Doc, indices: frozenset[int], name: str) -> bool:
    """Whether a phrase holds a word that the rest of the sentence needs for its sense."""
    if name == "drop-relative":  # a condition behind a comma is the main clause's, whatever the parser says
        return any(doc[i].lower_ in {"if", "unless"} and i > 0 and doc[i - 1].text == "," for i in indices)
    if name in {"drop-second-clause", "drop-setting"}:
        return False
    return any(doc[i].lower_ in wording.word_class("protected") and _reaches_out(doc[i], indices) for i in indices)


def _reaches_out(token: Token, indices: frozenset[int]) -> bool:
    """Whether a negation, a modal or a condition in a phrase says something of what stands outside it.

    What a clause inside the phrase denies or leaves open ("saying it could not pay") goes with that clause.
    """
    return token.head.i not in indices or token.head.head.i not in indices
