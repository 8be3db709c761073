"""The body of an article: trafilatura's paragraphs, repaired from the tree they were taken from.

trafilatura decides where the article is. The repairs add what it lost beside paragraphs that
it found, and leave out what stands in a part of the page that is named as furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarise.furniture import Passage
from summarise.webpage.markup import clean, folded, in_furniture, text_of
from summarise.records import count_words

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

    Block = tuple[HtmlElement, str]

BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

KEY = 48
"""Letters by which a passage is found again in the tree."""


def body_passages(tree: HtmlElement, article_body: str | None) -> list[Passage]:
    """Return the passages of the article in a parsed page, in reading order, furniture lines still among them."""
    passages = base_passages(tree)
    passages = repaired_from_tree(tree, passages)
    return with_article_body(passages, article_body)


def base_passages(tree: HtmlElement) -> list[Passage]:
    """Return trafilatura's own passages; comments off, its cross-page deduplication never on."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False)
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return [passage for child in document.body for passage in _passages(child)]


def _passages(element: _Element) -> Iterator[Passage]:
    tag = element.tag
    if tag == "head":
        yield from _passage(element, heading=True)
    elif tag == "list":
        for item in element:
            yield from _passage(item, item=True)
    elif tag == "table":
        yield from _table(element)
    elif tag == "quote" and any(child.tag in ("p", "list") for child in element):
        for child in element:
            yield from _passages(child)
    elif tag not in ("graphic", "comments"):
        yield from _passage(element)


def _passage(element: _Element, *, heading: bool = False, item: bool = False) -> Iterator[Passage]:
    text = clean("".join(_texts(element)))
    if text:
        yield Passage(text, heading=heading, item=item)


def _texts(element: _Element) -> Iterator[str]:
    if element.tag in ("lb", "p", "item", "cell"):
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail


def _table(element: _Element) -> Iterator[Passage]:
    """Yield the prose of a table that only serves the layout; figures in cells are no paragraphs."""
    for cell in element.iter("cell"):
        inner = [child for child in cell if child.tag in ("p", "head", "list")]
        if inner:
            for child in inner:
                yield from (passage for passage in _passages(child) if count_words(passage.text) >= 8)
        elif count_words(" ".join(cell.itertext())) >= 20:
            yield from _passage(cell)


# Repairs from the tree -------------------------------------------------------------------------


def _key(text: str) -> str:
    return folded(text)[:KEY]


def repaired_from_tree(tree: HtmlElement, passages: Sequence[Passage]) -> list[Passage]:
    """Put back paragraphs that stand beside the found ones and were lost; leave out those in named furniture.

    A lead that begins with a link and a body cut into several containers are the usual
    losses. Nothing is done unless most of trafilatura's passages are found in the tree.
    """
    blocks = [(block, text) for block in _blocks(tree) if (text := text_of(block))]
    wanted = {_key(passage.text) for passage in passages}
    places: dict[str, int] = {}
    for index, (_, text) in enumerate(blocks):
        key = _key(text)
        if key in wanted and (key not in places or in_furniture(blocks[places[key]][0])):
            places[key] = index
    if len(places) * 2 < len(wanted):
        return list(passages)
    article = _common_ancestor([blocks[index][0] for index in places.values()])
    kept = [passage for passage in passages if not _stands_aside(passage, places, blocks, article)]
    if sum(count_words(p.text) for p in kept) * 2 < sum(count_words(p.text) for p in passages):
        kept = list(passages)  # names that would take most of the article mean something else here
    lost = _lost(blocks, places, article)
    return _inserted(kept, lost, blocks, places)


def _stands_aside(
    passage: Passage, places: dict[str, int], blocks: list[Block], article: HtmlElement
) -> bool:
    index = places.get(_key(passage.text))
    return index is not None and in_furniture(blocks[index][0], article)


def _common_ancestor(elements: list[HtmlElement]) -> HtmlElement:
    """Return the innermost element around nine tenths of the elements: one stray block must not widen it."""
    around: Counter[HtmlElement] = Counter()
    for element in elements:
        around.update(element.iterancestors())
    most = [node for node, count in around.items() if count * 10 >= len(elements) * 9]
    return max(most, key=lambda node: sum(1 for _ in node.iterancestors()))


