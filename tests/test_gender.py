"""What tells a "he" from a "she", and that doubtful names tell nothing."""

from __future__ import annotations

import pytest

from summarise import gender


@pytest.mark.parametrize(
    ("name", "told"),
    [("Priya Nair", "she"), ("Mary-Jane Lee", "she"), ("Hamish Orr", "he"), ("Alex Orr", None), ("Priya", None)],
)
def test_the_first_of_several_names_tells_unless_both_bear_it(name: str, told: str | None) -> None:
    assert gender.of_name(name) == told


def test_titles_nouns_and_pronouns_tell_in_any_case() -> None:
    assert (gender.of_title("Mrs."), gender.of_noun("Spokesman"), gender.of_pronoun("Him")) == ("she", "he", "he")
    assert (gender.of_title("Dr"), gender.of_noun("doctor"), gender.of_pronoun("they")) == (None, None, None)


@pytest.mark.parametrize("group", ["titles", "nouns", "first_names"])
def test_no_word_of_the_lists_tells_both(group: str) -> None:
    lists = gender.lists(group)
    assert set(lists["he"]).isdisjoint(lists["she"])
    assert all(word == word.lower() for words in lists.values() for word in words)
