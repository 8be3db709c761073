"""Everybody whom an article names in full, with the role that it gives them.

A role is taken over only as the article words it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise import wording
from summarise.records import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NAME = r"(?:[A-Z][\w'’]*(?:-[A-Z]?\w+)*\.?)"
_FULL_NAME = re.compile(rf"{_NAME}(?: (?:de|da|del|van|von|der|den|al|bin|ibn|ap|ab|Mac|{_NAME}))* {_NAME}")
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Cllr|Councillor)\.?"
_TITLED = re.compile(rf"\b{_TITLE} ({_NAME})\b")
_LEADING_TITLE = re.compile(rf"^(?:{_TITLE} )+")
_POST_NOMINAL = re.compile(r"(?:,? (?:QC|KC|MP|MSP|MS|MLA|OBE|MBE|CBE|Jr|Sr))+$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article: the full name, and the role in the article's own words, if it gives one.

    `role` stands before the name ("Health Secretary"), `description` after it ("chief executive of X").
    """

    full: str
    sentence: int
    role: str | None = None
    description: str | None = None

    @property
    def surname(self) -> str:
        """The last word of the name, a double one as a whole."""
        return self.full.split()[-1]

    @property
    def last_token(self) -> str:
        """The part of the surname that spaCy's tokenizer makes its last token."""
        return self.surname.split("-")[-1]

    @property
    def introduced(self) -> str:
        """The name as a line introduces it: with the role where it stands before the name."""
        return f"{self.role} {self.full}" if self.role else self.full


def people_of(document: Document) -> tuple[Person, ...]:
    """Return everybody whom the article names in full, in order of first mention."""
    titled = frozenset() if document.parsed else _titled_surnames(document)
    found: dict[str, Person] = {}
    for index, doc in enumerate(document.parses):
        for span in _names_found(doc) if document.parsed else _names_by_title(doc, titled):
            name = bare(doc[span.start : span.stop].text)
            if name and name not in found:
                found[name] = Person(name, index, *_roles(doc, span))
    return tuple(found.values())


def name_within(entity: Span) -> range:
    """Return the tokens of a person's name in an entity: titles before and a genitive after it left out.

    A half of a double surname that the pipeline left outside is taken in.
    """
    doc, start, end = entity.doc, entity.start, entity.end
    while start < end and is_title_or_role(doc[start].text):
        start += 1
    while end > start and doc[end - 1].lower_ in {"'s", "’s"}:
        end -= 1
    if end > start and doc[end - 1].text == "-":
        end -= 1
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_ and doc[end + 1].text[:1].isupper():
        end += 2
    while 1 < start < end and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2
    return range(start, end)


def is_nobodys(name: str) -> bool:
    """Whether a name ends as those of bodies and places do, whatever the pipeline takes it for."""
    last = name.split()[-1]
    return last in wording.body_nouns() or last.lower() in wording.word_class("no_surnames")


def is_in_a_longer_name(token: Token) -> bool:
    """Whether a surname is a word of a title, a street or a firm, and names nobody ("Fifty Shades of Grey")."""
    doc, i = token.doc, token.i
    if i > 1 and doc[i - 1].lower_ in {"of", "for", "the"} and doc[i - 2].text[:1].isupper() and i > 2:
        return True
    after = doc[i + 1] if i + 1 < len(doc) else None
    if after is None:
        return False
    if after.lower_ in {"'s", "’s"} and i + 2 < len(doc):
        following = doc[i + 2]
        return following.text[:1].isupper() and (
            token.ent_type_ in {"ORG", "PLACE", "WORK"}
            or following.lower_ in wording.word_class("ends_of_longer_names")
        )
    return after.text[:1].isupper() and after.lower_ in (
        wording.word_class("ends_of_longer_names") | wording.word_class("no_surnames")
    )


