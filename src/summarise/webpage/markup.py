"""Text and names in a page's markup: what every other part of this package reads them by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from summarise.furniture import wordings
from summarise.records import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FURNITURE_TAGS = frozenset(
    ("aside", "nav", "footer", "figure", "figcaption", "form", "button", "template", "noscript", "dialog")
)

NAMING = ("class", "id", "itemprop", "rel", "data-testid", "data-component", "data-qa", "data-type", "data-name")
"""The attributes by which templates say what an element is."""

NAMING_ENDS = ("-name", "-component", "-block", "-element", "-role")
"""Ends of data attributes by which templates with a prefix of their own say the same."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "to", "the", "with")
)


def clean(text: str) -> str:
    """Return text on one line: single spaces, entities that were escaped twice undone, nothing invisible."""
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_INVISIBLE.sub("", line).split())


def without_tags(text: str) -> str:
    """Return text on one line without the tags that some sites write into attributes and JSON."""
    return clean(_TAG.sub(" ", unescape(text)) if "<" in text or "&" in text else text)


def text_of(element: HtmlElement) -> str:
    """Return the text of an element on one line; a line break is a space, scripts are none."""
    return clean("".join(texts_of(element, {"br": " "})))


_UNREAD = frozenset(("script", "style", "noscript"))


def texts_of(element: HtmlElement, before: Mapping[str, str], *, siblings: str = "") -> Iterator[str]:
    """Yield the texts inside an element in reading order, scripts apart.

    `before` is what stands for the beginning of an element by its tag, `siblings` what stands between two elements
    with nothing between them.
    """
    yield element.text or ""
    pending = [(element, iter(element))]
    while pending:
        node, children = pending[-1]
        child = next(children, None)
        if child is None:
            pending.pop()
            if pending:
                yield node.tail or ""
            continue
        if siblings and (previous := child.getprevious()) is not None and not previous.tail:
            yield siblings
        yield before.get(child.tag, "")
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            yield child.text or ""
            pending.append((child, iter(child)))
        else:
            yield child.tail or ""


def folded(text: str) -> str:
    """Return text reduced to its letters and digits in lower case, to compare wordings."""
    return "".join(_WORD.findall(text)).casefold()


def similarity(first: str, second: str) -> float:
    """Return the share of content words that two wordings have in common (Dice coefficient, 0 to 1)."""
    one, two = _content(first), _content(second)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


@lru_cache(maxsize=256)
def _content(text: str) -> frozenset[str]:
    found = frozenset(word.casefold().replace("’", "'") for word in words(text))
    return found - _STOP or found


def is_named(element: HtmlElement | None, names: str) -> bool:
    """Say whether an element's naming attributes carry one of the names listed in the data file under `names`."""
    if element is None:
        return False
    marks = " ".join(value for key, value in element.items() if key in NAMING or _is_naming(key))
    return bool(marks) and len(marks) < 1000 and _carries(marks, names)


@lru_cache(maxsize=512)
def _is_naming(attribute: str) -> bool:
    return attribute.startswith("data-") and attribute.endswith(NAMING_ENDS)


@lru_cache(maxsize=20_000)
def _carries(marks: str, names: str) -> bool:
    return wordings(names).search(marks) is not None


def in_furniture(element: HtmlElement, around: Collection[HtmlElement] = ()) -> bool:
    """Say whether an element, or one that it stands in, is named as no part of the article.

    The search ends at the elements `around` the article: whatever their names mean, they hold it.
    """
    node: HtmlElement | None = element
    while node is not None and node not in around:
        if node.tag in FURNITURE_TAGS:
            return True
        if node.tag not in ("body", "html", "article", "main") and is_named(node, "furniture_names"):
            return True
        node = node.getparent()
    return False


def ancestors(element: HtmlElement | None) -> frozenset[HtmlElement]:
    """Return the elements around an element."""
    return frozenset(element.iterancestors()) if element is not None else frozenset()
