"""A run drafts what it can, records the rest, goes on where it stopped, and tells the truth about it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from fakes import FakeSummariser, InterruptedSummariser, failures, tree, write_pages
from summarise import batch
from summarise.errors import RunError, UsageError
from summarise.records import Provenance
from summarise.report import RunReport
from summarise.settings import Settings
from summarise.workers import Drafter

MIXED = ("First", "NOTHING here", "Second", "First", "BUG", "Third")
"""Six pages: three drafts, one without an article, one duplicate, one that meets a fault of the program."""


def _run(inputs: list[str], out: Path, **options: Any) -> RunReport:
    return batch.run(inputs, Settings(), out, **{"make": FakeSummariser, **options})


def _report(out: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return data


def test_a_bad_page_is_recorded_and_the_run_goes_on(tmp_path: Path) -> None:
    report = _run(write_pages(tmp_path / "in", *MIXED), tmp_path / "out")
    assert (report.found, report.drafted, report.duplicates) == (6, 3, 1)
    assert report.failed == {"no-article": 1, "internal": 1}
    rows = failures(tmp_path / "out")
    assert [(Path(row["path"]).name, row["stage"], row["kind"], row["error"]) for row in rows] == [
        ("01.html", "extraction", "no-article", "NoArticle"),
        ("03.html", "batch", "duplicate", "DuplicatePage"),
        ("04.html", "pipeline", "internal", "ZeroDivisionError"),
    ]
    assert "00.html" in rows[1]["message"]
    assert len(list((tmp_path / "out" / "drafts").glob("*.json"))) == 3


def test_run_json_tells_what_happened(tmp_path: Path) -> None:
    _run(write_pages(tmp_path / "in", *MIXED), tmp_path / "out")
    data = _report(tmp_path / "out")
    assert data["state"] == "finished"
    assert data["counts"] == {
        "found": 6,
        "drafted": 3,
        "skipped": 0,
        "known_failures": 0,
        "duplicates": 1,
        "failed": {"internal": 1, "no-article": 1},
        "open_blocks": 3,
    }
    assert data["seconds"]["language"] == 2.5
    assert data["provenance"]["models"] == {"language": "fake-1"}


def test_two_runs_leave_the_same_bytes(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", *MIXED)
    for name in ("one", "two"):
        _run(inputs, tmp_path / name, formats=("md", "json", "csv"))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_output_does_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", *MIXED, *(f"Page {number}" for number in range(20)))
    one = _run(inputs, tmp_path / "one")
    two = _run(inputs, tmp_path / "two", workers=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert (one.drafted, one.failed, one.seconds["language"]) == (
        two.drafted,
        two.failed,
        two.seconds["language"],
    )


def test_a_page_that_kills_its_worker_is_recorded_and_left_alone_by_the_next_run(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "CRASH", "Second", "Third")
    report = _run(inputs, tmp_path / "out", workers=2)
    assert report.drafted == 3
    assert report.failed == {"crashed": 1}
    assert [Path(row["path"]).name for row in failures(tmp_path / "out")] == ["01.html"]
    again = _run(inputs, tmp_path / "out", workers=2)
    assert (again.skipped, again.known_failures, again.failed) == (4, 1, {})
    assert len(failures(tmp_path / "out")) == 1


def test_what_has_not_changed_is_skipped_and_faults_are_tried_again(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", *MIXED)
    _run(inputs, tmp_path / "out")
    before = tree(tmp_path / "out")
    report = _run(inputs, tmp_path / "out")
    assert (report.drafted, report.skipped, report.known_failures, report.duplicates) == (0, 4, 1, 1)
    assert report.failed == {"internal": 1}
    assert report.open_blocks == 3
    assert report.exit_code() == 1
    assert tree(tmp_path / "out") == before


def test_a_changed_page_alone_is_drafted_again(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "Second")
    _run(inputs, tmp_path / "out")
    (tmp_path / "in" / "01.html").write_text("Second, corrected", encoding="utf-8")
    report = _run(inputs, tmp_path / "out")
    assert (report.drafted, report.skipped) == (1, 1)


class NewRules(FakeSummariser):
    """The same with other rules."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.provenance = Provenance("0.1.0", (("language", "fake-1"),), "r2", settings.digest())


def test_changed_rules_or_settings_draft_everything_again(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "NOTHING")
    _run(inputs, tmp_path / "out")
    assert _run(inputs, tmp_path / "out", make=NewRules).skipped == 0
    assert batch.run(inputs, Settings(min_words=90), tmp_path / "out", make=NewRules).skipped == 0


OWN_RULE = """\
- id: why-own
  block: why
  kind: statement
  priority: 1
  reason: The desk wants it.
  cues: [the]
  frames: ["{statement}"]
  fires: [none]
  silent: [none]
"""


