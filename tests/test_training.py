"""`summarise train salience`: the same rows give the same arrays, and what cannot be learnt from or written is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from summarise.errors import RunError, UsageError
from summarise.language import Analyser
from summarise.review.feedback import write_rows
from summarise.salience.learned import WEIGHTS
from summarise.training import train_salience

TOWNS, THINGS = ("Selby", "Leeds", "Wells", "Truro"), ("parcels", "buses", "pools")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    texts = []
    for town, thing in product(TOWNS, THINGS):
        charge = f"Councillors in {town} approved a charge of £12 on {thing}."
        article = f"It was a grey morning. {charge} People walked their dogs."
        texts.append(json.dumps({"article": article, "summary": [charge]}))
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


Train = Callable[[Path, Path], list[str]]


@pytest.fixture
def train(blank_analyser: Analyser) -> Train:
    def trained(rows: Path, folder: Path) -> list[str]:
        said: list[str] = []
        train_salience(rows, None, folder, blank_analyser, said.append)
        return said

    return trained


def test_the_same_rows_give_the_same_arrays(train: Train, rows: Path, tmp_path: Path) -> None:
    said = train(rows, tmp_path / "a")
    train(rows, tmp_path / "b")
    assert (tmp_path / "a" / WEIGHTS).read_bytes() == (tmp_path / "b" / WEIGHTS).read_bytes()
    assert said[0].startswith("12 articles")


def test_too_few_rows_are_an_error_that_names_the_file(train: Train, tmp_path: Path) -> None:
    file = tmp_path / "few.jsonl"
    file.write_text(json.dumps({"article": "It rained.", "summary": ["Rain"]}), encoding="utf-8")
    with pytest.raises(UsageError, match=r"few\.jsonl"):
        train(file, tmp_path / "out")


@pytest.mark.parametrize("row", [{"article": None, "summary": ["Rain"]}, {"article": "It rained.", "summary": 3}])
def test_a_row_of_the_wrong_kind_is_an_error_with_its_line(train: Train, rows: Path, row: object) -> None:
    rows.write_text(rows.read_text(encoding="utf-8") + "\n" + json.dumps(row), encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows\.jsonl:13"):
        train(rows, rows.parent / "out")


def test_a_file_in_the_place_of_the_folder_is_refused_before_training(train: Train, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        train(rows, tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_what_cannot_be_written_is_an_error_of_the_run(train: Train, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / WEIGHTS).mkdir(parents=True)
    with pytest.raises(RunError, match="cannot be written"):
        train(rows, tmp_path / "out")


def test_what_editors_printed_is_learnt_from_too(rows: Path, tmp_path: Path, blank_analyser: Analyser) -> None:
    reviewed = tmp_path / "reviewed.jsonl.gz"
    write_rows([{"article": "It rained. The pool in Wells opened.", "summary": "The pool in Wells opened."}], reviewed)
    said: list[str] = []
    train_salience(rows, None, tmp_path / "a", blank_analyser, said.append, also=[reviewed])
    assert said[0].startswith("13 articles")
