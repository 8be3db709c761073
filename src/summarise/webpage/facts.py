"""Facts about the article of a page: headline, standfirst, authors, day, site and address.

What the page prints is trusted before what it tells machines; JSON-LD, Open Graph and
<title> confirm the printed headline or stand in for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from summarise.webpage.byline import find_authors, people_of
from summarise.webpage.headline import find_headline, find_standfirst
from summarise.webpage.machine import Node, article_nodes, is_type, name_in, read_json_ld, read_metas, string
from summarise.webpage.markup import clean, folded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO_DATE = re.compile(r"\b((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about its article; `article_body` is the text that JSON-LD carries, if any.

    `standfirst_printed` says whether the standfirst is in the page's own markup, where
    `standfirst_path` finds its element, or comes from a description for machines.
    """

    headline: str
    standfirst: str | None
    standfirst_printed: bool
    authors: tuple[str, ...]
    published: str | None
    site: str | None
    url: str | None
    article_body: str | None


def read_facts(tree: HtmlElement, url: str | None = None) -> Facts:
    """Return the facts about the article of a parsed page; `url` is the address that the input gives."""
    metas = read_metas(tree)
    nodes = read_json_ld(tree)
    articles = article_nodes(nodes)
    site = _site(metas, nodes, articles)
    address = _address(tree, metas, url)
    host = urlsplit(address).hostname if address else None
    names = _publisher_names(site, nodes, host)
    headline = find_headline(tree, metas, articles, names)
    standfirst, printed = find_standfirst(tree, metas, articles, headline, names)
    authors = find_authors(tree, metas, articles, nodes, names)
    published = _published(tree, metas, articles)
    if not authors or not published:
        authors, published = _ask_trafilatura(tree, authors, published, names)
    bodies = [body for body in (string(node.get("articleBody")) for node in articles) if body]
    return Facts(
        headline=headline,
        standfirst=standfirst,
        standfirst_printed=printed,
        authors=authors,
        published=published,
        site=site or (host.removeprefix("www.") if host else None),
        url=address,
        article_body=max(bodies, key=len) if bodies else None,
    )




def _site(metas: dict[str, str], nodes: list[Node], articles: list[Node]) -> str | None:
    given = metas.get("og:site_name") or next(filter(None, (name_in(node.get("publisher")) for node in articles)), None)
    if not given:
        sites = (name_in(node) for node in nodes if is_type(node, re.compile("WebSite|NewsMediaOrganization")))
        given = next(filter(None, sites), None) or metas.get("application-name")
    return (clean(given).lstrip("@") or None) if given else None


def _publisher_names(site: str | None, nodes: list[Node], host: str | None) -> frozenset[str]:
    """Return the folded names by which the page's publisher goes."""
    names = {folded(site)} if site else set()
    for node in nodes:
        if is_type(node, re.compile("Organization|WebSite")):
            names.add(folded(name_in(node) or ""))
        names.add(folded(name_in(node.get("publisher")) or ""))
    if host:
        labels = [label for label in host.split(".") if label not in ("www", "com", "co", "uk", "org", "net")]
        names.update([folded(host.removeprefix("www.")), *map(folded, labels[:1]), folded("".join(labels))])
    return frozenset(name for name in names if len(name) > 1)


def _address(tree: HtmlElement, metas: dict[str, str], given: str | None) -> str | None:
    shared = metas.get("og:url", "").strip()
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            canonical = urljoin(shared or given or "", link.get("href", "").strip())
            if _is_web(canonical):
                return canonical
    return next((address for address in (shared, given) if address and _is_web(address)), None)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)



_DATE_METAS = (
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


def _published(tree: HtmlElement, metas: dict[str, str], articles: list[Node]) -> str | None:
    told = [string(node.get("datePublished")) for node in articles]
    told += [metas.get(key) for key in _DATE_METAS]
    told += [element.get("datetime") for element in tree.xpath('.//time[@pubdate or @itemprop="datePublished"]')[:2]]
    return next(filter(None, (iso_date(text) for text in told if text)), None)


@lru_cache(maxsize=1024)
def iso_date(text: str) -> str | None:
    """Return the day of a date in ISO 8601 or in words, as YYYY-MM-DD in its own time zone; None if it is none."""
    match = _ISO_DATE.search(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        from dateutil.parser import parse

        found: datetime = parse(text[:60], dayfirst=True, ignoretz=True)
    except (ValueError, OverflowError, TypeError):
        return None
    return found.date().isoformat() if 1990 <= found.year <= 2100 else None


def _ask_trafilatura(
    tree: HtmlElement, authors: tuple[str, ...], published: str | None, names: frozenset[str]
) -> tuple[tuple[str, ...], str | None]:
    """Fill what the page does not say outright by trafilatura's search, with htmldate for the day."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree)
    people = authors or people_of([found.author] if found.author else [], names)
    return people, published or (found.date or None)

