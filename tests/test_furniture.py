"""Every rule about furniture fires on its examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from summarise.furniture import FurnitureRule, Passage, furniture_rules, remove_furniture
from summarise.records import count_words


def _cases(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}: {text[:40]}")
        for rule in furniture_rules()
        for text in getattr(rule, kind)
    ]


@pytest.mark.parametrize(("rule", "text"), _cases("fires"))
def test_a_rule_fires_on_its_examples(rule: FurnitureRule, text: str) -> None:
    assert rule.matches(text, count_words(text))


@pytest.mark.parametrize(("rule", "text"), _cases("stays"))
def test_no_rule_touches_what_must_stay(rule: FurnitureRule, text: str) -> None:
    prose = "Councillors met on Monday to decide what the town can afford, and the meeting went on until ten at night."
    passages = [Passage(prose), Passage(text), Passage(prose + " They will meet again.")]
    assert Passage(text) in remove_furniture(passages)
