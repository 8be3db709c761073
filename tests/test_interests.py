"""What readers use, own or follow, and when an article touches it."""

from __future__ import annotations

import pytest

from articles import story
from summarise.house.interests import interests, interests_of
from summarise.house.topics import subjects
from summarise.language import Analyser

TESCO = "Tesco to shut early. Tesco in Hull will shut at eight from 5 May. Staff in Hull were told in March. It rained."


def conditions(analyser: Analyser, text: str, line: str) -> list[str]:
    return [touched.condition for touched in interests_of(story(analyser, text), line)]


@pytest.mark.parametrize("interest", interests(), ids=lambda interest: interest.id)
def test_an_interest_is_complete_and_addresses_the_reader(interest) -> None:  # type: ignore[no-untyped-def]
    assert interest.words
    assert all(condition.startswith(("If you ", "If your ", "If {name} ")) for condition in interest.conditions)
    assert 0.0 < interest.strength < 1.0
    assert set(interest.topics) <= set(subjects())


def test_no_two_interests_have_one_name() -> None:
    names = [interest.id for interest in interests()]
    assert len(set(names)) == len(names)


def test_a_name_in_the_line_is_named_in_the_condition(analyser: Analyser) -> None:
    found = conditions(analyser, TESCO, "Tesco will shut at eight from 5 May.")
    assert [condition for condition in found if "Tesco" in condition]


def test_a_name_that_the_opening_does_not_hold_is_not_what_the_story_is_about(analyser: Analyser) -> None:
    found = conditions(analyser, TESCO.replace("Tesco", "A shop"), "Asda will shut at eight from 5 May.")
    assert [condition for condition in found if "Asda" in condition] == []


def test_a_common_word_inside_a_name_is_not_that_word(analyser: Analyser) -> None:
    text = "Fund buys hall. The Eastern Pensions Pool bought a hall in Hull for £4m on Monday. Pensions rose in May."
    found = conditions(analyser, text, "The hall in Hull pays 5% to the Eastern Pensions Pool.")
    assert [condition for condition in found if "pension" in condition] == []
