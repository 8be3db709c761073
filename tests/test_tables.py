"""A draft becomes one row, and a spreadsheet cannot be made to run what a page says."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from fakes import draft
from summarise.rendering import to_json
from summarise.tables import COLUMNS, csv_bytes, draft_row, parquet_bytes


def _row(headline: str = "Ferry Service Doubled") -> dict[str, object]:
    return draft_row(json.loads(to_json(draft(headline))))


def test_a_row_holds_every_column_and_no_other() -> None:
    assert sorted(_row()) == sorted(COLUMNS)


def test_pandas_reads_what_the_draft_says() -> None:
    table = pd.read_parquet(io.BytesIO(parquet_bytes([_row()])))
    row = table.iloc[0]
    assert row["standfirst"] == "The ferry will run every 20 minutes. It will cost £1.2 million a year."
    assert list(row["key_points"]) == [
        "The Borchester ferry will run every 20 minutes.",
        "Traders welcomed the change.",
    ]
    assert (row["why_status"], row["you_status"]) == ("drafted", "needs-editor")
    assert (row["errors"], row["warnings"]) == (0, 1)
    assert row["you_reason"] == "no audience found"
    assert row["words"] == 27


def test_a_run_without_drafts_gives_a_table_without_rows() -> None:
    table = pd.read_parquet(io.BytesIO(parquet_bytes([])))
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 0


@pytest.mark.parametrize("start", ["=HYPERLINK()", "+1", "-1", "@SUM", " =1", "\t=1", "\r=1", "\x00=1"])
def test_cells_that_begin_like_a_formula_are_neutralised(start: str) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_bytes([_row(start)]).decode("utf-8-sig"))))
    assert rows[0]["headline"] == f"'{start.strip(chr(0) + ' ').strip()}"


def test_a_csv_cell_holds_a_list_on_one_line() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_bytes([_row()]).decode("utf-8-sig"))))
    assert rows[0]["key_points"].count(" | ") == 1
    assert rows[0]["member"] == ""
