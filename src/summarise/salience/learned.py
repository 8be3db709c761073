"""The scorer that learnt from editors' summaries which sentence they would tell next.

Two models in a row: how likely a summary tells each word of the article, and what a sentence is
worth beside those that are chosen already. The second sees no sentence alone, so that choosing
greedily by it covers the story instead of repeating its lead.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from summarise.errors import UsageError
from summarise.records import Document
from summarise.salience.background import Background, Counts
from summarise.salience.features import GROUP_OF, GROUPS, NAMES, WORD_FEATURES, SentenceTable, Table, word_table
from summarise.salience.labels import Reference, gains, stems
from summarise.salience.scorers import Scores
from summarise.salience.trees import Trees

WEIGHTS = "weights.npz"
"""The file of a folder of models that holds the arrays of a fitted scorer."""

_FOLDS = 5
"""Parts in which what is known of words is counted, so that no article is described by its own summary."""
_HALVES = 2
"""Parts in which the chances of words are learnt, for the same reason."""
_LEAST, _MOST = -0.05, 0.4
"""The gains between which sentences are told apart: how bad a bad one is does not matter."""
_SHOWN = 25
"""Sentences of an article that the model is shown at each step."""
_FAITHFUL = 0.4
"""How often training goes on from the sentence that gains most, and else from one that a model would choose."""


class LearnedScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Score by what editors told in summaries of other articles.

    `lines` is the number of sentences chosen in training, `passes` how often each article is gone through;
    `rounds`, `leaves`, `learning_rate` and `least_rows` shape the boosted trees (Friedman 2001), `without` names
    features or groups of them that are not used, and `seed` decides which sentences are shown. Fitted, it has
    `background_`, `words_` and `sentences_`; loaded, also `version_`, 8 hex digits of the file's SHA-256.
    """

    def __init__(
        self,
        lines: int = 3,
        passes: int = 2,
        rounds: int = 350,
        leaves: int = 15,
        learning_rate: float = 0.06,
        least_rows: int = 100,
        without: Sequence[str] = (),
        seed: int = 0,
    ) -> None:
        self.lines = lines
        self.passes = passes
        self.rounds = rounds
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.least_rows = least_rows
        self.without = without
        self.seed = seed

    def fit(
        self, documents: Sequence[Document], summaries: Sequence[Sequence[str]], texts: Sequence[Document] = ()
    ) -> LearnedScorer:
        """Learn from articles and their summaries, a list of lines each; of `texts` only the words are counted.

        Raises ValueError where there are fewer articles than parts to learn in.
        """
        if len(documents) < _FOLDS or len(documents) != len(summaries):
            raise ValueError(f"there must be at least {_FOLDS} articles, each with its summary")
        references = [Reference(summary) for summary in summaries]
        parts = [Counts() for _ in range(_FOLDS)]
        whole = Counts()
        for number, (document, reference) in enumerate(zip(documents, references, strict=True)):
            told = reference.told(document)
            for counts in (whole, parts[number % _FOLDS]):
                counts.add(document.lemmas, told)
        for document in texts:
            whole.add(document.lemmas, None)
        fair = [whole.without(part).background() for part in parts]
        backgrounds = [fair[number % _FOLDS] for number in range(len(documents))]
        chances = self._chances(documents, references, backgrounds)
        tables = [SentenceTable(*row) for row in zip(documents, backgrounds, chances, strict=True)]
        rows, worth = self._steps(tables, references)
        self.background_ = whole.background()
        self.sentences_ = Trees.of(self._regressor().fit(self._used(rows), worth))
        return self

    def _chances(
        self, documents: Sequence[Document], references: Sequence[Reference], backgrounds: Sequence[Background]
    ) -> list[dict[str, float]]:
        """Fit `words_`, and return each article's chances by a model that has not seen the article."""
        found = [word_table(*pair) for pair in zip(documents, backgrounds, strict=True)]
        told = []
        for (words, _), reference, document in zip(found, references, documents, strict=True):
            kept = set(reference.told(document))
            told.append(np.array([word in kept for word in words], dtype=bool))
        chances: list[dict[str, float]] = [{} for _ in documents]
        for half in range(_HALVES):
            others = [n for n in range(len(found)) if n % _HALVES != half]
            model = Trees.of(self._word_model(found, told, others))
            for number in range(half, len(found), _HALVES):
                words, table = found[number]
                chances[number] = _as_chances(words, table, model)
        self.words_ = Trees.of(self._word_model(found, told, range(len(found))))
        return chances

    def _word_model(self, found: Sequence[tuple[Any, Table]], told: Sequence[Any], numbers: Sequence[int]) -> Any:
        model = HistGradientBoostingClassifier(
            max_iter=120, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=2 * self.least_rows,
            early_stopping=False, random_state=self.seed,
        )  # fmt: skip
        return model.fit(np.concatenate([found[n][1] for n in numbers]), np.concatenate([told[n] for n in numbers]))

    def _regressor(self) -> Any:
        return HistGradientBoostingRegressor(
            max_iter=self.rounds, learning_rate=self.learning_rate, max_leaf_nodes=self.leaves,
            min_samples_leaf=self.least_rows, l2_regularization=1.0, early_stopping=False, random_state=self.seed,
        )  # fmt: skip

    def _used(self, table: Table) -> Table:
        """Return a table with the features that are not used made constant."""
        unused = [number for number, name in enumerate(NAMES) if {name, _GROUP_NAMES[number]} & set(self.without)]
        if not unused:
            return table
        table = table.copy()
        table[:, unused] = 0.0
        return table

    def _steps(self, tables: Sequence[SentenceTable], references: Sequence[Reference]) -> tuple[Table, Scores]:
        """Return the sentences that could come next at each step of each article, and what each is worth there."""
        chance = np.random.default_rng(self.seed)
        rows, worth = [], []
        for table, reference in list(zip(tables, references, strict=True)) * self.passes:
            for features, values in self._article_steps(table, reference, chance):
                rows.append(features)
                worth.append(values)
        return np.concatenate(rows), np.concatenate(worth)

    def _article_steps(
        self, table: SentenceTable, reference: Reference, chance: np.random.Generator
    ) -> Iterator[tuple[Table, Scores]]:
        lines = [stems(sentence.text) for sentence in table.document.sentences]
        chosen: list[int] = []
        for _ in range(min(self.lines, len(lines))):
            gained, features = gains(reference, lines, chosen), table.beside(chosen)
            left = np.flatnonzero(np.isfinite(gained))
            likely = left[np.argsort(-features[left, _LIKELY] + 0.2 * chance.random(len(left)), kind="stable")]
            shown = np.unique([*likely[:5], *chance.permutation(left)[: _SHOWN - 5], left[np.argmax(gained[left])]])
            best = float(gained[left].max())
            worth = np.clip(gained[shown], _LEAST, _MOST) + ((gained[shown] >= 0.999 * best) & (best > 0))
            yield features[shown], worth
            strays = chance.random() >= _FAITHFUL or best <= 0
            chosen.append(int(likely[0] if strays else left[np.argmax(gained[left])]))

    # ------------------------------------------------------------ fitted

    def reading(self, document: Document) -> Reading:
        """Return what the fitted scorer makes of a document."""
        words, table = word_table(document, self.background_)
        chances = _as_chances(words, table, self.words_)
        return Reading(SentenceTable(document, self.background_, chances), self.sentences_)

    def transform(self, document: Document) -> Scores:
        """Return what each sentence of a document is worth as the first line."""
        return self.reading(document).beside(())

    def save(self, folder: Path) -> None:
        """Write the fitted scorer's arrays into a folder, whole or not at all; nothing in them is code."""
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{WEIGHTS}"
        arrays = self.background_.arrays() | self.words_.arrays("words") | self.sentences_.arrays("sentences")
        names = np.frombuffer("\n".join(NAMES).encode(), dtype=np.uint8)
        stored: dict[str, Any] = {**arrays, "features": names}
        with unfinished.open("wb") as file:
            np.savez_compressed(file, **stored)
        unfinished.replace(folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> LearnedScorer:
        """Return the scorer of a folder; raises UsageError where it holds none that this version can read."""
        path = folder / WEIGHTS
        if not path.is_file():
            raise UsageError(f"scorer: there is no salience model {path}: {_ADVICE}")
        try:
            content = path.read_bytes()
            with np.load(io.BytesIO(content), allow_pickle=False) as stored:
                arrays = dict(stored)
            if arrays["features"].tobytes().decode() != "\n".join(NAMES):
                raise ValueError("it was trained on other features")
            scorer = cls()
            scorer.version_ = hashlib.sha256(content).hexdigest()[:8]
            scorer.background_ = Background.from_arrays(arrays)
            scorer.words_ = Trees.from_arrays(arrays, "words", len(WORD_FEATURES))
            scorer.sentences_ = Trees.from_arrays(arrays, "sentences", len(NAMES))
        except KeyError as error:
            raise UsageError(f"scorer: the salience model {path} lacks {error}: {_ADVICE}") from error
        except _DAMAGE as error:
            reason = "it is no file of plain arrays, or a damaged one" if "pickle" in str(error) else error
            raise UsageError(f"scorer: the salience model {path} cannot be read ({reason}): {_ADVICE}") from error
        return scorer


_ADVICE = "train one with `summarise train salience`, or choose another scorer"
_DAMAGE = (OSError, ValueError, EOFError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, zlib.error)
"""What a damaged file of arrays raises."""
_GROUP_NAMES = tuple(name for name, features in GROUPS.items() for _ in features)
_LIKELY = NAMES.index("chance_of_best")


def _as_chances(words: Sequence[str], table: Table, model: Trees) -> dict[str, float]:
    return dict(zip(words, 1 / (1 + np.exp(-model.predict(table))), strict=True))


@dataclass(frozen=True)
class Reading:
    """What a fitted scorer makes of one document."""

    table: SentenceTable
    model: Trees

    @property
    def chances(self) -> Mapping[str, float]:
        """How likely a summary tells each content lemma of the article (0 to 1)."""
        return self.table.chances

    def beside(self, chosen: Sequence[int]) -> Scores:
        """Return what each sentence is worth beside those chosen."""
        return self.model.predict(self.table.beside(chosen))

    @cached_property
    def parts(self) -> Mapping[str, NDArray[np.float64]]:
        """What each group of features adds to the worth of a sentence as the first line; "average" is common to all."""
        names = [*GROUPS, "average"]
        columns = self.model.contributions(self.table.beside(()), GROUP_OF, len(GROUPS))
        return {name: columns[:, number] for number, name in enumerate(names)}


@cache
def packaged(folder: Path) -> LearnedScorer:
    """Return the scorer of a folder, loaded once."""
    return LearnedScorer.load(folder)
