"""The learned scorer: what it learns from summaries, that its arrays say the same as scikit-learn, what a file may hold."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]  # ships no types
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from articles import article
from summarise.errors import UsageError
from summarise.language import Analyser
from summarise.records import Document
from summarise.salience.background import Background, Counts
from summarise.salience.labels import Reference, gains, stems
from summarise.salience.learned import WEIGHTS, LearnedScorer
from summarise.salience.trees import Trees

TOWNS = ("Selby", "Leeds", "Wells", "Truro", "Otley", "Ripon", "Louth", "Diss")
THINGS = ("parcels", "buses", "pools", "libraries", "bridges", "gardens")


def _pairs(analyse: Callable[..., Document]) -> tuple[list[Document], list[list[str]]]:
    """Return articles whose summaries tell what is charged, wherever it stands, and never the morning."""
    documents, summaries = [], []
    for number, (town, thing) in enumerate(product(TOWNS, THINGS)):
        charge = f"Councillors approved a charge of £{len(thing)}2 on {thing}."
        lines = [f"It was a grey morning in {town}.", "People walked their dogs by the river.", "Nobody sang at noon."]
        lines.insert(number % 4, charge)
        documents.append(analyse(article(f"{town}", " ".join(lines))))
        summaries.append([charge])
    return documents, summaries


@pytest.fixture(scope="module")
def taught(blank_analyser: Analyser) -> LearnedScorer:
    documents, summaries = _pairs(blank_analyser.analyse)
    return LearnedScorer(rounds=30, least_rows=5).fit(documents, summaries)


def test_it_learns_which_sentences_summaries_tell(taught: LearnedScorer, blank_analyser: Analyser) -> None:
    unseen = (
        "It was a wet morning in Corby. A charge of £62 on markets was approved by councillors. Cats slept all day."
    )
    values = taught.transform(blank_analyser.analyse(article("Corby", unseen)))
    assert int(np.argmax(values)) == 1


def test_a_word_that_summaries_keep_is_likelier_than_one_that_they_leave_out(
    taught: LearnedScorer, blank_analyser: Analyser
) -> None:
    body = "It was a grey morning in Corby. Councillors approved a charge of £62 on markets."
    chances = taught.reading(blank_analyser.analyse(article("Corby", body))).chances
    assert chances["charge"] > 0.5 > chances["morning"]


def test_a_stored_scorer_scores_as_it_did(taught: LearnedScorer, blank_analyser: Analyser, tmp_path: Path) -> None:
    taught.save(tmp_path)
    document = blank_analyser.analyse(article("Corby", "It was a grey morning in Corby. A charge of £62 was approved."))
    again = LearnedScorer.load(tmp_path).transform(document)
    assert again == pytest.approx(taught.transform(document), abs=1e-6)


def test_a_folder_without_a_model_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=str(tmp_path / WEIGHTS)):
        LearnedScorer.load(tmp_path)


def test_a_model_of_other_features_is_refused(taught: LearnedScorer, tmp_path: Path) -> None:
    taught.save(tmp_path)
    with np.load(tmp_path / WEIGHTS) as stored:
        arrays = dict(stored)
    arrays["features"] = np.frombuffer(b"place\nshare", dtype=np.uint8)
    np.savez_compressed(tmp_path / WEIGHTS, **arrays)
    with pytest.raises(UsageError, match="other features"):
        LearnedScorer.load(tmp_path)


def test_a_file_that_holds_pickled_objects_is_refused_unread(tmp_path: Path) -> None:
    np.savez(tmp_path / WEIGHTS, features=np.array([{"a": 1}], dtype=object))
    with pytest.raises(UsageError, match="salience model"):
        LearnedScorer.load(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:300] + bytes(400) + content[700:],
        lambda content: b"hello",
        lambda content: pickle.dumps({"a": 1}),
    ],
    ids=["empty", "cut off", "overwritten", "text", "a pickle"],
)
def test_a_damaged_file_is_an_error_that_names_it(
    damage: Callable[[bytes], bytes], taught: LearnedScorer, tmp_path: Path
) -> None:
    taught.save(tmp_path)
    file = tmp_path / WEIGHTS
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(UsageError, match=str(file)):
        LearnedScorer.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sentences.threshold", lambda array: array[:5]),
        ("sentences.feature", lambda array: array + 500),
        ("words.right", lambda array: array + len(array)),
        ("words.expected", lambda array: array * np.nan),
        ("sentences.shape", lambda array: np.array([0.0, 1e300])),
        ("background.rarities", lambda array: array[:3]),
    ],
)
def test_arrays_that_are_no_scorer_are_refused(
    name: str, change: Callable[[Any], Any], taught: LearnedScorer, tmp_path: Path
) -> None:
    taught.save(tmp_path)
    with np.load(tmp_path / WEIGHTS) as stored:
        arrays = dict(stored)
    np.savez_compressed(tmp_path / WEIGHTS, **{**arrays, name: change(arrays[name])})
    with pytest.raises(UsageError, match="salience model"):
        LearnedScorer.load(tmp_path)


def test_too_few_articles_to_learn_from_are_an_error(blank_analyser: Analyser) -> None:
    documents, summaries = _pairs(blank_analyser.analyse)
    with pytest.raises(ValueError, match="at least"):
        LearnedScorer().fit(documents[:3], summaries[:3])


def test_the_parameters_are_those_of_scikit_learn() -> None:
    scorer = LearnedScorer(rounds=7).set_params(leaves=3)
    assert (scorer.get_params()["rounds"], scorer.get_params()["leaves"]) == (7, 3)


# ---------------------------------------------------------------- trees


@pytest.mark.parametrize("kind", [HistGradientBoostingRegressor, HistGradientBoostingClassifier])
def test_the_arrays_say_the_same_as_the_model_that_they_come_from(kind: type) -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(600, 5)).astype(np.float32)
    target = rows[:, 0] * rows[:, 1] + rows[:, 2] > 0.3
    model = kind(max_iter=20).fit(rows, target)
    expected = model.decision_function(rows) if hasattr(model, "decision_function") else model.predict(rows)
    assert Trees.of(model).predict(rows) == pytest.approx(expected, abs=1e-4)


def test_no_row_changes_its_side_when_a_threshold_is_stored_in_single_precision() -> None:
    low = np.nextafter(np.float32(1), np.float32(2))
    rows = np.repeat(np.array([low, np.nextafter(low, np.float32(2))]), 50).reshape(-1, 1)
    model = HistGradientBoostingRegressor(max_iter=5, min_samples_leaf=5).fit(rows, np.repeat([0.0, 1.0], 50))
    assert Trees.of(model).predict(rows) == pytest.approx(model.predict(rows), abs=1e-5)


def test_what_the_groups_add_makes_up_the_prediction_and_an_unused_feature_adds_nothing() -> None:
    chance = np.random.default_rng(4)
    rows = chance.normal(size=(400, 3)).astype(np.float32)
    trees = Trees.of(HistGradientBoostingRegressor(max_iter=15).fit(rows, 2 * rows[:, 0] + rows[:, 1]))
    columns = trees.contributions(rows, (0, 1, 2), 3)
    assert columns.sum(axis=1) == pytest.approx(trees.predict(rows), abs=1e-4)
    assert np.abs(columns[:, 0]).mean() > np.abs(columns[:, 1]).mean() > 5 * np.abs(columns[:, 2]).mean()


# ---------------------------------------------------------------- labels and counts

WORDS = ("the", "councils", "charged", "parcels", "in", "Selby", "and", "trading", "rose", "again")
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    min_size=1,
    max_size=5,
)


@given(SENTENCES, SENTENCES)
def test_the_score_of_lines_is_that_of_rouge_score(summary: list[str], lines: list[str]) -> None:
    judged = RougeScorer(["rouge1", "rouge2"], use_stemmer=True).score(" ".join(summary), " ".join(lines))
    ours = Reference(summary).score([stems(line) for line in lines])
    assert ours == pytest.approx(judged["rouge1"].fmeasure + judged["rouge2"].fmeasure)


def test_a_sentence_told_again_gains_nothing_and_a_chosen_one_cannot_be_chosen() -> None:
    reference = Reference(["Selby charges for parcels", "Traders object"])
    lines = [stems("Selby charges for parcels"), stems("Selby charges for parcels"), stems("Traders object")]
    gained = gains(reference, lines, [0])
    assert gained[0] == -np.inf
    assert gained[1] < 0 < gained[2]


def test_a_rare_word_is_rarer_and_a_word_that_summaries_tell_leans_towards_them() -> None:
    counts = Counts()
    for number in range(10):
        counts.add([["council", "morning", "charge"] if number < 5 else ["council", "morning"]], ["charge"])
    background = counts.background()
    assert background.rarity("charge") > background.rarity("council")
    assert background.leaning("charge") > 0 > background.leaning("morning")
    assert background.rarity("never-met") >= background.rarity("charge")
    assert background.leaning("never-met") == 0.0


def test_what_a_part_counted_is_taken_out_again() -> None:
    whole, part = Counts(), Counts()
    for number in range(8):
        whole.add([["council"]], ["council"])
        if number % 2:
            part.add([["council"]], ["council"])
    rest = whole.without(part)
    assert (rest.articles, rest.holding["council"], rest.telling["council"]) == (4, 4, 4)


def test_a_background_survives_being_stored() -> None:
    counts = Counts()
    for _ in range(4):
        counts.add([["café", "council"]], ["council"])
    stored = counts.background()
    again = Background.from_arrays(stored.arrays())
    assert again.words == stored.words == ("café", "council")
    assert again.leaning("council") == pytest.approx(stored.leaning("council"), abs=1e-3)
