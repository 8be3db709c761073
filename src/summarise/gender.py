"""Whether a title, a noun or a first name tells that somebody is a "he" or a "she"."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from summarise.wording import read_yaml

Gender = Literal["he", "she"]


@cache
def lists(group: str) -> dict[Gender, list[str]]:
    """Return the words that tell each gender: "titles", "nouns" or "first_names" of data/gender.yaml."""
    text = resources.files("summarise").joinpath("data/gender.yaml").read_text(encoding="utf-8")
    found: dict[Gender, list[str]] = read_yaml(text)[group]
    return found


@cache
def _table(group: str) -> dict[str, Gender]:
    return {word: gender for gender, words in lists(group).items() for word in words}


def of_title(word: str) -> Gender | None:
    """Return the gender that a title before a name tells: "Mrs" → "she"."""
    return _table("titles").get(word.lower().rstrip("."))


def of_noun(lemma: str) -> Gender | None:
    """Return the gender that a noun tells: "spokesman" → "he"."""
    return _table("nouns").get(lemma.lower())


def of_first_name(name: str) -> Gender | None:
    """Return the gender that a first name tells, None for one that is unknown or that both bear."""
    return _table("first_names").get(name.lower())


def of_name(full: str) -> Gender | None:
    """Return the gender that the first of several names tells: "Mary-Jane Lee" → "she"; None for a single name."""
    first, _, rest = full.partition(" ")
    if not rest:
        return None
    return of_first_name(first) or of_first_name(first.partition("-")[0])


def of_pronoun(pronoun: str) -> Gender | None:
    """Return the gender of a personal pronoun in any case: "him" → "he"."""
    return _PRONOUNS.get(pronoun.lower())


_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
}
