"""Cuts that are whole, and those that are not."""

from __future__ import annotations

import pytest

from summarise.cut import Cut
from summarise.language import Analyser
from summarise.wholeness import broken_off, has_stray_comma, has_stray_dash, points_out


def cut_to(analyser: Analyser, sentence: str, kept: str) -> Cut:
    """The sentence without the words that are not in `kept`, which is a part of it or parts joined by " … "."""
    doc = analyser.parse(sentence)
    parts = kept.split(" … ")
    spans = [range(sentence.index(part), sentence.index(part) + len(part)) for part in parts]
    gone = [token.i for token in doc if not any(token.idx in span for span in spans) and token.i < len(doc) - 1]
    return Cut.whole(doc).without(gone, "test")


@pytest.mark.parametrize(
    ("sentence", "kept", "word"),
    [
        ("He left a party that allows, and even welcomes, waste.", "He left a party that allows", "allows"),
        ("She fell ill the day before the parade in Hull.", "She fell ill the day", "day"),
        ("The bridge was closed, and drivers were turned away.", "The bridge was closed", None),
        ("The bridge collapsed, and drivers were turned away.", "The bridge collapsed, and drivers were turned", None),
        ("The council agreed to pay for it in May.", "The council agreed to pay for", "for"),
    ],
)
def test_a_cut_may_end_where_a_sentence_can(sentence: str, kept: str, word: str | None, analyser: Analyser) -> None:
    assert broken_off(cut_to(analyser, sentence, kept)) == word


def test_of_two_dashes_none_is_left_alone(analyser: Analyser) -> None:
    sentence = "The share of people reading – or admitting to reading – is falling."
    assert has_stray_dash(cut_to(analyser, sentence, "The share of people reading – or admitting to reading"))
    assert not has_stray_dash(cut_to(analyser, sentence, sentence))


def test_one_comma_does_not_part_a_subject_from_its_predicate(analyser: Analyser) -> None:
    sentence = "The pool, which the council owns, will close."
    assert has_stray_comma(cut_to(analyser, sentence, "The pool, … will close"))
    assert not has_stray_comma(cut_to(analyser, sentence, sentence))


@pytest.mark.parametrize(
    ("sentence", "pointer"),
    [
        ("Ann Pell said those plans were dead.", "those plans"),
        ("He will leave in May.", "He"),
        ("Eighty drivers a day are being fined, it has emerged.", None),
    ],
)
def test_a_pronoun_without_its_noun_points_out_of_the_line(
    sentence: str, pointer: str | None, analyser: Analyser
) -> None:
    assert points_out(cut_to(analyser, sentence, sentence)) == pointer
