"""The authors as people: from JSON-LD, <meta> and the printed byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarise.furniture import wordings
from summarise.records import count_words
from summarise.webpage.headline import Headline
from summarise.webpage.machine import Claims, Node
from summarise.webpage.markup import ancestors, clean, folded, in_furniture, is_named, texts_of, without_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AUTHOR_METAS = ("author", "article:author", "parsely-author", "byl", "sailthru.author", "dc.creator", "authors")

MAX_LETTERS = 400
"""Characters of a byline that are read."""

_TAGS = ("a", "span", "p", "div", "address", "li", "cite", "strong", "b", "h3", "h4", "h5", "td")
_BY = re.compile(
    r"^\W*(?:(?:(?:written|words|report(?:ed|ing)?|story|exclusive|posted|edited|article|opinion)\s+)?by|author|from)"
    r"(?:\b|(?=(?-i:[A-Z])))[\s:]*",
    re.IGNORECASE,
)
_BY_LINE = re.compile(r"^\W*(?:(?:written|words|story)\s+)?by\b", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:[;|/•·\n&]|\s[-–—]\s|\band\b|\bwith\b)\s*", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s+(?:in|at|for|of|on)\s+(?:the\s+)?(?-i:[A-Z]).*$"
    r"|\s+(?:on|at)\s+\d.*$|\s*[(@].*$|\s*\S+@\S+.*$|\s+\d.*$|\s+(?:published|updated|posted|last|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b.*$",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"[^\W\d_][\w'’-]+")


def find_authors(tree: HtmlElement, claims: Claims, headline: Headline, publisher: frozenset[str]) -> tuple[str, ...]:
    """Return the authors from the first source that names a person, or else an agency.

    `publisher` holds the folded names of the site and its owner, who are no authors.
    """
    agencies: tuple[str, ...] = ()
    for source in _sources(tree, claims, headline):
        people = people_of(source, publisher)
        if any(" " in person for person in people):
            return people
        agencies = agencies or people
    return agencies


def _sources(tree: HtmlElement, claims: Claims, headline: Headline) -> Iterator[list[str]]:
    """Yield the texts that name authors, the most dependable source first, each read only when needed."""
    known = {node["@id"]: node for node in claims.nodes if isinstance(node.get("@id"), str) and "name" in node}
    yield [name for node in claims.articles for name in _names_in(node.get("author"), known)]
    yield from ([text] for text in claims.told(*AUTHOR_METAS))
    yield from ([text] for text in _bylines(tree, headline))


def _names_in(value: Any, known: dict[str, Node]) -> list[str]:
    """Return the names in a JSON-LD author: a string, a node, a reference to a node, or a list of these."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names_in(item, known)]
    if isinstance(value, dict):
        node = value if "name" in value else known.get(str(value.get("@id")), value)
        whole = node.get("name")
        if not whole and node.get("familyName"):
            whole = f"{node.get('givenName', '')} {node['familyName']}"
        return [] if isinstance(whole, dict) else _names_in(whole, {})
    return [value] if isinstance(value, str) and value.strip() else []


def _bylines(tree: HtmlElement, headline: Headline) -> Iterator[str]:
    """Yield the texts of the first bylines that the markup names, outside comments and teasers."""
    tried = 0
    around = ancestors(headline.element)
    for element in tree.iter(*_TAGS):
        if not is_named(element, "byline_names") or in_furniture(element, around):
            continue
        text = _parts_of(element)
        if 1 <= count_words(text) <= 20:
            first, _, second = text.partition(" | ")
            yield f"{first} {second.partition(' | ')[0]}" if _BY.fullmatch(first) else first
            tried += 1
        if tried == 4:
            return


def _parts_of(element: HtmlElement) -> str:
    """Return the text of a byline with a bar between elements that nothing parts, such as a name and a role."""
    return clean("".join(texts_of(element, {"br": " "}, siblings=" | ")))


def authors_in(lines: Sequence[str], publisher: frozenset[str]) -> tuple[str, ...]:
    """Return the authors that the first lines of a body name as "By …", for pages with no other byline."""
    named = [line for line in lines[:4] if count_words(line) <= 20 and _BY_LINE.match(line)]
    return next((people for line in named if (people := people_of([line], publisher))), ())


def people_of(texts: Sequence[str], publisher: frozenset[str]) -> tuple[str, ...]:
    """Return the people named in author fields and bylines, each once, in order.

    "By " and roles go, lists are split, "Surname, Given" is turned round; the publisher's
    own names and desk names are no authors.
    """
    people: list[str] = []
    for text in texts:
        text = without_tags(text[:MAX_LETTERS])
        if not text.lower().startswith(("http", "www.", "/")):
            people += [name for name in _split(text) if _is_author(name, publisher)]
    return tuple(dict.fromkeys(people))


def _split(text: str) -> list[str]:
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(_BY.sub("", text)):
        pieces = [_AFTER_NAME.sub("", _BY.sub("", piece)).strip(" .,:–-") for piece in part.split(",")]
        names += _turned([piece for piece in pieces if piece])
    return [_cased(name) for name in (_turned(names) if ";" in text else names)]


def _turned(pieces: list[str]) -> list[str]:
    """Turn "Surname, Given" and "Surname; Given" round: two single words are one person's name."""
    if len(pieces) == 2 and all(_SINGLE.fullmatch(piece) for piece in pieces):
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces


def _cased(name: str) -> str:
    """Return a name set in capitals, or in none, in ordinary case; agencies of one word stay as they are."""
    if " " in name and (name.isupper() or name.islower()):
        return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)
    return name


def _is_author(name: str, publisher: frozenset[str]) -> bool:
    """Say whether a piece of a byline is a name, and not the publisher's, a desk's or a role."""
    key = folded(name)
    if not key or not name[0].isalpha() or len(name.split()) > 6 or not name[0].isupper():
        return False
    if any(char.isdigit() for char in name) or any(len(own) > 4 and own in key for own in publisher):
        return False
    if " " not in name and wordings("agencies").fullmatch(name) is None:
        return False
    return key not in publisher and not wordings("no_author").search(name)
