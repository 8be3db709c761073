"""Facts about the article of a page: headline, standfirst, authors, day, site and address.

What the page prints is trusted before what it tells machines; JSON-LD, Open Graph and
<title> confirm the printed headline or stand in for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from summarise.records import count_words
from summarise.webpage.byline import find_authors
from summarise.webpage.dates import find_day, find_modified, find_moment
from summarise.webpage.headline import Headline, find_headline
from summarise.webpage.machine import Claims, name_in
from summarise.webpage.markup import clean, folded
from summarise.webpage.particulars import Particulars, find_particulars
from summarise.webpage.standfirst import Standfirst, find_standfirst

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DOMAIN_PARTS = frozenset(("www", "com", "co", "uk", "org", "net", "example", "ie", "news", "m"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about its article.

    `publisher` holds the folded names of the site and its owner, `article_body` the text
    that JSON-LD carries, if any, `claims` all that the page tells machines.
    """

    headline: Headline
    standfirst: Standfirst | None
    authors: tuple[str, ...]
    published: str | None
    site: str | None
    url: str | None
    publisher: frozenset[str]
    article_body: str | None
    published_at: str | None
    modified: str | None
    particulars: Particulars
    claims: Claims


def read_facts(tree: HtmlElement, url: str | None = None) -> Facts:
    """Return the facts about the article of a parsed page; `url` is the address that the input gives."""
    claims = Claims.of(tree)
    address = _address(tree, claims, url)
    host = (urlsplit(address).hostname or "") if address else ""
    site = _site(claims)
    publisher = _publisher_names(site, claims, host)
    headline = find_headline(tree, claims, publisher)
    site = (site if folded(site or "") != folded(headline.text) else None) or _site_behind_title(tree, headline.text)
    published = find_day(tree, claims, headline) or _searched_day(tree)
    return Facts(
        headline=headline,
        standfirst=find_standfirst(tree, claims, headline, publisher),
        authors=find_authors(tree, claims, headline, publisher),
        published=published,
        site=site or host.removeprefix("www.") or None,
        url=address,
        publisher=publisher,
        article_body=max(claims.texts("articleBody"), key=len, default=None),
        published_at=find_moment(tree, claims, headline, published),
        modified=find_modified(tree, claims, published),
        particulars=find_particulars(tree, claims),
        claims=claims,
    )


def _site(claims: Claims) -> str | None:
    named = claims.told("og:site_name")
    named += [name for node in claims.articles if (name := name_in(node.get("publisher")))]
    named += [name for node in claims.publishers if (name := name_in(node))]
    named += claims.told("dc.publisher", "application-name")
    return next((name for name in (clean(text.split(" | ")[0]).lstrip("@") for text in named) if name), None)


def _site_behind_title(tree: HtmlElement, headline: str) -> str | None:
    """Return the name that <title> sets behind the very headline and a bar or dash, as sites without <meta> do."""
    element = tree.find(".//head/title")
    title = clean(element.text_content()) if element is not None else ""
    if not headline or not title.startswith(headline):
        return None
    tail = re.fullmatch(r"\s*[|–—·-]\s+(?:[^|–—]{1,40}\s[|–—]\s)*([^|–—]{2,60})", title[len(headline) :])
    return tail[1].strip() if tail and tail[1][0].isupper() and count_words(tail[1]) <= 6 else None


def _publisher_names(site: str | None, claims: Claims, host: str) -> frozenset[str]:
    """Return the folded names by which the page's publisher goes."""
    names = {folded(site or ""), folded(host.removeprefix("www."))}
    names.update(folded(name_in(node) or "") for node in claims.publishers)
    names.update(folded(name_in(node.get("publisher")) or "") for node in claims.articles)
    labels = [label for label in host.split(".") if label not in _DOMAIN_PARTS]
    names.update(folded(label) for label in labels)
    return frozenset(name for name in names if len(name) > 1)


def _address(tree: HtmlElement, claims: Claims, given: str | None) -> str | None:
    """Return the canonical address: of <link>, of Open Graph, or the one that the input gives."""
    shared = next(iter(claims.told("og:url")), "").strip()
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    canonical = [_joined(shared or given or "", link.strip()) for link in links if link]
    return next((address for address in (*canonical, shared, given) if address and _is_web(address)), None)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()


def _searched_day(tree: HtmlElement) -> str | None:
    """Return the day that htmldate finds, through trafilatura, where the page does not say one outright.

    New Year's Day is what it makes of a bare year in the text: it counts where the page prints it. Only the day is
    taken: the authors that this search adds are mostly commenters or those of other stories.
    """
    from trafilatura.metadata import extract_metadata

    day = extract_metadata(tree, extensive=True).date or None
    if day and day.endswith("-01-01"):
        printed = (
            rf"\b1(?:st)?\s+jan\w*\s+{day[:4]}\b|\bjan\w*\.?\s+1(?:st)?,?\s+{day[:4]}\b|{day}|\b0?1/0?1/{day[:4]}\b"
        )
        return day if re.search(printed, tree.text_content(), re.IGNORECASE) else None
    return day
