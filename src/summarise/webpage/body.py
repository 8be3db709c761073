"""The body of an article: trafilatura's passages, repaired from the tree they were taken from.

trafilatura decides where the article is. The repairs put back what it lost beside passages
that it found, and leave out what the markup names as another part of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.blocks import blocks_of, key_of, places_of, word_count
from summarise.webpage.markup import ancestors, clean, folded
from summarise.webpage.repairs import (
    LITTLE,
    unglued,
    with_body_of_tree,
    with_lost_blocks,
    without_comments,
    without_named_furniture,
    without_standfirst,
    without_what_stands_above,
)

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


def body_passages(
    tree: HtmlElement, headline: HtmlElement | None, article_body: str | None, standfirst: str | None
) -> list[Passage]:
    """Return the passages of the article, in reading order, lines of furniture still among them.

    `headline` is the element of the headline, `article_body` what JSON-LD tells as the body,
    `standfirst` the one that the page prints.
    """
    passages = _base_passages(tree)
    blocks = blocks_of(tree, ancestors(headline), passages)
    passages = with_body_of_tree(passages, blocks)
    passages = unglued(without_lost_ends(passages), blocks)
    passages = with_lost_blocks(passages, blocks)
    places = places_of(passages, blocks)
    passages = without_named_furniture(passages, blocks, places)
    passages = without_standfirst(passages, blocks, standfirst)
    passages = without_what_stands_above(passages, blocks, headline)
    passages = without_comments(passages, blocks, places, tree)
    return with_article_body(passages, article_body)


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


def _passage(element: _Element, *, heading: bool = False, item: bool = False) -> Iterator[Passage]:
    text = clean("".join(_texts(element)))
    if text:
        yield Passage(text, heading=heading, item=item)


def _texts(element: _Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag in ("lb", "p", "item", "cell"):
            yield " "
        yield node.text or ""
        if node is not element:
            yield node.tail or ""


def _layout_table(element: _Element) -> Iterator[Passage]:
    """Yield the prose of a table that serves the layout; the figures of a real table are no paragraphs."""
    for cell in element.iter("cell"):
        inner = [child for child in cell if child.tag in ("p", "head", "list")]
        found = [passage for child in inner for passage in _passages(child)] or list(_passage(cell))
        yield from (passage for passage in found if count_words(passage.text) >= 12)


def with_article_body(passages: Sequence[Passage], article_body: str | None) -> list[Passage]:
    """Take the body from JSON-LD where it clearly holds more of the same article than the markup, or its paragraphs."""
    if not article_body:
        return list(passages)
    have, offered = word_count(passages), count_words(article_body)
    glued = len(passages) <= 2 and offered * 10 >= have * 9
    if offered < 1.3 * have + 60 and not glued:
        return list(passages)
    whole = folded(article_body)
    shared = word_count([passage for passage in passages if key_of(passage.text) in whole])
    if shared * 2 < have and have >= LITTLE:
        return list(passages)
    return [Passage(text) for text in paragraphs_of(article_body)]


_LOST_END = re.compile(r"(?<=[a-z0-9%)][.?!])(?=[A-Z“‘])|(?<=[.?!][”’\"'])(?=[A-Z“‘])")
_BREAK = re.compile(r"\s*\n\s*|</p>|<br\s*/?>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z0-9%][.!?])\s+(?=[A-Z“‘\"'])|(?<=[.!?][”’\"'])\s+(?=[A-Z“‘\"'])")
_TAG = re.compile(r"<[^<>]{1,300}>")


def without_lost_ends(passages: Sequence[Passage]) -> list[Passage]:
    """Part a long passage where sentences run into each other: line ends were lost there, as in much JSON-LD."""
    parted: list[Passage] = []
    for passage in passages:
        pieces = _LOST_END.split(passage.text) if len(passage.text) > 600 else []
        parted += [Passage(piece.strip()) for piece in pieces] if len(pieces) > 3 else [passage]
    return parted


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text by its line ends; where it has none, three sentences make one."""
    parts = [part for part in (clean(_TAG.sub(" ", part)) for part in _BREAK.split(text)) if part]
    if len(parts) != 1:
        return parts
    pieces = without_lost_ends([Passage(parts[0])])
    if len(pieces) > 1:
        return [piece.text for piece in pieces]
    sentences = _SENTENCE.split(parts[0])
    return [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
