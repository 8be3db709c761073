"""Forms of English words: what agrees with what."""

from __future__ import annotations

import pytest

from summarise import inflection


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("want", "wants"), ("carry", "carries"), ("watch", "watches"), ("be", "is"), ("have", "has"), ("die", "dies")],
)
def test_a_verb_takes_the_ending_that_goes_with_one_person(lemma: str, form: str) -> None:
    assert inflection.third_person(lemma) == form


@pytest.mark.parametrize(("one", "several"), [("warns", "warn"), ("denies", "deny"), ("says", "say"), ("has", "have")])
def test_a_verb_of_one_speaker_is_turned_to_that_of_several(one: str, several: str) -> None:
    assert inflection.plural_verb(one) == several


@pytest.mark.parametrize(
    ("phrase", "whole"), [("NHS trust", "an NHS trust"), ("union", "a union"), ("hour", "an hour")]
)
def test_an_article_goes_by_the_sound_and_not_by_the_letter(phrase: str, whole: str) -> None:
    assert inflection.with_article(phrase) == whole
