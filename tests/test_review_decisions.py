"""Decisions are only added to, survive what kills their writer, and can be taken back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_samples import Time, sample, write
from summarise.errors import RunError, UsageError
from summarise.review.claims import Claims
from summarise.review.decisions import ACTIONS, Change, Decisions, draft_hash, editor_slug


def test_a_decision_is_on_the_disk_when_it_is_recorded(tmp_path: Path) -> None:
    draft = sample()
    changes = (Change("key_points[0]", "Before.", "After.\nOn “two” lines"), Change("why_this_matters", "Gone.", None))
    made = Decisions(tmp_path, Time()).record(
        draft, "Ada Quayle", "approved-with-edits", changes=changes, reason=" too long ", lines=(("headline", "H"),)
    )
    (row,) = Decisions(tmp_path).rows()
    assert row == made
    assert (row.page, row.draft_hash, row.reason) == (draft.source.sha256, draft_hash(draft), "too long")
    assert row.at == "2024-03-06T08:00:01.000000+00:00"


@given(cut=st.integers(min_value=1, max_value=60))
@settings(max_examples=20, deadline=None)
def test_a_row_cut_short_is_survived_and_never_merged(cut: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        decisions = Decisions(Path(name), Time())
        draft = sample()
        first = decisions.record(draft, "ada", "skipped")
        decisions.record(draft, "ada", "approved")
        (file,) = decisions.folder.glob("*.jsonl")
        file.write_bytes(file.read_bytes()[:-cut])
        torn = file.read_bytes()
        third = decisions.record(draft, "ada", "spiked")
        assert file.read_bytes().startswith(torn)
        rows = decisions.rows()
        assert (rows[0], rows[-1]) == (first, third)
        assert len(rows) == (3 if cut == 1 else 2)  # without its line break alone, a row is whole


@given(st.lists(st.sampled_from([*ACTIONS[:-1], "undo"]), max_size=12))
@settings(max_examples=40, deadline=None)
def test_undoing_takes_back_the_latest_and_removes_nothing(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        decisions, draft = Decisions(Path(name), Time()), sample()
        stack: list[str] = []
        written = 0
        for step in steps:
            if step == "undo":
                taken = decisions.undo(draft, "ada")
                assert (taken.action if taken else None) == (stack.pop() if stack else None)
                written += taken is not None
            else:
                decisions.record(draft, "ada", step)  # type: ignore[arg-type]
                stack.append(step)
                written += 1
        latest = decisions.latest().get(draft.id)
        assert (latest.action if latest else None) == (stack[-1] if stack else None)
        assert len(decisions.rows()) == written


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_names_of_editors_are_safe_file_names_and_never_shared(one: str, other: str) -> None:
    try:
        slugs = [editor_slug(one), editor_slug(other)]
    except UsageError:
        return
    assert all(slug.replace("-", "").isalnum() and slug.isascii() and len(slug) < 60 for slug in slugs)
    if " ".join(one.split()) != " ".join(other.split()):
        assert slugs[0] != slugs[1] or one.casefold() == other.casefold()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", ".", "CON", "Zoë", "编辑"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    Decisions(tmp_path).record(sample(), name, "skipped")
    (file,) = tmp_path.rglob("*.jsonl")
    assert file.parent == tmp_path / "reviews"


_ENDLESS = """
import sys
from pathlib import Path
from review_samples import sample
from summarise.review.decisions import Decisions
decisions = Decisions(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    made = decisions.record(sample(), "ada", "approved", reason="x" * 5000)
    print(made.at, flush=True)
"""


def test_what_was_recorded_outlives_a_killed_kernel(tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    writer = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline().decode().strip() for _ in range(30)]
    os.kill(writer.pid, signal.SIGKILL)
    said += writer.stdout.read().decode().split("\n")[:-1]
    writer.wait()
    kept = {row.at for row in Decisions(tmp_path).rows()}
    assert set(said[1:]) <= kept | {""}
    after = Decisions(tmp_path).record(sample(), "ada", "spiked")
    assert Decisions(tmp_path).latest()[after.draft] == after


def _record(folder: str, editor: str) -> None:
    for _ in range(20):
        Decisions(Path(folder)).record(sample(), editor, "skipped", reason="y" * 3000)


def test_editors_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    names = ["ada", "ada", "bo"]
    writers = [context.Process(target=_record, args=(str(tmp_path), name)) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    rows = Decisions(tmp_path).rows()
    assert sorted(row.editor for row in rows) == ["ada"] * 40 + ["bo"] * 20


def test_edits_without_a_decision_are_kept_for_their_editor_until_it_is_made(tmp_path: Path) -> None:
    decisions, draft = Decisions(tmp_path), sample()
    decisions.autosave(draft.id, "Ada", {"draft": {"headline": "Mine"}})
    decisions.autosave(draft.id, "Bo", {"draft": {"headline": "Other"}})
    assert decisions.working(draft.id, "Ada") == {"draft": {"headline": "Mine"}}
    decisions.record(draft, "Ada", "approved")
    assert decisions.working(draft.id, "Ada") is None
    assert decisions.working(draft.id, "Bo") is not None
    assert decisions.at_work() == {draft.id: "Bo"}


def test_what_is_taken_back_can_be_worked_on_again(tmp_path: Path) -> None:
    decisions, draft = Decisions(tmp_path, Time()), sample()
    decisions.record(draft, "ada", "approved-with-edits", state={"draft": {"headline": "Mine"}})
    decisions.undo(draft, "ada")
    assert decisions.working(draft.id, "ada") == {"draft": {"headline": "Mine"}}


def test_a_disk_that_refuses_is_told_and_nothing_counts_as_kept(tmp_path: Path) -> None:
    (tmp_path / "reviews").write_text("a file where the folder must be")
    with pytest.raises(RunError, match="not kept"):
        Decisions(tmp_path).record(sample(), "ada", "approved")
    with pytest.raises(RunError, match="not kept"):
        Decisions(tmp_path).autosave(sample().id, "ada", {})


# ---------------------------------------------------------------- claims


def test_a_draft_is_held_by_one_editor_until_the_claim_runs_out(tmp_path: Path) -> None:
    time = Time()
    claims = Claims(tmp_path, time)
    assert claims.take("a-00000000", "ada")
    assert claims.take("a-00000000", "bo") is None
    time.wait(10)
    assert claims.take("a-00000000", "ada"), "one's own claim is renewed"
    time.wait(10)
    assert claims.take("a-00000000", "bo") is None
    time.wait(6)
    assert claims.take("a-00000000", "bo")
    claims.release("a-00000000", "ada")
    assert claims.all()["a-00000000"].editor == "bo", "only its holder gives a draft back"
    claims.release("a-00000000", "bo")
    assert claims.holder("a-00000000") is None


def test_a_torn_claim_holds_nothing(tmp_path: Path) -> None:
    claims = Claims(tmp_path)
    claims.folder.mkdir(parents=True)
    (claims.folder / "a-00000000.json").write_text('{"draft": "a')
    assert claims.take("a-00000000", "ada")


def _claim(folder: str, editor: str) -> None:
    claims = Claims(Path(folder))
    won = [n for n in range(40) if claims.take(f"draft-{n:08}", editor)]
    (Path(folder) / f"{editor}.json").write_text(json.dumps(won))


def test_processes_that_claim_at_once_never_hold_the_same_draft(tmp_path: Path) -> None:
    write(tmp_path)
    context = get_context("spawn")
    editors = [context.Process(target=_claim, args=(str(tmp_path), name)) for name in ("ada", "bo")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join(60)
    ada, bo = (set(json.loads((tmp_path / f"{name}.json").read_text())) for name in ("ada", "bo"))
    assert not ada & bo
    assert ada | bo == set(range(40))
