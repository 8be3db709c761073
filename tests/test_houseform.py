"""Numbers, dates and spellings as the house writes them."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.houseform import house_dates, house_form, house_numbers, house_spelling
from summarise.wording import read_yaml

SPELLING = resources.files("summarise").joinpath("data/spelling.yaml")


@pytest.mark.parametrize(
    ("source", "house"),
    [
        ("It cost £1.2m.", "It cost £1.2 million."),
        ("It cost £3bn and $4tn.", "It cost £3 billion and $4 trillion."),
        ("It cost £50k.", "It cost £50,000."),
        ("It fell by 5 per cent.", "It fell by 5%."),
        ("A 5-percent fall.", "A 5% fall."),
        ("The 400m race took 50 minutes.", "The 400m race took 50 minutes."),
        ("It cost £5 more.", "It cost £5 more."),
        ("It cost £1.5k.", "It cost £1.5k."),
        ("It cost £2 million.", "It cost £2 million."),
        ("It cost £5.2million, a 4pc rise.", "It cost £5.2 million, a 4% rise."),
        ("Some 3million people", "Some 3 million people"),
    ],
)
def test_sums_and_shares_are_written_in_house_form(source: str, house: str) -> None:
    assert house_numbers(source) == house


@given(st.text(st.sampled_from("£$€0123456789.,mbnk %percnt "), max_size=40))
def test_house_form_is_reached_at_once_and_changes_no_figure(text: str) -> None:
    once = house_numbers(text)
    assert house_numbers(once) == once
    assert re.sub(r"\D", "", once.replace(",000", "")) == re.sub(r"\D", "", text.replace(",000", ""))


@pytest.mark.parametrize(
    ("source", "house"),
    [
        ("It closes on March 5.", "It closes on 5 March."),
        ("It has been shut since at least March 5.", "It has been shut since at least 5 March."),
        ("It closed on March 5, 2024, after a vote.", "It closed on 5 March 2024 after a vote."),
        ("It closes by Friday, June 10.", "It closes by Friday, 10 June."),
        ("It closes on the 26th of March.", "It closes on 26 March."),
        ("From 3rd May to 1st June", "From 3 May to 1 June"),
        ("In June 10 people were hurt.", "In June 10 people were hurt."),
        ("In March 2024 it closed.", "In March 2024 it closed."),
        ("On May 10,000 runners met.", "On May 10,000 runners met."),
        ("He came 26th.", "He came 26th."),
    ],
)
def test_dates_are_written_with_the_day_first_where_they_are_certainly_dates(source: str, house: str) -> None:
    assert house_dates(source) == house


@pytest.mark.parametrize(
    ("source", "house"),
    [
        ("They honored the neighbors of the center.", "They honoured the neighbours of the centre."),
        ("The Labor Department organized it.", "The Labor Department organised it."),
        ("He called it “an honor”, and left.", "He called it “an honor”, and left."),
        ("The size of the prize", "The size of the prize"),
    ],
)
def test_american_spellings_become_british_outside_names_and_quotations(source: str, house: str) -> None:
    assert house_spelling(source) == house


def test_no_spelling_rule_reaches_a_word_that_is_right_already() -> None:
    data = read_yaml(SPELLING.read_text(encoding="utf-8"))
    endings = [
        (stem + american, stem + british)
        for family in data["families"].values()
        for stem in family["stems"]
        for american, british in family["endings"].items()
    ]
    rules = {**dict(endings), **data["pairs"]}

    assert not set(data["not_touched"]) & set(rules)
    assert all(british not in rules for british in rules.values())
    assert rules["organizing"] == "organising"
    assert rules["canceled"] == "cancelled"


PIECES = ["on ", "March ", "5", "th ", "of ", "the ", ", ", "2024", "color ", "£", "1.2", "m ", "k", "million"]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_house_form_is_reached_at_once(text: str) -> None:
    once = house_form(text)
    assert house_form(once) == once
