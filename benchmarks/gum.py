"""GUM's documents as articles, with the chains of mentions that its annotators marked.

Reads the CoNLL-U files of UD English GUM (https://gucorpling.org/gum/, annotations CC BY 4.0). Nothing of its
texts is kept in this project: the files are read where they lie.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import conllu

from summarise.records import Article

_ENTITY = re.compile(
    r"\((?P<opens>\d+)(?:\[\d+/\d+\])?-(?P<fields>[^()]*)|(?P<closes>\d+)(?:\[\d+/\d+\])?\)|(?P<same>\))"
)
_NAME_PARTS = {"flat", "compound"}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention by character offsets in its paragraph; `head` is its head word's place, `name` its name's words."""

    chain: int
    kind: str
    paragraph: int
    start: int
    end: int
    head: tuple[int, int]
    name: frozenset[str]


@dataclass
class GumDocument:
    """One document: its article, and its gold mentions in order."""

    id: str
    genre: str
    paragraphs: list[str] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    mentions: list[GoldMention] = field(default_factory=list)

    @property
    def article(self) -> Article:
        """The document as the program would find it on a page."""
        return Article(
            headline=self.paragraphs[0] if 0 in self.headings else "",
            standfirst=None,
            authors=(),
            published=None,
            site=None,
            url=None,
            language="en",
            paragraphs=tuple(self.paragraphs),
            headings=frozenset(self.headings),
        )

    def chains(self) -> dict[int, list[GoldMention]]:
        """Return the mentions of each chain, in order."""
        found: dict[int, list[GoldMention]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.chain].append(mention)
        return found


def documents(path: Path) -> Iterator[GumDocument]:
    """Yield the documents of one file."""
    document: GumDocument | None = None
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for sentence in conllu.parse_incr(file):
            meta = sentence.metadata
            if "newdoc id" in meta:
                if document is not None:
                    yield _in_order(document)
                document = GumDocument(meta["newdoc id"], meta["newdoc id"].split("_")[1])
            if document is None:
                raise ValueError(f"{path}: a sentence before the first document")
            if "newpar" in meta or not document.paragraphs:
                document.paragraphs.append("")
                if meta.get("newpar_block", "").startswith("head"):
                    document.headings.add(len(document.paragraphs) - 1)
            _add(document, sentence)
    if document is not None:
        yield _in_order(document)


def _in_order(document: GumDocument) -> GumDocument:
    document.mentions.sort(key=lambda mention: (mention.paragraph, mention.start, -mention.end))
    return document


def _add(document: GumDocument, sentence: conllu.TokenList) -> None:
    """Put a sentence at the end of the last paragraph, and its mentions at the end of the mentions."""
    text = sentence.metadata["text"]
    paragraph = document.paragraphs[-1]
    base = len(paragraph) + bool(paragraph)
    document.paragraphs[-1] = f"{paragraph} {text}" if paragraph else text
    tokens = [token for token in sentence if isinstance(token["id"], int)]
    places, at = [], 0
    for token in tokens:
        start = text.find(token["form"], at)
        start = at if start < 0 else start
        at = min(start + len(token["form"]), len(text))
        places.append((base + start, base + at))
    number = len(document.paragraphs) - 1
    for first, last, chain, fields in _spans(tokens):
        parts = fields.split("-")
        within = [first + int(i) - 1 for i in parts[4].split(",") if i.isdigit()] or [first]
        head = _head(tokens, [i for i in within if i <= last] or [first])
        name = _name(tokens, head, range(first, last + 1))
        document.mentions.append(
            GoldMention(chain, parts[0], number, places[first][0], places[last][1], places[head], name)
        )


def _spans(tokens: list[Any]) -> Iterator[tuple[int, int, int, str]]:
    """Yield (first, last, chain, fields) of every mention of a sentence."""
    opened: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for i, token in enumerate(tokens):
        latest = 0
        for match in _ENTITY.finditer((token["misc"] or {}).get("Entity") or ""):
            if match["opens"]:
                latest = int(match["opens"])
                opened[latest].append((i, match["fields"]))
                continue
            chain = int(match["closes"]) if match["closes"] else latest
            if opened[chain]:
                first, fields = opened[chain].pop()
                yield first, i, chain, fields


def _head(tokens: list[Any], within: list[int]) -> int:
    """Return the token of a minimal span on which its others hang."""
    return next((i for i in within if tokens[i]["head"] - 1 not in within), within[0])


def _name(tokens: list[Any], head: int, span: range) -> frozenset[str]:
    """Return the words of the name that a mention is; none where its head is no proper noun."""
    if tokens[head]["upos"] != "PROPN":
        return frozenset()
    parts = {head}
    for _ in range(3):
        parts |= {i for i in span if tokens[i]["deprel"] in _NAME_PARTS and tokens[i]["head"] - 1 in parts}
    return frozenset(tokens[i]["form"] for i in parts if tokens[i]["upos"] == "PROPN")
