"""Repairs of a body from the tree that it was taken from.

Each repair maps passages to passages, for a fault that was measured on real pages, and does
nothing where the tree does not show that fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarise.furniture import Passage, furniture_rules
from summarise.records import count_words
from summarise.webpage.blocks import BARE, HEADINGS, PARAGRAPHS, Block, article_element, key_of, places_of, word_count
from summarise.webpage.housepage import BULLET, is_labelled
from summarise.webpage.markup import folded, is_named

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LITTLE = 60
"""Words of prose below which trafilatura counts as having found no body."""

PROSE = 12
"""Words from which a paragraph of the tree counts as prose."""

GLUED = 150
"""Characters from which a passage may be several paragraphs."""

ABOVE = 12
"""How many blocks above the first found one a lost paragraph may stand."""

COMMENT_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "legend", "th")

LONGEST = 100_000
"""Characters of a glued passage that are parted; the longest articles have half as many."""

REACH = 40
"""How many blocks beyond the last found one a lost paragraph may stand."""


def with_body_of_tree(passages: list[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Return the tree's own paragraphs of prose where trafilatura found next to none.

    It takes some live blogs, whose posts are items of a list, for navigation, and keeps nothing of them.
    """
    if word_count(passages) >= LITTLE:
        return passages
    found = [block.passage for block in blocks if block.is_prose() and not block.in_furniture()]
    found = [passage for passage in found if count_words(passage.text) >= PROSE]
    return found if word_count(found) > LITTLE else passages


