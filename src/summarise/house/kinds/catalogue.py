"""The kinds of evidence that rules can ask for: each finds its matches in a story and fills slots.

A kind is small and pure: it reads the story and yields matches in the article's own order. A
slot holds a phrase of the article, rewritten by grammar where the frame needs it. What makes a
good block of these matches is decided in `blocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from summarise.house.kinds import readers, speech, stakes
from summarise.house.kinds.match import Kind, Match

__all__ = ["KINDS", "SLOTS", "Kind", "Match"]

_TOLD = frozenset({"statement", "clause"})


def _tested(test: stakes.Test, doc: str, *, close: bool = False) -> Kind:
    return Kind(_TOLD, stakes.tested(test, close=close), doc)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "statement": _tested(stakes.is_statement, "a sentence that holds a cue"),
        "consequence": _tested(stakes.is_consequence, "what a thing could, would or will lead to"),
        "outcome": _tested(stakes.is_outcome, "what a thing is due to do, or has led to"),
        "history": _tested(stakes.is_statement, "what went before the news", close=True),
        "precedent": _tested(stakes.is_precedent, "a first, a record, a largest"),
        "scale": _tested(stakes.is_comparison, "a size with a figure"),
        "decision": _tested(stakes.is_decision_to_come, "what is to be decided, and by whom"),
        "change": _tested(stakes.is_change_of_rule, "a law, tax, limit or service that changes"),
        "standing": _tested(stakes.is_standing, "how a team or a player stands now, or what comes next for them"),
        "gain": _tested(stakes.is_gain_or_loss, "a group of people that gains or loses"),
        "background": _tested(stakes.is_background, "what is true of the thing in the news beyond today", close=True),
        "detail": _tested(stakes.is_detail, "a plain statement about the thing in the news", close=True),
        "question": _tested(stakes.is_statement, "what is not known yet"),
        "claim": Kind(frozenset({"statement"}), speech.claims, "what a named party says, in the present"),
        "official": Kind(frozenset({"statement"}), speech.officials, "what a body or an office says, in the present"),
        "finding": Kind(_TOLD, stakes.findings, "what an authority did or established"),
        "dispute": Kind(frozenset({"objection", "answer"}), speech.disputes, "two parties who disagree"),
        "issue": Kind(frozenset({"issue", "story"}), stakes.issues, "a noun phrase that names the stake"),
        "address": Kind(
            frozenset({"condition", "condition_last", "predicate"}),
            readers.address,
            "a clause about a group of readers",
        ),
        "effect": Kind(frozenset({"condition", "clause"}), readers.effect, "what is done to a group of readers"),
        "advice": Kind(
            frozenset({"condition", "asked", "everybody_asked", "act"}), readers.asked, "what readers are asked to do"
        ),
        "appeal": Kind(frozenset({"condition", "act"}), readers.appeals, "whom readers with information can contact"),
        "to-you": Kind(frozenset({"condition", "predicate"}), readers.to_you, "what the article says to “you” itself"),
        "offer": Kind(frozenset({"offer"}), readers.offers, "where help, advice or tickets can be had"),
        "interest": Kind(
            frozenset({"condition", "effect", "fact"}),
            readers.interest,
            "what becomes of what readers use",
        ),
        "residents": Kind(
            frozenset({"in_place", "effect", "fact"}), readers.residents, "what becomes of a British place"
        ),
    }
)
SLOTS: Mapping[str, frozenset[str]] = MappingProxyType({name: kind.slots for name, kind in KINDS.items()})
