"""What a page of the house already carries beside its body: bullets, and the two labelled blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarise.furniture import Passage

BULLET = re.compile(r"^\s*(?:[•·▪◦‣*+]|[-–](?=\s))\s*")


@dataclass(frozen=True, slots=True)
class HouseParts:
    """What a page of the house already carries; `first_point` is where its bullets began."""

    points: tuple[str, ...] = ()
    why: str | None = None
    you: str | None = None
    first_point: int = -1


_WHY = re.compile(r"^(?:why this matters\s*[:–—-]\s*)+", re.IGNORECASE)
_YOU = re.compile(r"^(?:what this means for you\s*[:–—-]\s*)+", re.IGNORECASE)
_LABEL = re.compile(r"^(why this matters|what this means for you)\s*[:–—-]?$", re.IGNORECASE)


def is_labelled(text: str) -> bool:
    """Say whether a line begins with the label of one of the two blocks."""
    return _WHY.match(text) is not None or _YOU.match(text) is not None


def read_house_page(passages: list[Passage]) -> tuple[list[Passage], HouseParts]:
    """Return the body without the parts of a house page, and those parts; a label that stands twice is read once.

    A page is one of the house when it carries one of the two labels.
    """
    passages = _joined_labels(passages)
    why = next((_WHY.sub("", p.text) for p in passages if _WHY.match(p.text)), None)
    you = next((_YOU.sub("", p.text) for p in passages if _YOU.match(p.text)), None)
    if why is None and you is None:
        return passages, HouseParts()
    rest = [p for p in passages if not _WHY.match(p.text) and not _YOU.match(p.text)]
    first = next((i for i, p in enumerate(rest) if p.item or p.text.startswith("•")), -1)
    if not 0 <= first <= 3:
        return rest, HouseParts(why=why, you=you)
    end = first
    while end < len(rest) and (rest[end].item or rest[end].text.startswith("•")):
        end += 1
    points = tuple(BULLET.sub("", p.text).strip() for p in rest[first:end])
    return rest[:first] + rest[end:], HouseParts(points, why, you, first)


def _joined_labels(passages: list[Passage]) -> list[Passage]:
    """Join a label that stands on a line of its own with the paragraph that it heads."""
    joined: list[Passage] = []
    label = ""
    for passage in passages:
        if _LABEL.match(passage.text):
            label = passage.text.rstrip(" :–—-") + ": "
            continue
        joined.append(replace(passage, text=label + passage.text, heading=False) if label else passage)
        label = ""
    return joined
