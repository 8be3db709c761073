"""The body of an article: trafilatura's passages, repaired from the tree they were taken from.

trafilatura decides where the article is. The repairs put back what it lost beside passages
that it found, and leave out what the markup names as another part of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.markup import ancestors, clean, folded, in_furniture, is_named, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote")
HEADINGS = frozenset(BLOCKS[:6])

KEY = 48
"""Letters by which a passage is found again in the tree."""

REACH = 40
"""How many blocks beyond the last found one a lost paragraph may stand."""


@dataclass(frozen=True, slots=True)
class Block:
    """An innermost block of text in the tree, with the key by which passages are found again.

    `around` holds the elements around the headline, which no name can make furniture.
    """

    element: HtmlElement
    key: str
    around: frozenset[HtmlElement]

    def in_furniture(self, article: HtmlElement | None = None) -> bool:
        """Say whether the block stands in a part named as furniture, within `article` if that is given."""
        return in_furniture(self.element, self.around if article is None else self.around | {article})

    @property
    def text(self) -> str:
        """The block's text on one line."""
        return text_of(self.element)


def body_passages(
    tree: HtmlElement, headline: HtmlElement | None, article_body: str | None, standfirst: str | None
) -> list[Passage]:
    """Return the passages of the article, in reading order, lines of furniture still among them.

    `headline` is the element of the headline, `article_body` what JSON-LD tells as the body,
    `standfirst` the one that the page prints.
    """
    blocks = list(_blocks(tree, ancestors(headline)))
    passages = with_body_of_tree(_base_passages(tree), blocks)
    passages = unglued(passages, blocks)
    passages = with_lost_blocks(passages, blocks)
    passages = without_named_furniture(passages, blocks, standfirst)
    return with_article_body(passages, article_body)


# trafilatura's body ----------------------------------------------------------------------------


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


LITTLE = 60
"""Words of prose below which trafilatura counts as having found no body."""

PROSE = 12
"""Words from which a paragraph of the tree counts as prose."""


