"""The scores of a document by one scorer, in named parts: of each sentence alone, and beside chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from summarise.records import Document
from summarise.salience.learned import packaged
from summarise.salience.scorers import LeadScorer, Scores, TextRankScorer, TfidfScorer, scaled, tfidf_vectors
from summarise.settings import models_folder

_FOLDER = "salience"
LEARNED = "learned"
_HEADLINE = 0.1
"""What telling all of the headline is worth, beside the learned score; the training data has no headlines."""
_PLACE = 0.7
"""The share of place in prominence; the rest is the headline's."""


@dataclass(frozen=True, slots=True)
class Salience:
    """The scores of a document's sentences.

    `total` has one value a sentence, as the first to be chosen; `parts[name]` holds that part's contribution
    to it, so that the parts add up to the total. `vectors` are the L2-normalised TF-IDF rows by which
    repetition is told, `chances` how likely a summary tells a word, empty where the scorer does not know, and
    `told` which share of the headline a sentence tells (see `headline_share`).
    """

    total: Scores
    parts: Mapping[str, Scores]
    vectors: sparse.csr_matrix
    chances: Mapping[str, float]
    told: Scores
    beside_chosen: Callable[[Sequence[int]], Scores]

    def beside(self, chosen: Sequence[int]) -> Scores:
        """Return what each sentence is worth beside those chosen; a plain scorer does not know of them."""
        return self.beside_chosen(chosen) if chosen else self.total

    @property
    def prominence(self) -> Scores:
        """How soon and how plainly each sentence tells the news (0 to 1): blocks tell what summaries leave out."""
        place = LeadScorer().scores(len(self.told))
        return _PLACE * place + (1 - _PLACE) * self.told

    def parts_of(self, index: int) -> tuple[tuple[str, float], ...]:
        """Return the named parts of one sentence's score."""
        return tuple((name, round(float(values[index]), 6)) for name, values in self.parts.items())

    def similarity(self, left: int, right: int) -> float:
        """Return the cosine of two sentences (0 to 1)."""
        one, other = _row(self.vectors, left), _row(self.vectors, right)
        _, here, there = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
        return float((one[1][here] * other[1][there]).sum())


def _row(vectors: sparse.csr_matrix, index: int) -> tuple[Any, Any]:
    """Return columns and values of one row, without the matrix that slicing would build."""
    inside = slice(vectors.indptr[index], vectors.indptr[index + 1])
    return vectors.indices[inside], vectors.data[inside]


_PLAIN: Mapping[str, tuple[str, Callable[[], Any]]] = {
    "lead": ("position", LeadScorer),
    "tfidf": ("tfidf", TfidfScorer),
    "textrank": ("textrank", TextRankScorer),
}


def model_versions(scorer: str) -> tuple[tuple[str, str], ...]:
    """Return name and version of the model that a scorer reads, none for one that reads no model."""
    return () if scorer != LEARNED else ((_FOLDER, packaged(models_folder() / _FOLDER).version_),)


def score(document: Document, scorer: str) -> Salience:
    """Return the salience of every sentence by a scorer of the settings; raises UsageError without its model."""
    vectors, told = tfidf_vectors(document), headline_share(document)
    if scorer != LEARNED:
        name, estimator = _PLAIN[scorer]
        total = estimator().transform(document)
        return Salience(total, {name: total}, vectors, {}, told, lambda chosen: total)
    reading = packaged(models_folder() / _FOLDER).reading(document)
    headline = _HEADLINE * told
    parts = {**reading.parts, "headline": headline}
    total = np.sum(list(parts.values()), axis=0)
    return Salience(total, parts, vectors, reading.chances, told, lambda chosen: reading.beside(chosen) + headline)


def headline_share(document: Document) -> Scores:
    """Return the share of the headline's and the standfirst's content words that each sentence holds, the best at 1."""
    article = document.article
    wanted = _stems(f"{article.headline} {article.standfirst or ''}".split())
    shares = [len(wanted & _stems(row)) / max(len(wanted), 1) for row in document.lemmas]
    return scaled(np.asarray(shares, dtype=np.float64))


def _stems(words: Iterable[str]) -> set[str]:
    """Return words without case, marks and inflection, cut to five letters: enough to tell overlap."""
    cleaned = ("".join(filter(str.isalnum, word.lower())) for word in words)
    return {word[:5] for word in cleaned if len(word) > 3}
