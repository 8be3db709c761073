"""What stands on a page and is not the article: the rules of data/furniture.yaml, read and applied.

A rule fires on the text of one paragraph or heading. What it drops is that line alone, the
section that a heading opens, or everything that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from summarise.errors import UsageError
from summarise.records import count_words

Place = Literal["anywhere", "start", "end"]
Drops = Literal["line", "section", "rest"]

LETTERS = 20
"""Characters a word beyond which a line is no line of words: keeps the patterns off hostile texts."""

PULL_QUOTE = (6, 30)
"""Words of a line that is taken for a pull quote when a paragraph of the same body holds it."""

MOST_COMPARED = 2_000
"""Lines of a body among which a pull quote is looked for; no article has as many."""

START_LINES = 6
"""How many passages from the top count as the start of a body."""

_KEYS = {"id", "reason", "whole", "opens", "contains", "needs", "max_words", "place", "drops", "fires", "stays"}


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """One kind of furniture line; `max_words` is the length beyond which a text is taken for prose.

    `needs` are words of which one must stand in the text before `contains` is tried, to save time;
    `fires` and `stays` are examples that the rule must and must not catch.
    """

    id: str
    reason: str
    start: re.Pattern[str] | None
    contains: re.Pattern[str] | None
    needs: tuple[str, ...]
    max_words: int
    place: Place
    drops: Drops
    fires: tuple[str, ...]
    stays: tuple[str, ...]

    def matches(self, text: str, length: int) -> bool:
        """Say whether the rule fires on a text of `length` words, wherever it stands."""
        if length > self.max_words or len(text) > self.max_words * LETTERS:
            return False
        started = self.start is not None and self.start.match(text) is not None
        return started or (self.contains is not None and self._may_contain(text) and bool(self.contains.search(text)))

    def _may_contain(self, text: str) -> bool:
        lowered = text.lower()
        return not self.needs or any(word in lowered for word in self.needs)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text of a body: a paragraph, a list item, or a cross-heading."""

    text: str
    heading: bool = False
    item: bool = False


@lru_cache(maxsize=1)
def _knowledge() -> dict[str, Any]:
    import yaml

    text = files("summarise").joinpath("data/furniture.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@lru_cache(maxsize=1)
def furniture_rules() -> tuple[FurnitureRule, ...]:
    """Return the rules of the data file; raises UsageError for a rule with a wrong or missing key."""
    return tuple(_rule(entry) for entry in _knowledge()["rules"])


def _rule(entry: dict[str, Any]) -> FurnitureRule:
    unknown, missing = set(entry) - _KEYS, {"id", "reason", "fires", "stays"} - set(entry)
    if unknown or missing or not {"whole", "opens", "contains"} & set(entry):
        raise UsageError(
            f"furniture.yaml, rule {entry.get('id', '?')!r}: unknown keys {sorted(unknown)}, "
            f"missing keys {sorted(missing)}; one of whole, opens, contains is needed."
        )
    return FurnitureRule(
        id=entry["id"],
        reason=entry["reason"],
        start=_start(entry.get("whole", ()), entry.get("opens", ())),
        contains=re.compile(_any(entry["contains"]), re.IGNORECASE) if "contains" in entry else None,
        needs=tuple(entry.get("needs", ())),
        max_words=entry.get("max_words", 30),
        place=entry.get("place", "anywhere"),
        drops=entry.get("drops", "line"),
        fires=tuple(entry["fires"]),
        stays=tuple(entry["stays"]),
    )


def _start(whole: Sequence[str], opens: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern that is matched from the start of a line: all of it, or its opening words."""
    parts = [rf"(?:{_any(whole)})\W*$"] if whole else []
    parts += [_any(opens)] if opens else []
    return re.compile(rf"\W*(?:{'|'.join(parts)})", re.IGNORECASE) if parts else None


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@lru_cache(maxsize=32)
def wordings(name: str) -> re.Pattern[str]:
    """Return one named list of the data file as a single pattern."""
    return re.compile(_any(_knowledge()[name]), re.IGNORECASE)


def remove_furniture(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages that are the article's own."""
    kept: list[Passage] = []
    skipping = False
    for index, passage in enumerate(passages):
        if skipping and not passage.heading and not _is_prose(passage):
            continue
        skipping = False
        rule = fired(passage, index, len(passages))
        if rule is None:
            kept.append(passage)
        elif rule.drops == "rest" and index * 2 >= len(passages):
            break
        else:
            skipping = rule.drops != "line"
    return kept


def _is_prose(passage: Passage) -> bool:
    return (
        not passage.item and count_words(passage.text) >= 18 and passage.text.endswith((".", "”", "’", '"', "?", "!"))
    )


def furniture_in(text: str) -> FurnitureRule | None:
    """Return the first rule that takes a line for furniture wherever it stands."""
    return fired(Passage(text), index=1, total=1)


def fired(passage: Passage, index: int, total: int) -> FurnitureRule | None:
    """Return the first rule that takes a passage at this place of the body for furniture."""
    length = count_words(passage.text)
    for rule in _rules_up_to(min(length, 200)):
        if _in_place(rule.place, index, total) and rule.matches(passage.text, length):
            return rule
    return None


@lru_cache(maxsize=256)
def _rules_up_to(length: int) -> tuple[FurnitureRule, ...]:
    return tuple(rule for rule in furniture_rules() if length <= rule.max_words)


def _in_place(place: Place, index: int, total: int) -> bool:
    if place == "start":
        return index < START_LINES
    if place == "end":
        return index * 2 >= total
    return True


def without_repeats(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages with every text once, and no pull quote: templates print parts of an article twice."""
    listed = [(passage, "".join(re.findall(r"[^\W_]+", passage.text)).casefold()) for passage in passages]
    whole = "\n".join(key for _, key in listed[:MOST_COMPARED])
    seen: set[str] = set()
    kept: list[Passage] = []
    for passage, key in listed:
        if key and key not in seen and not _is_pull_quote(passage, key, whole):
            kept.append(passage)
        seen.add(key)
    return kept


_QUOTED = re.compile(r"^[“\"‘']([^”\"]{20,}?)[.,]?[”\"’']\s*[—–-]?\s*([A-Z][^.!?]{0,60})$")
SPEAKER_WORDS = 8
"""Words by which a pull quote names its speaker at most."""


def _is_pull_quote(passage: Passage, key: str, whole: str) -> bool:
    """Say whether a short line stands inside a longer paragraph of `whole`, the folded lines of the body, as well."""
    if not PULL_QUOTE[0] <= count_words(passage.text) <= PULL_QUOTE[1]:
        return False
    quoted = _QUOTED.match(passage.text)
    if quoted and count_words(quoted[2]) <= SPEAKER_WORDS and count_words(quoted[1]) >= PULL_QUOTE[0]:
        said = "".join(re.findall(r"[^\W_]+", quoted[1])).casefold()
        return whole.count(said) > 1
    lines = f"\n{whole}\n"
    return lines.count(key) > lines.count(f"\n{key}\n")
