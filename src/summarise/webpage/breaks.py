"""Paragraphs that a page sets apart by two line breaks instead of paragraph elements.

Old templates print a story as one cell of text with `<br><br>` between its paragraphs;
trafilatura reads that as one paragraph. The runs between double breaks become paragraphs
of their own before anything else looks at the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOLDERS = ("td", "div", "p", "span", "font", "section", "article")
_BLOCKS = frozenset(
    ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "section")
)
_LEAST = 40
"""Words of an element from which one double break means paragraphs, and not the lines of an address."""

LEAST_BREAKS, RUN = 3, 12
"""Single breaks, and words between them, from which they part paragraphs."""


def paragraphs_from_breaks(tree: HtmlElement) -> None:
    """Turn the runs between double breaks into `p` elements, in place, wherever a page sets paragraphs that way."""
    parents = dict.fromkeys(element.getparent() for element in tree.iter("br"))
    for holder in [parent for parent in parents if parent is not None and parent.tag in _HOLDERS]:
        doubled = any(_is_double_break(child) for child in holder)
        if not doubled and _is_set_by_single_breaks(holder):
            for child in holder.findall("br"):
                child.addprevious(holder.makeelement("br", {}, None))
            doubled = True
        if doubled and len(holder.text_content().split()) >= _LEAST:
            _part(holder)
            if holder.tag == "p":
                holder.tag = "div"  # a paragraph in a paragraph is read as one


def _is_double_break(element: HtmlElement) -> bool:
    """Whether an element is a break that follows another one with nothing but white space between."""
    before = element.getprevious()
    return element.tag == "br" and before is not None and before.tag == "br" and not (before.tail or "").strip()


def _is_set_by_single_breaks(holder: HtmlElement) -> bool:
    """Whether most runs between single breaks are whole sentences of some length: paragraphs, not verses or a list."""
    breaks = holder.findall("br")
    if len(breaks) < LEAST_BREAKS:
        return False
    runs = [(child.tail or "").strip() for child in breaks]
    long = [run for run in runs if run[-1:] in (".", "”", "’", '"', "?", "!") and len(run.split()) >= RUN]
    return len(long) * 4 >= len(breaks) * 3


def _part(holder: HtmlElement) -> None:
    children = list(holder)
    paragraph = _new_paragraph(holder)
    paragraph.text, holder.text = holder.text, None
    for child, following in zip(children, [*children[1:], None], strict=True):
        if child.tag in _BLOCKS:
            paragraph = _new_paragraph(holder, after=child)
            paragraph.text, child.tail = child.tail, None  # what follows a block begins a paragraph
        elif child.tag == "br":
            if _ends_paragraph(child, following):
                paragraph = _new_paragraph(holder, after=paragraph)
            _append(paragraph, f" {child.tail or ''}")
            holder.remove(child)
        else:
            paragraph.append(child)
    for element in list(holder):
        if element.tag == "p" and not len(element) and not (element.text or "").strip():
            _drop(element)


def _ends_paragraph(child: HtmlElement, following: HtmlElement | None) -> bool:
    """Whether a break is the first of two: what comes after them is a new paragraph."""
    return following is not None and following.tag == "br" and not (child.tail or "").strip()


def _new_paragraph(holder: HtmlElement, after: HtmlElement | None = None) -> HtmlElement:
    """Return a new paragraph behind an element of the holder, or as its first."""
    paragraph: HtmlElement = holder.makeelement("p", {}, None)
    holder.insert(0 if after is None else holder.index(after) + 1, paragraph)
    return paragraph


def _append(paragraph: HtmlElement, text: str) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)
