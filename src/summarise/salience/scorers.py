"""Scorers without learned state: TF-IDF, TextRank and position, each between 0 and 1.

They are scikit-learn estimators: `transform` takes a document and returns one score a
sentence. They read the lemmas of the cheap path, so no sentence is parsed to be scored.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer

from summarise.records import Document

Scores = NDArray[np.float64]


def _same(words: Sequence[str]) -> Sequence[str]:
    return words


def tfidf_vectors(document: Document) -> sparse.csr_matrix:
    """Return the sentences' TF-IDF vectors, rows of length 1 (0 for a sentence without content words)."""
    rows = document.lemmas
    if not any(rows):
        return sparse.csr_matrix((len(rows), 1))
    return TfidfVectorizer(analyzer=_same, sublinear_tf=True).fit_transform(rows)


def scaled(values: Scores) -> Scores:
    """Return the values divided by the greatest, so that it becomes 1."""
    top = float(values.max()) if values.size else 0.0
    return values / top if top > 0 else values


class LeadScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by place: news is written with the most important first.

    `decay` is the number of sentences after which the score has fallen to 1/e.
    """

    def __init__(self, decay: float = 6.0) -> None:
        self.decay = decay

    def fit(self, document: Document, y: object = None) -> LeadScorer:
        """Return the scorer; there is nothing to learn."""
        return self

    def transform(self, document: Document) -> Scores:
        """Return a score between 0 and 1 for each sentence; the first sentence has 1."""
        return self.scores(len(document.sentences))

    def scores(self, count: int) -> Scores:
        """Return the scores of so many sentences."""
        return np.exp(-np.arange(count, dtype=np.float64) / self.decay)


class TfidfScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by nearness to the article's TF-IDF centroid (Radev et al. 2004, "Centroid-based summarization")."""

    def fit(self, document: Document, y: object = None) -> TfidfScorer:
        """Return the scorer; the weights come from the document itself."""
        return self

    def transform(self, document: Document) -> Scores:
        """Return the cosine with the centroid for each sentence, scaled so that the highest is 1."""
        if not document.sentences:
            return np.zeros(0)
        vectors = tfidf_vectors(document)
        centroid = np.asarray(vectors.mean(axis=0)).ravel()
        length = float(np.linalg.norm(centroid))
        if length == 0:
            return np.zeros(len(document.sentences))
        return scaled(np.asarray(vectors @ (centroid / length)).ravel())


class TextRankScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by PageRank on the graph of sentence similarity (Mihalcea & Tarau 2004, "TextRank").

    Edges are TF-IDF cosines of at least `threshold`; `damping`, `tolerance` and
    `max_iterations` are those of the power iteration.
    """

    def __init__(
        self,
        damping: float = 0.85,
        threshold: float = 0.05,
        tolerance: float = 1e-6,
        max_iterations: int = 100,
    ) -> None:
        self.damping = damping
        self.threshold = threshold
        self.tolerance = tolerance
        self.max_iterations = max_iterations

    def fit(self, document: Document, y: object = None) -> TextRankScorer:
        """Return the scorer; the graph comes from the document itself."""
        return self

    def transform(self, document: Document) -> Scores:
        """Return the stationary weight of each sentence, scaled so that the highest is 1."""
        vectors = tfidf_vectors(document)
        return scaled(self.rank((vectors @ vectors.T).toarray()))

    def rank(self, likeness: NDArray[np.float64]) -> Scores:
        """Return the stationary weights on a square of cosines; they add up to 1."""
        count = len(likeness)
        if count == 0:
            return np.zeros(0)
        edges = np.where(likeness >= self.threshold, likeness, 0.0)
        np.fill_diagonal(edges, 0.0)
        graph = sparse.csr_matrix(edges)
        out = np.asarray(graph.sum(axis=1)).ravel()
        share = sparse.diags(np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)) @ graph
        following_links = share.T.tocsr()
        rank = np.full(count, 1.0 / count)
        for _ in range(self.max_iterations):
            loose = float(rank[out == 0].sum()) / count
            following = (1 - self.damping) / count + self.damping * (following_links @ rank + loose)
            if float(np.abs(following - rank).sum()) < self.tolerance:
                return np.asarray(following)
            rank = following
        return rank
