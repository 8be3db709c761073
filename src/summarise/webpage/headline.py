"""The headline and the standfirst: what the page prints, weighed against what it tells machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarise.furniture import wordings
from summarise.records import count_words
from summarise.webpage.machine import Node, name_in, string
from summarise.webpage.markup import clean, folded, in_furniture, named, similarity, text_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SUFFIX = re.compile(r"^(.*\S)\s+(?:[|·•–—»:/-]|::)\s+(\S.*?)$|^(.*\S)\s*\|\s*(\S.*?)$")




def find_headline(
    tree: HtmlElement, metas: dict[str, str], articles: list[Node], names: frozenset[str]
) -> str:
    """Weigh the printed headlines against those for machines: the printed one wins unless it is another thing."""
    told = [name_in(node.get("headline")) for node in articles]
    told += [metas.get("og:title"), metas.get("twitter:title"), _title(tree)]
    machine = [strip_site(without_tags(text), names) for text in told if text]
    machine = [text for text in machine if text]
    printed = [text for text in _printed_headlines(tree) if folded(text) not in names]
    if not printed:
        return _best_machinefind_headline(machine)
    best = max(printed, key=lambda text: max((similarity(text, other) for other in machine), default=0.0))
    agreed = max((similarity(best, other) for other in machine), default=1.0)
    if agreed < (0.5 if count_words(best) < 3 else 0.15):
        return _best_machinefind_headline(machine)
    return strip_site(best, names)


def _title(tree: HtmlElement) -> str | None:
    element = tree.find(".//head/title")
    return element.text_content() if element is not None else None


def _printed_headlines(tree: HtmlElement) -> list[str]:
    found: list[str] = []
    for element in tree.iter("h1"):
        text = clean(_without_labels(element))
        if text and count_words(text) <= 50:
            found.append(text)
    if not found:
        for element in tree.xpath('.//*[@itemprop="headline"][not(self::meta)]|.//h2[contains(@class,"headline")]')[:3]:
            text = clean(element.text_content())
            if text and count_words(text) <= 50:
                found.append(text)
    return found


def _without_labels(element: HtmlElement) -> str:
    """Return a headline's text without the section label or hidden words that some templates put into it."""
    parts = [element.text or ""]
    for child in element:
        if not (isinstance(child.tag, str) and named(child, "headline_labels")):
            parts.append(" " if child.tag == "br" else "".join(child.itertext()))
        parts.append(child.tail or "")
    return "".join(parts)


def _best_machinefind_headline(candidates: list[str]) -> str:
    """Return the first candidate that is long enough and not cut off, in the order of the sources."""
    whole = [text for text in candidates if not text.endswith(("…", "..."))]
    return next((text for text in whole if count_words(text) >= 3), next(iter(whole or candidates), ""))


def strip_site(title: str, names: frozenset[str]) -> str:
    """Return a title without the site's name, and the section before it, at either end."""
    while True:
        match = _SUFFIX.match(title)
        if match is None:
            return title
        rest, tail = (match[1], match[2]) if match[1] else (match[3], match[4])
        first, _, behind = title.partition(" | ")
        if folded(tail) in names or _is_section(rest, tail, title):
            title = rest
        elif behind and folded(first) in names:
            title = behind
        else:
            return title


def _is_section(rest: str, tail: str, title: str) -> bool:
    """Say whether what stands behind a bar is a label: a few words behind a headline that is long enough."""
    return title.endswith(f"| {tail}") and count_words(tail) <= 4 and count_words(rest) >= 4




def find_standfirst(
    tree: HtmlElement,
    metas: dict[str, str],
    articles: list[Node],
    headline: str,
    names: frozenset[str],
) -> tuple[str | None, bool]:
    for element in _standfirst_elements(tree):
        text = text_of(element)
        if _serves(text, headline, names, printed=True):
            return text, True
    told = [string(node.get("description")) for node in articles]
    told += [metas.get("og:description"), metas.get("description"), metas.get("twitter:description")]
    for description in filter(None, told):
        text = without_tags(description)
        if _serves(text, headline, names, printed=False):
            return text, False
    return None, False


def _standfirst_elements(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements whose class, id, itemprop or data attribute names a standfirst, in page order."""
    found: list[HtmlElement] = []
    for element in tree.iter("p", "h2", "h3", "h4", "div", "section", "span", "strong", "header"):
        if named(element, "standfirst_names") and not in_furniture(element):
            found.append(element)
            if len(found) == 5:
                break
    return found


def _serves(text: str, headline: str, names: frozenset[str], *, printed: bool) -> bool:
    """Say whether a description is a standfirst rather than a stump, a slogan or the headline again."""
    length = count_words(text)
    if not 5 <= length <= 80 or text.endswith(("…", "...", "[…]", "[...]")):
        return False
    if folded(text) == folded(headline) or folded(text) in names:
        return False
    return printed or not wordings("description_blurbs").search(text)


def is_cut_from(text: str, paragraph: str) -> bool:
    """Say whether a description is nothing but the opening of a body paragraph."""
    return folded(paragraph).startswith(folded(text.rstrip(" .…")))


