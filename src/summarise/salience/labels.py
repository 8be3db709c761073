"""What a summary of editors says about an article: which words it tells, and what each sentence would gain.

The gain of a sentence is what it adds to the ROUGE of the lines chosen before it, so that a sentence
which tells again what is told gains nothing (the oracle of Nallapati et al. 2017, at every step and not
only the best one's).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarise.records import Document

_NO_LETTER = re.compile(r"[^a-z0-9]+")


@cache
def _tokenizer() -> Any:
    from rouge_score.tokenizers import DefaultTokenizer  # type: ignore[import-untyped]  # ships no types

    return DefaultTokenizer(use_stemmer=True)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a word as rouge-score makes it, the first of them where it sees several."""
    return next(iter(_tokenizer().tokenize(word)), "")


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, as rouge-score reads it."""
    return [stem(word) for word in _NO_LETTER.sub(" ", text.lower()).split()]


class Reference:
    """A summary to which sentences are compared: stems and pairs of stems, counted."""

    def __init__(self, summary: Iterable[str]) -> None:
        found = [word for line in summary for word in stems(line)]
        self.words = Counter(found)
        self.pairs = Counter(pairwise(found))

    def told(self, document: Document) -> list[str]:
        """Return the content lemmas of an article whose stem stands in the summary."""
        return [word for word in dict.fromkeys(w for row in document.lemmas for w in row) if stem(word) in self.words]

    def score(self, lines: Sequence[Sequence[str]]) -> float:
        """Return the F1 of ROUGE-1 plus that of ROUGE-2 for lines of stems (0 to 2)."""
        found = [word for line in lines for word in line]
        return _f1(Counter(found), self.words) + _f1(Counter(pairwise(found)), self.pairs)


def _f1(counts: Counter[Any], reference: Counter[Any]) -> float:
    total = counts.total() + reference.total()
    return 2 * (counts & reference).total() / total if total else 0.0


def gains(reference: Reference, lines: Sequence[Sequence[str]], chosen: Sequence[int]) -> NDArray[np.float64]:
    """Return what each sentence adds to the score of those chosen, read in the article's order; -inf for those."""
    told = [lines[i] for i in sorted(chosen)]
    base = reference.score(told)
    found = np.full(len(lines), -np.inf)
    for index in range(len(lines)):
        if index not in chosen:
            found[index] = reference.score([lines[i] for i in sorted([*chosen, index])]) - base
    return found
