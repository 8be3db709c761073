"""How the house writes numbers, dates and words: "£1.2m" → "£1.2 million", "March 5" → "5 March", "color" → "colour".

The knowledge is in data/spelling.yaml. What stands in quotation marks keeps its words; capitalised words may be
names and keep their spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from summarise.wording import read_yaml

_UNITS = {
    "m": "million",
    "mn": "million",
    "bn": "billion",
    "b": "billion",
    "tn": "trillion",
    "trn": "trillion",
    "k": "000",
}
_SUM = re.compile(r"(?P<sign>[£$€])(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<unit>mn?|bn?|trn|tn|k)\b(?!\w)", re.I)
_GLUED = re.compile(r"(?P<number>\d)(?P<unit>million|billion|trillion)\b")
_PERCENT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:(?: |-)?per ?cent|pc)\b")

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_BEFORE_A_DATE = (
    r"[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|to|till|through|of|for|between|the|and|or|least|most|about|around|than|is|was"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<before>(?:{_BEFORE_A_DATE}) )(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:, (?P<year>(?:19|20)\d\d)(?:,(?= ))?)?(?![\d.,:]*\d)(?!\w)"
)
_BARE = re.compile(
    rf"(?<=[a-z] )(?P<month>{_MONTH}) (?P<day>\d{{1,2}})"
    r"(?=[.;)]|,(?! ?\d)|$| (?:after|at|in|when|and|following|as|for|to|by|with|before|while)\b)"
)
_ORDINAL = re.compile(rf"(?:\bthe )?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th) (?:of )?(?P<month>{_MONTH})\b")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")


def house_form(text: str) -> str:
    """Return a drafted text with its numbers, dates and spellings in the form of the house; it changes no figure."""
    return house_spelling(house_dates(house_numbers(text)))


def house_numbers(text: str) -> str:
    """Return the text with numbers in house form: "£1.2m" → "£1.2 million", "5 per cent" → "5%"."""
    text = _GLUED.sub(r"\g<number> \g<unit>", _SUM.sub(_spelled, text))
    return _PERCENT.sub(r"\g<number>%", text)


def _spelled(match: re.Match[str]) -> str:
    unit = _UNITS[match["unit"].lower()]
    if unit == "000":
        return match[0] if "." in match["number"] else f"{match['sign']}{match['number']},{unit}"
    return f"{match['sign']}{match['number']} {unit}"


def house_dates(text: str) -> str:
    """Return the text with the day before the month and without its ending: "on March 5, 2024," → "on 5 March 2024"."""

    def turned(match: re.Match[str]) -> str:
        year = f" {match['year']}" if match["year"] else ""
        before = "" if match["before"] == "the " else match["before"]
        return f"{before}{match['day']} {match['month']}{year}"

    text = _BARE.sub(r"on \g<day> \g<month>", _MONTH_FIRST.sub(turned, text))
    return _ORDINAL.sub(r"\g<day> \g<month>", text)


def house_spelling(text: str) -> str:
    """Return the text with American spellings in their British form, quotations left as they are."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    pieces, end = [], 0
    for start, stop, british in _american(text):
        if not any(low <= start < high for low, high in quoted):
            pieces += [text[end:start], british]
            end = stop
    return "".join([*pieces, text[end:]])


def americanisms(text: str) -> Iterator[tuple[str, str]]:
    """Yield American spellings with the British ones; capitalised words may be names and are left alone."""
    for start, stop, british in _american(text):
        yield text[start:stop], british


def _american(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"(?<![\w'’-])[a-z]+(?![\w-]|['’](?!s\b))", text):
        if british := _spelling().get(match[0]):
            yield match.start(), match.end(), british


@cache
def _spelling() -> dict[str, str]:
    """Return American spellings with the British ones, regular families written out."""
    data = read_yaml(resources.files("summarise").joinpath("data/spelling.yaml").read_text(encoding="utf-8"))
    words = dict(data["pairs"])
    for family in data["families"].values():
        words.update(family.get("only", {}))
        for stem in () if family.get("only") else family["stems"]:
            for american, british in family["endings"].items():
                words[_joined(stem, american, family)] = _joined(stem, british, family)
    untouched = set(data["not_touched"])
    return {american: british for american, british in words.items() if american not in untouched}


def _joined(stem: str, ending: str, family: dict[str, object]) -> str:
    """Return a stem with an ending; where the family joins, the stem's last letter is the ending's first."""
    return stem[:-1] + ending if family.get("joins") else stem + ending
