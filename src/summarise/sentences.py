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

_CLOSERS = "\"'”’»)\\]“‘"  # an opening mark between a stop and a space is a closing one, mistyped
_OPENERS = "\"'“‘«(\\["
_STRAY_CLOSER = r" [\"”)\]](?=\s)"  # set apart by mistake: "He left. ) Then"
_BOUNDARY = re.compile(rf"(?P<stop>\.{{3,}}|[.!?…]+)(?P<close>{_STRAY_CLOSER}|[{_CLOSERS}]*)(?P<space>\s+)(?=\S)")
_BEGINS = re.compile(rf"[{_OPENERS}]*(?:[A-Z0-9À-Þ£$€@#•–—]|[a-z]+[A-Z])")  # also eBay, iPhone
_LAST_WORD = re.compile(r"[\w.&'’\-/£$€%]+$")
_FIRST_WORD = re.compile(rf"[{_OPENERS}]*([\w'’\-]+)(:?)")
_QUOTED_INSIDE = re.compile(r"[^\"“‘'].*\s[\"“‘'][^\"”]*", re.DOTALL)
_INITIAL = re.compile(r"(?:^|[.\-\s(“‘\"'])[A-Z]$")
_STARTS_WITH_INITIAL = re.compile(r"[A-Z]\.")
_LIST_MARK = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-z])")
_TIMED = re.compile(
    r"\(?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August)"
    r"|(?:Septem|Octo|Novem|Decem)ber|GMT|BST|[CEMP][DES]?T)\b"
)

_PLACE = r"(?=[A-Z.,'’ -]{5})[A-Z][A-Z.'’-]+(?:,? (?:[A-Z][\w.'’-]*|of|and|via)){0,5},?"
_AGENCY = r"\([A-Z][\w /.&-]{1,30}\)"
_DASH = r"(?: ?--|(?<=\w) ?[—–]| [-–—])"
_DATELINE = re.compile(
    rf"(?:By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,3}}: "  # a byline run into the text
    rf"|(?:{_PLACE}(?: {_AGENCY})?|{_AGENCY}){_DASH} "
    r"(?:(?:[A-Z]\w*(?: [A-Z]\w*){0,4}|\d{1,2} [A-Z]\w+ \d{4}) [-–—] )*"  # an agency and a day, each with its dash
    rf"|{_PLACE}: |\([A-Z]{{2,}}\) ?)(?=[A-Z“\"‘'])"
    r"(?![^.]{3,60} [—–-] (?:has|had|is|are|was|were|will|said)\b)"  # "NASA — America's space agency — has"
)


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The word lists of abbreviations.yaml."""

    never: frozenset[str]
    sometimes: frozenset[str]
    times: frozenset[str]
    digits: frozenset[str]
    states: frozenset[str]
    exclaimed: frozenset[str]
    starters: frozenset[str]
    speakers: frozenset[str]
    speech: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    """Return the word lists of abbreviations.yaml."""
    text = resources.files("summarise").joinpath("data/abbreviations.yaml").read_text(encoding="utf-8")
    # YAML reads a bare No as false: the lists hold words, whatever they look like.
    lists = {key: frozenset(map(str, value)) for key, value in yaml.load(text, Loader=yaml.BaseLoader).items()}
    return Abbreviations(**lists)


@cache
def _attribution() -> re.Pattern[str]:
    """Return what matches who spoke and the verb: "Mr Jones, of Leeds, asked", but not "Mr Jones said that"."""
    verbs = "|".join(sorted(abbreviations().speech, key=len, reverse=True))
    return re.compile(
        rf"(?:[\w'’\-]+\.? ){{0,5}}?(?:[\w'’\-]+, [^.?!“\"‘]{{1,60}}, )?(?:{verbs})\b(?! (?:that|he|she|they|there)\b)"
    )


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
    start = 0
    for match in _BOUNDARY.finditer(text):
        if _ends_here(text, start, match):
            start = match.end("space")
            yield match.end("close"), start


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence that begins at `start` ends with the stop that was found."""
    before, after = text[start : match.start()], text[match.end() : match.end() + 120]
    if not _BEGINS.match(after):
        return False
    if match["stop"] != ".":
        return not _goes_on(before, match, after)
    if match["close"]:
        return True
    return not _LIST_MARK.fullmatch(before) and _stop_ends(before, after)


def _goes_on(before: str, match: re.Match[str], after: str) -> bool:
    """Whether the sentence goes on after "?", "!" or "…": who spoke follows, or the mark is part of a name."""
    if match["close"]:
        speaker = _first_word(after) not in abbreviations().starters and _attribution().match(after)
        return bool(speaker) and not _QUOTED_INSIDE.fullmatch(before)  # else the speaker has been named already
    named = match["stop"] == "!" and before.endswith(tuple(abbreviations().exclaimed))
    return named and not _starts_a_sentence(after)


def _stop_ends(before: str, after: str) -> bool:
    """Whether a single full stop between `before` and `after` ends a sentence."""
    found = _LAST_WORD.search(before[-40:])
    word = found.group().lstrip("(“‘\"'") if found else ""
    lists = abbreviations()
    if word in lists.never:
        return False
    if word in lists.digits:
        return not after[:1].isdigit()
    if word in lists.times:
        return not _TIMED.match(after)
    if _INITIAL.search(before[-3:]):
        return _starts_a_sentence(after) and not _STARTS_WITH_INITIAL.match(after)
    if word in lists.sometimes or (word in lists.states and before.endswith(f", {word}")):
        return _starts_a_sentence(after)
    return True


def _starts_a_sentence(after: str) -> bool:
    found = _FIRST_WORD.match(after)
    lists = abbreviations()
    return found is not None and (
        found[1] in lists.starters or found[1] in lists.speakers or after[0] in '“"‘' or found[2] == ":"
    )


def _first_word(after: str) -> str:
    found = _FIRST_WORD.match(after)
    return found[1] if found else ""


def dateline_end(text: str) -> int:
    """Return where a text begins after its dateline ("LEEDS (Reuters) - "), 0 where it has none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0