def with_body_of_tree(passages: list[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Return the tree's own paragraphs of prose where trafilatura found next to none.

    It takes some live blogs, whose posts are items of a list, for navigation, and keeps nothing of them.
    """
    if sum(count_words(passage.text) for passage in passages) >= LITTLE:
        return passages
    prose = [block for block in blocks if block.element.tag == "p" and _is_prose_block(block)]
    found = [Passage(clean(block.text)) for block in prose]
    return found if sum(count_words(passage.text) for passage in found) > LITTLE else passages


def _is_prose_block(block: Block) -> bool:
    """Whether a paragraph is long enough for prose, stands in no furniture, and is not made of links."""
    if count_words(block.text) < PROSE or block.in_furniture():
        return False
    linked = sum(count_words(text_of(link)) for link in block.element.iter("a"))
    return linked <= count_words(block.text) / 2


# Repairs from the tree -------------------------------------------------------------------------


def _blocks(tree: HtmlElement, around: frozenset[HtmlElement]) -> Iterator[Block]:
    for element in tree.iter(*BLOCKS):
        if element.tag in ("li", "blockquote") and next(element.iter("p", "ul", "ol"), None) is not None:
            continue
        key = _key(element.text_content())
        if key:
            yield Block(element, key, around)


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    return folded(text[: KEY * 8])[:KEY]


def unglued(passages: Sequence[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Part a passage into the blocks it was glued from.

    trafilatura's last resort gives a page as one text, and it gives a post of a live blog, heading
    and paragraphs together, as one item of a list.
    """
    known = {block.key for block in blocks}
    parted: list[Passage] = []
    for passage in passages:
        if len(passages) > 3 and not passage.item:
            parted.append(passage)
            continue
        whole = folded(passage.text)
        inside = [b for b in blocks if b.key in whole and not b.in_furniture()] if len(whole) > 100 else []
        if len(inside) < 2 or (_key(passage.text) in known and len(inside) < 4):
            parted.append(passage)
        else:
            parted += [_as_passage(block) for block in inside]
    return parted


def _as_passage(block: Block) -> Passage:
    tag = block.element.tag
    return Passage(block.text, heading=tag in HEADINGS, item=tag == "li")


def _places(passages: Sequence[Passage], blocks: Sequence[Block]) -> dict[str, int]:
    """Return where each passage stands among the blocks; of several places, the one outside furniture."""
    wanted = {_key(passage.text) for passage in passages}
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        key = block.key
        if key in wanted and (key not in places or blocks[places[key]].in_furniture()):
            places[key] = index
    return places


def with_lost_blocks(passages: Sequence[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Put back paragraphs that stand beside the found ones and were lost.

    A lead that begins with a link and a body cut into several containers are the usual
    losses. Nothing is done unless half of the passages are found in the tree.
    """
    places = _places(passages, blocks)
    if not places or len(places) * 2 < len({_key(passage.text) for passage in passages}):
        return list(passages)
    article = _article_element([blocks[index].element for index in places.values()])
    homes = _Homes.of([blocks[index].element for index in places.values()])
    first, last = min(places.values()), max(places.values())
    headline = max((i for i, b in enumerate(blocks[:first]) if b.element.tag == "h1"), default=first)
    lost: list[int] = []
    for index in range(min(headline, max(first - 6, 0)), min(last + REACH, len(blocks))):
        block = blocks[index]
        if block.key in places or block.in_furniture(article):
            continue
        if homes.hold(block, inner=first < index < last) or (
            headline < index < first and _is_lead(blocks[index:first])
        ):
            lost.append(index)
    return _inserted(passages, lost, blocks, places)


def _article_element(elements: Sequence[HtmlElement]) -> HtmlElement:
    """Return the innermost element around nine tenths of the elements: one stray block must not widen it."""
    around: Counter[HtmlElement] = Counter()
    for element in elements:
        around.update(element.iterancestors())
    enough = [node for node, count in around.items() if count * 10 >= len(elements) * 9]
    return max(enough, key=lambda node: sum(1 for _ in node.iterancestors()))


@dataclass(frozen=True, slots=True)
class _Homes:
    """The containers that hold found passages, and the tag and class of those."""

    elements: frozenset[HtmlElement]
    kinds: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, found: Sequence[HtmlElement]) -> _Homes:
        parents = frozenset(p for element in found if (p := element.getparent()) is not None and p.tag != "body")
        return cls(parents, frozenset((str(p.tag), p.get("class", "")) for p in parents if p.get("class")))

    def hold(self, block: Block, *, inner: bool) -> bool:
        """Say whether a block stands in such a container and reads like part of the body."""
        parent = block.element.getparent()
        if parent is None or block.element.tag not in ("p", "h2", "h3"):
            return False
        if parent in self.elements:
            return _is_prose(block) if block.element.tag == "p" else inner and _is_cross_heading(block)
        kind = (str(parent.tag), parent.get("class", ""))
        return kind in self.kinds and block.element.tag == "p" and _is_prose(block)


def _is_cross_heading(block: Block) -> bool:
    return count_words(block.text) <= 16 and block.element.find(".//a") is None


def _is_prose(block: Block) -> bool:
    """Say whether a block is a sentence at least, and no row of links."""
    text = block.text
    if count_words(text) < 8 or text[-1] not in ".!?”’\"':":
        return False
    linked = sum(len(link.text_content()) for link in block.element.iter("a"))
    return linked * 2 < len(text)


def _is_lead(blocks: Sequence[Block]) -> bool:
    """Say whether the first of the blocks before the body is the article's lead: prose, with no heading between."""
    lead = blocks[0]
    if any(block.element.tag in HEADINGS for block in blocks) or lead.element.tag != "p" or not _is_prose(lead):
        return False
    named = any(is_named(node, "standfirst_names") for node in (lead.element, lead.element.getparent()))
    return count_words(lead.text) >= 12 and (lead.text[0].isalnum() or lead.text[0] in "“‘\"'£") and not named


def _inserted(
    passages: Sequence[Passage], lost: Sequence[int], blocks: Sequence[Block], places: dict[str, int]
) -> list[Passage]:
    """Return the passages with each lost block behind the found one that it follows in the tree."""
    key_at = {index: key for key, index in places.items()}
    behind: dict[str, list[Passage]] = {}
    for index in lost:
        anchor = next((key_at[i] for i in range(index, -1, -1) if i in key_at), "")
        behind.setdefault(anchor, []).append(_as_passage(blocks[index]))
    result = behind.pop("", [])
    for passage in passages:
        result += [passage, *behind.pop(_key(passage.text), [])]
    return result


def without_named_furniture(
    passages: Sequence[Passage], blocks: Sequence[Block], standfirst: str | None
) -> list[Passage]:
    """Leave out passages in parts that the markup names as furniture, and the standfirst as such.

    A body paragraph that repeats the standfirst stays. Names that would take most of the
    article mean something else on this page, and none of them counts then.
    """
    places = _places(passages, blocks)
    found = [blocks[index].element for index in places.values()]
    article = _article_element(found) if found else None
    aside = {key for key, index in places.items() if blocks[index].in_furniture(article)}
    kept = [passage for passage in passages if _key(passage.text) not in aside]
    if _length(kept) * 2 < _length(passages):
        kept = list(passages)
    if standfirst is None:
        return kept
    key, whole = _key(standfirst), folded(standfirst)
    if any(block.key == key and _is_body_paragraph(block) for block in blocks):
        return kept
    return [passage for passage in kept if _key(passage.text) != key or folded(passage.text) != whole]


def _is_body_paragraph(block: Block) -> bool:
    """Say whether a block is a paragraph of the body and not the standfirst above it."""
    if block.element.tag != "p":
        return False
    around = [block.element, *list(block.element.iterancestors())[:3]]
    return not any(node.tag == "header" or is_named(node, "standfirst_names") for node in around)


def _length(passages: Sequence[Passage]) -> int:
    return sum(count_words(passage.text) for passage in passages)


# The body that JSON-LD tells -------------------------------------------------------------------


def with_article_body(passages: Sequence[Passage], article_body: str | None) -> list[Passage]:
    """Take the body from JSON-LD where it clearly holds more of the same article than the markup does."""
    if not article_body or count_words(article_body) < 1.3 * _length(passages) + 60:
        return list(passages)
    whole = folded(article_body)
    shared = _length([passage for passage in passages if _key(passage.text) in whole])
    if _length(passages) >= 80 and shared * 2 < _length(passages):
        return list(passages)
    return [Passage(text) for text in paragraphs_of(article_body)]


_BREAK = re.compile(r"\s*\n\s*|</p>|<br\s*/?>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z0-9%][.!?])\s+(?=[A-Z“‘\"'])|(?<=[.!?][”’\"'])\s+(?=[A-Z“‘\"'])")
_TAG = re.compile(r"<[^<>]{1,300}>")


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text by its line ends; where it has none, three sentences make one."""
    parts = [part for part in (clean(_TAG.sub(" ", part)) for part in _BREAK.split(text)) if part]
    if len(parts) != 1:
        return parts
    sentences = _SENTENCE.split(parts[0])
    return [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
