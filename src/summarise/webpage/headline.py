"""The headline: what the page prints, confirmed or replaced by what it tells machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from summarise.records import count_words
from summarise.webpage.machine import Claims
from summarise.webpage.markup import clean, folded, is_named, similarity, text_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_WORDS, MAX_LETTERS = 50, 600
"""A headline longer than this is a paragraph in a heading's clothes."""

AGREEMENT = 0.15
"""Share of words that a printed headline must have in common with one of those for machines."""

_TAIL = re.compile(r"^(.*\S)\s+(?:[|·•–—»:/-]|::)\s+(\S.*?)$|^(.*\S)\s*\|\s*(\S.*?)$")


class Headline(NamedTuple):
    """A headline, and the element that prints it if there is one."""

    text: str
    element: HtmlElement | None


def find_headline(tree: HtmlElement, claims: Claims, publisher: frozenset[str]) -> Headline:
    """Return the page's headline; `publisher` holds the folded names of the site.

    The printed headline wins over the ones for machines, which are often shortened or
    rewritten for search engines, unless it shares hardly a word with any of them: then it
    heads a section or a box. Of several printed ones, the most agreed with is taken.
    """
    titles = claims.texts("headline") + claims.told("og:title", "twitter:title") + _title(tree)
    machine = [text for text in (strip_site(without_tags(text[:MAX_LETTERS]), publisher) for text in titles) if text]
    printed = [headline for headline in _printed(tree) if folded(headline.text) not in publisher]
    best = max(printed, key=lambda headline: _agreement(headline.text, machine), default=None)
    if best is None:
        return Headline(_best_of(machine), None)
    needed = 0.5 if count_words(best.text) < 3 else AGREEMENT
    told = _best_of(machine)
    if _agreement(best.text, machine) < needed and count_words(told) >= min(3, count_words(best.text)):
        return Headline(told, None)
    return Headline(strip_site(best.text, publisher), best.element)


def _agreement(text: str, others: list[str]) -> float:
    return max((similarity(text, other) for other in others), default=0.0)


def _title(tree: HtmlElement) -> list[str]:
    element = tree.find(".//head/title")
    return [element.text_content()] if element is not None else []


def _printed(tree: HtmlElement) -> list[Headline]:
    """Return the <h1> texts of a page, or else the headings that the markup names as its headline."""
    elements = list(tree.iter("h1"))
    if not any(clean(element.text_content()) for element in elements):
        marked = './/*[@itemprop="headline"][not(self::meta)]|.//h2[contains(@class,"headline")]'
        elements = tree.xpath(marked)[:3]
    found = [Headline(_without_labels(element), element) for element in elements]
    return [
        headline
        for headline in found
        if 0 < len(headline.text) <= MAX_LETTERS and count_words(headline.text) <= MAX_WORDS
    ]


def _without_labels(element: HtmlElement) -> str:
    """Return a headline's text without the section label or hidden words that some templates put into it."""
    if not len(element):
        return clean(element.text or "")
    parts = [element.text or ""]
    for child in element:
        if not is_named(child, "headline_labels"):
            parts.append(f" {text_of(child)} " if child.tag in ("br", "span", "div") else text_of(child))
        parts.append(child.tail or "")
    return clean("".join(parts)) or text_of(element)


def _best_of(candidates: list[str]) -> str:
    """Return the first candidate that is long enough and not cut off, in the order of the sources."""
    whole = [text for text in candidates if not text.endswith(("…", "..."))]
    return next((text for text in whole if count_words(text) >= 3), next(iter(whole or candidates), ""))


def strip_site(title: str, publisher: frozenset[str]) -> str:
    """Return a title without the site's name, and the section beside it, at either end."""
    while match := _TAIL.match(title):
        rest, tail = (match[1], match[2]) if match[1] else (match[3], match[4])
        first, bar, behind = title.partition(" | ")
        if folded(tail) in publisher or _is_section(rest, tail, title):
            title = rest
        elif bar and (folded(first) in publisher or _is_label(first, behind)):
            title = behind
        else:
            break
    return title


def _is_section(rest: str, tail: str, title: str) -> bool:
    """Say whether what stands behind a bar is a section."""
    return title.endswith(f"| {tail}") and _is_label(tail, rest)


def _is_label(part: str, rest: str) -> bool:
    """Say whether a part beside a bar is a label: a few words beside a headline that is long enough."""
    return count_words(part) <= 4 and count_words(rest) >= max(4, count_words(part) + 1)
