"""The style lint: what an editor would mark on a draft before reading it for sense.

Its rules are data (house/data/style.yaml), the kinds of check that they ask for are code (`checks`). Errors
are what must not be printed, warnings what an editor should look at, and info what is worth knowing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from summarise.house.checks import KINDS
from summarise.house.proof import Hit, Proof
from summarise.house.stylebook import Rule, read
from summarise.records import Draft, Finding


def lint(draft: Draft) -> tuple[Finding, ...]:
    """Return every finding on a draft, in the order of the rules, and of the page for each of them."""
    proof = Proof(draft)
    return tuple(finding for rule in rules() for finding in found(proof, rule))


def found(proof: Proof, rule: Rule) -> Iterator[Finding]:
    """Yield the findings of one rule."""
    for hit in KINDS[rule.kind].run(proof, rule):
        yield Finding(check=rule.check, severity=rule.severity, message=_message(hit, rule), where=hit.where)


def _message(hit: Hit, rule: Rule) -> str:
    """Return the rule's message about a hit, with the text put right where it can be told."""
    message = rule.message.format(**hit.values)
    return f"{message}; write “{hit.write}”" if hit.write else message


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the package, in the order of their file. Raises UsageError with file and line."""
    return read({name: kind.shape for name, kind in KINDS.items()})


def _bounds(rule_id: str) -> tuple[int, int]:
    return next(rule.bounds for rule in rules() if rule.id == rule_id)


KEY_POINT = _bounds("length-key-point")
STANDFIRST = _bounds("length-standfirst")
WHY = _bounds("length-why")
YOU = _bounds("length-you")
