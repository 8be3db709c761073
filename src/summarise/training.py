"""`summarise train`: the models that can be made anew from articles with summaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path

from summarise.errors import RunError, UsageError
from summarise.evaluation.corpora import article_of, read_rows
from summarise.language import Analyser
from summarise.records import Document
from summarise.salience.learned import WEIGHTS, LearnedScorer


def train_salience(
    rows: Path,
    background: Path | None,
    folder: Path,
    analyser: Analyser,
    say: Callable[[str], None],
    limit: int | None = None,
    also: Sequence[Path] = (),
) -> LearnedScorer:
    """Fit the learned scorer on rows of {article, summary}, write its arrays into a folder, and return it.

    The files of `also` hold rows of the same kind, such as those of `summarise feedback`, that are taken whole.
    Of `background`, rows of the same kind, only the words are counted. `limit` takes the first rows of each.
    Raises UsageError for rows that cannot be read, or that are too few.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: give a folder to write the scorer to.")
    documents, summaries = [], []
    for row in chain(islice(read_rows(rows), limit), *(read_rows(file) for file in also)):
        document = analyser.analyse(article_of(row.article))
        if document.sentences and row.summary:
            documents.append(document)
            summaries.append(row.summary)
    texts = _texts(background, analyser, limit) if background else []
    say(f"{len(documents):,} articles with summaries, {len(texts):,} more for counting words.")
    try:
        scorer = LearnedScorer().fit(documents, summaries, texts)
    except ValueError as error:
        raise UsageError(f"{rows}: nothing can be learnt from it: {error}.") from error
    try:
        scorer.save(folder)
    except OSError as error:
        raise RunError(f"{folder}: the scorer cannot be written there ({error.strerror}).") from error
    say(f"The scorer is in {folder / WEIGHTS} ({(folder / WEIGHTS).stat().st_size / 1000:,.0f} kB).")
    return scorer


def _texts(file: Path, analyser: Analyser, limit: int | None) -> list[Document]:
    return [analyser.analyse(article_of(row.article)) for row in islice(read_rows(file), limit)]
