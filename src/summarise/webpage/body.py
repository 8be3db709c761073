"""The body of an article: trafilatura's passages, repaired from the tree they were taken from.

trafilatura decides where the article is. The repairs put back what it lost beside passages
that it found, and leave out what the markup names as another part of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.blocks import blocks_of, key_of, places_of, word_count
from summarise.webpage.facts import Facts
from summarise.webpage.liveblog import posts_in
from summarise.webpage.markup import ancestors, clean, folded, texts_of
from summarise.webpage.prose import paragraphs_of, without_lost_ends
from summarise.webpage.repairs import (
    LITTLE,
    unglued,
    with_body_of_tree,
    with_bold_headings,
    with_lost_blocks,
    without_comments,
    without_named_furniture,
    without_standfirst,
    without_what_stands_above,
)
from summarise.webpage.state import Script, state_passages

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


def body_passages(tree: HtmlElement, facts: Facts, scripts: Sequence[Script] = ()) -> list[Passage]:
    """Return the passages of the article, in reading order, lines of furniture still among them."""
    headline = facts.headline.element
    standfirst = facts.standfirst.text if facts.standfirst and facts.standfirst.printed else None
    passages = _base_passages(tree)
    blocks = blocks_of(tree, ancestors(headline), passages)
    passages = with_body_of_tree(passages, blocks)
    passages = unglued(without_lost_ends(passages), blocks)
    passages = with_lost_blocks(passages, blocks)
    places = places_of(passages, blocks)
    passages = with_bold_headings(passages, blocks, places)
    passages = without_named_furniture(passages, blocks, places)
    passages = without_standfirst(passages, blocks, standfirst)
    passages = without_what_stands_above(passages, blocks, headline)
    passages = without_comments(passages, blocks, places, tree)
    return with_told_body(passages, facts, scripts)


def _base_passages(tree: HtmlElement) -> list[Passage]:
    """Return trafilatura's passages; its deduplication stays off because it remembers earlier pages."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(tree, include_comments=False)
    if not isinstance(document, Document):
        return []
    return [passage for child in document.body for passage in _passages(child)]


def _passages(element: _Element) -> Iterator[Passage]:
    tag = element.tag
    if tag == "list":
        for item in element:
            yield from _passage(item, item=True)
    elif tag == "table":
        yield from _layout_table(element)
    elif tag == "quote" and any(child.tag in ("p", "list") for child in element):
        for child in element:
            yield from _passages(child)
    elif tag != "graphic":
        yield from _passage(element, heading=tag == "head")


_SPACED = {"lb": " ", "p": " ", "item": " ", "cell": " "}
"""What begins on a new line in trafilatura's own markup."""


def _passage(element: _Element, *, heading: bool = False, item: bool = False) -> Iterator[Passage]:
    text = clean("".join(texts_of(element, _SPACED)))
    if text:
        yield Passage(text, heading=heading, item=item)


def _layout_table(element: _Element) -> Iterator[Passage]:
    """Yield the prose of a table that serves the layout; the figures of a real table are no paragraphs."""
    for cell in element.iter("cell"):
        inner = [child for child in cell if child.tag in ("p", "head", "list")]
        found = [passage for child in inner for passage in _passages(child)] or list(_passage(cell))
        yield from (passage for passage in found if count_words(passage.text) >= 12)


def with_told_body(passages: Sequence[Passage], facts: Facts, scripts: Sequence[Script]) -> list[Passage]:
    """Take the body from what the page tells machines where that clearly holds more of the same article.

    JSON-LD is asked first, for the posts of a live blog or the text of an article, then the state of the script.
    """
    posts = posts_in(facts.claims)
    result = with_fuller(passages, posts) if posts else with_article_body(passages, facts.article_body)
    return state_passages(scripts, facts.headline.text, result) or result


def with_article_body(passages: Sequence[Passage], article_body: str | None) -> list[Passage]:
    """Take the body from JSON-LD where it clearly holds more of the same article than the markup, or its paragraphs."""
    if not article_body:
        return list(passages)
    have, offered = word_count(passages), count_words(article_body)
    glued = len(passages) <= 2 and offered * 10 >= have * 9
    if offered < 1.3 * have + 60 and not glued:
        return list(passages)
    return with_fuller(passages, [Passage(text) for text in paragraphs_of(article_body)], 0 if glued else 1.3)


def with_fuller(passages: Sequence[Passage], told: Sequence[Passage], least: float = 1.3) -> list[Passage]:
    """Take the told passages where they are clearly more, and half of the found ones are among them."""
    have = word_count(passages)
    if word_count(told) < least * have + (60 if least else 0):
        return list(passages)
    whole = folded(" ".join(passage.text for passage in told))
    shared = word_count([passage for passage in passages if key_of(passage.text) in whole])
    if shared * 2 < have and have >= LITTLE:
        return list(passages)
    return list(told)
