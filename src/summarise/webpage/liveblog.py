"""The posts of a live blog, as JSON-LD tells them: `liveBlogUpdate` of a `LiveBlogPosting` (schema.org)."""

from __future__ import annotations

import re
from typing import Any

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.machine import Claims, is_type
from summarise.webpage.markup import folded, without_tags
from summarise.webpage.prose import paragraphs_of

MOST_POSTS = 1_000
HEADING_WORDS = 25
"""A post's headline that is longer is the beginning of its text."""

_LIVE = re.compile(r"LiveBlogPosting$")


def posts_in(claims: Claims) -> list[Passage]:
    """Return the posts of a page's live blogs in the order told, each under its headline if it has one of its own."""
    passages: list[Passage] = []
    for node in claims.nodes:
        if is_type(node, _LIVE):
            updates = node.get("liveBlogUpdate")
            for post in (updates if isinstance(updates, list) else [updates])[:MOST_POSTS]:
                passages += _post(post)
    return passages


def _post(post: Any) -> list[Passage]:
    if not isinstance(post, dict):
        return []
    body, headline = post.get("articleBody"), post.get("headline")
    paragraphs = paragraphs_of(body) if isinstance(body, str) and body.strip() else []
    title = without_tags(headline) if isinstance(headline, str) else ""
    own = count_words(title) <= HEADING_WORDS and paragraphs and not folded(paragraphs[0]).startswith(folded(title))
    heading = [Passage(title, heading=True)] if title and own else []
    return [*heading, *map(Passage, paragraphs)]
