"""How much of the story each sentence carries: named scores between 0 and 1, and their weighted sum.

Scorers are scikit-learn estimators without learned state: `transform` takes a document and
returns one score a sentence. They read lemmas where the pipeline gives them, words otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer

from summarise.language import quoted_share
from summarise.records import Document

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Salience:
    """The scores of a document's sentences.

    `total` has one value a sentence; `parts[name]` holds that part's contribution to it,
    so that the parts add up to the total. `vectors` are the L2-normalised TF-IDF rows that
    selection uses to tell repetition.
    """

    total: Scores
    parts: Mapping[str, Scores]
    vectors: sparse.csr_matrix

    def parts_of(self, index: int) -> tuple[tuple[str, float], ...]:
        """Return the named parts of one sentence's score."""
        return tuple((name, round(float(values[index]), 6)) for name, values in self.parts.items())

    def similarity(self, left: int, right: int) -> float:
        """Return the cosine of two sentences (0 to 1)."""
        return float(self.vectors[left].multiply(self.vectors[right]).sum())


def _same(words: Sequence[str]) -> Sequence[str]:
    return words


def _vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_same, sublinear_tf=True)


def tfidf_vectors(document: Document) -> sparse.csr_matrix:
    """Return the sentences' TF-IDF vectors, rows of length 1 (0 for a sentence without content words)."""
    rows = document.lemmas
    if not any(rows):
        return sparse.csr_matrix((len(rows), 1))
    return _vectorizer().fit_transform(rows)


def _scaled(values: Scores) -> Scores:
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
        place = np.arange(len(document.sentences), dtype=np.float64)
        return np.exp(-place / self.decay)


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
        return _scaled(np.asarray(vectors @ (centroid / length)).ravel())


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
        count = len(document.sentences)
        if count == 0:
            return np.zeros(0)
        vectors = tfidf_vectors(document)
        graph = (vectors @ vectors.T).tolil()
        graph.setdiag(0)
        graph = graph.tocsr()
        graph.data[graph.data < self.threshold] = 0
        graph.eliminate_zeros()
        return _scaled(self._power_iteration(graph, count))

    def _power_iteration(self, graph: sparse.csr_matrix, count: int) -> Scores:
        out = np.asarray(graph.sum(axis=1)).ravel()
        share = sparse.diags(np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)) @ graph
        rank = np.full(count, 1.0 / count)
        for _ in range(self.max_iterations):
            loose = float(rank[out == 0].sum()) / count
            following = (1 - self.damping) / count + self.damping * (share.T @ rank + loose)
            if float(np.abs(following - rank).sum()) < self.tolerance:
                return np.asarray(following)
            rank = following
        return rank


class HeadlineScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by the share of the headline's (and standfirst's) content words that a sentence holds."""

    def fit(self, document: Document, y: object = None) -> HeadlineScorer:
        """Return the scorer; the words come from the article's own headline."""
        return self

    def transform(self, document: Document) -> Scores:
        """Return a score between 0 and 1 for each sentence."""
        article = document.article
        wanted = _stems(f"{article.headline} {article.standfirst or ''}".split())
        rows = document.lemmas
        scores = [len(wanted & _stems(row)) / max(len(wanted), 1) for row in rows]
        return _scaled(np.asarray(scores, dtype=np.float64))


def _stems(words: Iterable[str]) -> set[str]:
    """Return words without case, marks and inflection, cut to five letters: enough to tell overlap."""
    cleaned = ("".join(filter(str.isalnum, word.lower())) for word in words)
    return {word[:5] for word in cleaned if len(word) > 3}


class DensityScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by facts a sentence holds for its length: names, sums, dates; speech without news counts against it."""

    def fit(self, document: Document, y: object = None) -> DensityScorer:
        """Return the scorer; there is nothing to learn."""
        return self

    def transform(self, document: Document) -> Scores:
        """Return a score between 0 and 1 for each sentence."""
        scores = []
        for sentence in document.sentences:
            words = sentence.text.split()
            facts = sum(1 for i, word in enumerate(words) if _is_fact(word, first=i == 0))
            quoted = quoted_share(sentence, document.article.paragraphs[sentence.paragraph])
            scores.append(min(facts / max(len(words), 7) * 2.6, 1.0) * (1.0 - 0.8 * quoted) + 0.3 * (1.0 - quoted))
        return _scaled(np.asarray(scores, dtype=np.float64))


def _is_fact(word: str, *, first: bool) -> bool:
    """Whether a word is a figure, or a name by its capital (which the first word of a sentence has anyway)."""
    bare = word.lstrip("“‘\"'([£$€")
    return bare[:1].isdigit() or (not first and bare[:1].isupper())


PARTS: Mapping[str, Callable[[], Any]] = {
    "position": LeadScorer,
    "tfidf": TfidfScorer,
    "textrank": TextRankScorer,
    "headline": HeadlineScorer,
    "density": DensityScorer,
}
_SINGLE = {"lead": "position", "tfidf": "tfidf", "textrank": "textrank"}


def score(document: Document, scorer: str, weights: Mapping[str, float]) -> Salience:
    """Return the salience of every sentence by one scorer, or by the weighted blend of all parts."""
    chosen = {_SINGLE[scorer]: 1.0} if scorer in _SINGLE else dict(weights)
    parts = {name: weight * PARTS[name]().transform(document) for name, weight in chosen.items() if weight}
    total = np.sum(list(parts.values()), axis=0) if parts else np.zeros(len(document.sentences))
    return Salience(total=total, parts=parts, vectors=tfidf_vectors(document))
