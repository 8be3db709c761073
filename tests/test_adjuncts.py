"""Phrases of time, place and circumstance: which a statement of fact can lose."""

from __future__ import annotations

import pytest

from summarise.cut import Cut
from summarise.language import Analyser
from summarise.removals import removals


def lefts(analyser: Analyser, text: str) -> list[str]:
    doc = analyser.parse(text)
    return [Cut.whole(doc).without(found.indices, found.name).text for found in removals(doc)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("At a meeting in Hull, the council approved the plan.", "The council approved the plan."),
        ("Despite the rain, the council opened the park.", "The council opened the park."),
        ("After the vote was lost, the council sold the park.", "The council sold the park."),
        (
            "Speaking from the steps of the town hall in Hull, Ann Pell said the park would close.",
            "Ann Pell said the park would close.",
        ),
        (
            "The study, based on a survey of 900 nurses, found a lack of beds.",
            "The study found a lack of beds.",
        ),
        (
            "The council will sell the park, ending a row of ten years over the land.",
            "The council will sell the park.",
        ),
        (
            "The firm has rejected the charge, saying it could not have known of the leak.",
            "The firm has rejected the charge.",
        ),
    ],
)
def test_a_circumstance_can_go(text: str, left: str, analyser: Analyser) -> None:
    assert left in lefts(analyser, text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The liner left the port late, its crew waving from the deck.", "The liner left the port late."),
        ("The club sold the ground in May as part of a plan to save it.", "The club sold the ground in May."),
        ("The firm cut its costs by closing ten shops in Kent.", "The firm cut its costs."),
        ("The council sold the park last month to a firm in Hull.", "The council sold the park to a firm in Hull."),
        (
            "The firm has 90 lorries, most of which run on gas.",
            "The firm has 90 lorries.",
        ),
        (
            "Ann Pell said that the council would sell the park.",
            "Ann Pell said the council would sell the park.",
        ),
        (
            "The council paid Ann Pell who runs the garage in Hull.",
            "The council paid Ann Pell.",
        ),
    ],
)
def test_what_only_adds_to_the_end_can_go(text: str, left: str, analyser: Analyser) -> None:
    assert left in lefts(analyser, text)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The mayor made up for the loss by selling the park.", "The mayor made up for the loss."),
        ("The posts have got them in trouble with the firm.", "The posts have got them."),
        (
            "Ann Pell vowed not to make the same mistake as the man whom she beat.",
            "Ann Pell vowed not to make the same mistake.",
        ),
        (
            "The judge blamed his attitude to both his own safety and that of others.",
            "The judge blamed his attitude to both his own safety.",
        ),
        ("Pell learned of the fire about an hour after Ashe left the shop.", "Pell learned of the fire about an hour."),
        (
            "Tourism is a vital part of trade, providing jobs for 19,000 people, according to the World Council.",
            "Tourism is a vital part of trade.",
        ),
        (
            "The plan drew fire from unions with Ann Pell, of the farmers, saying it was a mess.",
            "The plan drew fire from unions with Ann Pell, of the farmers.",
        ),
        (
            "The club looked set to go up after winning the cup in May, courtesy of a goal by Tom Ashe.",
            "The club looked set to go up, courtesy of a goal by Tom Ashe.",
        ),
        (
            "The number of patients waiting for a year had fallen by half in Hull.",
            "The number of patients had fallen by half in Hull.",
        ),
        (
            "Pell, who had a son with a man from Hull, did not learn his name for years.",
            "Pell did not learn his name for years.",
        ),
    ],
)
def test_what_the_rest_needs_is_not_cut(text: str, broken: str, analyser: Analyser) -> None:
    assert broken not in lefts(analyser, text)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("In Wales, prescriptions are free.", "Wales"),
        ("In Leeds, the council closed all libraries.", "Leeds"),
        ("In 2009, sales were the highest of all.", "2009"),
        ("On the charge of theft, the mayor said nothing was proved.", "theft"),
        ("The council knows how much the park cost last year.", "last year"),
        ("The council will sell the park next month to a firm in Hull.", "next month"),
        ("Depending on the weather, the council will open the park.", "Depending"),
        ("If the vote is lost, the council will sell the park.", "If"),
        ("Owners of many homes, in Wales alone, selling at a loss, have asked for help.", "selling"),
    ],
)
def test_what_a_statement_holds_within_stays(text: str, needed: str, analyser: Analyser) -> None:
    assert [left for left in lefts(analyser, text) if needed not in left] == []


def test_the_comma_before_a_closing_attribution_stays(analyser: Analyser) -> None:
    text = "The victim was so scared that he stayed awake, sleeping in a hall to avoid the man, police said."
    assert [left for left in lefts(analyser, text) if "police said" in left and ", police said" not in left] == []
