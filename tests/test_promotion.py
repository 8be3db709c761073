"""Clauses in place of the main clause: only what is as much stated, with who says it."""

from __future__ import annotations

import pytest

from summarise.cut import Cut
from summarise.language import Analyser
from summarise.promotion import promotions


def promoted(analyser: Analyser, text: str) -> list[str]:
    doc = analyser.parse(text)
    return [Cut.whole(doc).reordered(found.order, found.name).text for found in promotions(doc)]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "The firm closed its plant in Crewe, and Nissan sold two garages in Kent.",
            "Nissan sold two garages in Kent.",
        ),
        (
            "The firm closed its plant in Crewe but promised £4m to the towns of the valley.",
            "The firm promised £4m to the towns of the valley.",
        ),
        (
            "The council has closed the pool and sold the land behind it.",
            None,
        ),
        (
            "The report found that 40 farms had been flooded and that 900 families had lost power.",
            "The report found that 900 families had lost power.",
        ),
        (
            "Ann Pell said the road would open in May, but Unite said drivers had been told nothing.",
            "Unite said drivers had been told nothing.",
        ),
    ],
    ids=["a clause", "a predicate", "what points back", "what a report found", "what another says"],
)
def test_a_clause_or_a_predicate_stands_alone(text: str, clause: str | None, analyser: Analyser) -> None:
    found = promoted(analyser, text)
    assert (found == []) if clause is None else (clause in found)


@pytest.mark.parametrize(
    "text",
    [
        "If the grant fails, the pool will close and Leeds will lose its only club.",
        "The mayor said the bridge was safe and engineers had checked the cables.",
        "The mayor bought a house and his brother sold the garden.",
        "The firm was fined and another company was warned by the regulator.",
        "A bus hit a wall and the driver was taken to hospital in York.",
        "The thief was not caught but fled to France by ferry.",
        "Legend has it that a dragon will wake and bring rain to the valley.",
        "Wales have won three medals and could win a fourth on Saturday in Leeds.",
        "Ann Pell was speaking at a fair which opened in May and will close in June.",
    ],
    ids=[
        "a condition",
        "a claim",
        "his",
        "another",
        "the driver",
        "a denial",
        "a legend",
        "a fourth",
        "a nearer clause",
    ],
)
def test_what_leans_on_the_main_clause_is_not_promoted(text: str, analyser: Analyser) -> None:
    assert [line for line in promoted(analyser, text) if not line.startswith("The mayor said")] == []


def test_the_second_predicate_of_what_somebody_says_may_be_the_speakers_own(analyser: Analyser) -> None:
    text = "Doctors who read the studies say the risks may be too great and are calling for a review of the drug."
    assert "Doctors who read the studies say the risks are calling for a review of the drug." not in promoted(
        analyser, text
    )
