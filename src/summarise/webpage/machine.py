"""What a page tells machines: <meta> elements and JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarise.webpage.markup import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = dict[str, Any]
"""One JSON-LD node."""

JSON_LIMIT = 2_000_000
"""Characters of one JSON-LD script that are read; more is data of another kind."""

_ARTICLE = re.compile(r"Article|BlogPosting|LiveBlog|Report$|Review$")
_PUBLISHER = re.compile(r"Organization|WebSite")
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)?[\s;]*$")
_LOOSE_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class Claims:
    """A page's claims about itself: <meta> contents by name, and JSON-LD nodes."""

    metas: dict[str, str]
    nodes: tuple[Node, ...]

    @classmethod
    def of(cls, tree: HtmlElement) -> Claims:
        """Read the claims of a parsed page; JSON that cannot be parsed is passed over."""
        nodes: list[Node] = []
        for script in tree.iter("script"):
            if "ld+json" in (script.get("type") or "").lower() and script.text:
                _collect(_parse(script.text[:JSON_LIMIT]), nodes, depth=0)
        return cls(_read_metas(tree), tuple(nodes))

    @property
    def articles(self) -> list[Node]:
        """The nodes that describe an article."""
        return [node for node in self.nodes if is_type(node, _ARTICLE)]

    @property
    def publishers(self) -> list[Node]:
        """The nodes that describe an organisation or a site."""
        return [node for node in self.nodes if is_type(node, _PUBLISHER)]

    def told(self, *names: str) -> list[str]:
        """Return the contents of the <meta> elements of these names, in this order."""
        return [self.metas[name] for name in names if name in self.metas]

    def texts(self, key: str) -> list[str]:
        """Return what the article nodes tell under one key, where that is text."""
        return [text for node in self.articles if isinstance(text := node.get(key), str) and text.strip()]


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    """Return the first non-empty content of each <meta>, by lower-case property, name or itemprop."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _parse(text: str) -> Any:
    """Return the data of a JSON-LD script, or None; comment and CDATA marks around it are taken off."""
    text = _WRAPPING.sub("", text)
    for candidate in (text, _LOOSE_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _collect(data: Any, nodes: list[Node], depth: int) -> None:
    if depth > 6 or len(nodes) > 500:
        return
    if isinstance(data, list):
        for item in data[:200]:
            _collect(item, nodes, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data or "@id" in data:
            nodes.append(data)
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            _collect(data.get(key), nodes, depth + 1)


def is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    """Say whether a node is of a type that the pattern finds."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and pattern.search(kind) for kind in listed)


def name_in(value: Any) -> str | None:
    """Return the name in a JSON-LD value that may be a string, a node or a list of either."""
    if isinstance(value, list):
        return next((name for name in map(name_in, value[:20]) if name), None)
    if isinstance(value, dict):
        inner = value.get("name")
        return clean(inner) or None if isinstance(inner, str) else None
    return clean(value) or None if isinstance(value, str) else None
