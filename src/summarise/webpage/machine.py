"""What a page tells machines: <meta> elements and JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from summarise.webpage.markup import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = dict[str, Any]
"""One JSON-LD node."""

JSON_LIMIT = 2_000_000
"""Characters of one JSON-LD script that are read; more is data of another kind."""

_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Review$")


def article_nodes(nodes: list[Node]) -> list[Node]:
    """Return the nodes that describe an article."""
    return [node for node in nodes if is_type(node, _ARTICLE)]




def read_metas(tree: HtmlElement) -> dict[str, str]:
    """Return the first non-empty content of each <meta>, by lower-case property, name or itemprop."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content)
    return found


def read_json_ld(tree: HtmlElement) -> list[Node]:
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        data = _parse_json(script.text[:JSON_LIMIT])
        _collect(data, nodes, depth=0)
    return nodes


def _parse_json(text: str) -> Any:
    """Return the data of a JSON-LD script, or None; comments and CDATA marks around it are taken off."""
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)?[\s;]*$", "", text)
    for candidate in (text, re.sub(r",\s*([}\]])", r"\1", text)):
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
    kinds = node.get("@type")
    return any(isinstance(kind, str) and pattern.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def name_in(value: Any) -> str | None:
    """Return the name in a JSON-LD value that may be a string, a node or a list of either."""
    if isinstance(value, list):
        return next((name for name in map(name_in, value) if name), None)
    if isinstance(value, dict):
        return name_in(value.get("name"))
    return clean(value) if isinstance(value, str) and value.strip() else None


