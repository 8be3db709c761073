"""The body of an article that a page holds only in the state of its script.

Pages that are built in the browser carry their article as JSON: `__NEXT_DATA__`, `window.__PRELOADED_STATE__`,
an Apollo or Redux cache. The walk knows no site's format: it looks for the list of blocks, or the long text, that
holds most prose, and takes it only where the same JSON object carries the page's headline or the page already
prints a part of that text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from summarise.furniture import Passage
from summarise.records import count_words
from summarise.webpage.markup import clean, folded, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

STATE_LIMIT = 6_000_000
"""Characters of script that are read on one page."""

LEAST_SCRIPT = 2_000
"""Characters of a script below which it holds no article."""

MOST_NODES = 200_000
"""Values of a page's state that are looked at."""

DEEPEST = 60
PROSE = 8
"""Words from which a text in a state is prose and not a label."""

LEAST_BODY = 60
"""Words from which a text in a state can be a body."""

_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)(?:\.|\[[\"'])[\w$]{2,60}(?:[\"']\])?\s*=\s*(JSON\.parse\(\s*)?(?=[\[{\"'])"
)
_NO_TEXT = re.compile(
    r"image|photo|picture|video|audio|caption|credit|related|promo|advert|\bads?\b|embed|newsletter|media|tweet|social"
    r"|link-?list|podcast|gallery|by-?line|author|contributor|comment|recommend|teaser|carousel|poll|interactive"
    r"|copyright|metadata|subscri|most-?(?:read|popular)|map$|chart",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:(?:cross|sub)-?(?:head(?:ing|line)?)s?|head(?:ing|er)\w*|h[2-6])$|heading\w*(?:block)?$", re.IGNORECASE
)
_BLOCK = re.compile(r"^(?:p|li)$|paragraph|list-?item|(?:text|html)-?block", re.IGNORECASE)
_KINDS = ("type", "__typename", "kind", "blockType", "nodeType", "name", "tag", "tagName", "_type", "elementType")
_TEXTS = (
    "text",
    "value",
    "html",
    "content",
    "body",
    "copy",
    "data",
    "paragraph",
    "plainText",
    "plaintext",
    "textContent",
)
_CHILDREN = (
    "children",
    "content",
    "blocks",
    "body",
    "model",
    "nodes",
    "items",
    "data",
    "attributes",
    "props",
    "spans",
    "elements",
)
_TITLES = re.compile(r"^(?:seo)?-?(?:headlines?|title|name|heading|short(?:headline|title)|default)$", re.IGNORECASE)
_BREAK = re.compile(r"\s*\n\s*|</p>|</li>|</h[1-6]>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_HEADING_TAG = re.compile(r"<h[2-6]\b", re.IGNORECASE)


class Script(NamedTuple):
    """A script of a page that is not JSON-LD: its type in lower case, its id, and its text."""

    kind: str
    id: str
    text: str


def take_scripts(tree: HtmlElement) -> list[Script]:
    """Take scripts, styles and drawings out of a tree, in place; return the scripts that may hold an article.

    They are a good part of a page, which every later step, and trafilatura's copies of the tree, would carry along.
    JSON-LD stays.
    """
    scripts = [script for script in tree.iter("script") if "ld+json" not in (script.get("type") or "").lower()]
    taken = [Script((s.get("type") or "").lower(), s.get("id") or "", s.text or "") for s in scripts]
    for element in [*scripts, *tree.iter("style", "svg")]:
        parent = element.getparent()
        if parent is not None:
            _detach(element, parent)
    return [script for script in taken if len(script.text) >= LEAST_SCRIPT]


def _detach(element: HtmlElement, parent: HtmlElement) -> None:
    """Take an element out and leave the text behind it."""
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


class Found(NamedTuple):
    """A text in a state: its passages, and the words of prose among them."""

    passages: tuple[Passage, ...]
    words: int


def state_passages(scripts: Sequence[Script], headline: str, printed: Sequence[Passage]) -> list[Passage]:
    """Return the passages of the article that the script state of a page holds, or none.

    `printed` are the passages found in the page's markup. Evidence that a text is the page's article: half of what
    is printed stands in it, or, where next to nothing is printed, the headline stands beside it in the same object.
    """
    have = sum(count_words(passage.text) for passage in printed)
    title = folded(headline)
    best, rank = Found((), 0), (False, 0)
    for text in _states(scripts, headline, printed, have):
        data = _parsed(text)
        if data is None:
            continue
        for found, titles in _Walk(data).texts(least=1.3 * have + LEAST_BODY):
            titled = len(title) > 10 and title in titles
            if (titled, found.words) <= rank:
                continue
            if _repeats(found, printed) if have >= LEAST_BODY else titled:
                best, rank = found, (titled, found.words)
    return list(best.passages)


def _states(scripts: Sequence[Script], headline: str, printed: Sequence[Passage], have: int) -> Iterator[str]:
    """Yield the scripts that may hold the article: large enough, JSON, and with words of the page in them."""
    left = STATE_LIMIT
    letters = sum(len(passage.text) for passage in printed)
    probes = [probe for text in (headline, *(p.text for p in printed[:3])) if (probe := _probe(text))]
    for kind, name, text in scripts:
        if not letters < len(text) <= left:
            continue
        if probes and not any(probe in text for probe in probes):
            continue
        if "json" in kind or name == "__NEXT_DATA__":
            left -= len(text)
            yield text
        elif kind in ("", "text/javascript", "module"):
            left -= len(text)
            for match in islice(_ASSIGNED.finditer(text), 8):
                yield f"JSON.parse({text[match.end() :]}" if match[1] else text[match.end() :]


def _probe(text: str) -> str:
    """Return the longest run of plain letters and spaces of a text: it is written in JSON as it is printed."""
    runs = re.findall(r"[A-Za-z0-9,. ]{12,60}", text[:400])
    return max((run.strip() for run in runs), key=len, default="")


def _parsed(text: str) -> Any:
    """Return the value that a script begins with, JSON or JSON written into a string, or None."""
    try:
        if text.startswith("JSON.parse("):
            inner = text[len("JSON.parse(") :].lstrip()
            if inner.startswith("'"):  # the same escapes as JSON but for the quotation marks
                end = re.search(r"(?<!\\)'\s*\)", inner[1:])
                body = inner[1 : end.start() + 1] if end else ""
                inner = '"' + body.replace("\\'", "'").replace('\\"', '"').replace('"', '\\"') + '"'
            decoded, _ = _DECODER.raw_decode(inner)
            return json.loads(decoded, strict=False) if isinstance(decoded, str) else None
        value, _ = _DECODER.raw_decode(text.lstrip())
        return json.loads(value, strict=False) if isinstance(value, str) and value[:1] in "[{" else value
    except (ValueError, RecursionError):
        return None


_DECODER = json.JSONDecoder(strict=False)


def _repeats(found: Found, printed: Sequence[Passage]) -> bool:
    """Say whether a text holds half of what the page prints, by words."""
    whole = folded(" ".join(passage.text for passage in found.passages))
    shared = [count_words(p.text) for p in printed if folded(p.text[:200])[:48] in whole]
    return sum(shared) * 2 >= sum(count_words(p.text) for p in printed)


class _Walk:
    """One walk through a state, with the cache that references point into."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self._cache = _cache_of(data)
        self._left = MOST_NODES

    def texts(self, least: float) -> Iterator[tuple[Found, frozenset[str]]]:
        """Yield every text that can be a body with the folded titles of the objects around it, up to four levels.

        `least` is the number of words below which a text is passed over.
        """
        letters = int(least * 4)
        pending: list[tuple[Any, tuple[frozenset[str], ...], int]] = [(self._data, (), 0)]
        while pending and self._left > 0:
            node, around, depth = pending.pop()
            self._left -= 1
            if depth > DEEPEST:
                continue
            if isinstance(node, dict):
                around = (*around[-3:], self._titles(node))
                for key, value in reversed(node.items()):
                    known = isinstance(value, (dict, list)) or (isinstance(value, str) and len(value) > letters)
                    if known and not _is_apart(key):
                        pending.append((value, around, depth + 1))
            elif isinstance(node, list):
                yield from self._weighed(self._blocks(node), around, least)
                pending.extend((item, around, depth + 1) for item in node if isinstance(item, (dict, list)))
            elif " " in node[:300]:
                yield from self._weighed(_parted(node), around, least)

    def _weighed(
        self, passages: list[Passage], around: tuple[frozenset[str], ...], least: float
    ) -> Iterator[tuple[Found, frozenset[str]]]:
        words = sum(length for p in passages if not p.heading and (length := _length(p.text)) >= PROSE)
        if words >= least:
            yield Found(tuple(passages), words), frozenset().union(*around)

    def _titles(self, node: dict[str, Any]) -> frozenset[str]:
        """Return the folded headlines that an object carries, directly or in an object of headlines."""
        found: set[str] = set()
        for key, value in node.items():
            if len(key) > 20 or not _TITLES.match(key):
                continue
            inner = list(value.values())[:10] if isinstance(value, dict) else [value]
            found.update(folded(text) for text in inner if isinstance(text, str) and len(text) < 400)
        return frozenset(found)

    def _blocks(self, items: list[Any]) -> list[Passage]:
        """Return the passages of a list of blocks, none where hardly one is a text."""
        if not 2 <= len(items) <= 3_000 or self._left <= 0:
            return []
        passages: list[Passage] = []
        for item in items:
            passages += self._block(item)
        return passages

    def _block(self, item: Any) -> list[Passage]:
        block = self._resolved(item)
        if isinstance(block, str):
            return _parted(block) if _length(block) >= PROSE else []
        if not isinstance(block, dict):
            return []
        kinds = _kinds(block)
        if any(map(_is_apart, kinds)):
            return []
        heading = any(_HEADING.search(kind) for kind in kinds)
        parts = _parted(self._text(block, 0))
        return [Passage(part.text, heading=True) for part in parts] if heading and len(parts) == 1 else parts

    def _text(self, node: Any, depth: int) -> str:
        """Return the text of a block: its own, or that of its children run together."""
        node = self._resolved(node)
        self._left -= 1
        if depth > 12 or self._left <= 0:
            return ""
        if isinstance(node, str):
            return node
        if isinstance(node, list):
            return "".join(self._text(item, depth + 1) + ("\n" if _is_block(item) else "") for item in node)
        if not isinstance(node, dict):
            return ""
        own = max((value for key in _TEXTS if isinstance(value := node.get(key), str)), key=len, default="")
        if depth and any(map(_is_apart, _kinds(node))):
            return ""
        inner = [self._text(value, depth + 1) for key in _CHILDREN if isinstance(value := node.get(key), (dict, list))]
        return max((own, *inner), key=len)

    def _resolved(self, node: Any) -> Any:
        """Return what a reference into the cache stands for: `{"__ref": key}`, or `{"id": key, "type": "id"}`."""
        if isinstance(node, dict) and self._cache:
            key = node.get("__ref") or (node.get("id") if node.get("type") == "id" else None)
            if isinstance(key, str):
                return self._cache.get(key, node)
        return node


@lru_cache(maxsize=4096)
def _is_apart(name: str) -> bool:
    """Say whether a key or a kind names something that is no text of the article."""
    return _NO_TEXT.search(name[:80]) is not None


def _length(text: str) -> int:
    """Return the words of a text, counted fast: thousands of texts of a state are none of the article."""
    return text.count(" ") + 1


def _kinds(node: dict[str, Any]) -> list[str]:
    """Return the words by which a block says what it is."""
    return [value for key in _KINDS if isinstance(value := node.get(key), str) and len(value) < 60]


def _is_block(item: Any) -> bool:
    """Say whether a part of a block is a paragraph or an item of a list, and no run of words in one."""
    return isinstance(item, dict) and any(_BLOCK.search(kind) for kind in _kinds(item))


def _cache_of(data: Any) -> dict[str, Any]:
    """Return the flat cache of a normalised state: the object, near the top, of most objects under long keys."""
    best: dict[str, Any] = {}
    level: list[Any] = [data]
    for _ in range(5):
        level = [value for node in level[:200] if isinstance(node, dict) for value in [node, *node.values()]]
        for node in level:
            if (
                isinstance(node, dict)
                and len(best) < len(node)
                and any(":" in k or k[:1] == "$" for k in list(node)[:50])
            ):
                best = node
        level = [node for node in level if isinstance(node, dict)]
    return best


def _parted(text: str) -> list[Passage]:
    """Return the passages of a text of a state, plain or HTML."""
    if not text or text[:1] in "{[" or text.startswith(("http", "data:", "/")):
        return []
    parts = [(bool(_HEADING_TAG.search(part)), without_tags(part)) for part in _BREAK.split(text[:500_000])]
    return [Passage(clean(line), heading=heading) for heading, line in parts if line]
