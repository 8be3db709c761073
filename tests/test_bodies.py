"""Which body "the council", "the force", an abbreviation or "it" stands for."""

from __future__ import annotations

import pytest

from articles import article
from summarise.bodies import Bodies
from summarise.language import Analyser


def bodies(analyser: Analyser, *paragraphs: str) -> Bodies:
    return Bodies(analyser.analyse(article("Headline", *paragraphs)))


def test_the_force_is_the_one_police_body(blank_analyser: Analyser) -> None:
    one = bodies(blank_analyser, "The Mercia Police made an arrest. The force said no more.")
    assert one.named_by("force") == "the Mercia Police"
    two = bodies(blank_analyser, "The Mercia Police met the Fenland Police. The force said no more.")
    assert two.named_by("force") is None


def test_a_clipped_name_is_the_one_body_that_begins_so(blank_analyser: Analyser) -> None:
    found = bodies(blank_analyser, "The Metropolitan Police made an arrest. The Met said no more.")
    assert found.named_by("Met") == "the Metropolitan Police"
    assert found.named_by("Fen") is None


def test_what_follows_of_is_part_of_a_bodys_name(blank_analyser: Analyser) -> None:
    found = bodies(blank_analyser, "The Royal Society of Gardeners met. The society said no.")
    assert found.named_by("society") == "the Royal Society of Gardeners"


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("The Fenland Rivers Agency (FRA) said no.", "FRA", "Fenland Rivers Agency"),
        ("A report by the Board of Trade (BOT) said no.", "BOT", "Board of Trade"),
        ("Staff at Hull and the Fenland Rivers Agency (FRA) said no.", "FRA", "Fenland Rivers Agency"),
        ("The Fenland Rivers Agency (XYZ) said no.", "XYZ", None),
    ],
)
def test_an_abbreviation_is_what_the_article_sets_before_it(
    text: str, short: str, name: str | None, blank_analyser: Analyser
) -> None:
    assert bodies(blank_analyser, text).written_out(short) == name


def test_it_goes_on_standing_for_a_body_that_goes_on_acting(analyser: Analyser) -> None:
    found = bodies(analyser, "Network Rail closed the bridge. It said the work was hard. It apologised to passengers.")
    verb = next(token for token in found.document.parses[2] if token.text == "apologised")
    assert found.before(2, verb) == "Network Rail"
