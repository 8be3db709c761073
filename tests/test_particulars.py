"""Kind, section, keywords, paywall and moments of an article, as its page tells them."""

from __future__ import annotations

import json

import pytest
from lxml import html

from summarise.extraction import extract
from summarise.furniture import Passage
from summarise.pages import page_from_bytes
from summarise.records import Article
from summarise.webpage.dates import iso_moment
from summarise.webpage.machine import Claims
from summarise.webpage.particulars import find_particulars, kind_of

PROSE = "The council met on Monday to decide what the town can afford, and it went on until ten at night. "
BODY = [f"{PROSE}That was meeting number {n}, and every seat in the hall was taken by half past six." for n in range(4)]


def _claims(head: str) -> Claims:
    return Claims.of(html.fromstring(f"<html><head>{head}</head><body></body></html>"))


def _ld(kind: str = "NewsArticle", **facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **facts})}</script>'


def _page(head: str, body: str = "", headline: str = "Council meets again") -> Article:
    paragraphs = body or "".join(f"<p>{text}</p>" for text in BODY)
    markup = f"<html><head><title>{headline}</title>{head}</head><body><h1>{headline}</h1>{paragraphs}</body></html>"
    return extract(page_from_bytes(markup.encode()))


@pytest.mark.parametrize(
    ("head", "url", "section", "kind"),
    [
        (_ld("LiveBlogPosting"), None, None, "live blog"),
        (_ld("OpinionNewsArticle"), None, None, "opinion"),
        ("", "https://a.example/opinion/2024/we-must-act", None, "opinion"),
        ("", None, "Comment", "opinion"),
        ('<meta property="og:type" content="video.other">', None, None, "video page"),
        (_ld("VideoObject"), None, None, "video page"),
        (_ld(), "https://a.example/news/opinion-poll-shows-lead", "News", "article"),
        (_ld(), "https://a.example/news/council", "Voices of the Valley", "article"),
    ],
)
def test_the_kind_is_read_from_what_the_page_tells(head: str, url: str | None, section: str | None, kind: str) -> None:
    assert kind_of(_claims(head), "Council meets", url, section, [Passage(BODY[0])]) == kind


@pytest.mark.parametrize(
    ("headline", "headings", "kind"),
    [
        ("Where to go this weekend", ("1. The old mill", "2. The park", "3. The zoo", "4. The pier"), "listicle"),
        (
            "Seven ways to save on your water bill",
            ("Fit a butt", "Shower less", "Fix drips", "Ask for a meter"),
            "listicle",
        ),
        ("Seven people hurt as bus hits wall", ("What happened", "Who was hurt", "The road", "What next"), "article"),
        ("Seven ways out of the crisis", ("What the bank says",), "article"),
    ],
)
def test_a_list_is_told_by_its_headings(headline: str, headings: tuple[str, ...], kind: str) -> None:
    body = [part for heading in headings for part in (Passage(heading, heading=True), Passage(PROSE))]
    assert kind_of(_claims(""), headline, None, None, body) == kind


def test_a_live_headline_needs_times_of_day_below_it() -> None:
    times = [Passage(f"{hour}:15 {PROSE}") for hour in (9, 10, 11)]
    assert kind_of(_claims(""), "Storm live: latest from the coast", None, None, times) == "live blog"
    assert kind_of(_claims(""), "The families who live on the edge", None, None, times[:1]) == "article"


@pytest.mark.parametrize(
    ("head", "paywalled"),
    [
        (_ld(isAccessibleForFree=False), True),
        (_ld(isAccessibleForFree="False"), True),
        (_ld(isAccessibleForFree="http://schema.org/False"), True),
        (_ld(isAccessibleForFree=True), False),
        ('<meta property="article:content_tier" content="locked">', True),
        ('<meta property="article:content_tier" content="free">', False),
        ('<meta property="article:content_tier" content="metered">', None),
        (_ld(isAccessibleForFree=None), None),
        ("", None),
    ],
)
def test_a_paywall_is_told_or_it_is_unknown(head: str, paywalled: bool | None) -> None:
    assert _page(head).paywalled is paywalled


@pytest.mark.parametrize(
    ("head", "section", "keywords"),
    [
        (_ld(articleSection=["Politics", "UK"], keywords="budget, tax ,budget"), "Politics", ("budget", "tax")),
        (_ld(keywords=["a", {"name": "b"}, 7, ""]), None, ("a", "b")),
        (
            '<meta property="article:section" content="Money &amp; Bills"><meta property="article:tag" content="x"><meta property="article:tag" content="y">',
            "Money & Bills",
            ("x", "y"),
        ),
        ('<meta name="keywords" content="one;two">', None, ("one", "two")),
        (_ld(articleSection={"a": 1}, keywords={"a": [1]}), None, ()),
    ],
)
def test_section_and_keywords_come_from_the_first_source_that_has_any(
    head: str, section: str | None, keywords: tuple[str, ...]
) -> None:
    tree = html.fromstring(f"<html><head>{head}</head><body></body></html>")
    found = find_particulars(tree, Claims.of(tree))
    assert (found.section, found.keywords) == (section, keywords)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-03T08:00:00Z", "2024-05-03T08:00:00+00:00"),
        ("2024-05-03T08:00:00.123+0100", "2024-05-03T08:00:00+01:00"),
        ("2024-05-03 08:00 UTC", "2024-05-03T08:00:00+00:00"),
        ("2024-05-03T08:00", "2024-05-03T08:00:00"),
        ("2024-05-03", None),
        ("2024-05-03T31:00Z", None),
        ("3 May 2024", None),
    ],
)
def test_a_moment_keeps_the_zone_that_the_page_gives(text: str, moment: str | None) -> None:
    assert iso_moment(text) == moment


def test_publication_and_change_are_told_apart() -> None:
    article = _page(_ld(datePublished="2024-05-03T23:30:00+01:00", dateModified="2024-05-04T07:00:00+01:00"))
    assert (article.published, article.published_at) == ("2024-05-03", "2024-05-03T23:30:00+01:00")
    assert article.modified == "2024-05-04T07:00:00+01:00"


def test_a_change_before_publication_is_no_change() -> None:
    assert _page(_ld(datePublished="2024-05-03T10:00:00Z", dateModified="2024-05-01T10:00:00Z")).modified is None


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Council meets again - Slaithby Town Council", "Slaithby Town Council"),
        ("Council meets again | News | Slaithby Post", "Slaithby Post"),
        ("Council meets again - but nobody comes", None),
        ("Council meets again", None),
        ("The council has met | Slaithby Post", None),
    ],
)
def test_the_site_is_named_behind_the_very_headline(title: str, site: str | None) -> None:
    markup = f"<html><head><title>{title}</title></head><body><h1>Council meets again</h1>{''.join(f'<p>{t}</p>' for t in BODY)}</body></html>"
    assert extract(page_from_bytes(markup.encode())).site == site
