"""The authors as people: from JSON-LD, <meta> and the printed byline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from summarise.furniture import wordings
from summarise.records import count_words
from summarise.webpage.machine import Node
from summarise.webpage.markup import folded, named, text_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement




def find_authors(
    tree: HtmlElement,
    metas: dict[str, str],
    articles: list[Node],
    nodes: list[Node],
    names: frozenset[str],
) -> tuple[str, ...]:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    told = [name for node in articles for name in _author_names(node.get("author"), by_id)]
    sources = [told, [metas[key] for key in _AUTHOR_METAS if key in metas], _bylines(tree)]
    best: tuple[str, ...] = ()
    for source in sources:
        people = people_of(source, names)
        if any(" " in person for person in people):
            return people
        best = best or people
    return best


_AUTHOR_METAS = ("author", "article:author", "parsely-author", "byl", "sailthru.author", "dc.creator", "authors")


def _author_names(value: Any, by_id: dict[str, Node]) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:20] for name in _author_names(item, by_id)]
    if isinstance(value, dict):
        value = by_id.get(value.get("@id", ""), value) if "name" not in value else value
        whole = value.get("name")
        if not whole and value.get("familyName"):
            whole = f"{value.get('givenName', '')} {value['familyName']}"
        return _author_names(whole, {}) if not isinstance(whole, dict) else []
    return [value] if isinstance(value, str) and value.strip() else []


def _bylines(tree: HtmlElement) -> list[str]:
    """Return the texts of the page's bylines: by rel, itemprop or class, outside comments and cards."""
    found: list[str] = []
    for element in tree.iter("a", "span", "p", "div", "address", "li", "cite", "strong", "h3", "h4"):
        marked = element.get("rel") == "author" or named(element, "byline_names")
        if not marked or any(named(ancestor, "furniture_names") for ancestor in element.iterancestors()):
            continue
        text = text_of(element)
        if 1 <= count_words(text) <= 20:
            found.append(text)
        if len(found) >= 3:
            break
    return found[:1]


def people_of(texts: list[str], publisher: frozenset[str]) -> tuple[str, ...]:
    """Return the people named in author fields and bylines, each once, in order.

    "By " and roles go, lists are split, "Surname, Given" is turned round; the publisher's
    own names and desk names are no authors.
    """
    people: list[str] = []
    for text in texts:
        text = without_tags(text)
        if text.lower().startswith(("http", "www.", "/")) or "@" in text.split(" ")[0]:
            continue
        people += [name for name in _split_names(text) if _is_author(name, publisher)]
    return tuple(dict.fromkeys(people))


_BY = re.compile(r"^(?:\W*(?:(?:written|words|report(?:ed|ing)?|story|exclusive|posted|edited)\s+)?by|author|from)\b[\s:]*", re.I)
_NAME_LIST = re.compile(r"\s*(?:;|\||/|•|·|\s-\s|\s–\s|\n|\band\b|&|\bwith\b)\s*", re.I)
_AFTER_NAME = re.compile(r"\s+(?:in|at|for|of)\s+(?:the\s+)?[A-Z].*$|\s*\(.*$|\s*@\w+.*$|\s*\b\S+@\S+.*$|\s+\d.*$|\s+(?:published|updated|posted)\b.*$", re.I)


def _split_names(text: str) -> list[str]:
    names: list[str] = []
    for part in _NAME_LIST.split(_BY.sub("", text)):
        pieces = [_AFTER_NAME.sub("", _BY.sub("", piece)).strip(" .,:") for piece in part.split(",")]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) == 2 and all(re.fullmatch(r"[^\W\d_][\w'’-]+", piece) for piece in pieces):
            pieces = [f"{pieces[1]} {pieces[0]}"]
        names += pieces
    if len(names) == 2 and ";" in text and all(" " not in name for name in names):
        names = [f"{names[1]} {names[0]}"]
    return [_cased(name) for name in names]


def _cased(name: str) -> str:
    """Return a name set in capitals (or in none) in ordinary case; agencies of one word stay as they are."""
    if " " in name and (name.isupper() or name.islower()):
        return re.sub(r"[^\W\d_]+(?:['’][st]\b)?", lambda match: match[0].capitalize(), name)
    return name


def _is_author(name: str, publisher: frozenset[str]) -> bool:
    key = folded(name)
    if not key or key in publisher or not 1 <= len(name.split()) <= 6 or not name[0].isalpha():
        return False
    if any(char.isdigit() for char in name) or "/" in name or not re.search(r"[A-Z]|[^\x00-\x7f]", name):
        return False
    if any(len(own) > 4 and own in key for own in publisher):
        return False
    return not wordings("no_author").search(name)


