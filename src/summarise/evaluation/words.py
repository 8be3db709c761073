"""The texts of a draft as the metrics read them: tokens, stems, numbers, names, and a line's evidence.

Everything works on text alone, so that a draft is judged by other means than it was made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from summarise.records import Article, Draft, Line

_TOKEN = re.compile(r"[^\W_]+(?:[.,:'\-–/][^\W_]+)*|[,;:()“”\"–—]")
_BREAK = re.compile(r"[,;:()“”\"–—]")
_NUMBER = re.compile(
    r"(?<![\w.,])([£$€])?(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)*)"
    r"(?:[ -]?(k|m|mn|bn|b|tn|trn|thousand|million|billion|trillion)\b)?(?: ?(%|per cent\b|percent\b|pc\b))?",
    re.I,
)
_NAME = re.compile(r"(?<![\w'-])[A-Z][\w.]*(?:['&-][\w]+)*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ers", "ed", "es", "er", "ly", "s", "e", "y")


@cache
def knowledge() -> dict[str, Any]:
    """Return the word classes of data/words.yaml."""
    text = resources.files("summarise.evaluation").joinpath("data/words.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def function_words() -> frozenset[str]:
    """Return the words that carry no content: function words, negations, one-word modals, scales of numbers."""
    data = knowledge()
    modals = {marker for group in data["modality"].values() for marker in group["markers"] if " " not in marker}
    return frozenset().union(data["function"], data["negation"], data["scales"], modals)


def folded(text: str) -> str:
    """Return a text with white space folded and apostrophes and single quotation marks made straight."""
    return re.sub(r"\s+", " ", re.sub(r"[’‘ʼ`]", "'", text)).strip()


def plain_tokens(text: str) -> list[str]:
    """Return lower-case words and the marks that end a clause; "isn't" and "cannot" give their "not" as a word.

    The month of May, known by its capital inside a sentence, is no modal: it comes as "may-month".
    """
    text = re.sub(r"(?<=[\w,;] )May\b", "may-month", folded(text)).lower()
    text = re.sub(r"\bcan(?:no|')t\b", "can not", text)
    text = re.sub(r"\bwon't\b", "will not", text)
    text = re.sub(r"\bshan't\b", "shall not", text)
    text = re.sub(r"n't\b", " not", text)
    text = re.sub(r"'(?:s|re|ve|ll|d|m)?(?!\w)", "", text)
    return _TOKEN.findall(text)


def is_break(token: str) -> bool:
    """Whether a token is a mark that ends a clause."""
    return _BREAK.fullmatch(token) is not None


@cache
def stem(word: str) -> str:
    """Return a word without a common ending, never shorter than three letters; enough to match inflected forms."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _undoubled(word[: -len(ending)]) if len(ending) > 1 else word[: -len(ending)]
    return word


def _undoubled(word: str) -> str:
    """Return "stop" for the "stopp" of "stopped", and "city"'s "cit" alike for "cities"."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def is_content(token: str) -> bool:
    """Whether a token is a word with content of its own: no number, no function word, two letters or more."""
    return token[0].isalpha() and len(token) > 1 and token not in function_words()


def content_stems(text: str) -> list[str]:
    """Return the stems of the content words of a text, in order; a compound with a hyphen gives its parts."""
    parts = (part for token in plain_tokens(text) for part in re.split(r"[-–/]", token) if part)
    return [stem(part) for part in parts if is_content(part)]


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its scale multiplied in, and the mark that says what it counts ("£", "%", or "")."""

    value: str
    unit: str


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text: "£1.2m", "£1,200,000" and "£1.2 million" are equal, and so are "two" and "2"."""
    found = [_number(*match.groups()) for match in _NUMBER.finditer(folded(text))]
    spelled = knowledge()["number_words"]
    for token in plain_tokens(text):
        parts = token.split("-")
        if all(part in spelled for part in parts):
            found.append(Number(str(sum(spelled[part] for part in parts)), ""))
    return found


def _number(currency: str | None, digits: str, scale: str | None, percent: str | None) -> Number:
    unit = currency or ("%" if percent else "")
    digits = digits.replace(",", "")
    if digits.count(".") > 1 or ":" in digits:
        return Number(digits, unit)
    value = float(digits) * knowledge()["scales"].get((scale or "").lower(), 1)
    return Number(f"{value:.6g}" if value < 1e6 else f"{value:.0f}", unit)


def supports(evidence: Sequence[Number], number: Number) -> bool:
    """Whether a number stands in the evidence, with the same mark, or where one of the two has none."""
    units = {other.unit for other in evidence if other.value == number.value}
    return bool(units) and (number.unit in units or "" in units or not number.unit)


def capitalised(text: str) -> list[str]:
    """Return the words of a text that begin with a capital, in order, without a possessive ending."""
    return [_bare(match.group()) for match in _NAME.finditer(folded(text))]


def name_runs(text: str) -> list[list[str]]:
    """Return the runs of capitalised words that have nothing but spaces between them, each as a list of words."""
    text = folded(text)
    runs: list[list[str]] = []
    end = -1
    for match in _NAME.finditer(text):
        if runs and text[end : match.start()] == " ":
            runs[-1].append(_bare(match.group()))
        else:
            runs.append([_bare(match.group())])
        end = match.end()
    return runs


def _bare(name: str) -> str:
    return re.sub(r"'s?$", "", name).rstrip(".'")


def evidence_text(draft: Draft, line: Line) -> str:
    """Return the sentences of the article that a line names as its evidence, each once; empty where it names none."""
    spans = dict.fromkeys((e.paragraph, e.start, e.end) for e in line.evidence)
    paragraphs = draft.article.paragraphs
    return " ".join(paragraphs[p][start:end] for p, start, end in spans if 0 <= p < len(paragraphs))


def article_text(article: Article) -> str:
    """Return all that an article says: headline, standfirst and paragraphs, one a line."""
    return "\n".join(filter(None, (article.headline, article.standfirst, *article.paragraphs)))


def share(passed: Iterable[bool]) -> float | None:
    """Return the share of true values (0 to 1); None where there are none to judge."""
    found = list(passed)
    return sum(found) / len(found) if found else None


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are given; None where none is."""
    given = [value for value in values if value is not None]
    return sum(given) / len(given) if given else None
