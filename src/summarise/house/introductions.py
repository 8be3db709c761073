"""People whom a part of the page names by surname alone, though the article gives their full name and role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from summarise import wording

_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*[a-z](?![\w-])")
_RUN_BEFORE = re.compile(r"(?:(?<![\w’'-])(?:[A-Z][\w’'-]*|[A-Z]\.|(?:Mrs?|Ms|Dr|Prof|Rev)\.) ){1,5}$")
_LOWER_BEFORE = re.compile(r"(?:(?<![\w’'-])[a-z][a-z’'-]* ){1,4}$")
_AFTER = re.compile(r", ((?:the |an? )?[^,.;:()“”\"]{3,60})[,.;]")
_COURTESIES = ("Mr", "Mrs", "Ms", "Miss", "Mx")
_LOOK_BACK = 80
"""Characters around a surname in which a first name and a role can stand."""


class Introduction(NamedTuple):
    """How the article introduces somebody: the full name, with the role before it or after it."""

    full: str
    text: str


class Bare(NamedTuple):
    """A surname that stands alone where it is first named: in which text, as what, and how to write it."""

    line: int
    found: str
    write: str


def bare_surnames(texts: Iterable[str], article: str) -> Iterator[Bare]:
    """Yield the surnames that stand alone in the first of the texts that has them, and whose owner has a role."""
    seen: set[str] = set()
    for index, text in enumerate(texts):
        for match in _CAPITALISED.finditer(text):
            surname = re.sub(r"[’']s$", "", match.group())
            if surname in seen or surname.lower() in _no_surnames():
                continue
            seen.add(surname)
            alone = _alone(text, match.start(), match.start() + len(surname))
            if alone is not None and (known := _introduction(surname, article)):
                yield Bare(index, alone + surname, known.text)


def _alone(text: str, start: int, end: int) -> str | None:
    """Return the courtesy before a name that is nothing but a surname ("Mr " or ""), None for any other name."""
    after = text[end:]
    if re.match(r"(?:[’']s)? [A-Z0-9]|-", after):
        return None
    before = text[:start].rsplit(maxsplit=1)[-1:] or [""]
    if before[0].rstrip(".") in _COURTESIES:
        return before[0] + " "
    if before[0][:1].isupper() and start != len(before[0]) + 1:
        return None
    return None if before[0].lower() in _BEFORE_NO_PERSON or before[0][:1].isupper() else ""


_BEFORE_NO_PERSON = frozenset(
    ["a", "an", "the", "in", "at", "near", "to", "into", "of", "off", "around", "across", "through", "towards", "&"]
)
"""Words before the name of a place, a thing or a family rather than of one person."""


def _introduction(surname: str, article: str) -> Introduction | None:
    """Return how the article introduces the one bearer of a surname with a role, None where it is not certain."""
    found: Introduction | None = None
    for start in _places(surname, article):
        end = start + len(surname)
        full, role = _name_and_role(article[max(0, start - _LOOK_BACK) : start], surname)
        if not full or re.match(r" [A-Z]", article[end : end + 2]):
            continue
        if found is not None and found.full != full:
            return None
        if found is None or not found.text:
            behind = article[end : end + _LOOK_BACK].partition("\n")[0]  # a role does not go on in the next paragraph
            found = Introduction(full, f"{role} {full}" if role else _described(full, behind))
    return found if found is not None and found.text else None


def _places(surname: str, article: str) -> Iterator[int]:
    """Yield where a surname stands in an article after a space, as a whole word."""
    start = article.find(f" {surname}")
    while start >= 0:
        if not re.match(r"[\w-]", article[start + len(surname) + 1 : start + len(surname) + 2]):
            yield start + 1
        start = article.find(f" {surname}", start + 1)


def _name_and_role(before: str, surname: str) -> tuple[str, str]:
    """Return the full name that ends in a surname and the role before it, each empty where there is none."""
    run = _RUN_BEFORE.search(before)
    if run is None:
        return "", ""
    words = run.group().split()
    last_role = max((i for i, word in enumerate(words) if _is_role(word)), default=-1)
    titles, first = words[: last_role + 1], words[last_role + 1 :]
    if not 1 <= len(first) <= 2 or first[0] in _COURTESIES or any(word.endswith(("’s", "'s")) for word in first):
        return "", ""
    full = " ".join([*first, surname])
    if titles:
        opens = re.search(r"(?:^|[.!?\n”\"] ?)$", before[: run.start()]) is not None
        return full, "" if titles[-1].rstrip(".") in _COURTESIES else _role(titles, opens=opens)
    lower = _LOWER_BEFORE.search(before[: run.start()])
    return full, _role_at_the_end(lower.group()) if lower else ""


def _role(titles: list[str], *, opens: bool) -> str:
    """Return titles as a role, without the words of the sentence before them ("On Monday President").

    The noun of an occupation has its capital from the start of its sentence alone ("Batsman Ann Lee").
    """
    openers = wording.word_class("common_openers") | wording.word_class("weekdays")
    first = next((i for i, word in enumerate(titles) if word.lower() not in openers), len(titles))
    role = " ".join(titles[first:])
    return role.lower() if opens and not first and role.lower() in _occupations() else role


@cache
def _occupations() -> frozenset[str]:
    """Return the roles that are no title before a name."""
    groups = ("sport", "people", "culture_and_media", "business", "health", "education_and_science", "police_and_law")
    roles = {role for group in groups for role in wording.lists()["roles"][group]}
    return frozenset(roles - wording.professional_titles() - wording.word_class("ranks"))


def _role_at_the_end(words: str) -> str:
    """Return the role with which lower-case words end ("said harbour master"), as far back as it surely reaches."""
    found = words.split()
    for length in (3, 2):
        phrase = " ".join(found[-length:])
        if len(found) >= length and phrase in wording.role_phrases():
            return phrase
    return ""


def _described(full: str, after: str) -> str:
    match = _AFTER.match(after)
    if match is None or not any(word in wording.role_words() for word in match.group(1).split()[:4]):
        return ""
    return f"{full}, {match.group(1)},"


@cache
def _is_role(word: str) -> bool:
    plain = word.lower().rstrip(".")
    return plain in wording.role_words() or plain in wording.lists()["titles"]


@cache
def _no_surnames() -> frozenset[str]:
    """Return words with a capital that name no person here: months, days, the ends of names of bodies and places."""
    classes = ("weekdays", "times", "no_surnames", "ends_of_longer_names", "common_openers", "unique_nouns")
    bodies = {noun.lower() for noun in wording.body_nouns()}
    return frozenset(bodies).union(
        wording.months(), wording.role_words(), *(wording.word_class(name) for name in classes)
    )
