"""Drafts as rows: one a draft, for Parquet and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from summarise.records import count_words
from summarise.rendering import plain

_LISTS = ("key_points", "topics", "topic_codes", "authors")
_ROWS_AT_ONCE = 1_000
_NUMBERS = ("errors", "warnings", "words")
COLUMNS = (
    *("id", "headline", "standfirst", "key_points", "why", "you", "why_status", "you_status"),
    *("why_reason", "you_reason", "topics", "topic_codes", "errors", "warnings", "words"),
    *("authors", "published", "language", "site", "url", "path", "member", "sha256", "version"),
)
"""The columns of `drafts.parquet` and `drafts.csv`, in order."""

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # spreadsheets read the full-width ones alike


def draft_row(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a draft in `drafts.parquet`, from its JSON dictionary."""
    why, you = draft["why_this_matters"], draft["what_this_means_for_you"]
    severities = [finding["severity"] for finding in draft["findings"]]
    return {
        "id": draft["id"],
        "headline": draft["headline"],
        "standfirst": _text(draft["standfirst"]["sentences"]),
        "key_points": [line["text"] for line in draft["key_points"]],
        "why": _text(why["sentences"]),
        "you": _text(you["sentences"]),
        "why_status": why["status"],
        "you_status": you["status"],
        "why_reason": why["reason"],
        "you_reason": you["reason"],
        "topics": [topic["name"] for topic in draft["topics"]],
        "topic_codes": [topic["code"] for topic in draft["topics"]],
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "words": sum(count_words(paragraph) for paragraph in draft["article"]["paragraphs"]),
        "authors": draft["article"]["authors"],
        "published": draft["article"]["published"],
        "language": draft["article"]["language"],
        **{name: draft["source"][name] for name in ("site", "url", "path", "member", "sha256")},
        "version": draft["provenance"]["summarise"],
    }


def write_parquet(sink: BinaryIO, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as a Parquet file, readable by pandas, DuckDB and Spark; only some of them are in memory at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {**dict.fromkeys(_LISTS, pa.list_(pa.string())), **dict.fromkeys(_NUMBERS, pa.int32())}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    coming = iter(rows)
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(coming, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def rows_of(path: Path) -> int:
    """Return how many rows a Parquet file says that it has; -1 for a file that is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowInvalid):
        return -1


def write_csv(sink: BinaryIO, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as CSV in UTF-8 with a byte order mark, without which spreadsheets misread it."""
    text = io.TextIOWrapper(sink, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    text.detach()


def parquet_bytes(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return what `write_parquet` writes."""
    sink = io.BytesIO()
    write_parquet(sink, rows)
    return sink.getvalue()


def csv_bytes(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return what `write_csv` writes."""
    sink = io.BytesIO()
    write_csv(sink, rows)
    return sink.getvalue()


def _text(lines: list[dict[str, Any]]) -> str:
    return " ".join(line["text"] for line in lines)


def _cell(value: Any) -> str:
    """Return a CSV cell; what a spreadsheet would take for a formula gets an apostrophe in front."""
    text = plain(" | ".join(value) if isinstance(value, list) else "" if value is None else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
