"""The day of publication, as YYYY-MM-DD in the time zone in which the page gives it."""

from __future__ import annotations

import re
from datetime import date
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

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def find_day(tree: HtmlElement, claims: Claims, headline: Headline) -> str | None:
    """Return the day of publication that the page says outright, or None."""
    told = claims.texts("datePublished") + claims.told(*DATE_METAS) + _printed(tree, headline)
    return next((day for day in map(iso_day, told) if day), None)


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
