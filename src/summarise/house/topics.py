"""What an article is about (IPTC Media Topics), and whether it must be told in sober words.

A lexicon (data/topics.yaml) gives points to subjects; the headline and the first sentences weigh
more, and a word that keeps coming back adds less each time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from summarise.errors import UsageError
from summarise.records import Topic
from summarise.wording import read_yaml

STRENGTHS = {"strong": 3.0, "medium": 2.0, "weak": 1.0, "against": -2.0}
HEADLINE, LEAD, BODY = 3.0, 2.0, 1.0
"""How much an occurrence counts by where it stands; the lead is the first three sentences."""

LEAD_SENTENCES = 3
MOST_SUBJECTS = 3
LEAST_SHARE = 0.14
LEAST_OF_BEST = 0.42
"""A further subject is named from this share of all points, and of the first subject's points."""

CLEAR_NARROWER = 0.3
"""A subject of the second level is named when it holds this share of its parent's points."""

SOBER_FROM = 3.9
"""Points of grave words from which a story of a hundred words is told soberly; longer ones need more."""

_TOKEN = re.compile(r"\d[\d.,]*(?=bn\b|m\b)|[a-z0-9]+(?:['&/-][a-z0-9]+)*|[£$%]")

_NARROWER = {"code": str, "name": str, "strong": [str], "medium": [str], "weak": [str]}
_SUBJECT = {**_NARROWER, "against": [str], "narrower": [_NARROWER]}
_SOBER = {"grave": [str], "plain": [str], "light": [str], "playful": [str], "harmful": [str]}
_SHAPE = {"topics": [_SUBJECT], "neutral": [str], "sober": _SOBER}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases with what they stand for; `longest` is the length of the longest phrase by first word."""

    entries: Mapping[tuple[str, ...], tuple[tuple[str, float], ...]]
    longest: Mapping[str, int]

    def read(self, tokens: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, float], ...]]]:
        """Yield each phrase that the tokens hold with its entry; a longer phrase hides those inside it."""
        place = 0
        while place < len(tokens):
            size, phrase = self._at(tokens, place)
            if phrase:
                yield phrase, self.entries[phrase]
            place += size

    def _at(self, tokens: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
        for size in range(self.longest.get(tokens[place], 0), 1, -1):
            phrase = tuple(tokens[place : place + size])
            if phrase in self.entries:
                return size, phrase
        return 1, next((form for form in _forms(tokens[place]) if form in self.entries), ())


def classify(texts: Sequence[str], headline: str) -> tuple[Topic, ...]:
    """Return what an article is about, most important first.

    `texts` are the sentences in order. There are at most three subjects of the top level, whose
    weights are their shares of all points and sum to one at most, and beside them the second-level
    subjects that hold a clear part of one of them (a part of its weight, not on top of it).
    """
    return _classify(tuple(texts), headline)


def subject(code: str) -> str:
    """Return the number of the top-level subject ("04") to which a code of either level belongs."""
    return _parents().get(code, code)[:2]


@cache
def subjects() -> dict[str, str]:
    """Return the name of each top-level subject by its number ("04")."""
    return {code[:2]: name for code, name in _names().items() if code not in _parents()}


def sober(texts: Sequence[str], headline: str) -> bool:
    """Return whether deaths, crimes with victims, disasters or illness are the story itself.

    Figures of speech ("dead ball", "killed off the game") count nothing. Grave words count double
    in a story of crime, disaster or war, and a third where the subject lives on them (sport, film,
    business) and neither crime nor disaster is among its subjects.
    """
    weighted = _weighted(texts, headline)
    points = _points(weighted, _sober_lexicon()).get("sober", 0.0)
    length = sum(len(tokens) for tokens, _ in weighted)
    weight = _gravity([topic.code for topic in classify(texts, headline)])
    return weight * points >= SOBER_FROM * math.sqrt(max(length, 40) / 100)


@lru_cache(maxsize=4)  # one article is asked several questions
def _classify(texts: tuple[str, ...], headline: str) -> tuple[Topic, ...]:
    names, parents = _names(), _parents()
    scores = _scores(_weighted(texts, headline))
    tops = {code: score for code, score in scores.items() if code not in parents and score > 0}
    total = sum(tops.values())
    chosen = _chosen(tops, total)
    narrower = [
        code
        for code, parent in parents.items()
        if parent in chosen and scores.get(code, 0.0) >= CLEAR_NARROWER * tops[parent]
    ]
    shares = {code: min(scores[code], tops[parents.get(code, code)]) / total for code in (*chosen, *narrower)}
    found = [Topic(code, names[code], round(share, 4)) for code, share in shares.items()]
    return tuple(sorted(found, key=lambda topic: (-topic.weight, topic.code in parents, topic.code)))


def _gravity(codes: Sequence[str]) -> float:
    """Return how literally grave words are to be taken in a story of these subjects."""
    words = _data()["sober"]
    if codes and codes[0] in words["harmful"]:
        return 2.0
    if codes and codes[0] in words["playful"] and not set(codes) & set(words["harmful"]):
        return 1 / 3
    return 1.0


def knowledge(name: str, shape: Any) -> Any:
    """Return what a file of house/data holds, checked against a shape.

    A shape is a type, a list with the shape of the items, or a dictionary from each key to its
    shape. Raises UsageError with the file and the entry that do not fit.
    """
    source = resources.files("summarise.house").joinpath("data", name)
    try:
        data = read_yaml(source.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise UsageError(f"{name} is not YAML: {error}") from error
    check(data, shape, name)
    return data


def check(value: Any, shape: Any, where: str) -> None:
    """Raise UsageError, naming the place, where a value does not have the shape (see `knowledge`)."""
    expected: type = shape if isinstance(shape, type) else type(shape)
    found = type(value)
    if found is not expected:
        raise UsageError(f"{where}: expected {expected.__name__}, found {value!r:.60}; correct the entry")
    if isinstance(shape, list):
        for number, item in enumerate(value):
            check(item, shape[0], f"{where}[{_label(item, number)}]")
    elif isinstance(shape, dict):
        _check_keys(value, shape, where)


def _check_keys(value: dict[str, Any], shape: dict[str, Any], where: str) -> None:
    for key in (*value, *shape):
        if key not in shape:
            raise UsageError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(shape))}")
        if key not in value:
            raise UsageError(f"{where}: the key {key!r} is missing")
        check(value[key], shape[key], f"{where}.{key}")


def _label(item: Any, number: int) -> str:
    if isinstance(item, dict):
        return str(item.get("name") or item.get("code") or item.get("id") or number)
    return str(number)


@cache
def _data() -> Any:
    return knowledge("topics.yaml", _SHAPE)


@cache
def _names() -> dict[str, str]:
    entries = _data()["topics"]
    return {e["code"]: e["name"] for entry in entries for e in (entry, *entry["narrower"])}


@cache
def _parents() -> dict[str, str]:
    return {narrower["code"]: entry["code"] for entry in _data()["topics"] for narrower in entry["narrower"]}


@cache
def _topic_lexicon() -> Lexicon:
    points: dict[tuple[str, ...], dict[str, float]] = {tuple(tokenise(p)): {} for p in _data()["neutral"]}
    for entry in _data()["topics"]:
        for e in (entry, *entry["narrower"]):
            for strength, worth in STRENGTHS.items():
                for phrase in e.get(strength, ()):
                    row = points.setdefault(tuple(tokenise(phrase)), {})
                    for code in {e["code"], entry["code"]}:
                        row[code] = max(worth, row.get(code, worth))
    return _lexicon(points)


@cache
def _sober_lexicon() -> Lexicon:
    words = _data()["sober"]
    points: dict[tuple[str, ...], dict[str, float]] = {tuple(tokenise(p)): {} for p in words["light"]}
    for worth, group in ((3.0, "grave"), (1.0, "plain")):
        for phrase in words[group]:
            points.setdefault(tuple(tokenise(phrase)), {})["sober"] = worth
    return _lexicon(points)


def _lexicon(points: Mapping[tuple[str, ...], Mapping[str, float]]) -> Lexicon:
    longest: dict[str, int] = {}
    for phrase in points:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 1))
    return Lexicon({phrase: tuple(row.items()) for phrase, row in points.items()}, longest)


def tokenise(text: str) -> list[str]:
    """Return the words of a text in lower case; a number and its "bn" or "m" are two."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


