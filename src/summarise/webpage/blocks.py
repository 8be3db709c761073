"""The blocks of text in a parsed page, and where the passages of a body stand among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.housepage import is_labelled
from summarise.webpage.markup import folded, in_furniture, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (*HEADINGS, "p", "li", "blockquote")
BARE = ("div", "td", "section")
"""Elements that hold a text of their own on pages that have no paragraph elements."""

PARAGRAPHS = ("p", *BARE)

KEY = 48
"""Letters by which a passage is found again in the tree."""

MAX_BLOCKS = 5000
"""Blocks of a page that are looked at; no article has as many."""

_CONTROLS = ("input", "button", "select", "textarea")
_MAX_FORM_WORDS = 60


@dataclass(frozen=True, slots=True)
class Block:
    """An innermost block of text in the tree, with the key by which passages are found again.

    `around` holds the elements around the headline, which no name can make furniture.
    """

    element: HtmlElement
    key: str
    around: frozenset[HtmlElement]

    @property
    def text(self) -> str:
        """The block's text on one line."""
        return text_of(self.element)

    @property
    def passage(self) -> Passage:
        """The block as a passage of a body."""
        tag = self.element.tag
        return Passage(self.text, heading=tag in HEADINGS, item=tag == "li")

    def in_furniture(self, article: HtmlElement | None = None) -> bool:
        """Say whether the block stands in a part named as furniture, within `article` if that is given."""
        around = self.around if article is None else self.around | {article}
        return in_furniture(self.element, around) or self._in_form(around)

    def _in_form(self, around: frozenset[HtmlElement]) -> bool:
        """Say whether the block is the text beside a button or a field to fill in."""
        for node in (self.element, self.element.getparent()):
            if node is None or node in around:
                return False
            if next(node.iterdescendants(*_CONTROLS), None) is not None:
                return count_words(node.text_content()) <= _MAX_FORM_WORDS
        return False

    def is_link(self) -> bool:
        """Say whether the block is a link to another page, with a label at most: a title, not a sentence."""
        links = [link for link in self.element.iter("a") if not (link.get("href") or "#").startswith("#")]
        text = self.text if links else ""
        linked = sum(len(link.text_content()) for link in links)
        labelled = linked * 2 > len(text) and ":" in text[: len(text) - linked + 2][-5:]
        return linked > 0 and (linked * 10 >= len(text) * 9 or labelled) and text[-1] not in ".!”"

    def is_prose(self) -> bool:
        """Say whether the block is a paragraph of a sentence at least, and no row of links."""
        text = self.text
        if self.element.tag not in PARAGRAPHS or count_words(text) < 8 or text[-1] not in ".!?”’\"':":
            return False
        linked = sum(len(link.text_content()) for link in self.element.iter("a"))
        return linked * 2 < len(text)


@lru_cache(maxsize=1024)
def key_of(text: str) -> str:
    """Return the first letters of a text, folded: what passages and blocks are matched by."""
    return folded(text[: KEY * 8])[:KEY]


def blocks_of(tree: HtmlElement, around: frozenset[HtmlElement], passages: Sequence[Passage]) -> list[Block]:
    """Return the innermost blocks of text; bare `div` and `td` count where paragraphs are made of them.

    They count on a page of the house too, whose bullets often are.
    """
    blocks = _first_blocks(tree.iter(*BLOCKS), around)
    covered = sum(len(blocks[index].element.text_content()) for index in places_of(passages, blocks).values())
    enough = covered * 5 >= sum(len(passage.text) for passage in passages) * 4 > 0
    if enough and not any(is_labelled(passage.text) for passage in passages):
        return blocks
    return _first_blocks(tree.iter(*BLOCKS, *BARE), around)


def _first_blocks(elements: Iterable[HtmlElement], around: frozenset[HtmlElement]) -> list[Block]:
    return list(islice((block for element in elements if (block := _block(element, around))), MAX_BLOCKS))


def _block(element: HtmlElement, around: frozenset[HtmlElement]) -> Block | None:
    """Return the block that an element is, or None where other blocks or no text stand in it."""
    tag = element.tag
    inner = ("p", "ul", "ol") if tag in ("li", "blockquote") else (*BLOCKS, *BARE) if tag in BARE else ()
    if inner and next(element.iterdescendants(*inner), None) is not None:
        return None
    key = key_of(element.text_content())
    return Block(element, key, around) if key else None


def places_of(passages: Sequence[Passage], blocks: Sequence[Block]) -> dict[str, int]:
    """Return where each passage stands among the blocks; of several places, the one outside furniture."""
    wanted = {key_of(passage.text) for passage in passages}
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        key = block.key
        if key in wanted and (key not in places or blocks[places[key]].in_furniture()):
            places[key] = index
    return places


def article_element(elements: Sequence[HtmlElement]) -> HtmlElement:
    """Return the innermost element around nine tenths of the elements: one stray block must not widen it."""
    around: Counter[HtmlElement] = Counter()
    for element in elements:
        around.update(element.iterancestors())
    enough = [node for node, count in around.items() if count * 10 >= len(elements) * 9]
    return max(enough, key=lambda node: sum(1 for _ in node.iterancestors()))


def word_count(passages: Sequence[Passage]) -> int:
    """Return the number of words of some passages together."""
    return sum(count_words(passage.text) for passage in passages)
