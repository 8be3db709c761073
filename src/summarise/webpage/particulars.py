"""What else a page says of its article: its kind, its section and keywords, and whether it stands behind a paywall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from summarise.furniture import Passage, wordings
from summarise.records import count_words
from summarise.webpage.machine import Claims, Node, is_type
from summarise.webpage.markup import clean, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KEYWORDS = 20
"""Keywords that are kept; pages that tell hundreds tell them to search engines."""

LIST_HEADINGS = 4
"""Numbered cross-headings from which an article is a list."""

VIDEO_WORDS = 200
"""Words below which a text beside a video is the video's description."""

_LIVE = re.compile(r"LiveBlogPosting$")
_OPINION = re.compile(r"Opinion\w*Article$")
_VIDEO = re.compile(r"VideoObject$")
_NUMBERED = re.compile(r"^(?:(?:no\.?\s?|#)?\d{1,3}(?:[.):]|\s[-–—])\s|\d{1,2}\s+[A-Z])")
_COUNTED = re.compile(
    r"^(?:the\s+)?(?:[1-9]\d?|ten|nine|eight|seven|six|five|twelve|twenty)\s+(?:(?!per\b|people\b|years?\b)[\w'’-]+\s+){0,3}"
    r"(?:things|ways|reasons|tips|best|signs|places|facts|steps|questions|ideas|mistakes|foods|books|films|walks)\b",
    re.IGNORECASE,
)
_FREE = {"true": True, "false": False, "yes": True, "no": False}
_TIERS = {"free": False, "open": False, "locked": True, "premium": True, "paid": True, "subscriber": True}


class Particulars(NamedTuple):
    """Section, keywords and paywall; `paywalled` is None where the page does not say."""

    section: str | None
    keywords: tuple[str, ...]
    paywalled: bool | None


def find_particulars(tree: HtmlElement, claims: Claims) -> Particulars:
    """Return what a page tells machines about the place of its article."""
    sections = [text for node in claims.articles for text in _texts(node.get("articleSection"))]
    sections += claims.told("article:section", "og:article:section", "section", "parsely-section", "sailthru.section")
    return Particulars(
        section=next((text for text in map(without_tags, sections) if 0 < len(text) <= 60), None),
        keywords=_keywords(tree, claims),
        paywalled=_paywalled(claims),
    )


def _texts(value: Any) -> list[str]:
    """Return the texts in a JSON-LD value that may be a string, a node with a name, or a list of these."""
    if isinstance(value, list):
        return [text for item in value[:50] for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(value.get("name"))
    return [value] if isinstance(value, str) and value.strip() else []


def _keywords(tree: HtmlElement, claims: Claims) -> tuple[str, ...]:
    """Return the keywords of the first source that has any: JSON-LD, tags of the article, <meta>."""
    tags = [element.get("content") or "" for element in tree.iter("meta") if element.get("property") == "article:tag"]
    told = [[text for node in claims.articles for text in _texts(node.get("keywords"))], tags]
    told += [[text] for text in claims.told("news_keywords", "keywords", "parsely-tags", "sailthru.tags")]
    for source in told:
        listed = [clean(part) for text in source for part in re.split(r"\s*[,;]\s*", text[:2000])]
        found = tuple(dict.fromkeys(part for part in listed if 0 < len(part) <= 60))
        if found:
            return found[:KEYWORDS]
    return ()


def _paywalled(claims: Claims) -> bool | None:
    """Return whether an article is for payers only, by JSON-LD or by the tier told in <meta>."""
    for node in claims.articles:
        told = node.get("isAccessibleForFree")
        free = told if isinstance(told, bool) else _FREE.get(str(told).rpartition("/")[2].lower())
        if free is not None:
            return not free
    tiers = claims.told("article:content_tier", "content_tier", "article:opinion_tier")
    return next((_TIERS[tier.lower()] for tier in tiers if tier.lower() in _TIERS), None)


def kind_of(claims: Claims, headline: str, url: str | None, section: str | None, body: Sequence[Passage]) -> str:
    """Return the kind of an article: "live blog", "opinion", "listicle", "video page" or "article"."""
    if _is_live_blog(claims.nodes, headline, body):
        return "live blog"
    if any(is_type(node, _OPINION) for node in claims.nodes) or _is_opinion(url, section):
        return "opinion"
    if _is_list(headline, body):
        return "listicle"
    return "video page" if _is_video_page(claims, body) else "article"


def _is_live_blog(nodes: Sequence[Node], headline: str, body: Sequence[Passage]) -> bool:
    """Say whether a page is a live blog: told so, or a headline that says so above several times of day."""
    if any(is_type(node, _LIVE) for node in nodes):
        return True
    times = sum(bool(re.match(r"^\d{1,2}[.:]\d\d\b", passage.text)) for passage in body)
    return times >= 3 and bool(re.search(r"\blive\b", headline, re.IGNORECASE))


def _is_opinion(url: str | None, section: str | None) -> bool:
    path = urlsplit(url).path if url else ""
    named = wordings("opinion_sections")
    return any(named.fullmatch(part) for part in (*path.lower().split("/")[:-1], (section or "").strip().lower()))


def _is_list(headline: str, body: Sequence[Passage]) -> bool:
    """Say whether an article is a list: numbered headings, or a counted headline above as many headings."""
    headings = [passage.text for passage in body if passage.heading]
    numbered = sum(bool(_NUMBERED.match(text)) for text in headings)
    return numbered >= LIST_HEADINGS or (len(headings) >= LIST_HEADINGS and bool(_COUNTED.match(headline)))


def _is_video_page(claims: Claims, body: Sequence[Passage]) -> bool:
    """Say whether a page is about a video: it calls itself one, and its text is no longer than a description."""
    if sum(count_words(passage.text) for passage in body) >= VIDEO_WORDS:
        return False
    called = any(text.lower().startswith("video") for text in claims.told("og:type"))
    return called or (not claims.articles and any(is_type(node, _VIDEO) for node in claims.nodes))