def _forms(token: str) -> Iterator[tuple[str, ...]]:
    """Yield a word, then the word without a possessive, then without a plural in -s."""
    yield (token,)
    if token.endswith("'s"):
        token = token[:-2]
        yield (token,)
    if token.endswith("s") and not token.endswith("ss") and len(token) > 3:
        yield (token[:-1],)


def _weighted(texts: Sequence[str], headline: str) -> list[tuple[list[str], float]]:
    body = [(tokenise(text), LEAD if i < LEAD_SENTENCES else BODY) for i, text in enumerate(texts)]
    return [(tokenise(headline), HEADLINE), *body]


def _points(weighted: Sequence[tuple[list[str], float]], lexicon: Lexicon) -> dict[str, float]:
    """Return the points by what the phrases stand for; a phrase's counts are damped by a logarithm."""
    counts: dict[tuple[str, ...], float] = {}
    for tokens, weight in weighted:
        for phrase, _ in lexicon.read(tokens):
            counts[phrase] = counts.get(phrase, 0.0) + weight
    points: dict[str, float] = {}
    for phrase, count in counts.items():
        for code, worth in lexicon.entries[phrase]:
            points[code] = points.get(code, 0.0) + worth * math.log2(1.0 + count)
    return points


def _scores(weighted: Sequence[tuple[list[str], float]]) -> dict[str, float]:
    return _points(weighted, _topic_lexicon())


def _chosen(tops: Mapping[str, float], total: float) -> list[str]:
    ranked = sorted(tops, key=lambda code: (-tops[code], code))[:MOST_SUBJECTS]
    least = max(LEAST_SHARE * total, LEAST_OF_BEST * tops[ranked[0]]) if ranked else 0.0
    return [code for code in ranked if tops[code] >= least or code == ranked[0]]
