"""When an article was published and changed: the day, and the moment with its zone, as the page gives them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from summarise.webpage.headline import Headline
from summarise.webpage.machine import Claims
from summarise.webpage.markup import ancestors, in_furniture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "article.published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)

MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "article.updated",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_MOMENT = re.compile(
    r"((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?!\d)", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def find_day(tree: HtmlElement, claims: Claims, headline: Headline) -> str | None:
    """Return the day of publication that the page says outright, or None."""
    return next((day for day in map(iso_day, _told(tree, claims, headline)) if day), None)


def find_moment(tree: HtmlElement, claims: Claims, headline: Headline, day: str | None) -> str | None:
    """Return the moment of publication on its day, in ISO 8601 with the zone that the page gives, or None."""
    moments = (moment for text in _told(tree, claims, headline) if (moment := iso_moment(text)))
    return next((moment for moment in moments if moment[:10] == day), None)


def find_modified(tree: HtmlElement, claims: Claims, published: str | None) -> str | None:
    """Return when the article was last changed, a moment or a day, or None; no change is before publication."""
    told = claims.texts("dateModified") + claims.told(*MODIFIED_METAS)
    told += [element.get("datetime") or "" for element in tree.xpath('.//time[@itemprop="dateModified"]')[:1]]
    found = (iso_moment(text) or iso_day(text) for text in told)
    return next((moment for moment in found if moment and (not published or moment[:10] >= published)), None)


def _told(tree: HtmlElement, claims: Claims, headline: Headline) -> list[str]:
    told = claims.texts("datePublished") + claims.texts("coverageStartTime") + claims.told(*DATE_METAS)
    return told + _printed(tree, headline)


def iso_moment(text: str) -> str | None:
    """Return a moment in ISO 8601, its zone as +00:00 if it is UTC and left out if none is given, or None."""
    match = _MOMENT.search(text[:100])
    if match is None:
        return None
    day, clock, seconds, zone = match[1], match[2], match[3] or ":00", (match[4] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{seconds}{zone}").isoformat()
    except ValueError:
        return None


def _printed(tree: HtmlElement, headline: Headline) -> list[str]:
    """Return the <time> that the markup names as publication, or the first one after the headline."""
    marked = tree.xpath('.//time[@pubdate or @itemprop="datePublished"]')
    if not marked:
        around = ancestors(headline.element)
        after = tree.xpath("(.//h1/following::time[@datetime])[1]")
        marked = [element for element in after if not in_furniture(element, around)]
    return [element.get("datetime") or element.text_content() for element in marked[:1]]


def iso_day(text: str) -> str | None:
    """Return the day of a date in ISO 8601 or in English words, or None if it is none."""
    text = text[:100]
    if match := _ISO.search(text):
        parts = match[1], match[2], match[3]
    elif match := _DAY_FIRST.search(text):
        parts = match[3], match[2], match[1]
    elif match := _MONTH_FIRST.search(text):
        parts = match[3], match[1], match[2]
    else:
        return None
    year, month, day = parts
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
