"""What readers use, own, pay for or follow, and how an article shows that it touches them (data/interests.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from summarise.errors import UsageError
from summarise.house.places import in_place
from summarise.house.story import Story
from summarise.wording import read_yaml

_LEAD = 3
"""Sentences at the head of an article that show, with the headline, what it is about."""


_SAME_MATTER = 0.95
"""Relevance from which a line speaks of the matter of the headline."""


@dataclass(frozen=True, slots=True)
class Interest:
    """A thing that readers use or follow; the fields are explained at the head of interests.yaml."""

    id: str
    words: tuple[str, ...]
    conditions: tuple[str, ...]
    topics: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    place: bool = False
    abroad: bool = False
    strength: float = 0.8

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as one pattern; the group "name" holds the name where the words are names."""
        return _pattern(self.words)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return words as one pattern of whole words; a common word has a capital only where it opens a text."""
    return re.compile(rf"(?<![\w’'-])(?P<name>{'|'.join(_either_case(word) for word in words)})(?![\w-])")


def _either_case(word: str) -> str:
    return f"(?:^{word[0].upper()}|{word[0]}){word[1:]}" if word[0].islower() else word


@cache
def interests() -> tuple[Interest, ...]:
    """Return every interest, in the order of the file; raises UsageError where the file is wrong."""
    text = resources.files("summarise").joinpath("house/data/interests.yaml").read_text(encoding="utf-8")
    return tuple(_interest(row) for row in read_yaml(text)["interests"])


def _interest(row: dict[str, Any]) -> Interest:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        made = Interest(**values)
        _ = made.pattern
    except (TypeError, re.error) as error:
        raise UsageError(f"interests.yaml: {row.get('id', row)!r}: {error}") from error
    return made


class Touched(NamedTuple):
    """Whom a line touches: the condition that names them, how surely, the name in it if it has one, and where.

    `span` holds the character offsets of the words that showed it.
    """

    condition: str
    strength: float
    name: str
    span: tuple[int, int]


def interests_of(story: Story, text: str) -> Iterator[Touched]:
    """Yield what a line of the story touches of a reader's life."""
    for interest in interests():
        if interest.topics and not set(interest.topics) & story.topic_codes:
            continue
        if not (story.british or interest.abroad) or (interest.unless and _pattern(interest.unless).search(text)):
            continue
        found = interest.pattern.search(text)
        if found is None:
            yield from _of_the_whole_story(story, interest, text)
        elif _is_subject_of(story, interest, found["name"]):
            condition = _condition(story, interest, found["name"], text)
            yield Touched(
                condition, interest.strength, found["name"] if found["name"] in condition else "", found.span()
            )


def _of_the_whole_story(story: Story, interest: Interest, text: str) -> Iterator[Touched]:
    """Yield what the headline touches, for a line that speaks of the same matter in other words."""
    headline = story.document.article.headline
    found = interest.pattern.search(headline) or interest.pattern.search(headline.lower())
    if found is not None and "{name}" not in interest.conditions[0] and story.relevance(text) >= _SAME_MATTER:
        yield Touched(_condition(story, interest, "", text), 0.8 * interest.strength, "", (0, 0))


def _is_subject_of(story: Story, interest: Interest, name: str) -> bool:
    """Whether headline or opening of the story speak of the interest too; of the same name where it is one of names."""
    document = story.document
    opening = [document.article.headline, *(sentence.text for sentence in document.sentences[:_LEAD])]
    if any("{name}" in condition for condition in interest.conditions):
        return any(name in text for text in opening)
    plain = (opening[0].lower(), *opening[1:])  # a headline in Title Case
    return any(interest.pattern.search(text) for text in (*plain, opening[0]))


def _condition(story: Story, interest: Interest, name: str, text: str) -> str:
    condition = interest.conditions[len(text) % len(interest.conditions)].replace("{name}", name)
    if interest.place and story.place is not None and story.place not in text and story.place not in condition:
        return f"{condition} {in_place(story.place)}"
    return condition
