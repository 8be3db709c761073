"""The report counts what happened, and its exit code says what the command line promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarise.report import FailOn, RunReport, State
from summarise.settings import Settings
from summarise.store import Failure
from summarise.workers import Outcome


def _outcome(kind: str | None = None, *, known: bool = False) -> Outcome:
    failure = Failure("a.html", "stage", kind, "Error", "why") if kind else None
    return Outcome("a.html", None, "id", 1 if kind is None else 0, failure, known, seconds={"language": 0.25})


def _report(*outcomes: Outcome, state: State = "finished") -> RunReport:
    report = RunReport(Path("out"), found=len(outcomes), state=state)
    for outcome in outcomes:
        report.add(outcome)
    return report


def test_every_page_is_counted_once() -> None:
    report = _report(
        _outcome(),
        _outcome(known=True),
        _outcome("too-short"),
        _outcome("too-short", known=True),
        _outcome("duplicate"),
    )
    assert (report.drafted, report.skipped, report.known_failures, report.duplicates) == (1, 2, 1, 1)
    assert report.failed == {"too-short": 1}
    assert report.done == report.found == 5
    assert report.open_blocks == 2
    assert report.seconds == {"language": 1.25}


@pytest.mark.parametrize(
    ("outcomes", "fail_on", "code"),
    [
        ([_outcome()], "any", 0),
        ([], "all", 0),
        ([_outcome(), _outcome("too-short")], "any", 1),
        ([_outcome(), _outcome("too-short")], "all", 0),
        ([_outcome(), _outcome("too-short")], "never", 0),
        ([_outcome("too-short")], "all", 1),
        ([_outcome("too-short")], "never", 0),
        ([_outcome("too-short", known=True)], "any", 1),
        ([_outcome("too-short", known=True)], "all", 1),
        ([_outcome(known=True), _outcome("too-short")], "all", 0),
        ([_outcome(), _outcome("duplicate")], "any", 0),
    ],
)
def test_the_exit_code_follows_fail_on(outcomes: list[Outcome], fail_on: FailOn, code: int) -> None:
    assert _report(*outcomes).exit_code(fail_on) == code


def test_an_interrupted_run_exits_with_130_whatever_failed() -> None:
    assert _report(_outcome("too-short"), state="interrupted").exit_code("never") == 130


def test_run_json_names_settings_and_versions() -> None:
    data = _report(_outcome()).as_dict(Settings(), None)
    assert data["settings"]["min_words"] == 80
    assert {"summarise", "python", "spacy", "trafilatura"} <= set(data["versions"])
    assert data["provenance"] is None
