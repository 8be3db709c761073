"""Every metric with its name, its direction, and what it takes: the one list that tables, reports and gate read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarise.evaluation import against_gold as gold
from summarise.evaluation import metrics as free
from summarise.evaluation.against_gold import GoldMetric
from summarise.evaluation.rouge import NAMES
from summarise.records import Draft

Better = Literal["higher", "lower", "neither"]
Group = Literal["pages", "faithful", "form", "blocks", "editor", "extraction"]

GROUPS: dict[Group, str] = {
    "pages": "Pages",
    "faithful": "True to the article",
    "form": "Form",
    "blocks": "The two blocks",
    "editor": "Against the editor's draft",
    "extraction": "Extraction",
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric by name: exactly one of `free` (a draft), `against` (a draft and its gold), `batch` (all drafts) is set.

    `worst` is the value of a page that gives no draft (None: it is left out); `in_score` says
    that the metric is part of a case's score; what is better "neither" way is shown, never gated.
    """

    name: str
    label: str
    group: Group
    better: Better = "higher"
    worst: float | None = None
    in_score: bool = False
    free: Callable[[Draft], float | None] | None = None
    against: GoldMetric | None = None
    batch: Callable[[Sequence[Draft]], float | None] | None = None


def _against(name: str, label: str, metric: GoldMetric, *, in_score: bool = False) -> Metric:
    return Metric(name, label, "editor", "higher", 0.0, in_score, against=metric)


def _rouges() -> list[Metric]:
    short = dict(zip(NAMES, ("ROUGE-1", "ROUGE-2", "ROUGE-Lsum"), strict=True))
    parts = (("bullets", "key points", gold.bullets_rouge), ("standfirst", "standfirst", gold.standfirst_rouge))
    return [_against(f"{part}_{n.lower()}", f"{short[n]}, {label}", of(n)) for part, label, of in parts for n in NAMES]


def _slots() -> list[Metric]:
    labels = {
        ("why", "stake"): "Why: stake named",
        ("you", "audience"): "You: audience named",
        ("you", "effect"): "You: effect named",
        ("you", "date"): "You: date named",
        ("you", "sum"): "You: sum named",
    }
    return [
        Metric(f"slot_{name}", label, "blocks", worst=0.0, against=gold.slot(block, name))
        for (block, name), label in labels.items()
    ]


def _open_or_not() -> list[Metric]:
    return [
        metric
        for block, label in (("why", "Why"), ("you", "You"))
        for metric in (
            Metric(
                f"{block}_missing",
                f"{label}: open where the editor wrote it",
                "blocks",
                "lower",
                1.0,
                against=gold.open_where_written(block),
            ),
            Metric(
                f"{block}_uncalled",
                f"{label}: drafted where the editor's is open",
                "blocks",
                "lower",
                against=gold.drafted_where_open(block),
            ),
        )
    ]


CATALOGUE: tuple[Metric, ...] = (
    Metric("drafted", "Pages that gave a draft", "pages", worst=0.0, free=lambda _: 1.0),
    Metric("support", "Numbers and names supported", "faithful", in_score=True, free=free.support),
    Metric("content_support", "Content words supported", "faithful", in_score=True, free=free.content_support),
    Metric("polarity", "Negation kept", "faithful", free=free.polarity),
    Metric("modality", "Modality kept", "faithful", free=free.modality),
    Metric("attribution", "Attribution kept", "faithful", in_score=True, free=free.attribution),
    Metric("traps_avoided", "Traps avoided", "faithful", worst=0.0, in_score=True, against=gold.traps_avoided),
    Metric("context", "Lines without a context fault", "form", in_score=True, free=free.context),
    Metric("repetition", "Repetition between lines", "form", "lower", free=free.repetition),
    Metric("compression", "Words per word of evidence", "form", "neither", free=free.compression),
    Metric("length", "Parts within the house's lengths", "form", in_score=True, free=free.length),
    Metric("points_filled", "Key points filled", "form", worst=0.0, against=gold.points_filled),
    Metric("lint_errors", "Lint errors a draft", "form", "lower", free=free.lint_errors),
    # Which open blocks are right depends on the article, so the plain share is shown and its two halves are gated.
    Metric("why_open", "Why: left open", "blocks", "neither", 1.0, free=free.why_open),
    Metric("you_open", "You: left open", "blocks", "neither", 1.0, free=free.you_open),
    Metric("specificity", "Block words from the article", "blocks", free=free.specificity),
    Metric("repeated_openings", "Most frequent block opening", "blocks", "lower", batch=free.repeated_openings),
    Metric("slots_right", "Slots right, all", "blocks", worst=0.0, in_score=True, against=gold.slots_right),
    *_slots(),
    *_open_or_not(),
    _against("fact_recall", "Facts carried", gold.fact_recall, in_score=True),
    _against("first_facts", "First three facts carried", gold.first_facts),
    *_rouges(),
    _against("topic_found", "First subject found", gold.topic_found, in_score=True),
    _against("topic_first", "First subject first", gold.topic_first),
    Metric("extraction_f1", "Body, F1 of shingles", "extraction", worst=0.0, in_score=True, against=gold.extraction_f1),
    Metric("furniture_left", "Furniture left in the body", "extraction", "lower", 1.0, against=gold.furniture_left),
    Metric("headline", "Headline exact", "extraction", worst=0.0, against=gold.headline_right),
    Metric("date", "Date exact", "extraction", worst=0.0, against=gold.date_right),
    Metric("authors", "Authors exact", "extraction", worst=0.0, against=gold.authors_right),
)

BY_NAME: dict[str, Metric] = {metric.name: metric for metric in CATALOGUE}
