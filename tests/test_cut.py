"""A cut: which tokens stand, in which order, and how the line reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.cut import Cut, finished, tidy
from summarise.language import Analyser

TEXT = "The council, which met in Hull, will not (yet) sell the land."


@pytest.fixture
def cut(blank_analyser: Analyser) -> Cut:
    return Cut.whole(blank_analyser.parse(TEXT))


def test_a_whole_cut_is_the_sentence_as_it_stands(cut: Cut) -> None:
    assert cut.text == TEXT
    assert cut.edits == ()


def test_what_is_left_out_takes_its_space_along(cut: Cut) -> None:
    shorter = cut.without(range(2, 8), "drop-relative")
    assert shorter.text == "The council will not (yet) sell the land."
    assert shorter.edits == ("drop-relative",)
    assert shorter.word_count == 8


def test_an_edit_leaves_the_cut_it_came_from_as_it_was(cut: Cut) -> None:
    cut.without(range(2, 8), "drop-relative").with_words(0, "Its", "x")
    assert (cut.text, cut.edits) == (TEXT, ())


def test_other_words_stand_in_the_place_of_a_token(cut: Cut) -> None:
    assert cut.with_words(1, "City Council", "name-for-noun").text.startswith("The City Council, which")


def test_tokens_are_read_in_the_order_of_the_cut_with_single_spaces(cut: Cut) -> None:
    assert cut.reordered((13, 14, 8, 9, 0, 1), "x").text == "Sell the will not The council."


def test_edits_are_kept_in_the_order_in_which_they_were_made(cut: Cut) -> None:
    assert cut.without({10, 11, 12}, "a").without({0}, "b").edits == ("a", "b")


@pytest.mark.parametrize(
    ("left", "mended"),
    [
        ("The firm , closed .", "The firm, closed."),
        ("The firm,, which closed", "The firm, which closed"),
        ("The firm () closed", "The firm closed"),
        (", the firm closed,", "the firm closed"),
        ("It fell,.", "It fell."),
        ("– The firm closed –", "The firm closed"),
        ("It lost   £4m", "It lost £4m"),
    ],
)
def test_the_punctuation_that_a_cut_leaves_behind_is_mended(left: str, mended: str) -> None:
    assert tidy(left) == mended


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("the firm closed", "The firm closed."),
        ("iPhone sales fell", "iPhone sales fell."),
        ("eBay closed", "eBay closed."),
        ("it closed.", "It closed."),
        ("is it closed?", "Is it closed?"),
        ("he said “no.”", "He said “no.”"),
        ("23 people came", "23 people came."),
    ],
)
def test_a_fragment_gets_a_capital_and_a_full_stop_where_it_wants_them(fragment: str, sentence: str) -> None:
    assert finished(fragment) == sentence


@given(st.text(st.sampled_from("ab ,;:.–—-()?!7£'’“”\n"), max_size=60))
def test_mending_punctuation_keeps_every_letter_and_figure_and_is_soon_done(text: str) -> None:
    mended = tidy(text)
    assert re.findall(r"\w", mended) == re.findall(r"\w", text)
    assert "  " not in mended
    assert mended == mended.strip()
