"""Forms of English words, from the library inflect: verbs that agree, articles, one of several."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inflect import engine

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "die": "dies"}


@cache
def _engine() -> engine:
    import inflect

    return inflect.engine()


@cache
def third_person(lemma: str) -> str:
    """Return the form of a verb that goes with "he": "want" → "wants", "carry" → "carries"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    # A verb takes its -s as a noun does; what is irregular in nouns ("foot", "die") is not so in verbs.
    formed = str(_engine().plural_noun(lemma))
    return formed if formed.endswith("s") else f"{lemma}s"


@cache
def plural_verb(present: str) -> str:
    """Return the form of a verb that goes with "they" from the one that goes with "he": "denies" → "deny"."""
    return str(_engine().plural_verb(present))


@cache
def with_article(phrase: str) -> str:
    """Return a phrase with "a" or "an" before it, by its sound: "an NHS trust", "a union"."""
    return str(_engine().a(phrase))
