"""What stands at the ends of a body and belongs to its head: headline, byline, standfirst, publisher, author."""

from __future__ import annotations

import re
from dataclasses import replace

from summarise.furniture import Passage
from summarise.records import count_words, words
from summarise.webpage.markup import folded
from summarise.webpage.standfirst import Standfirst

FIRST_LINES, LAST_LINES = 4, 4
"""How far from either end of a body a line about its author is looked for."""

BYLINE_WORDS = 25


def without_headline(passages: list[Passage], headline: str) -> list[Passage]:
    """Leave out lines that repeat the headline exactly: templates print it again above the body."""
    key = folded(headline)
    return [passage for passage in passages if folded(passage.text) != key]


def without_publisher(passages: list[Passage], publisher: frozenset[str]) -> list[Passage]:
    """Leave out lines that are only the publisher's name, and a label above the first sentence."""
    kept = [passage for passage in passages if folded(passage.text) not in publisher]
    while kept and count_words(kept[0].text) <= 2 and kept[0].text[-1].isalnum():
        kept = kept[1:]
    return kept


def without_author_lines(passages: list[Passage], authors: tuple[str, ...]) -> list[Passage]:
    """Leave out a first line that is the byline and a last one about the author, both known by the author's name."""
    if not authors:
        return passages
    named = "|".join(map(re.escape, authors))
    byline = re.compile(rf"\W*(?:by\s+)?(?:{named})(?:$|\s*[,|•·–—-]|\s+(?:and|in|at|for)\b)", re.IGNORECASE)
    biography = re.compile(rf"(?:{named})\s+(?:is|was|has|covers|writes|works|joined|reports|can)\b")
    kept = []
    for index, passage in enumerate(passages):
        opens = index < FIRST_LINES and count_words(passage.text) <= BYLINE_WORDS and byline.match(passage.text)
        closes = index >= len(passages) - LAST_LINES and biography.match(passage.text)
        if not opens and not closes:
            kept.append(passage)
    return kept


def without_loose_headings(passages: list[Passage]) -> list[Passage]:
    """Leave out cross-headings with no paragraph of their own: what they headed was furniture."""
    kept: list[Passage] = []
    for passage in reversed(passages):
        if passage.heading and (not kept or kept[-1].heading):
            continue
        kept.append(passage)
    return kept[::-1]


def with_standfirst(standfirst: Standfirst | None, body: list[Passage]) -> tuple[list[Passage], str | None]:
    """Return the body and its standfirst: none where a description is cut off, or only a piece of the opening."""
    if standfirst is None:
        return body, None
    if is_opening_line(standfirst.text, body):
        return body[1:], standfirst.text
    if standfirst.printed or not (repeats_opening(standfirst.text, body) or is_cut_off(standfirst.text, body)):
        return body, standfirst.text
    return body, None


def is_opening_line(description: str, body: list[Passage]) -> bool:
    """Say whether the body opens with the very description and no full stop: then that line is the standfirst."""
    opening = body[0].text if len(body) > 2 else ""
    return bool(opening) and opening[-1].isalnum() and folded(opening) == folded(description)


_GLUED_BYLINE = re.compile(
    r"By ((?:[A-Z][\w'’.-]*\s){1,3}[A-Z][\w'’-]+)(?:,?(?:\s[a-z]+){1,3})?\s?[:|–—]\s+(?=[A-Z“‘\"'])"
)


def without_glued_byline(passages: list[Passage]) -> tuple[list[Passage], str | None]:
    """Cut a byline off the first paragraph that it is run into, as in "By Ada Quayle: The ferry"; and return it."""
    match = _GLUED_BYLINE.match(passages[0].text) if passages else None
    if match is None or count_words(passages[0].text) <= BYLINE_WORDS:
        return passages, None
    return [replace(passages[0], text=passages[0].text[match.end() :]), *passages[1:]], f"By {match[1]}"


OPENING_WORDS = 70
"""Words of an opening paragraph beyond which its words prove nothing."""


def repeats_opening(description: str, body: list[Passage]) -> bool:
    """Say whether a description is only a piece of the body's opening, as it stands or with words left out."""
    opening = [passage.text for passage in body[:3]]
    if any(folded(description) in folded(text) for text in opening):
        return True
    told = {word.casefold() for word in words(description)}
    short = [text for text in opening[:2] if count_words(text) <= OPENING_WORDS]
    return any(len(told & {word.casefold() for word in words(text)}) * 10 >= len(told) * 9 for text in short)


CUT = (130, 330)
"""Characters at which programs cut descriptions off."""


def is_cut_off(description: str, body: list[Passage]) -> bool:
    """Say whether a description of such a length ends without a stop in what is no word of the body: a piece of one."""
    if description[-1] in ".!?”’\"')" or not CUT[0] <= len(description) <= CUT[1]:
        return False
    last = words(description)[-1:]
    return not last or not any(last[0] in words(passage.text) for passage in body if last[0] in passage.text)