def test_own_rules_reach_the_workers_and_changed_ones_draft_everything_again(tmp_path: Path) -> None:
    inputs = [str(Path(__file__).parent.parent / "data" / "raw" / "wensumledger-bus-fares.html")]
    own = tmp_path / "own"
    own.mkdir()
    settings = Settings(language_model="blank", scorer="lead", rules=str(own))
    (own / "why.yaml").write_text(OWN_RULE, encoding="utf-8")
    batch.run(inputs, settings, tmp_path / "out", workers=2)
    first = _report(tmp_path / "out")["provenance"]["rules"]
    assert '"why-own"' in next((tmp_path / "out" / "drafts").glob("*.json")).read_text(encoding="utf-8")
    assert batch.run(inputs, settings, tmp_path / "out").skipped == 1
    (own / "why.yaml").write_text(OWN_RULE.replace("wants", "wanted"), encoding="utf-8")
    assert batch.run(inputs, settings, tmp_path / "out").skipped == 0
    assert _report(tmp_path / "out")["provenance"]["rules"] != first


def test_a_mistake_in_own_rules_leaves_the_output_of_an_earlier_run_as_it_is(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "NOTHING")
    _run(inputs, tmp_path / "out")
    before = tree(tmp_path / "out"), _report(tmp_path / "out")
    with pytest.raises(UsageError):
        batch.run(inputs, Settings(rules=str(tmp_path / "none")), tmp_path / "out", make=FakeSummariser)
    assert (tree(tmp_path / "out"), _report(tmp_path / "out")) == before


def test_overwrite_drafts_everything_again(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", *MIXED)
    _run(inputs, tmp_path / "out")
    assert _run(inputs, tmp_path / "out", overwrite=True).drafted == 3


def test_a_draft_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "Second")
    _run(inputs, tmp_path / "out")
    before = tree(tmp_path / "out")
    next((tmp_path / "out" / "drafts").glob("first-*.json")).unlink()
    assert _run(inputs, tmp_path / "out").drafted == 1
    assert tree(tmp_path / "out") == before


def test_an_interrupted_run_says_so_and_the_next_completes_it(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First", "NOTHING", "INTERRUPT", "Fourth")
    report = _run(inputs, tmp_path / "out", make=InterruptedSummariser)
    assert (report.state, report.exit_code("never")) == ("interrupted", 130)
    told = _report(tmp_path / "out")
    assert told["state"] == "interrupted"
    assert told["counts"]["drafted"] == len(list((tmp_path / "out" / "drafts").glob("*.json"))) <= 1
    assert told["counts"]["failed"].get("no-article", 0) == len(failures(tmp_path / "out")) <= 1
    assert _run(inputs, tmp_path / "out").skipped == report.done
    _run(inputs, tmp_path / "whole")
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


class Watch:
    """A reporter that reads `run.json` at the first page, as another program might."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.calls: list[object] = []

    def start(self, found: int) -> None:
        self.calls.append(("start", found))

    def page(self, report: RunReport) -> None:
        self.calls.append(_report(self._out)["state"])

    def stop(self) -> None:
        self.calls.append("stop")


def test_run_json_says_unfinished_while_the_run_is_on(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "out")
    _run(write_pages(tmp_path / "in", "First"), tmp_path / "out", reporter=watch)
    assert watch.calls == [("start", 1), "unfinished", "stop"]


def _without_model(_: Settings) -> Drafter:
    raise UsageError("There is no language model 'x': install it or name another.")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_model_that_cannot_be_loaded_ends_the_run_with_its_message(tmp_path: Path, workers: int) -> None:
    inputs = write_pages(tmp_path / "in", "First")
    with pytest.raises(UsageError, match="no language model 'x'"):
        _run(inputs, tmp_path / "out", make=_without_model, workers=workers)
    assert _report(tmp_path / "out")["state"] == "failed"


def test_an_output_that_fills_up_ends_the_run_and_run_json_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RunError("no space left")

    monkeypatch.setattr("summarise.store.Store.keep", full)
    with pytest.raises(RunError):
        _run(write_pages(tmp_path / "in", "First"), tmp_path / "out")
    assert _report(tmp_path / "out")["state"] == "failed"


def test_limit_takes_the_first_pages(tmp_path: Path) -> None:
    report = _run(write_pages(tmp_path / "in", "First", "Second", "Third"), tmp_path / "out", limit=2)
    assert report.found == report.drafted == 2


def test_a_page_named_twice_is_one_page(tmp_path: Path) -> None:
    inputs = write_pages(tmp_path / "in", "First")
    report = _run([*inputs, *inputs, str(tmp_path / "in" / "00.html")], tmp_path / "out")
    assert (report.found, report.duplicates) == (1, 0)


def test_a_file_name_that_is_no_text_still_gives_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.html")).write_text("First", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    report = _run([str(folder)], tmp_path / "out")
    assert report.drafted == 1
    made = next((tmp_path / "out" / "drafts").glob("*.json")).read_text(encoding="utf-8")
    assert json.loads(made)["source"]["path"].endswith("caf\\xe9.html")
