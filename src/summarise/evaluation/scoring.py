"""Cases → scores: every case drafted once by the pipeline and judged by every metric that fits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarise.errors import PageError
from summarise.evaluation.catalogue import BY_NAME, CATALOGUE, Metric
from summarise.evaluation.corpora import Case
from summarise.evaluation.lines import CheckedLine, check_lines
from summarise.evaluation.words import mean
from summarise.pipeline import Summariser
from summarise.records import Article, Draft, Page
from summarise.settings import Settings

Make = Callable[[Case], Draft]
"""What drafts a case; it raises PageError where the case gives no draft."""


@dataclass(frozen=True, slots=True)
class CaseScores:
    """One case's value of each metric that applies to it; `failure` says why there is no draft."""

    slug: str
    split: str
    subject: str
    values: Mapping[str, float]
    lines: tuple[CheckedLine, ...] = ()
    failure: str | None = None

    @property
    def score(self) -> float | None:
        """The mean of the case's metrics that count for the score (0 to 1); see `catalogue.Metric.in_score`."""
        return mean(value for name, value in self.values.items() if BY_NAME[name].in_score)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a corpus; `batch` holds the metrics that only a whole batch has."""

    corpus: str
    cases: tuple[CaseScores, ...]
    batch: Mapping[str, float] = field(default_factory=dict)

    def value(self, metric: str) -> float | None:
        """Return a metric of the whole corpus: the mean over the cases that it applies to, or the batch's value."""
        if BY_NAME[metric].batch is not None:
            return self.batch.get(metric)
        return mean(case.values.get(metric) for case in self.cases)

    def count(self, metric: str) -> int:
        """Return the number of cases that a metric applies to."""
        return len(self.cases) if metric in self.batch else sum(metric in case.values for case in self.cases)

    def values(self) -> dict[str, float]:
        """Return every metric that could be measured, in the catalogue's order."""
        found = {metric.name: self.value(metric.name) for metric in CATALOGUE}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def score(self) -> float | None:
        """The mean of the cases' scores."""
        return mean(case.score for case in self.cases)

    def by_subject(self) -> dict[str, list[CaseScores]]:
        """Return the cases by subject, subjects in the order of the alphabet."""
        groups: dict[str, list[CaseScores]] = {}
        for case in sorted(self.cases, key=lambda case: (case.subject, case.slug)):
            groups.setdefault(case.subject or "no subject", []).append(case)
        return groups


class CaseDrafter(Summariser):
    """The pipeline, for cases: where a corpus gives an article as plain text there is nothing to extract."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._given: Article | None = None

    def draft_case(self, case: Case) -> Draft:
        """Return the draft of a case; raises PageError where its page gives none."""
        self._given = case.article
        return self.draft(case.page)

    def _extract(self, page: Page) -> Article:
        return self._given or super()._extract(page)


def evaluate(cases: Iterable[Case], make: Make, corpus: str | Path = "") -> Evaluation:
    """Return the scores of cases, each drafted by `make`; a case without a draft counts with the worst values."""
    scores, drafts = [], []
    for case in cases:
        try:
            draft = make(case)
        except PageError as error:
            scores.append(_failed(case, str(error)))
        except Exception as error:  # a fault of the program is a score too, and the other cases still count
            scores.append(_failed(case, f"internal error: {type(error).__name__}: {error}"))
        else:
            drafts.append(draft)
            scores.append(judge(case, draft))
    return Evaluation(str(corpus), tuple(scores), batch_values(drafts))


def judge(case: Case, draft: Draft) -> CaseScores:
    """Return the scores of one draft."""
    found = {metric.name: _value(metric, case, draft) for metric in CATALOGUE if metric.batch is None}
    values = {name: value for name, value in found.items() if value is not None}
    return CaseScores(case.slug, case.split, case.subject, values, check_lines(draft))


def batch_values(drafts: Sequence[Draft]) -> dict[str, float]:
    """Return the metrics of a batch of drafts."""
    found = {metric.name: metric.batch(drafts) for metric in CATALOGUE if metric.batch is not None}
    return {name: value for name, value in found.items() if value is not None}


def _value(metric: Metric, case: Case, draft: Draft) -> float | None:
    if metric.free is not None:
        return metric.free(draft)
    if metric.against is not None and case.gold is not None:
        return metric.against(draft, case.gold)
    return None


def _failed(case: Case, reason: str) -> CaseScores:
    values = {
        metric.name: metric.worst
        for metric in CATALOGUE
        if metric.worst is not None and metric.batch is None and (metric.against is None or case.gold is not None)
    }
    return CaseScores(case.slug, case.split, case.subject, values, failure=reason)
