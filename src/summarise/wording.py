"""The house's word lists (house/data/wording.yaml) in the shapes that the stages ask for.

Everything is read once, at first use, and lower case unless case is part of the word.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml


def read_yaml(text: str) -> Any:
    """Return the data of a YAML text; raises yaml.YAMLError.

    The C loader is as safe and ten times as fast, but not every build of PyYAML has it.
    """
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe loaders


@cache
def lists() -> dict[str, Any]:
    """Return the whole of wording.yaml."""
    text = resources.files("summarise").joinpath("house/data/wording.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data


@cache
def reporting_forms() -> tuple[tuple[str, str, str, str, str], ...]:
    """Return the verbs of saying as (group, base, present, past, participle)."""
    return tuple((group, *forms) for group, verbs in lists()["reporting"].items() for forms in verbs)


@cache
def reporting_lemmas(*groups: str) -> frozenset[str]:
    """Return the base forms of the verbs of saying, of some groups ("neutral", "claim", …) or of all."""
    return frozenset(form[1].split()[0] for form in reporting_forms() if not groups or form[0] in groups)


@cache
def present_of(past: str) -> str | None:
    """Return the third person present of a verb of saying from its past: "warned" → "warns"."""
    return next((form[2] for form in reporting_forms() if past.lower() in form[1:]), None)


@cache
def connective_phrases() -> tuple[tuple[str, ...], ...]:
    """Return the connectives that a line can lose, as tokens, longest first."""
    drop = lists()["droppable"]
    phrases = {tuple(phrase.split()) for phrase in (*drop["with_comma"], *drop["bare"])}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def bare_connectives() -> frozenset[tuple[str, ...]]:
    """Return those of the droppable connectives that need no comma after them."""
    return frozenset((word,) for word in lists()["droppable"]["bare"])


@cache
def connectives_before_a_subject() -> tuple[tuple[str, ...], ...]:
    """Return the connectives that a line can lose where its subject follows at once."""
    return tuple(tuple(phrase.split()) for phrase in lists()["droppable"]["bare_before_a_subject"])


@cache
def opening_times() -> tuple[tuple[str, ...], ...]:
    """Return the phrases of time that a line about the past can lose where they open it, longest first."""
    phrases = (tuple(phrase.split()) for phrase in lists()["droppable"]["times"])
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def connective_openings() -> tuple[str, ...]:
    """Return every word and phrase that may not open a line because it leans on the line before."""
    connectives = lists()["connectives"]
    return (*connectives["phrases"], *connectives["one_word"])


@cache
def opening_pronouns() -> frozenset[str]:
    """Return the pronouns and demonstratives that may not open a line."""
    openers = lists()["openers"]
    pronouns = set(openers["pronouns"]) - set(openers["pronouns_before_noun"])
    return frozenset(pronouns | set(openers["demonstratives"]))


@cache
def bare_definites() -> tuple[str, ...]:
    """Return the definite phrases that point back when nothing in the line says more ("the move")."""
    return tuple(lists()["openers"]["definite_without_antecedent"])


@cache
def months() -> frozenset[str]:
    """Return the names of the months, lower case."""
    return frozenset(month.lower() for month in lists()["months"])


@cache
def relative_days() -> tuple[str, ...]:
    """Return the phrases that place an event by the day of writing ("yesterday", "next week")."""
    return tuple(lists()["relative_days"])


@cache
def role_phrases() -> frozenset[str]:
    """Return the offices and occupations that introduce a person, as whole phrases."""
    return frozenset(role for group in lists()["roles"].values() for role in group)


@cache
def role_words() -> frozenset[str]:
    """Return the nouns of offices and occupations: "secretary" of "home secretary", "leader" of "leader of X"."""
    return frozenset(re.split(r" (?:of|for|to|at|in) ", role)[0].split()[-1] for role in role_phrases())


@cache
def settings_of_speech() -> frozenset[str]:
    """Return the nouns for an act of speaking ("statement", "interview")."""
    return frozenset(lists()["settings_of_speech"])


@cache
def body_nouns() -> tuple[str, ...]:
    """Return the nouns in which names of public bodies end ("Council", "Trust")."""
    return tuple(lists()["body_nouns"])


@cache
def human_nouns() -> frozenset[str]:
    """Return nouns that a later "he" or "she" can stand for."""
    return frozenset(lists()["human_nouns"])


@cache
def word_class(name: str) -> frozenset[str]:
    """Return a closed class of words by its name in data/words.yaml, such as "weekdays"."""
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = resources.files("summarise").joinpath("data/words.yaml").read_text(encoding="utf-8")
    return {name: frozenset(entries) for name, entries in read_yaml(text).items()}


@cache
def professional_titles() -> frozenset[str]:
    """Return the titles that stay before a full name ("Dr", "Professor", "Sir"), lower case, without courtesies."""
    return frozenset(lists()["titles"]) - {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx"}
