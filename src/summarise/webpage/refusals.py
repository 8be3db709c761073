"""Pages from which nothing can be drafted: too large for any article, walls, indexes, nothing at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarise.errors import NoArticle
from summarise.furniture import Passage
from summarise.records import Page, count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ELEMENTS = 60_000
"""Elements of a page that is still looked at: large news pages have a tenth of them; time grows with them."""

MAX_LETTERS = 1_500_000
"""Characters of text of a page that is still looked at, scripts apart: the longest articles have a fifth of them."""

MARKS = 5
"""Opening marks of tags that an element has at most, comments and scripts included."""


def refuse_too_many_tags(text: str, page: Page) -> None:
    """Raise NoArticle for a page of more tags than any article, before a tree of that size is built."""
    tags = text.count("<")
    if tags > MARKS * MAX_ELEMENTS:
        raise NoArticle(f"{page.where} holds {tags:,} tags, more than any article: save the article's own page.")


def refuse_too_many_elements(tree: HtmlElement, page: Page) -> None:
    """Raise NoArticle for a tree that is larger than any article's."""
    elements = int(tree.xpath("count(.//*)"))
    if elements > MAX_ELEMENTS:
        raise NoArticle(f"{page.where} holds {elements:,} elements, more than any article: save the article's page.")


def refuse_too_much_text(letters: int, page: Page) -> None:
    """Raise NoArticle for more text than any article has."""
    if letters > MAX_LETTERS:
        raise NoArticle(f"{page.where} holds {letters:,} characters of text, more than any article: give one article.")


_WALL = re.compile(
    r"\b(?:(?:log|sign)\s?in|subscribe|register|create an account|accept (?:all )?cookies|your privacy"
    r"|subscribers? only|to continue reading|verify (?:that )?you are (?:a )?human|enable javascript)\b",
    re.IGNORECASE,
)
STUB = 60
"""Words below which a body beside the words of a wall is a stub."""


def refuse_what_is_no_article(tree: HtmlElement, body: list[Passage], page: Page) -> None:
    """Raise NoArticle for a wall, a page of links, or nothing; the message names the evidence."""
    prose = [count_words(passage.text) for passage in body if not passage.heading and not passage.item]
    length = sum(count_words(passage.text) for passage in body)
    if length >= 150 and max(prose, default=0) >= 25:
        return
    wall = _WALL.search(_prominent_text(tree)) if length < STUB else None
    if wall:
        raise NoArticle(f'{page.where} is a wall or a stub: {length} words of text and "{wall[0]}" on the page.')
    links = len(tree.findall(".//a"))
    if not body:
        raise NoArticle(f"{page.where} holds no article: no paragraph of prose among {links} links.")
    if max(prose, default=0) < 20 and links > 20:
        raise NoArticle(f"{page.where} is an index: {links} links and no paragraph over {max(prose, default=0)} words.")


def _prominent_text(tree: HtmlElement) -> str:
    """Return the page's title, headings and paragraphs as one text, without its menus."""
    parts = [element.text_content() for element in tree.iter("title", "h1", "h2", "h3", "p", "label")]
    return " ".join(parts)[:20_000]
