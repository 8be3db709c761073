"""Sentence boundaries of British news prose, by rules on the text alone.

The rules look at every full stop, question mark, exclamation mark and ellipsis that white
space follows, and ask whether the text before it is an abbreviation or an initial and
whether the text after it looks like the beginning of a sentence. They come before any
model, so that a pipeline's parser neither breaks nor joins what a reader sees as one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
_BOUNDARY = re.compile(rf"(?P<stop>\.{{3,}}|[.!?…]+)(?P<close>[{_CLOSERS}]*)(?P<space>\s+)(?=(?P<next>\S))")
_BEGINS = re.compile(rf"[{_OPENERS}]*(?:[A-Z0-9À-Þ£$€@#•–—]|(?:iP|e[A-Z]))")
_LAST_WORD = re.compile(r"[\w.&'’\-£$€%]+$")
_FIRST_WORD = re.compile(rf"[{_OPENERS}]*([\w'’\-]+)")
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w'’\-]*\.? |[a-z]+ ){0,5}?"
    r"(?:said|says|asked|asks|wrote|added|told|shouted|tweeted|cried|demanded|wondered|replied|answered|insisted|laughed|joked|yelled)\b"
)
_INITIAL = re.compile(r"(?:^|[.\-\s(])[A-Z]$")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The four word lists of abbreviations.yaml."""

    never: frozenset[str]
    sometimes: frozenset[str]
    digits: frozenset[str]
    starters: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    text = resources.files("summarise").joinpath("data/abbreviations.yaml").read_text(encoding="utf-8")
    # YAML reads a bare No as false: the lists hold words, whatever they look like.
    lists = {key: frozenset(map(str, value)) for key, value in yaml.load(text, Loader=yaml.BaseLoader).items()}
    return Abbreviations(**lists)


def split(paragraph: str) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph as (start, end) character offsets, white space left out."""
    spans = []
    start = 0
    for end, following in _boundaries(paragraph):
        if paragraph[start:end].strip():
            spans.append(_strip(paragraph, start, end))
        start = following
    if paragraph[start:].strip():
        spans.append(_strip(paragraph, start, len(paragraph)))
    return spans


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Yield (end of a sentence, start of the next one)."""
    for match in _BOUNDARY.finditer(text):
        if _ends_here(text, match):
            yield match.end("close"), match.end("space")


def _ends_here(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() : match.end() + 120]
    if not _BEGINS.match(after):
        return False
    if match["stop"] != ".":
        return not (match["close"] and _ATTRIBUTION.match(after))
    if match["close"]:
        return True
    return _stop_ends(before, after)


def _stop_ends(before: str, after: str) -> bool:
    """Whether a single full stop between `before` and `after` ends a sentence."""
    found = _LAST_WORD.search(before[-40:])
    word = found.group().lstrip("(“‘\"'") if found else ""
    lists = abbreviations()
    if word in lists.never:
        return False
    if word in lists.digits:
        return not after[:1].isdigit()
    if word in lists.sometimes or _INITIAL.search(before[-3:]):
        return _starts_a_sentence(after)
    return True


def _starts_a_sentence(after: str) -> bool:
    found = _FIRST_WORD.match(after)
    return found is not None and (found.group(1) in abbreviations().starters or after[0] in '“"‘')
