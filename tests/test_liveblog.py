"""The posts of a live blog are its body; tweets, calls to readers and buttons are not."""

from __future__ import annotations

import json

import pytest

from summarise.extraction import extract
from summarise.pages import page_from_bytes
from summarise.records import Article

HEADLINE = "Bridge closure live: Ferry queue reaches two hours"
POSTS = (
    (
        "Engineers find a second crack",
        "A second crack has been found in the south tower, the bridge board said in a statement issued at noon today.",
    ),
    (
        "Ferry adds four crossings",
        "The ferry will make four more crossings each way this evening, its operator says, but asks people not to bring cars.",
    ),
    (
        "Hospital asks staff to stay",
        "The county hospital has asked nurses who live across the water to stay overnight, and has opened a ward for them.",
    ),
    (
        "Minister to visit on Friday",
        "The transport minister will see the damage for himself on Friday, his department said, and will meet the mayor.",
    ),
    (
        "Bridge closed at dawn",
        "Police closed the bridge to all traffic at 5.40am, after a lorry driver reported that a joint in the road had opened.",
    ),
)


def _page(body: str, head: str = "") -> Article:
    html = (
        f"<html><head><title>{HEADLINE}</title>{head}</head><body><main><h1>{HEADLINE}</h1>{body}</main></body></html>"
    )
    return extract(page_from_bytes(html.encode()))


def _live(posts: object) -> str:
    data = {
        "@type": "LiveBlogPosting",
        "headline": HEADLINE,
        "datePublished": "2024-02-01T05:50:00Z",
        "dateModified": "2024-02-01T19:00:00Z",
        "liveBlogUpdate": posts,
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _told(number: int = 5) -> list[dict[str, str]]:
    return [{"@type": "BlogPosting", "headline": title, "articleBody": text} for title, text in POSTS[:number]]


def test_posts_told_to_machines_complete_a_page_that_prints_the_newest_only() -> None:
    article = _page(f"<article><h2>{POSTS[0][0]}</h2><p>{POSTS[0][1]}</p></article>", _live(_told()))
    assert article.paragraphs == tuple(part for post in POSTS for part in post)
    assert article.headings == frozenset(range(0, 10, 2))
    assert (article.kind, article.published) == ("live blog", "2024-02-01")


def test_a_post_s_headline_that_is_only_its_opening_is_not_printed_twice() -> None:
    posts = [{"headline": text[:60], "articleBody": f"<p>{text}</p>"} for _, text in POSTS]
    assert _page("<p>Loading</p>", _live(posts)).paragraphs == tuple(text for _, text in POSTS)


@pytest.mark.parametrize(
    "posts", [None, "x", {"articleBody": 7}, [[], 3, {"headline": {}}], [{"articleBody": " "}] * 9]
)
def test_posts_of_any_shape_are_passed_over(posts: object) -> None:
    printed = "".join(f"<p>{text}</p>" for _, text in POSTS)
    assert _page(printed, _live(posts)).paragraphs == tuple(text for _, text in POSTS)


def test_posts_of_another_live_blog_are_not_taken() -> None:
    printed = "".join(f"<p>{text}</p>" for _, text in POSTS)
    other = [
        {"articleBody": f"Round {n} of the snooker began an hour late because the tables had to be levelled again."}
        for n in range(30)
    ]
    assert _page(printed, _live(other)).paragraphs == tuple(text for _, text in POSTS)


@pytest.mark.parametrize(
    "post",
    [
        '<div class="post" data-post-id="{n}"><time>1{n}:05</time><h3>{title}</h3><p>{text}</p></div>',
        '<article data-entry="{n}"><header><span>1{n}.05</span><h2>{title}</h2></header><div class="entry-text"><p>{text}</p></div><button>Share</button></article>',
        '<li data-update-id="{n}"><h3>{title}</h3><div><p>{text}</p></div></li>',
    ],
)
def test_printed_posts_are_read_whole_and_in_order(post: str) -> None:
    tweet = '<blockquote class="twitter-tweet"><p>Never seen a queue like it</p>&mdash; Gull (@gull) <a href="#">1 Feb 2024</a></blockquote>'
    call = "<p>Are you stuck at the bridge? Email our news team with your pictures</p>"
    parts = [post.format(n=n, title=title, text=text) for n, (title, text) in enumerate(POSTS)]
    article = _page(f'<div class="live">{parts[0]}{parts[1]}{tweet}{parts[2]}{call}{parts[3]}{parts[4]}</div>')
    prose = [text for text in article.paragraphs if len(text) > 60]
    assert prose == [text for _, text in POSTS]
    assert not [text for text in article.paragraphs if "queue like it" in text or "Email" in text]
