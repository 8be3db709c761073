"""Dates, sums of money, percentages and numbers as entities, found by rule on the text.

A pattern is written once, for the text as a reader sees it; its spans are widened to whole tokens. Where an
entity of the model overlaps a figure that holds a digit, the figure wins: "Covid-19" holds none of these
patterns, "£3m" is never a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTHS = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_ORDINAL_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ONES = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TENS = r"(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
_WORDS = rf"(?:one|a|{_TENS}(?:-(?:one|{_ONES}))?|{_ONES})"
_MAGNITUDE = r"(?:hundred|thousand|million|billion|trillion|bn|tn|m|k)"
_CURRENCY = r"(?:US|A|C|NZ|HK|S)?[£$€¥]"
_COUNT = rf"(?:{_DIGITS})(?: ?{_MAGNITUDE}\b)?"
_RANGE = r"(?:-|–| to )"

PATTERNS: dict[str, re.Pattern[str]] = {
    "DATE": re.compile(
        rf"\b(?:{_DAYS},? )?{_ORDINAL_DAY}(?:{_RANGE}{_ORDINAL_DAY})? {_MONTHS}(?:,? {_YEAR})?"
        rf"|\b(?:{_DAYS},? )?{_MONTHS} {_ORDINAL_DAY}\b(?!,\d)(?:,? {_YEAR}\b)?"
        rf"|\b(?:(?:early|late|mid|spring|summer|autumn|winter|Christmas|Easter)[ -])?(?:{_MONTHS} (?:of )?)?{_YEAR}s?"
        rf"(?:[-–/]\d{{2,4}})?\b(?![,.]?\d)(?! (?:people|homes|jobs|pupils|miles|metres|tonnes))"
        rf"|\b(?:{_DAYS}|(?:this|next|last) (?:{_DAYS}|week|month|year|spring|summer|autumn|winter|weekend|night))\b"
        rf"|\b(?:yesterday|today|tonight|tomorrow)\b"
        rf"|\b(?:January|February|April|June|July|August|September|October|November|December)\b"
        rf"|(?:(?<=\b[Ii]n )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bfrom ))(?:March|May)\b",
    ),
    "MONEY": re.compile(
        rf"{_CURRENCY} ?{_COUNT}(?:{_RANGE}{_CURRENCY}? ?{_COUNT})?(?:[ -](?:a|per)[ -](?:day|week|month|year|hour))?"
        rf"|\b{_COUNT}p\b|\b(?:{_DIGITS}|{_WORDS})(?: {_MAGNITUDE})? (?:pounds?|pence|dollars?|euros?)\b",
        re.IGNORECASE,
    ),
    "PERCENT": re.compile(
        rf"\b(?:{_DIGITS})(?:{_RANGE}(?:{_DIGITS}))? ?(?:%|per ?cent\b|percentage points?\b)"
        rf"|\b{_WORDS} per ?cent\b",
        re.IGNORECASE,
    ),
    "NUMBER": re.compile(
        rf"(?<![\w.,£$€/-]){_COUNT}(?![\w/]|[.,]\d)"
        rf"|\b(?:{_TENS}(?:-(?:one|{_ONES}))?|{_ONES}|(?:one|a)(?= (?:hundred|thousand|million|billion)\b))"
        rf"(?: (?:hundred|thousand|million|billion))*\b",
        re.IGNORECASE,
    ),
}
"""Figures by label, in the order in which they win over one another."""


def figures(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of the figures in a text, as character offsets, none overlapping."""
    taken: list[tuple[int, int]] = []
    for label, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and all(end <= low or high <= start for low, high in taken):
                taken.append((start, end))
                yield start, end, label


@Language.component("figures", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def figure_entities(doc: Doc) -> Doc:
    """Add the figures of a document to its entities; of an overlap the figure stays."""
    spans = []
    for start, end, label in figures(doc.text):
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            spans.append(Span(doc, span.start, span.end, label=label))
    figured = {token.i for span in spans for token in span}
    names = [entity for entity in doc.ents if figured.isdisjoint(range(entity.start, entity.end))]
    doc.ents = tuple(filter_spans([*spans, *names]))
    return doc
