"""ROUGE as the field reports it: rouge-score with stemming, rougeLsum over sentences joined by newlines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

NAMES = ("rouge1", "rouge2", "rougeLsum")


@cache
def _scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]  # ships no types

    return RougeScorer(list(NAMES), use_stemmer=True)


def rouge(reference: Sequence[str], candidate: Sequence[str]) -> dict[str, float]:
    """Return the F1 of ROUGE-1, ROUGE-2 and ROUGE-Lsum of sentences against sentences (0 to 1).

    Source: Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries".
    """
    scores = _scorer().score("\n".join(reference), "\n".join(candidate))
    return {name: float(scores[name].fmeasure) for name in NAMES}
