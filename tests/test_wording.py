"""The word lists: what the stages find in them, and that the lists do not contradict each other."""

from __future__ import annotations

import pytest

from summarise import wording


@pytest.mark.parametrize(
    ("past", "present"),
    [("warned", "warns"), ("said", "says"), ("told", "tells"), ("denied", "denies"), ("walked", None)],
)
def test_the_present_of_a_verb_of_saying_is_known(past: str, present: str | None) -> None:
    assert wording.present_of(past) == present


def test_verbs_of_saying_can_be_asked_for_by_group() -> None:
    assert "say" in wording.reporting_lemmas("neutral")
    assert "say" not in wording.reporting_lemmas("claim")
    assert wording.reporting_lemmas() >= wording.reporting_lemmas("neutral") | wording.reporting_lemmas("claim")


def test_longer_connectives_are_tried_before_shorter_ones() -> None:
    lengths = [len(phrase) for phrase in wording.connective_phrases()]
    assert lengths == sorted(lengths, reverse=True)
    assert ("in", "response") in wording.connective_phrases()


def test_a_connective_that_goes_without_a_comma_goes_with_one() -> None:
    assert wording.bare_connectives() <= set(wording.connective_phrases())


@pytest.mark.parametrize("word", ["he", "it", "this", "those", "they", "his"])
def test_pronouns_and_demonstratives_may_not_open_a_line(word: str) -> None:
    assert word in wording.opening_pronouns()


@pytest.mark.parametrize("word", ["many", "some", "when", "most", "all"])
def test_what_a_noun_may_follow_may_open_a_line(word: str) -> None:
    assert word not in wording.opening_pronouns()


def test_roles_are_read_as_phrases_and_by_their_noun() -> None:
    assert "home secretary" in wording.role_phrases()
    assert {"secretary", "mayor", "leader"} <= wording.role_words()


def test_courtesies_are_no_professional_titles() -> None:
    titles = wording.professional_titles()
    assert {"dr", "professor", "sir"} <= titles
    assert not {"mr", "mrs", "ms", "miss", "mx"} & titles


def test_the_months_and_weekdays_are_complete() -> None:
    assert len(wording.months()) == 12
    assert len(wording.word_class("weekdays")) == 7


@pytest.mark.parametrize("word", ["not", "never", "no", "could", "may", "might", "unless", "without"])
def test_the_words_that_turn_a_sentence_are_protected(word: str) -> None:
    assert word in wording.word_class("protected")


def test_a_class_that_is_not_there_is_a_mistake_and_no_empty_set() -> None:
    with pytest.raises(KeyError):
        wording.word_class("weekdayz")


def test_no_list_holds_a_word_that_yaml_read_as_something_else() -> None:
    entries = [
        *wording.connective_openings(),
        *wording.opening_pronouns(),
        *wording.bare_definites(),
        *wording.relative_days(),
        *wording.role_phrases(),
        *wording.body_nouns(),
        *wording.human_nouns(),
        *(word for name in ("protected", "limiting", "adjunct_prepositions") for word in wording.word_class(name)),
    ]
    untyped: list[object] = list(entries)
    assert [entry for entry in untyped if not (isinstance(entry, str) and entry.strip())] == []
