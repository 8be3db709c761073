"""The standfirst: printed below the headline, or told to machines as the article's description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from summarise.furniture import wordings
from summarise.records import count_words
from summarise.webpage.headline import Headline
from summarise.webpage.machine import Claims
from summarise.webpage.markup import ancestors, folded, in_furniture, is_named, text_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_WORDS, MAX_WORDS = 5, 80

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
        text = text_of(element)
        if _serves(text, headline.text, publisher):
            return Standfirst(text, printed=True)
    told = claims.texts("description") + claims.told("og:description", "description", "twitter:description")
    for description in told:
        text = without_tags(description)
        if _serves(text, headline.text, publisher) and not wordings("description_blurbs").search(text):
            return Standfirst(text, printed=False)
    return None


def _below_headline(headline: Headline) -> Iterator[HtmlElement]:
    """Yield the line below the headline in the same <header>, where the markup names no other thing."""
    element = headline.element
    if element is None or next(element.iterancestors("header"), None) is None:
        return
    below = element.getnext()
    if below is None or below.tag not in ("h2", "h3", "p"):
        return
    if not is_named(below, "byline_names") and not is_named(below, "furniture_names"):
        yield below


def _named_elements(tree: HtmlElement, headline: Headline) -> Iterator[HtmlElement]:
    """Yield the elements that the markup names as a standfirst, below the headline if that is printed."""
    passed = headline.element is None
    around = ancestors(headline.element)
    for element in tree.iter("h1", *_TAGS):
        if element is headline.element:
            passed = True
        elif passed and element.tag != "h1" and _is_standfirst(element) and not in_furniture(element, around):
            yield element


def _is_standfirst(element: HtmlElement) -> bool:
    """Say whether the markup names an element as standfirst, or as an introduction that is not one of many."""
    if is_named(element, "standfirst_names"):
        return True
    return is_named(element, "introduction_names") and len(element.getparent().findall("p")) < 3


def _serves(text: str, headline: str, publisher: frozenset[str]) -> bool:
    """Say whether a text can be a standfirst: a whole line of its own, neither headline nor site name."""
    if not MIN_WORDS <= count_words(text) <= MAX_WORDS or text.endswith(_CUT_OFF):
        return False
    key = folded(text)
    return key != folded(headline) and key not in publisher