def _lost(blocks: list[Block], places: dict[str, int], article: HtmlElement) -> list[int]:
    """Return the indices of the blocks that belong to the body and are not among the found ones."""
    found = set(places.values())
    homes, kinds = _homes([blocks[index][0] for index in found])
    first, last = min(found), max(found)
    lost: list[int] = []
    for index, (block, text) in enumerate(blocks):
        if index in found or _key(text) in places or not first - 6 <= index <= last + 40:
            continue
        if _belongs(block, text, homes, kinds) and not in_furniture(block, article):
            lost.append(index)
    return lost


def _inserted(
    kept: list[Passage], lost: list[int], blocks: list[Block], places: dict[str, int]
) -> list[Passage]:
    """Return the kept passages with each lost block behind the found one that it follows in the tree."""
    key_at = {index: key for key, index in places.items()}
    present = {_key(passage.text) for passage in kept}
    behind: dict[str, list[Passage]] = {}
    for index in lost:
        block, text = blocks[index]
        anchor = next((key_at[i] for i in range(index, -1, -1) if key_at.get(i) in present), "")
        behind.setdefault(anchor, []).append(Passage(text, heading=block.tag in HEADINGS))
    result = behind.pop("", [])
    for passage in kept:
        result += [passage, *behind.pop(_key(passage.text), [])]
    return result


def _blocks(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the innermost blocks of text in document order."""
    for block in tree.iter(*BLOCKS):
        if block.tag in ("li", "blockquote") and next(block.iter("p", "ul", "ol"), None) is not None:
            continue
        yield block


def _homes(found: list[HtmlElement]) -> tuple[set[HtmlElement], set[tuple[str, str]]]:
    """Return the containers that hold found paragraphs, and the kinds of those that hold many."""
    parents: Counter[HtmlElement] = Counter()
    for block in found:
        parent = block.getparent()
        if parent is not None:
            parents[parent] += 1
    kinds = {(str(home.tag), home.get("class", "")) for home, count in parents.items() if home.get("class")}
    return {home for home in parents if home.tag != "body"}, kinds


def _belongs(
    block: HtmlElement, text: str, homes: set[HtmlElement], kinds: set[tuple[str, str]]
) -> bool:
    home = block.getparent()
    if home is None or block.tag not in ("p", "h2", "h3"):
        return False
    if home not in homes and (str(home.tag), home.get("class", "")) not in kinds:
        return False
    if block.tag != "p":
        return home in homes and 1 <= count_words(text) <= 16 and block.find(".//a") is None
    linked = sum(len(link.text_content()) for link in block.iter("a"))
    return count_words(text) >= 8 and linked * 2 < len(text) and text[-1] in ".!?”’\"':"


def with_article_body(passages: Sequence[Passage], article_body: str | None) -> list[Passage]:
    """Take the body from JSON-LD where it clearly holds more of the same article than the page's markup."""
    if not article_body:
        return list(passages)
    told = [Passage(text) for text in split_text(article_body)]
    have = sum(count_words(passage.text) for passage in passages)
    offered = sum(count_words(passage.text) for passage in told)
    if offered < 1.3 * have + 60:
        return list(passages)
    whole = folded(article_body)
    shared = sum(count_words(passage.text) for passage in passages if _key(passage.text) in whole)
    return told if have < 80 or shared * 2 >= have else list(passages)


_PARAGRAPH = re.compile(r"\s*\n\s*|</p>|<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,300}>")
_SENTENCE = re.compile(r"(?<=[a-z0-9][.!?])\s+(?=[A-Z“‘\"'])|(?<=[.!?][”’\"'])\s+(?=[A-Z“‘\"'])")


def split_text(text: str) -> list[str]:
    """Return the paragraphs of a text: by its line ends where it has any, else three sentences each."""
    parts = [clean(_MARKUP.sub(" ", part)) for part in _PARAGRAPH.split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 or not parts:
        return parts
    sentences = _SENTENCE.split(parts[0])
    return [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
