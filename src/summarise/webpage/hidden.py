"""Words that a page does not print as part of its text: hidden labels for screen readers, and captions.

trafilatura runs them into the paragraph beside them ("Information: You need", "the quay at dusk The council"). They
are taken out of the tree before anything else looks at it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarise.furniture import wordings
from summarise.records import count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LABEL_WORDS = 12
"""Words beyond which a hidden element is no label: some sites hide whole articles from readers without a login."""

CAPTION_WORDS = 80

_TAGS = ("figcaption", "span", "div", "p", "small", "cite", "em", "i", "h2", "h3")
_MARKS = re.compile("idden|sr-only|reader|aption|redit")
"""Pieces of the names that are looked for, to pass over most elements fast."""


def without_hidden_words(tree: HtmlElement) -> None:
    """Take out hidden labels and captions, in place; what stands around them closes up with a space."""
    hidden, captions = wordings("hidden_names"), wordings("caption_names")
    for element in [element for element in tree.iter(*_TAGS) if _may_be_marked(element)]:
        if element.getparent() is None or _holds_headline(element):
            continue
        names = element.get("class") or ""
        length = count_words(element.text_content()[:2000])
        if hidden.search(names):
            taken = element.tag != "p" and length <= LABEL_WORDS
        else:
            taken = length <= CAPTION_WORDS and (element.tag == "figcaption" or captions.search(names) is not None)
        if taken:
            _drop(element)


def _may_be_marked(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return _MARKS.search(names) is not None or element.tag == "figcaption"


def _holds_headline(element: HtmlElement) -> bool:
    """Say whether the page's headline stands in an element, or it stands in the headline."""
    return next(element.iterdescendants("h1"), None) is not None or next(element.iterancestors("h1"), None) is not None


def _drop(element: HtmlElement) -> None:
    """Take an element out of the tree and keep the text behind it, set apart by a space."""
    parent, before = element.getparent(), element.getprevious()
    tail = f" {element.tail}" if element.tail else ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
