"""Headlines in Title Case, as the house sets them."""

from __future__ import annotations

import re

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "nor",
        "for",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "as",
        "into",
        "over",
        "than",
        "vs",
        "via",
        "per",
        "up",
        "off",
        "out",
    ]
)
"""Articles, short conjunctions and short prepositions stay lower case inside a headline."""
_LONGER_UP = frozenset({"up", "off", "out", "over", "into", "from", "with", "than"})
"""Of these the house capitalises the ones of four letters and all particles ("Up", "Over", "From")."""


def title_case(headline: str) -> str:
    """Return a headline in Title Case; words that hold a capital or a digit of their own stay as they are."""
    words = headline.split(" ")
    last = max((i for i, word in enumerate(words) if word), default=-1)
    opens = True
    out = []
    for i, word in enumerate(words):
        out.append(_titled(word, small_allowed=not opens and i != last))
        opens = word.endswith((":", "?", "!", "–", "—")) or word in {"–", "—", "-"}
    return " ".join(out)


def _titled(word: str, *, small_allowed: bool) -> str:
    core = re.sub(r"^\W+|\W+$", "", word)
    if not core or any(letter.isupper() for letter in core) or core[0].isdigit():
        return word
    if small_allowed and core in _SMALL - _LONGER_UP:
        return word
    return re.sub(r"(?<![\w'’])[^\W\d_]+(?:['’][^\W\d_]+)*", _capital, word) if "-" in word else _first(word)


def _capital(match: re.Match[str]) -> str:
    text = match.group()
    return text if text in _SMALL and match.start() else text[0].upper() + text[1:]


def _first(word: str) -> str:
    found = re.search(r"[^\W\d_]", word)
    return word if found is None else word[: found.start()] + found.group().upper() + word[found.end() :]
