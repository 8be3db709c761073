"""Who is mentioned where in an article: by name, by office or kind ("the minister"), or by pronoun.

Names are put together where they can only be one person: "Sadiq Khan", "Mr Khan" and "Khan", if the article has
no other Khan. An office stands for a person whom the article introduces by it, and for nobody known otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from summarise import gender, wording
from summarise.gender import Gender
from summarise.language import quoted_spans
from summarise.people import Person, is_nobodys, is_title_or_role, name_within, people_of
from summarise.records import Document
from summarise.syntax import SUBJECTS, is_reporting

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Kind = Literal["name", "noun", "pronoun"]
Role = Literal["subject", "object", "possessive", "other"]

AMBIGUOUS = "a"
"""What stands before a surname that could be more than one person's."""
_OPENING = 2
"""Sentences, counted from 0, within which an article introduces whom it is about."""
_NAME_LINKS = frozenset({"flat", "compound", "nmod:desc", "appos"})
_OBJECTS = frozenset({"obj", "iobj"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one sentence that stands for a person; `start`, `end` and `head` are token indices.

    `who` is the full name where the article has one, the single name or the noun otherwise, and empty for a
    pronoun. `role` is what it is to its clause, and `main` whether that is the sentence's main one.
    `quotation` is the number of the quotation that it stands in, None outside of one, and `direct` whether
    that is whole speech and not some words within the reporter's own sentence.
    """

    sentence: int
    start: int
    end: int
    head: int
    text: str
    kind: Kind
    who: str
    gender: Gender | None
    role: Role
    main: bool = False
    quotation: int | None = None
    direct: bool = False
    indefinite: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Sentence and token, which order mentions as a reader meets them."""
        return self.sentence, self.start


class People:
    """The people of one document, and every name that stands for one of them."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def named(self) -> tuple[Person, ...]:
        """Everybody named in full, each once, however many forms the name takes."""
        found: list[Person] = []
        for person in (*people_of(self.document), *_familiar_people(self.document)):
            if not any(_same(person.full, other.full) for other in found):
                found.append(person)
        return tuple(found)

    @cached_property
    def _by_surname(self) -> dict[str, list[Person]]:
        table: dict[str, list[Person]] = defaultdict(list)
        for person in self.named:
            table[person.last_token].append(person)
        return table

    @cached_property
    def _by_first_name(self) -> dict[str, list[Person]]:
        table: dict[str, list[Person]] = defaultdict(list)
        for person in self.named:
            table[person.full.split()[0]].append(person)
        return table

    @cached_property
    def offices(self) -> dict[str, Person]:
        """The nouns of offices by which the article introduces one person only: "mayor" → that mayor."""
        holders: dict[str, set[Person]] = defaultdict(set)
        for person in self.named:
            for words in (person.role, person.description):
                for word in (words or "").lower().split()[:4]:
                    if word in wording.role_words():
                        holders[word].add(person)
        return {word: next(iter(people)) for word, people in holders.items() if len(people) == 1}

    def who(self, words: str, told: Gender | None) -> str:
        """Return whom a name as it stands in a sentence is: by full name where the article has one for it.

        A name that several people share, and no title tells apart, is somebody of its own: "a Hughes".
        """
        last = words.split()[-1].split("-")[-1]
        if " " in words:
            candidates = [person for person in self._by_surname.get(last, []) if _same(person.full, words)]
        else:
            candidates = self._by_surname.get(last, []) or self._by_first_name.get(words, [])
            if told is not None and len(candidates) > 1:
                candidates = [person for person in candidates if gender.of_name(person.full) in (told, None)]
        if len(candidates) > 1 and " " not in words:
            principal = self._principal(candidates) if told is None else None
            return principal.full if principal is not None else f"{AMBIGUOUS} {words}"
        return candidates[0].full if candidates else words

    def _principal(self, bearers: list[Person]) -> Person | None:
        """Return whom a bare surname means though others bear it: whom the article is about, and not a relative.

        That is who opens the article, where the others are named in full once each, and the surname stands alone
        more often than they do.
        """
        first, *others = bearers
        alone = self._alone[first.last_token]
        if first.sentence > _OPENING or alone <= 2 * len(others):
            return None
        return None if any(self._in_full[other.full] > 1 for other in others) else first

    @cached_property
    def _in_full(self) -> Counter[str]:
        """How often each stands in the article by full name."""
        texts = [sentence.text for sentence in self.document.sentences]
        return Counter({person.full: sum(text.count(person.full) for text in texts) for person in self.named})

    @cached_property
    def _alone(self) -> Counter[str]:
        """How often each surname stands in the article with no title or other name before it."""
        return Counter(
            token.text
            for doc in self.document.parses
            for token in doc
            if token.text in self._by_surname and not (token.i and doc[token.i - 1].text[:1].isupper())
        )

    def is_surname(self, token: Token) -> bool:
        """Whether a word is the surname of somebody, and no part of a place or body."""
        if not token.text[:1].isupper() or token.text not in self._by_surname:
            return False
        return token.ent_type_ in {"", "PERSON"} or _stands_alone(token)

    def is_first_name(self, token: Token) -> bool:
        """Whether a word stands alone and is somebody's first name."""
        return (
            token.text[:1].isupper()
            and token.pos_ == "PROPN"
            and token.text in self._by_first_name
            and token.ent_type_ in {"", "PERSON"}
        )


_BEFORE_PLACES_AND_BODIES = frozenset({"the", "in", "at", "near", "from", "to", "of", "for", "by", "towards", "around"})


def _stands_alone(token: Token) -> bool:
    """Whether a word that the pipeline takes for a place or body is one word, where a person's surname can stand."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    longer = any(other is not None and other.ent_type_ == token.ent_type_ for other in (before, after))
    named = before is not None and (before.lower_ in _BEFORE_PLACES_AND_BODIES or before.text[:1].isupper())
    return not longer and not named


def _same(one: str, other: str) -> bool:
    """Whether two full names are one person's: the surname and the first name, or all words of the shorter one."""
    first, second = one.split(), other.split()
    if first[-1] != second[-1]:
        return False
    short, long = sorted((first, second), key=len)
    return short[0] == long[0] or set(short) <= set(long)


def mentions_of(document: Document, people: People) -> tuple[Mention, ...]:
    """Return every mention of a person in a parsed document, in order; those of groups are left out."""
    found: list[Mention] = []
    quotations = _Quotations(document)
    for index, doc in enumerate(document.parses):
        taken: set[int] = set()
        for span, who, told in (*_names(doc, people),):
            taken.update(span)
            found.append(_mention(index, doc, span, "name", who, told, quotations))
        for token in doc:
            if token.i in taken:
                continue
            told = gender.of_pronoun(token.text)
            if told is not None and token.pos_ in {"PRON", "DET"}:
                found.append(_mention(index, doc, range(token.i, token.i + 1), "pronoun", "", told, quotations))
            elif _is_somebody(token, taken):
                who = _holder(token, people)
                told = gender.of_noun(token.lemma_)
                found.append(_mention(index, doc, range(token.i, token.i + 1), "noun", who, told, quotations))
    return tuple(sorted(found, key=lambda mention: mention.place))


def _names(doc: Doc, people: People) -> Iterator[tuple[range, str, Gender | None]]:
    """Yield (tokens, who, gender told by a title) of every name of a person in a sentence."""
    taken: set[int] = set()
    for span in _name_spans(doc, people):
        if span and taken.isdisjoint(span):
            taken.update(span)
            told = _title_before(doc, span.start)
            yield span, people.who(doc[span.start : span.stop].text, told), told
    for token in doc:
        if token.i not in taken and _may_be_somebody(token):
            yield range(token.i, token.i + 1), f"{AMBIGUOUS} {token.text}", None


def _name_spans(doc: Doc, people: People) -> Iterator[range]:
    """Yield the tokens of names, the surest signs first: title or first name, the pipeline, a known surname."""
    for token in doc:
        yield _titled_name(token) or _familiar_name(token)
    for entity in doc.ents:
        span = name_within(entity) if entity.label_ == "PERSON" else range(0)
        if span and doc[span.start].text[:1].isupper() and not _is_group(doc, span):
            yield span
    for token in doc:
        if people.is_surname(token) or people.is_first_name(token):
            yield range(token.i, token.i + 1)


def _familiar_people(document: Document) -> Iterator[Person]:
    """Yield everybody whose full name opens with a common first name and escaped the pipeline."""
    for index, doc in enumerate(document.parses):
        for token in doc:
            span = _titled_name(token) or _familiar_name(token)
            if len(span) > 1:
                yield Person(doc[span.start : span.stop].text, index)


def _familiar_name(token: Token) -> range:
    """Return the tokens of a name that opens with a common first name and that the pipeline took for nothing."""
    before = token.doc[token.i - 1] if token.i else None
    if gender.of_first_name(token.text) is None or not _is_name_word(token) or token.ent_type_:
        return range(0)
    inside = before is not None and _is_name_word(before) and not is_title_or_role(before.text)
    span = range(0) if inside else _name_from(token)
    month = len(span) == 1 and token.lower_ in wording.months()
    return range(0) if month or (span and is_nobodys(token.doc[span.start : span.stop].text)) else span


def _titled_name(token: Token) -> range:
    """Return the tokens of a name that follows a courtesy title and that the pipeline took for nothing."""
    before = token.doc[token.i - 1] if token.i else None
    titled = before is not None and before.text.rstrip(".") in {"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sir", "Dame"}
    return _name_from(token) if titled and token.text[:1].isupper() else range(0)


def _may_be_somebody(token: Token) -> bool:
    """Whether a name that the pipeline takes for nothing does something, and so may be a person's."""
    if not _is_name_word(token) or token.ent_type_ or token.dep_ != "nsubj" or token.text.isupper():
        return False
    beside = (token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc))
    alone = not any(other.text[:1].isupper() and other.is_alpha for other in beside)
    return alone and not is_nobodys(token.text) and not is_title_or_role(token.text)


def _name_from(token: Token) -> range:
    """Return a token and the words of a name after it, the second half of a double surname with them."""
    doc, stop = token.doc, token.i + 1
    while stop < len(doc) and stop - token.i < 6:
        if doc[stop].text == "-" and not doc[stop].whitespace_ and stop + 1 < len(doc):
            stop += 2
        elif _is_name_word(doc[stop]):
            stop += 1
        else:
            break
    return range(token.i, stop)


def _is_name_word(token: Token) -> bool:
    """Whether a word may be part of a person's name: initials and what is a place's or body's left out."""
    named = token.pos_ == "PROPN" and token.text[:1].isupper() and len(token.text) > 2
    return bool(named and token.ent_type_ in {"", "PERSON"})


def _is_group(doc: Doc, span: range) -> bool:
    """Whether what the pipeline takes for one person is a people, a party or a body: "the Olmec", "Democrats"."""
    before = doc[span.start - 1].lower_ if span.start else ""
    if is_nobodys(doc[span.start : span.stop].text):
        return True
    return len(span) == 1 and (before == "the" or doc[span.start].tag_ == "NNPS")


def _title_before(doc: Doc, start: int) -> Gender | None:
    """Return the gender that the titles or nouns right before a name tell."""
    for i in range(start - 1, max(start - 4, -1), -1):
        if doc[i].pos_ not in {"PROPN", "NOUN", "ADJ"}:
            return None
        told = gender.of_title(doc[i].text) or gender.of_noun(doc[i].lemma_)
        if told is not None:
            return told
    return None


_NO_OFFICE = frozenset(
    [
        "bank",
        "centre",
        "one",
        "eight",
        "am",
        "forward",
        "lock",
        "major",
        "general",
        "private",
        "head",
        "defending",
        "assistant",
        "prop",
        "wing",
        "international",
        "model",
        "right",
        "number",
        "commons",
        "house",
        "company",
        "charity",
        "school",
        "football",
        "council",
    ]
)


def _is_somebody(token: Token, names: set[int]) -> bool:
    """Whether a noun stands for one person who is not named beside it: "the minister", not "minister Ann Pell"."""
    lemma = token.lemma_.lower()
    if token.tag_ != "NN" or token.dep_ in {"compound", "amod", "flat", "nmod:desc", "vocative"}:
        return False
    if lemma in _NO_OFFICE or not (
        gender.of_noun(lemma) or lemma in wording.human_nouns() or lemma in wording.role_words()
    ):
        return False
    relations = {child.dep_ for child in token.children}
    if "cop" in relations or (token.dep_ == "xcomp" and token.head.pos_ in {"VERB", "AUX"}):
        return False
    if any(child.i in names and child.dep_ in {"appos", "flat", "compound"} for child in token.children):
        return False
    return not (token.dep_ == "appos" and token.head.i in names) and token.i + 1 not in names


def _holder(token: Token, people: People) -> str:
    """Return who holds the office that a definite noun names, else the noun."""
    lemma = str(token.lemma_.lower())
    person = people.offices.get(lemma)
    definite = any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)
    return person.full if person is not None and definite else lemma


