"""What each group of features is worth to the learned scorer: trained without it, on the same articles.

The table of `docs/salience.md`. Every row is a scorer trained on every `--every`th article of the training rows and
measured on the others' rows: ROUGE F1 × 100 of three whole sentences over the first three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from summarise.evaluation.corpora import Row, article_of, read_rows
from summarise.evaluation.rouge import NAMES, rouge
from summarise.language import Analyser
from summarise.records import Document
from summarise.salience.features import GROUPS
from summarise.salience.learned import LearnedScorer


def main(
    train: Path,
    validation: Path,
    every: Annotated[int, typer.Option(help="Train on every Nth article.")] = 4,
    limit: Annotated[int | None, typer.Option(help="The first N validation rows of each outlet.")] = 400,
) -> None:
    """Print the table of the ablation."""
    analyser, console = Analyser(), Console(width=120)
    taught = _documents(list(read_rows(train))[::every], analyser)
    judged = _documents(list(read_rows(validation, limit)), analyser)
    outlets = sorted({row.outlet for _, row in judged})
    table = Table("without", *(f"{outlet} {name}" for outlet in outlets for name in NAMES))
    for group in ("", *GROUPS):
        scorer = LearnedScorer(without=(group,) if group else ())
        scorer.fit([document for document, _ in taught], [row.summary for _, row in taught])
        table.add_row(group or "(all there)", *_over_lead(scorer, judged, outlets))
        console.print(f"{group or 'all there'}: trained", style="dim")
    console.print(table)


def _documents(rows: Sequence[Row], analyser: Analyser) -> list[tuple[Document, Row]]:
    found = [(analyser.analyse(article_of(row.article)), row) for row in rows]
    return [(document, row) for document, row in found if document.sentences and row.summary]


def _over_lead(scorer: LearnedScorer, judged: Sequence[tuple[Document, Row]], outlets: Sequence[str]) -> Iterator[str]:
    gained: dict[str, list[list[float]]] = {outlet: [] for outlet in outlets}
    for document, row in judged:
        texts = [sentence.text for sentence in document.sentences]
        ours, lead = rouge(row.summary, [texts[i] for i in _choose(scorer, document)]), rouge(row.summary, texts[:3])
        gained[row.outlet].append([100 * (ours[name] - lead[name]) for name in NAMES])
    for outlet in outlets:
        yield from (f"{value:+.2f}" for value in np.mean(gained[outlet], axis=0))


def _choose(scorer: LearnedScorer, document: Document, lines: int = 3) -> list[int]:
    reading, chosen = scorer.reading(document), list[int]()
    while len(chosen) < min(lines, len(document.sentences)):
        worth = reading.beside(chosen)
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
    return sorted(chosen)


if __name__ == "__main__":
    typer.run(main)
