"""The same story is recognised under another address, and another story is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarise.likeness import Stories, signature

STORY = [
    f"Councillor number {n} of the borough said that ward {n * 7} would lose {n * 3} bus stops by May."
    for n in range(40)
]


def _like(first: list[str], second: list[str]) -> bool:
    stories = Stories()
    stories.add("first", signature(first))
    return stories.like(signature(second)) is not None


def test_a_copy_with_other_furniture_and_case_is_the_same_story() -> None:
    assert _like(STORY, [*STORY, "Read more on this story."])
    assert _like(STORY, [text.upper() for text in STORY])


def test_a_story_that_grew_by_a_third_is_another() -> None:
    assert not _like(
        STORY, [*STORY, *(text.replace("Councillor", "Resident").replace("of the", "in this") for text in STORY[:20])]
    )


def test_two_stories_on_one_pattern_are_two() -> None:
    assert not _like(STORY, [text.replace("bus stops", "park benches").replace("borough", "county") for text in STORY])


def test_the_first_of_several_is_named() -> None:
    stories = Stories()
    for name in ("b", "a", "c"):
        stories.add(name, signature(STORY))
    found = stories.like(signature(STORY))
    assert found is not None
    assert found == ("b", 1.0)


def test_a_text_without_a_run_of_words_is_like_nothing() -> None:
    assert signature(["Too short"]) == ""
    assert Stories().like("") is None


@given(st.lists(st.text(max_size=60), max_size=6))
def test_every_text_is_like_itself_and_has_one_signature(paragraphs: list[str]) -> None:
    signed = signature(paragraphs)
    assert signed == signature(list(paragraphs))
    stories = Stories()
    stories.add("x", signed)
    assert (stories.like(signed) is not None) == bool(signed)
