"""Ways of choosing lines side by side on articles with summaries: ROUGE with bootstrap intervals.

Every scorer of the settings chooses whole sentences. "draft" is the first finished lines of the
pipeline, standfirst before key points, beside the lead cut to the same number of words, since
ROUGE rewards length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from summarise.errors import PageError
from summarise.evaluation.corpora import Case, Row, article_of, page_of
from summarise.evaluation.rouge import NAMES, rouge
from summarise.evaluation.scoring import CaseDrafter
from summarise.evaluation.words import mean
from summarise.records import Document, count_words
from summarise.salience.scores import score
from summarise.settings import Scorer, Settings

RESAMPLES = 1000
SEED = 13
LEVEL = 0.95
"""The bootstrap: resamples of the articles, the seed of their choice, and the share that an interval holds."""

BASELINE = "lead"
_STANDFIRST = 2
"""Sentences of a standfirst."""
DRAFT, LEAD_CUT = "draft", "lead, as many words"


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the ends of its bootstrap interval (Efron & Tibshirani 1993, percentile method)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WayScores:
    """One way of choosing over the articles of one outlet.

    `words` is the mean length of its summaries; `rouge` and `over_lead` give each ROUGE score,
    times 100, and its paired difference from the lead's sentences.
    """

    way: str
    outlet: str
    articles: int
    words: float
    rouge: Mapping[str, Interval]
    over_lead: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class _Summary:
    way: str
    words: int
    rouge: Mapping[str, float]


def compare(rows: Iterable[Row], settings: Settings, lines: int) -> list[WayScores]:
    """Return the scores of every way by outlet, each summary of `lines` lines; rows without a sentence are left out."""
    points = settings.keypoints.model_copy(update={"bullets": max(lines - _STANDFIRST, 1)})
    drafter = CaseDrafter(settings.model_copy(update={"keypoints": points}))
    found: dict[str, list[list[_Summary]]] = {}
    for row in rows:
        document = drafter.analyser.analyse(article_of(row.article))
        if document.sentences and row.summary:
            found.setdefault(row.outlet, []).append(list(_summaries(row, document, drafter, lines)))
    return [scores for outlet, articles in sorted(found.items()) for scores in _outlet(outlet, articles)]


def _summaries(row: Row, document: Document, drafter: CaseDrafter, lines: int) -> Iterator[_Summary]:
    for scorer in get_args(Scorer):
        yield _judged(scorer, row, top_sentences(document, scorer, lines))
    finished = _finished(row, document, drafter)[:lines]
    yield _judged(DRAFT, row, finished)
    yield _judged(LEAD_CUT, row, lead_words(document, sum(map(count_words, finished))))


def top_sentences(document: Document, scorer: str, lines: int) -> list[str]:
    """Return the highest scores' sentences in the article's order; the learned scorer knows those chosen before."""
    salience, chosen = score(document, scorer), list[int]()
    while len(chosen) < min(lines, len(document.sentences)):
        worth = salience.beside(chosen) if scorer == "learned" else salience.total
        chosen.append(max((i for i in range(len(worth)) if i not in chosen), key=lambda i: (float(worth[i]), -i)))
    return [document.sentences[i].text for i in sorted(chosen)]


def lead_words(document: Document, most: int) -> list[str]:
    """Return the article's first sentences, cut off in the middle of one so that they have `most` words."""
    found: list[str] = []
    for sentence in document.sentences:
        left = most - sum(map(count_words, found))
        if left <= 0:
            break
        pieces = sentence.text.split()
        while pieces and count_words(" ".join(pieces)) > left:
            pieces.pop()
        found.append(" ".join(pieces))
    return found


def _finished(row: Row, document: Document, drafter: CaseDrafter) -> list[str]:
    page = page_of(row.article, row.id, None)
    try:
        draft = drafter.draft_case(Case(row.id, page, article=document.article))
    except PageError:
        return []
    return [line.text for line in (*draft.standfirst, *draft.key_points)]


def _judged(way: str, row: Row, sentences: Sequence[str]) -> _Summary:
    return _Summary(way, sum(map(count_words, sentences)), rouge(row.summary, sentences))


# ---------------------------------------------------------------- numbers


def _outlet(outlet: str, articles: list[list[_Summary]]) -> Iterator[WayScores]:
    by_way = {summaries[0].way: summaries for summaries in map(list, zip(*articles, strict=True))}
    lead = by_way[BASELINE]
    for way, summaries in by_way.items():
        yield WayScores(
            way=way,
            outlet=outlet,
            articles=len(summaries),
            words=mean(float(summary.words) for summary in summaries) or 0.0,
            rouge={name: bootstrap([100 * s.rouge[name] for s in summaries]) for name in NAMES},
            over_lead={
                name: bootstrap([100 * (s.rouge[name] - b.rouge[name]) for s, b in zip(summaries, lead, strict=True)])
                for name in NAMES
            },
        )


def bootstrap(values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """Return the mean of values with its percentile bootstrap interval; the same values give the same interval.

    Raises ValueError for no values.
    """
    import numpy as np

    if not values:
        raise ValueError("there is nothing to resample")
    sample = np.asarray(values, dtype=np.float64)
    counts = np.random.default_rng(seed).multinomial(len(sample), np.full(len(sample), 1 / len(sample)), size=resamples)
    low, high = np.quantile(counts @ sample / len(sample), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(sample.mean()), float(low), float(high))


def as_rows(scores: Iterable[WayScores], file: Path, lines: int) -> list[dict[str, Any]]:
    """Return the scores as plain values for JSON."""
    return [
        {
            "corpus": str(file),
            "lines": lines,
            "outlet": s.outlet,
            "way": s.way,
            "articles": s.articles,
            "words": round(s.words, 2),
            "rouge": {name: _ends(s.rouge[name]) for name in NAMES},
            "over_lead": {name: _ends(s.over_lead[name]) for name in NAMES},
        }
        for s in scores
    ]


def _ends(interval: Interval) -> list[float]:
    return [round(value, 3) for value in (interval.mean, interval.low, interval.high)]