def _names_found(doc: Doc) -> Iterator[range]:
    """Yield the token ranges that the pipeline takes for persons and that read as a full name."""
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            span = name_within(entity)
            reads_as_name = all(doc[i].text[0].isupper() or doc[i].text == "-" for i in span)
            if (
                " " in doc[span.start : span.stop].text
                and reads_as_name
                and not is_nobodys(doc[span.start : span.stop].text)
            ):
                yield span


def _names_by_title(doc: Doc, surnames: frozenset[str]) -> Iterator[range]:
    """Yield the token ranges that read as the full name of somebody whom the article gives a title elsewhere."""
    for match in _FULL_NAME.finditer(doc.text):
        span = doc.char_span(*match.span())
        if span is not None and match.group().split()[-1] in surnames and not is_title_or_role(span[0].text):
            yield range(span.start, span.end)


def _titled_surnames(document: Document) -> frozenset[str]:
    return frozenset(match.group(1) for sentence in document.sentences for match in _TITLED.finditer(sentence.text))


def bare(mention: str) -> str:
    """Return a name without titles before it and letters after it."""
    mention = re.sub(r"[’']s$", "", mention.strip())
    return _POST_NOMINAL.sub("", _LEADING_TITLE.sub("", mention)).strip()


def is_title_or_role(word: str) -> bool:
    """Whether a word is a title before a name or the noun of an office."""
    return re.fullmatch(_TITLE, word) is not None or word.lower() in wording.role_words()


def _roles(doc: Doc, span: range) -> tuple[str | None, str | None]:
    """Return the role before a name and the description after it, as the sentence words them."""
    return _role_before(doc, span.start), _description_after(doc, span.stop)


def _role_before(doc: Doc, start: int) -> str | None:
    """Return the run of nouns before a name when it holds an office: "Health Secretary", "council leader"."""
    first = start
    while first > 0 and doc[first - 1].pos_ in {"NOUN", "PROPN", "ADJ"} and doc[first - 1].text not in {",", "and"}:
        first -= 1
        if first > 1 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_:
            first -= 2  # "ex-leader", "vice-president"
    while first < start and doc[first].lower_ in wording.word_class("no_part_of_a_role"):
        first += 1
    if first == start or start - first > 6:
        return None
    if (
        first > 0
        and doc[first - 1].tag_ in {"VBG", "VBN", "HYPH"}
        and doc[first - 1].dep_ in {"amod", "compound", "punct"}
    ):
        return None  # the end of a longer office: "chief operating officer"
    if first > 0 and doc[first - 1].lower_ in {"and", "of"} and doc[first].ent_type_ in {"PLACE", "ORG"}:
        return None  # the end of a longer name: "Green Party of England and Wales MP"
    role = str(doc[first:start].text)
    if not any(word.lower() in wording.role_words() | wording.professional_titles() for word in role.split()):
        return None
    if wording.word_class("relations") & set(role.lower().split()):
        return None  # "his partner Ann Lee": whose?
    common = doc[first].text.islower() or (first == 0 and doc[0].pos_ != "PROPN")
    if " " not in role and common and role.lower() not in wording.professional_titles():
        return None  # "leader Ann Lee": of what?
    others_capital = any(word[:1].isupper() for word in role.split()[1:])
    if role.lower() in wording.word_class("ranks"):
        return role
    opens_in_lower_case = first == 0 and doc[0].pos_ != "PROPN" and not role[1:2].isupper() and not others_capital
    return role[0].lower() + role[1:] if opens_in_lower_case else role


def _description_after(doc: Doc, end: int) -> str | None:
    """Return an apposition after a name that holds an office: ", chief executive of the trust,"."""
    if end >= len(doc) or doc[end].text != ",":
        return None
    stop = next((i for i in range(end + 1, min(end + 12, len(doc))) if doc[i].text in {",", ".", ";"}), None)
    if stop is None or stop - end - 1 < 2:
        return None
    text = doc[end + 1 : stop].text
    return text if any(word in wording.role_words() for word in text.lower().split()[:4]) else None
