"""Files of the output appear whole or not at all, and only under names made from an id."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fakes import draft, tree
from summarise.errors import RunError, UsageError
from summarise.rendering import to_json
from summarise.store import Entry, Failure, Store, read_drafts, write_atomically

SHA = "a" * 64


def _store(folder: Path) -> Store:
    store = Store(folder)
    store.prepare()
    return store


def _files(content: str = "{}") -> dict[str, bytes]:
    return {"json": content.encode(), "md": b"# x\n"}


def test_a_draft_is_kept_under_its_id(tmp_path: Path) -> None:
    _store(tmp_path).keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    assert sorted(path.name for path in (tmp_path / "drafts").iterdir()) == [
        "ferry-aaaaaaaa.json",
        "ferry-aaaaaaaa.md",
    ]


@pytest.mark.parametrize("name", ["../evil", "a/b", "", "UPPER", "a.b", "ferry\n", "café", "a b"])
def test_no_other_id_becomes_a_file_name(tmp_path: Path, name: str) -> None:
    before = tree(tmp_path)
    store = _store(tmp_path / "out")
    with pytest.raises(RunError, match="no id"):
        store.keep(Entry(SHA, "d", name), _files())
    assert not list((tmp_path / "out" / "drafts").iterdir())
    assert {path for path in tree(tmp_path) if not path.startswith("out")} == set(before)


def test_an_interrupted_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    write_atomically(file, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, b"new")
    assert tree(tmp_path) == {"a.json": b"old"}


def test_a_full_disk_is_told_as_an_error_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _store(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match="No space left"):
        store.keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    assert not list((tmp_path / "drafts").iterdir())


@pytest.mark.parametrize("name", ["", "drafts"])
def test_a_file_where_a_folder_must_be_is_found_before_any_work(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    if name:
        out.mkdir()
    (out / name).write_text("in the way", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        Store(out).prepare()
    assert (out / name).read_text(encoding="utf-8") == "in the way"


def test_a_folder_where_a_file_must_be_is_found_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "run.json").mkdir()
    with pytest.raises(RunError, match=r"run\.json is a folder"):
        Store(tmp_path).prepare()


def test_what_a_killed_run_left_half_written_is_removed(tmp_path: Path) -> None:
    _store(tmp_path)
    (tmp_path / "drafts" / ".ferry-aaaaaaaa.json.part").write_bytes(b"{")
    _store(tmp_path)
    assert not list((tmp_path / "drafts").iterdir())


def test_unchanged_bytes_are_recalled_by_the_next_run(tmp_path: Path) -> None:
    entry = Entry(SHA, "d", "ferry-aaaaaaaa", 1)
    _store(tmp_path).keep(entry, _files())
    assert _store(tmp_path).recall(SHA, "d", ("json", "md")) == entry


def test_a_failure_is_recalled_too(tmp_path: Path) -> None:
    entry = Entry(SHA, "d", failure=Failure("a.html", "extraction", "no-article", "NoArticle", "nothing", SHA))
    _store(tmp_path).keep(entry, {})
    assert _store(tmp_path).recall(SHA, "d", ("json",)) == entry


def test_changed_rules_or_a_missing_file_are_not_recalled(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    assert store.recall(SHA, "other", ("json",)) is None
    assert store.recall("b" * 64, "d", ("json",)) is None
    (tmp_path / "drafts" / "ferry-aaaaaaaa.md").unlink()
    later = _store(tmp_path)
    assert later.recall(SHA, "d", ("json", "md")) is None
    assert later.recall(SHA, "d", ("json",)) is not None


def test_a_row_of_the_ledger_cut_short_loses_that_page_only(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    store.keep(Entry("b" * 64, "d", "quay-bbbbbbbb"), _files())
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-10])
    again = _store(tmp_path)
    assert again.recall(SHA, "d", ("json",)) is not None
    assert again.recall("b" * 64, "d", ("json",)) is None
    again.keep(Entry("b" * 64, "d", "quay-bbbbbbbb"), _files())
    assert _store(tmp_path).recall("b" * 64, "d", ("json",)) is not None


@pytest.mark.parametrize("now", ["boat-aaaaaaaa", None])
def test_a_draft_that_is_superseded_goes(tmp_path: Path, now: str | None) -> None:
    store = _store(tmp_path)
    store.keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    store.keep(Entry(SHA, "e", now), _files() if now else {})
    left = {path.stem for path in (tmp_path / "drafts").iterdir()}
    assert left == ({now} if now else set())


def test_a_format_that_is_not_asked_for_leaves_no_stale_file(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.keep(Entry(SHA, "d", "ferry-aaaaaaaa"), _files())
    store.keep(Entry(SHA, "e", "ferry-aaaaaaaa"), {"json": b"{}"})
    assert [path.suffix for path in (tmp_path / "drafts").iterdir()] == [".json"]


def test_tables_hold_every_draft_of_the_folder(tmp_path: Path) -> None:
    import pandas as pd

    store = _store(tmp_path)
    for digit in "ba":
        one = draft(f"Headline {digit}", sha256=digit * 64)
        store.keep(Entry(digit * 64, "d", one.id), {"json": to_json(one).encode()})
    store.write_tables(as_csv=True)
    assert list(pd.read_parquet(tmp_path / "drafts.parquet")["headline"]) == ["Headline a", "Headline b"]
    assert list(pd.read_csv(tmp_path / "drafts.csv")["headline"]) == ["Headline a", "Headline b"]


def test_a_csv_of_an_earlier_run_does_not_go_stale(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.write_tables(as_csv=True)
    one = draft()
    store.keep(Entry("0" * 64, "d", one.id), {"json": to_json(one).encode()})
    store.write_tables()
    assert one.id in (tmp_path / "drafts.csv").read_text(encoding="utf-8")


def test_a_damaged_draft_is_named(tmp_path: Path) -> None:
    store = _store(tmp_path)
    (tmp_path / "drafts" / "x-00000000.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match=r"x-00000000\.json is no draft"):
        store.write_tables()


def test_failures_are_those_of_the_latest_run(tmp_path: Path) -> None:
    store = _store(tmp_path)
    failure = Failure("caf\udce9.html", "pages", "unreadable", "UnreadablePage", "empty")
    store.start_failures()
    store.add_failure(failure)
    rows = [json.loads(row) for row in (tmp_path / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["path"] for row in rows] == ["caf\udce9.html"]
    store.start_failures()
    assert (tmp_path / "failures.jsonl").read_bytes() == b""


def test_drafts_are_read_from_files_and_folders(tmp_path: Path) -> None:
    for name in ("b.json", "a.json"):
        (tmp_path / name).write_text(to_json(draft()), encoding="utf-8")
    assert [path.name for path, _ in read_drafts([tmp_path, tmp_path / "b.json"])] == [
        "a.json",
        "b.json",
        "b.json",
    ]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"id": 1}'])
def test_what_is_no_draft_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(UsageError, match=r"a\.json is no JSON draft"):
        list(read_drafts([tmp_path / "a.json"]))