def _mention(
    index: int,
    doc: Doc,
    span: range,
    kind: Kind,
    who: str,
    told: Gender | None,
    quotations: _Quotations,
) -> Mention:
    head = next((i for i in span if doc[i].head.i not in span or doc[i].dep_ == "ROOT"), span.start)
    top = _top(doc[head])
    role = _role(top)
    quotation = quotations.around(index, doc[head])
    return Mention(
        sentence=index,
        start=span.start,
        end=span.stop,
        head=head,
        text=doc[span.start : span.stop].text,
        kind=kind,
        who=who,
        gender=told,
        role=role,
        main=role == "subject" and _is_main(_conjuncts_head(top).head),
        quotation=quotation,
        direct=quotation is not None and quotations.is_direct(index, quotation),
        indefinite=kind == "noun" and any(child.lower_ in {"a", "an", "another"} for child in doc[head].children),
    )


def _top(token: Token) -> Token:
    """Return the head of the whole phrase that a name is part of: the noun of "council leader Ann Pell"."""
    while token.dep_ in _NAME_LINKS and token.head != token:
        token = token.head
    return token


def _conjuncts_head(token: Token) -> Token:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _role(top: Token) -> Role:
    if top.dep_ == "nmod:poss":
        return "possessive"
    dep = _conjuncts_head(top).dep_
    if dep in SUBJECTS:
        return "subject"
    return "object" if dep in _OBJECTS else "other"


def _is_main(verb: Token) -> bool:
    """Whether a verb heads its sentence, or reports what the head says."""
    return bool(verb.dep_ == "ROOT" or (verb.head.dep_ == "ROOT" and (verb.dep_ == "parataxis" or is_reporting(verb))))


class _Quotations:
    """Which quotation of the document a token stands in."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans: list[tuple[int, int, int]] = [
            (number, start, end)
            for number, paragraph in enumerate(document.article.paragraphs)
            for start, end in quoted_spans(paragraph)
        ]

    def around(self, index: int, token: Token) -> int | None:
        """Return the number of the quotation around a token."""
        sentence = self._document.sentences[index]
        at = sentence.start + token.idx
        for number, (paragraph, start, end) in enumerate(self._spans):
            if paragraph == sentence.paragraph and start <= at < end:
                return number
        return None

    def is_direct(self, index: int, number: int) -> bool:
        """Whether a quotation is speech: it opens a paragraph or sentence, or follows a comma or colon."""
        paragraph, start, _ = self._spans[number]
        before = self._document.article.paragraphs[paragraph][:start].rstrip()
        return not before or before[-1] in ',:.?!”"' or self._document.sentences[index].start >= start
