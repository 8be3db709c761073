"""The standfirst: printed below the headline, or told to machines as the article's description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from summarise.furniture import furniture_in, wordings
from summarise.records import count_words
from summarise.webpage.headline import Headline
from summarise.webpage.machine import Claims
from summarise.webpage.markup import ancestors, folded, in_furniture, is_named, text_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_WORDS, MAX_WORDS = 5, 80

NEAR = 150
"""How many elements below the headline a standfirst is looked for: further down, its name means a teaser's."""

PARAGRAPH = 200
"""Letters from which a paragraph counts as body; a standfirst stands above the third of those."""

_BYLINE = re.compile(r"^\W*(?:\w+\s){0,2}by\b|\b(?:19|20)\d\d\b|\d\s?min\b|\d[:.]\d\d\b|\bago\b", re.IGNORECASE)
_TAGS = ("p", "h2", "h3", "h4", "div", "section", "span", "strong", "em", "ul")
_CUT_OFF = ("…", "...", "[…]", "[...]", ",", ";", " and", " the", " of", " to", " a")


class Standfirst(NamedTuple):
    """A standfirst, and whether the page prints it or only tells it to machines."""

    text: str
    printed: bool


def find_standfirst(
    tree: HtmlElement, claims: Claims, headline: Headline, publisher: frozenset[str]
) -> Standfirst | None:
    """Return the standfirst, or None where a page has none but a stump, a slogan or the headline again."""
    for element in (*_below_headline(headline), *_named_elements(tree, headline)):
        text = _line_in(element)
        if _serves(text, headline.text, publisher):
            return Standfirst(text, printed=True)
    told = claims.texts("description") + claims.told("og:description", "description", "twitter:description")
    for description in told:
        text = without_tags(description)
        if _serves(text, headline.text, publisher):
            return Standfirst(text, printed=False)
    return None


def _below_headline(headline: Headline) -> Iterator[HtmlElement]:
    """Yield the line below the headline where it can be no paragraph of the body and is named as no other thing.

    That is a smaller heading, or any line in a part of the page that holds the headline but no paragraphs.
    """
    element = headline.element
    following = element.itersiblings() if element is not None else iter(())
    below = next((node for node in following if isinstance(node.tag, str) and text_of(node)), None)
    if element is None or below is None or below.tag not in ("h2", "h3", "h4", "p", "div"):
        return
    alike = [node for node in below.itersiblings(below.tag) if node.get("class") == below.get("class")]
    if below.tag in ("p", "div") and len(alike) >= 2:
        return  # the first of the body's own paragraphs
    in_header = next(element.iterancestors("header"), None) is not None
    heads = below.tag.startswith("h") or in_header or not element.getparent().findall("p")
    if not heads or below.find(".//p") is not None or below.find(".//a") is not None:
        return
    named = is_named(below, "byline_names") or is_named(below, "furniture_names")
    if not named and not _BYLINE.search(text_of(below)):
        yield below


def _named_elements(tree: HtmlElement, headline: Headline) -> Iterator[HtmlElement]:
    """Yield the elements that the markup names as a standfirst, below the headline if that is printed."""
    passed = headline.element is None
    around = ancestors(headline.element)
    beyond = paragraphs = 0
    for element in tree.iter("h1", *_TAGS):
        beyond += passed
        paragraphs += passed and element.tag == "p" and len(element.text_content()) > PARAGRAPH
        if element is headline.element:
            passed = True
        elif beyond > NEAR or paragraphs > 2:
            return
        elif passed and element.tag != "h1" and _is_standfirst(element) and not in_furniture(element, around):
            yield element


def _line_in(element: HtmlElement) -> str:
    """Return the text of an element, or of the one line in it; nothing where it holds more than lines of text."""
    inner = list(element.iterdescendants("h1", "h2", "h3", "h4", "p", "div", "time", "ul", "button"))
    inner = [node for node in inner if node.tag != "div" or (node.text or "").strip() or not len(node)]
    if not inner:
        return text_of(element)
    return text_of(inner[0]) if all(node.tag in ("h2", "h3", "h4", "p") for node in inner) else ""


def _is_standfirst(element: HtmlElement) -> bool:
    """Say whether the markup names an element as standfirst, or as an introduction that is not one of many."""
    if is_named(element, "standfirst_names"):
        return True
    return is_named(element, "introduction_names") and len(element.getparent().findall("p")) < 3


def _serves(text: str, headline: str, publisher: frozenset[str]) -> bool:
    """Say whether a text can be a standfirst: a whole line of its own, neither headline nor site name."""
    if not MIN_WORDS <= count_words(text) <= MAX_WORDS or text.endswith(_CUT_OFF):
        return False
    key, title = folded(text), folded(headline)
    if key in publisher or (title and title in key and len(key) < len(title) * 1.3):
        return False
    return not wordings("description_blurbs").search(text) and furniture_in(text) is None
