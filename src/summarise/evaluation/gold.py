"""What an editor wrote for a case, as the metrics read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summarise.errors import UsageError

Pattern = re.Pattern[str]

SLOTS = {"why": ("stake",), "you": ("audience", "effect", "date", "sum")}
"""The slots of each block that a case may give."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An editor's draft with what a draft must carry and must not say.

    Everything but the draft itself may be absent: `body`, `headline`, `published` and `authors`
    are None where the corpus does not give them; `blocks` says for "why" and "you" whether the
    editor wrote one; `slots[block][slot]`, `facts` and `traps` hold compiled patterns, of
    which any one that matches counts.
    """

    standfirst: tuple[str, ...]
    key_points: tuple[str, ...]
    blocks: Mapping[str, bool]
    facts: tuple[tuple[Pattern, ...], ...] = ()
    traps: tuple[tuple[Pattern, ...], ...] = ()
    slots: Mapping[str, Mapping[str, tuple[Pattern, ...]]] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    body: tuple[str, ...] | None = None
    furniture: tuple[str, ...] = ()
    headline: str | None = None
    published: str | None = None
    authors: tuple[str, ...] | None = None


def read_gold(data: Mapping[str, Any], where: str) -> Gold:
    """Return the gold of a case's JSON, in either form: with a `draft` of its own, or the draft at top level.

    Raises UsageError, naming the file, where a key is missing or a pattern is none.
    """
    try:
        return _from_case(data) if "draft" in data else _from_flat(data)
    except KeyError as error:
        raise UsageError(f"{where}: the key {error} is missing: complete the case") from error
    except (re.error, TypeError, AttributeError) as error:
        raise UsageError(f"{where}: {error}: correct the case") from error


def _from_case(data: Mapping[str, Any]) -> Gold:
    draft = data["draft"]
    return Gold(
        **_drafted(draft),
        facts=tuple(_patterns(fact["accept"]) for fact in data["facts"]),
        traps=tuple(_patterns(trap["reject"]) for trap in data["traps"]),
        slots={
            block: {name: _patterns(given) for name, given in data["block_slots"].get(block, {}).items() if given}
            for block in SLOTS
        },
        topics=tuple(data["topics"]),
        body=tuple(data["body"]),
        furniture=tuple(data["must_not_contain"]),
        headline=data["headline"],
        published=data["published"],
        authors=tuple(data["authors"]),
    )


def _from_flat(data: Mapping[str, Any]) -> Gold:
    """Read the form in which traps are prose and nothing is said about extraction."""
    facts = tuple(_patterns(fact["accept"]) for fact in data.get("facts", ()))
    return Gold(**_drafted(data), facts=facts, topics=tuple(data.get("topics", ())))


def _drafted(draft: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "standfirst": tuple(draft["standfirst"]),
        "key_points": tuple(draft["key_points"]),
        "blocks": {"why": bool(draft["why_this_matters"]), "you": bool(draft["what_this_means_for_you"])},
    }


def _patterns(given: list[str]) -> tuple[Pattern, ...]:
    return tuple(re.compile(pattern, re.I) for pattern in given)
