"""Tables, JSON and reports show the scores, escape what comes from pages, and hide the lines of gate cases."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from evaluation_samples import GOOD, draft, gold, line
from summarise.errors import UsageError
from summarise.evaluation import report, report_html, table
from summarise.evaluation.command import Request, run
from summarise.evaluation.corpora import Case, page_of
from summarise.evaluation.quality_file import Quality, read_quality
from summarise.evaluation.scoring import Evaluation, evaluate
from summarise.records import Draft
from summarise.settings import Settings
from test_evaluation_corpora import write_fixture

HOSTILE = "<script>alert(1)</script> [x](javascript:x) | `a` & _b_"
BLANK = Settings(language_model="blank")


def _evaluated(*drafts: tuple[str, str, Draft]) -> Evaluation:
    by_slug = {slug: made for slug, _, made in drafts}
    cases = [Case(slug, page_of(slug, slug, None), split, HOSTILE, gold()) for slug, split, _ in drafts]
    return evaluate(cases, lambda case: by_slug[case.slug], "corpus")


BAD = draft(line(f"He met 500 residents in Penzance. {HOSTILE}", 2))
PARTS = {"dev": _evaluated(("good", "dev", GOOD), ("bad", "dev", BAD)), "gate": _evaluated(("blind", "gate", BAD))}
QUALITY = Quality(cases={"blind": {"support": 1.0, "fact_recall": 0.0, "lint_errors": 2.0}})


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick", "onload"}


# ---------------------------------------------------------------- terminal and JSON


def test_the_table_has_a_row_a_metric_and_a_column_a_part() -> None:
    console = Console(width=120, record=True)
    console.print(table.metrics_table(PARTS), table.cases_table(PARTS["dev"]))
    text = console.export_text()
    assert "dev (2)" in text and "gate (1)" in text
    assert re.search(r"Facts carried +↑ +0\.333 +2", text)
    assert text.index("bad") < text.index("good")


def test_json_holds_every_metric_of_every_case() -> None:
    data = json.loads(table.to_json(PARTS))
    assert data["dev"]["metrics"]["support"] == 0.5
    assert [case["slug"] for case in data["dev"]["cases"]] == ["good", "bad"]
    assert data["gate"]["cases"][0]["metrics"]["support"] == 0.0


# ---------------------------------------------------------------- reports


def test_the_worst_lines_come_first_with_what_is_wrong_and_never_from_gate_cases() -> None:
    worst = report.worst_lines(PARTS)
    assert worst[0][0] == "bad"
    assert {slug for slug, _ in worst} <= {"good", "bad"}
    assert any("500" in fault for fault in report.faults_of(worst[0][1]))
    assert len(report.worst_lines({"dev": _evaluated(*[(str(i), "dev", GOOD) for i in range(9)])})) == report.WORST


def test_drift_is_that_of_the_gate_cases() -> None:
    moved = {d.name: d for d in report.drifts(PARTS, QUALITY)}
    assert (moved["support"].then, moved["support"].now, moved["support"].better) == (1.0, 0.0, False)
    assert moved["lint_errors"].better is (moved["lint_errors"].now < 2.0)
    assert report.drifts(PARTS, None) == []


def test_the_html_report_is_one_file_that_loads_nothing_and_escapes_everything() -> None:
    text = report_html.to_html(PARTS, QUALITY)
    tags = _Tags()
    tags.feed(text)
    assert not {"script", "img", "link", "iframe", "a"} & set(tags.tags)
    assert "default-src 'none'" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "Drift since" in text and "Score by subject" in text and "Evidence" in text


def test_the_html_report_draws_bars_inside_their_track() -> None:
    widths = [float(found) for found in re.findall(r"(?:width|left):([\d.]+)%", report_html.to_html(PARTS, QUALITY))]
    assert widths
    assert all(0 <= width <= 100 for width in widths)


def test_the_markdown_report_escapes_what_comes_from_pages() -> None:
    text = report.to_markdown(PARTS, QUALITY)
    assert "<script" not in text
    assert "\\[x\\](javascript" in text
    assert all(row.count(" | ") == 3 for row in text.splitlines() if row.startswith("| bad |"))
    assert "## Drift since the floors were set" in text


# ---------------------------------------------------------------- the command


def test_the_command_pins_checks_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, quality = tmp_path / "corpus", tmp_path / "quality.toml"
    write_fixture(corpus, "a", "dev")
    write_fixture(corpus, "b", "gate")
    made = {"draft": GOOD}
    monkeypatch.setattr("summarise.evaluation.command.CaseDrafter.draft_case", lambda *_: made["draft"])
    request = Request(corpus, quality=quality)
    with pytest.raises(UsageError, match="--repin"):
        run(replace(request, gate=True), BLANK)
    assert run(replace(request, repin=True), BLANK).passed
    assert run(replace(request, gate=True), BLANK).passed

    made["draft"] = BAD
    failed = run(replace(request, gate=True), BLANK)
    assert not failed.passed
    assert any("support" in note for note in failed.notes)
    with pytest.raises(UsageError, match="nothing was written"):
        run(replace(request, repin=True), BLANK)
    before = read_quality(quality)
    assert run(replace(request, repin=True, allow_lower="a test"), BLANK).passed
    after = read_quality(quality)
    assert after.floors["support"] < before.floors["support"]
    assert {entry.reason for entry in after.lowered} == {"a test"}


def test_the_command_says_that_the_corpus_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, quality = tmp_path / "corpus", tmp_path / "quality.toml"
    folder = write_fixture(corpus, "a", "gate")
    monkeypatch.setattr("summarise.evaluation.command.CaseDrafter.draft_case", lambda *_: GOOD)
    run(Request(corpus, repin=True, quality=quality), BLANK)
    (folder / "page.html").write_text("<p>changed</p>", encoding="utf-8")
    answer = run(Request(corpus, gate=True, quality=quality), BLANK)
    assert not answer.passed
    assert any("gate cases are not those" in note for note in answer.notes)


def test_reports_are_written_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_fixture(tmp_path / "corpus", "a", "dev")
    monkeypatch.setattr("summarise.evaluation.command.CaseDrafter.draft_case", lambda *_: GOOD)
    files = tmp_path / "out" / "q.md", tmp_path / "out" / "q.html"
    answer = run(Request(tmp_path / "corpus", markdown=files[0], html=files[1], as_json=True), BLANK)
    assert files[0].read_text(encoding="utf-8").startswith("# Quality")
    assert files[1].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert isinstance(answer.data, str) and json.loads(answer.data)["dev"]


@pytest.mark.parametrize(
    "change",
    [
        {"allow_lower": "x"},
        {"allow_lower": " ", "repin": True},
        {"gate": True, "limit": 1},
        {"gate": True, "split": "dev"},
        {"gate": True, "corpus": "rows"},
        {"html": Path("x.html"), "corpus": "rows"},
        {"split": "dev", "corpus": "rows"},
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    write_fixture(tmp_path / "corpus", "a", "gate")
    (tmp_path / "rows.jsonl").write_text('{"article": "One. Two.", "summary": ["s"]}\n', encoding="utf-8")
    corpus = tmp_path / ("rows.jsonl" if change.get("corpus") == "rows" else "corpus")
    request = replace(Request(corpus), **{k: v for k, v in change.items() if k != "corpus"})  # type: ignore[arg-type]  # by name
    with pytest.raises(UsageError):
        run(request, BLANK)


def test_rows_are_compared_in_tables_and_in_json(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        json.dumps({"article": "The cat sat. The dog ran off.", "summary": ["The cat sat."]}), encoding="utf-8"
    )
    answer = run(Request(rows, lines=1), BLANK)
    assert len(answer.data) == 2
    data = json.loads(str(run(Request(rows, lines=1, as_json=True), BLANK).data))
    assert next(row for row in data if row["way"] == "lead")["rouge"]["rouge1"] == [100.0, 100.0, 100.0]