def unglued(passages: Sequence[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Part a passage into the blocks it was glued from.

    trafilatura's last resort gives a page as one text; it also gives a post of a live blog as
    one item of a list, and paragraphs that are `div` elements as the text of what holds them.
    """
    first = {block.key: index for index, block in reversed(list(enumerate(blocks)))}
    parted: list[Passage] = []
    for passage in passages:
        inside = _blocks_inside(passage.text, blocks, first) if len(passage.text) > GLUED else []
        parted += [block.passage for block in inside] if len(inside) > 1 else [passage]
    return parted


def _blocks_inside(text: str, blocks: Sequence[Block], first: dict[str, int]) -> list[Block]:
    """Return the blocks that a text holds, or none where it is a single block's text."""
    start = first.get(key_of(text))
    if start is not None and len(blocks[start].element.text_content()) * 10 > len(text) * 9:
        return []
    whole = folded(text[:LONGEST])
    return [block for block in blocks[start or 0 :] if block.key in whole and not block.in_furniture()]


def with_lost_blocks(passages: Sequence[Passage], blocks: Sequence[Block]) -> list[Passage]:
    """Put back paragraphs that stand beside the found ones and were lost.

    A lead that begins with a link, a body cut into several containers, and the bullets of a
    page of the house are the usual losses. Nothing is done unless half of the passages are found in the tree.
    """
    places = places_of(passages, blocks)
    if not places or len(places) * 2 < len({key_of(passage.text) for passage in passages}):
        return list(passages)
    elements = [blocks[index].element for index in places.values()]
    article, homes = article_element(elements), _Homes.of(elements)
    found = sorted(places.values())
    headline = max((i for i in range(found[len(found) // 2]) if blocks[i].element.tag == "h1"), default=-1)
    first, last = next(index for index in found if index > headline), found[-1]
    bullets = any(is_labelled(passage.text) for passage in passages)
    lost: list[int] = []
    for index in range(max(headline, first - ABOVE, 0), min(last + REACH, len(blocks))):
        block = blocks[index]
        if block.key in places or block.in_furniture(article):
            continue
        between = headline < index < first
        if homes.hold(block, inner=first < index < last) or (
            between and (_is_lead(blocks[index:first]) or (bullets and BULLET.match(block.text)))
        ):
            lost.append(index)
    return _inserted(passages, lost, blocks, places)


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
        if parent is None:
            return False
        if parent in self.elements and block.element.tag in ("h2", "h3"):
            return inner and count_words(block.text) <= 16 and block.element.find(".//a") is None
        alike = parent in self.elements or (str(parent.tag), parent.get("class", "")) in self.kinds
        return alike and block.is_prose()


def _is_lead(blocks: Sequence[Block]) -> bool:
    """Say whether the first of the blocks before the body is the article's lead: prose, with no heading between."""
    lead = blocks[0]
    if any(block.element.tag in HEADINGS for block in blocks) or lead.element.tag != "p" or not lead.is_prose():
        return False
    named = any(is_named(node, "standfirst_names") for node in (lead.element, lead.element.getparent()))
    return count_words(lead.text) >= PROSE and (lead.text[0].isalnum() or lead.text[0] in "“‘\"'£") and not named


def _inserted(
    passages: Sequence[Passage], lost: Sequence[int], blocks: Sequence[Block], places: dict[str, int]
) -> list[Passage]:
    """Return the passages with each lost block behind the found one that it follows in the tree."""
    key_at = {index: key for key, index in places.items()}
    behind: dict[str, list[Passage]] = {}
    for index in lost:
        anchor = next((key_at[i] for i in range(index, -1, -1) if i in key_at), "")
        behind.setdefault(anchor, []).append(blocks[index].passage)
    result = behind.pop("", [])
    for passage in passages:
        result += [passage, *behind.pop(key_of(passage.text), [])]
    return result


def without_named_furniture(
    passages: Sequence[Passage], blocks: Sequence[Block], places: dict[str, int]
) -> list[Passage]:
    """Leave out passages that are links to other pages, and those in parts that the markup names as furniture.

    Names that would take most of the article mean something else on this page, and none of
    them counts then.
    """
    found = [blocks[index] for index in places.values()]
    article = article_element([block.element for block in found]) if found else None
    main = _main(found)
    if main is not None:  # what stands in furniture outside the headline's article is none of it, however long
        strange = {
            block.key for block in found if main not in block.element.iterancestors() and block.in_furniture(main)
        }
        passages = [passage for passage in passages if key_of(passage.text) not in strange]
    aside = {block.key for block in found if block.in_furniture(article) or block.is_link()}
    kept = [passage for passage in passages if key_of(passage.text) not in aside]
    return kept if word_count(kept) * 2 >= word_count(passages) else list(passages)


ENOUGH = 100
"""Words of prose in the headline's own article that make it the article."""


def _main(found: Sequence[Block]) -> HtmlElement | None:
    """Return the `article` or `main` element around the headline that holds enough prose, if there is one."""
    holders = {node for block in found[:1] for node in block.around if node.tag in ("article", "main")}
    inside: Counter[HtmlElement] = Counter()
    for block in found:
        length = count_words(block.text)
        inside.update({node: length for node in block.element.iterancestors("article", "main") if node in holders})
    return next((node for node, length in inside.most_common(1) if length >= ENOUGH), None)


def with_bold_headings(passages: Sequence[Passage], blocks: Sequence[Block], places: dict[str, int]) -> list[Passage]:
    """Mark as cross-headings the short lines that a page sets bold as paragraphs of their own.

    A line with a full stop or quotation marks, one of several questions, a first or last line and two bold lines in
    a row stay paragraphs.
    """
    bold = [_is_bold_line(passage, blocks, places) for passage in passages]
    asked = [is_bold and passage.text.endswith("?") for is_bold, passage in zip(bold, passages, strict=True)]
    if sum(asked) > 1:  # an interview prints its questions bold, and their answers mean nothing without them
        bold = [is_bold and not question for is_bold, question in zip(bold, asked, strict=True)]
    marked = []
    for index, passage in enumerate(passages):
        alone = 0 < index < len(passages) - 1 and not bold[index - 1] and not bold[index + 1]
        followed = alone and count_words(passages[index + 1].text) >= PROSE and not passages[index + 1].heading
        marked.append(replace(passage, heading=True) if bold[index] and followed else passage)
    return marked


def _is_bold_line(passage: Passage, blocks: Sequence[Block], places: dict[str, int]) -> bool:
    text = passage.text
    if passage.heading or passage.item or not 1 <= count_words(text) <= 10 or text[-1] in ".!:;,”’\"'…":
        return False
    place = places.get(key_of(text))
    element = blocks[place].element if place is not None else None
    if element is None or element.tag not in PARAGRAPHS or not text[0].isalnum():
        return False
    inside = "".join(node.text_content() for node in element if node.tag in ("strong", "b"))
    return folded(inside) == folded(text)


def without_standfirst(passages: Sequence[Passage], blocks: Sequence[Block], standfirst: str | None) -> list[Passage]:
    """Leave out the standfirst that the page prints above its body; a body paragraph that repeats it stays."""
    if standfirst is None:
        return list(passages)
    key, whole = key_of(standfirst), folded(standfirst)
    if any(block.key == key and _is_body_paragraph(block) for block in blocks):
        return list(passages)
    return [passage for passage in passages if key_of(passage.text) != key or folded(passage.text) != whole]


def _is_body_paragraph(block: Block) -> bool:
    """Say whether a block is a paragraph of the body and not the standfirst above it."""
    if block.element.tag in (*HEADINGS, *BARE):
        return False
    around = [block.element, *list(block.element.iterancestors())[:3]]
    return not any(node.tag == "header" or is_named(node, "standfirst_names") for node in around)


def without_what_stands_above(
    passages: Sequence[Passage], blocks: Sequence[Block], headline: HtmlElement | None
) -> list[Passage]:
    """Leave out what stands above the headline, unless most of the body does."""
    top = next((i for i, block in enumerate(blocks) if block.element is headline), 0)
    above = {block.key for block in blocks[:top]}.intersection(key_of(passage.text) for passage in passages)
    above = above.difference(block.key for block in blocks[top:]) if above else above
    kept = [passage for passage in passages if key_of(passage.text) not in above]
    return kept if word_count(kept) * 2 >= word_count(passages) else list(passages)


def without_comments(
    passages: Sequence[Passage], blocks: Sequence[Block], places: dict[str, int], tree: HtmlElement
) -> list[Passage]:
    """Leave out what stands below a heading such as "12 comments", when most of the article stands above it."""
    length = {blocks[index].element: len(blocks[index].text) for index in places.values()}
    left = sum(length.values()) // 2
    for element in tree.iter(*COMMENT_HEADINGS, *{str(element.tag) for element in length}):
        if left < 0 and element.tag in COMMENT_HEADINGS and _opens_comments(element):
            below = folded("".join(element.xpath("following::text()")))
            half = len(passages) // 2
            return [p for i, p in enumerate(passages) if i < half or key_of(p.text) not in below]
        left -= length.get(element, 0)
    return list(passages)


def _opens_comments(element: HtmlElement) -> bool:
    text = (element.text or "").strip()
    rule = next(rule for rule in furniture_rules() if rule.id == "comments-section")
    return 4 <= len(text) <= 40 and rule.matches(text, count_words(text))
