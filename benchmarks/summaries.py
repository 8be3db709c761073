"""Choice, compression and finished lines on articles with editors' summaries, in one run: `make bench-summaries`.

The rows (`{article, summary, outlet}`, JSONL) must not be those that the scorer was trained on. Compression is told
apart from choice: the same chosen sentences, whole and shortened. `--pairs` measures which cuts agree with people, on
rows of one sentence and its shorter form. Time is that of one core with the models loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from summarise.compression import variants
from summarise.evaluation.comparison import BASELINE, DRAFT, LEAD_CUT, WayScores, compare, top_sentences
from summarise.evaluation.corpora import Row, article_of, read_rows
from summarise.evaluation.rouge import NAMES, rouge
from summarise.keypoints import Selector
from summarise.language import Analyser
from summarise.lines import Candidate, Limits, LineMaker
from summarise.names import Names
from summarise.records import Document, count_words, words
from summarise.salience.scores import score
from summarise.settings import KeypointSettings, Settings

LEARNED = "learned"
_WORDS = 600
"""Words of the article to which times are scaled."""


def main(
    rows: Path,
    pairs: Annotated[Path | None, typer.Option(help="Rows of a sentence and its shorter form.")] = None,
    limit: Annotated[int | None, typer.Option(help="The first N rows of each outlet.")] = None,
) -> None:
    """Print every table."""
    console, settings = Console(width=140), Settings()
    for lines in (3, 5):
        scores = compare(read_rows(rows, limit), settings, lines)
        console.print(_ways(scores, lines))
    analyser = Analyser()
    console.print(_compression(list(read_rows(rows, limit)), analyser))
    console.print(_lengths_and_time(list(read_rows(rows, 100)), analyser))
    if pairs:
        console.print(_agreement(list(islice(read_rows(pairs), 1000)), analyser))


def _ways(scores: Iterable[WayScores], lines: int) -> Table:
    table = Table(
        "outlet", "way", "articles", "words", *NAMES, title=f"{lines} lines; in brackets: over what it is held against"
    )
    found = {(row.outlet, row.way): row for row in scores}
    for (outlet, way), row in found.items():
        against = found[outlet, LEAD_CUT if way == DRAFT else BASELINE]
        cells = [f"{row.rouge[n].mean:.1f} ({row.rouge[n].mean - against.rouge[n].mean:+.2f})" for n in NAMES]
        table.add_row(outlet, way, str(row.articles), f"{row.words:.0f}", *cells)
    return table


def _maker(document: Document, analyser: Analyser) -> LineMaker:
    return LineMaker(document, Names(document), score(document, LEARNED), analyser.parse)


def _compression(rows: Sequence[Row], analyser: Analyser) -> Table:
    """Three chosen sentences whole, and each as the line that could stand for it, whole where there is none."""
    table = Table(
        "outlet", "articles", "words cut", *(f"{name} lost" for name in NAMES), title="Compression of three lines"
    )
    for outlet in sorted({row.outlet for row in rows}):
        cut, lost = [], []
        for row in (row for row in rows if row.outlet == outlet):
            document = analyser.analyse(article_of(row.article))
            maker = _maker(document, analyser)
            whole = top_sentences(document, LEARNED, 3)
            short = [_shortened(maker, text) for text in whole]
            before, after = (rouge(row.summary, lines) for lines in (whole, short))
            cut.append(1 - sum(map(count_words, short)) / max(sum(map(count_words, whole)), 1))
            lost.append([100 * (before[name] - after[name]) for name in NAMES])
        means = [sum(column) / len(lost) for column in zip(*lost, strict=True)]
        table.add_row(
            outlet, str(len(cut)), f"{100 * sum(cut) / len(cut):.1f} %", *(f"{value:+.2f}" for value in means)
        )
    return table


def _shortened(maker: LineMaker, text: str) -> str:
    sentence = next(sentence for sentence in maker.document.sentences if sentence.text == text)
    best = maker.best(sentence, Limits(8, 22))
    return best.text if isinstance(best, Candidate) else text


def _lengths_and_time(rows: Sequence[Row], analyser: Analyser) -> Table:
    within, lines = 0, 0
    seconds: dict[str, list[float]] = {}
    for row in rows:
        document = analyser.analyse(article_of(row.article))
        scale = 1000 * _WORDS / max(sum(map(count_words, document.article.paragraphs)), 1)
        start = process_time()
        salience = score(document, LEARNED)
        scored = process_time()
        selector = Selector(LineMaker(document, Names(document), salience, analyser.parse), KeypointSettings())
        parsed = process_time()
        points = selector.select().key_points
        end = process_time()
        for name, spent in (
            ("salience", scored - start),
            ("parse", parsed - scored),
            ("lines, selection", end - parsed),
        ):
            seconds.setdefault(name, []).append(scale * spent)
        within += sum(8 <= count_words(point.text) <= 22 for point in points)
        lines += len(points)
    table = Table("measure", "value", title=f"Key points of {len(rows)} articles")
    table.add_row("8 to 22 words", f"{100 * within / max(lines, 1):.1f} % of {lines}")
    for name, all_spent in seconds.items():
        table.add_row(f"ms an article of {_WORDS} words: {name}", f"{median(all_spent):.1f}")
    return table


def _agreement(rows: Sequence[Row], analyser: Analyser) -> Table:
    """The least harmful cut of a sentence against what a person left of it, by words kept."""
    found = list(_pairs(rows, analyser))
    table = Table("measure", "value", title=f"Agreement with people, {len(found)} sentences of 23 words or more")
    short = [pair for pair in found if pair is not None]
    table.add_row("shortened to 22 words", f"{100 * len(short) / max(len(found), 1):.1f} %")
    table.add_row("F1 of words kept, where shortened", f"{100 * sum(short) / max(len(short), 1):.1f}")
    return table


def _pairs(rows: Iterable[Row], analyser: Analyser) -> Iterator[float | None]:
    for row in rows:
        if count_words(row.article) < 23:
            continue
        cut = next(iter(variants(analyser.parse(row.article), 22)), None)
        yield None if cut is None else _f1(words(cut.text.lower()), words(" ".join(row.summary).lower()))


def _f1(ours: Sequence[str], theirs: Sequence[str]) -> float:
    both = len(set(ours) & set(theirs))
    return 2 * both / max(len(set(ours)) + len(set(theirs)), 1)


if __name__ == "__main__":
    typer.run(main)
