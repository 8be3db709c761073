"""The command line keeps data, messages and exit codes where its help says they are."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from typer.testing import CliRunner

from fakes import BODY, FakeSummariser, InterruptedSummariser, draft, tree, write_pages
from summarise import __version__, batch, cli, engines, report, settings
from summarise.house.blocks import house_rules
from summarise.rendering import to_html, to_json, to_markdown
from summarise.workers import Drafter

RAW = Path(__file__).parent.parent / "data" / "raw"


def _module(name: str, **names: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(names)
    return module


def _invoke(*arguments: str, stdin: str | bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, arguments, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A fake pipeline, and a working directory without settings."""
    monkeypatch.setitem(sys.modules, "summarise.pipeline", _module("summarise.pipeline", Summariser=FakeSummariser))
    monkeypatch.setattr(batch, "summariser", FakeSummariser)
    monkeypatch.chdir(tmp_path)


def _page(text: str = "Ferry Service Doubled") -> str:
    Path("page.html").write_text(text, encoding="utf-8")
    return "page.html"


def test_choices_of_the_command_line_are_those_of_the_library() -> None:
    assert get_args(cli.Scorer) == get_args(settings.Scorer)
    assert get_args(cli.FailOn) == get_args(report.FailOn)
    assert get_args(cli.Engine) == get_args(engines.Engine)


def test_version_is_printed() -> None:
    assert _invoke("--version") == (0, f"summarise {__version__}\n", "")


@pytest.mark.parametrize("command", ["run", "page", "explain", "lint", "rules list", "rules check", "rules explain"])
def test_every_command_shows_examples_in_its_help(command: str) -> None:
    code, out, _ = _invoke(*command.split(), "--help")
    assert code == 0
    assert "Examples" in out
    assert f"summarise {command} " in out


def test_help_lists_the_exit_codes() -> None:
    code, out, _ = _invoke("--help")
    assert code == 0
    assert "130 interrupted" in " ".join(out.split())


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(("form", "render"), [("md", to_markdown), ("json", to_json), ("html", to_html)])
def test_page_prints_the_draft_and_nothing_else(form: str, render: Callable[..., str]) -> None:
    code, out, err = _invoke("page", _page(), "--format", form)
    start = render(draft("Ferry Service Doubled"))[:20]
    assert (code, err) == (0, "")
    assert out.startswith(start)
    assert "Ferry Service Doubled" in out


@pytest.mark.usefixtures("fake")
def test_page_reads_stdin() -> None:
    code, out, _ = _invoke("page", "-", stdin="Ferry Service Doubled")
    assert code == 0
    assert out.startswith("# Ferry Service Doubled\n")


@pytest.mark.usefixtures("fake")
def test_stdin_is_bounded() -> None:
    Path("s.toml").write_text("max_page_bytes = 10\n", encoding="utf-8")
    code, out, err = _invoke("page", "-", "--config", "s.toml", stdin="x" * 11)
    assert (code, out) == (1, "")
    assert "more than 10 bytes" in err


@pytest.mark.usefixtures("fake")
def test_a_page_without_an_article_exits_with_1_and_a_message() -> None:
    code, out, err = _invoke("page", _page("NOTHING"))
    assert (code, out) == (1, "")
    assert err == "Error: page.html holds no article: give an article page\n"


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("command", ["page", "explain"])
@pytest.mark.parametrize("name", ["none.html", "."])
def test_a_file_that_is_none_is_wrong_usage(command: str, name: str) -> None:
    code, out, err = _invoke(command, name)
    assert (code, out) == (2, "")
    assert "There is no file" in err


@pytest.mark.usefixtures("fake")
def test_settings_with_a_mistake_are_wrong_usage() -> None:
    Path("summarise.toml").write_text("min_wrds = 90\n", encoding="utf-8")
    for command in (["run", _page()], ["page", _page()], ["explain", _page()]):
        code, out, err = _invoke(*command)
        assert (code, out) == (2, "")
        assert err == "Error: summarise.toml:1: unknown key 'min_wrds'; did you mean 'min_words'?\n"
    assert not Path("data").exists()


@pytest.mark.usefixtures("fake")
def test_options_override_settings() -> None:
    code, _, _ = _invoke("run", _page(), "-o", "out", "--scorer", "lead", "--any-language")
    data = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert code == 0
    assert (data["settings"]["scorer"], data["settings"]["any_language"]) == ("lead", True)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "none"],
        ["run", "page.html", "--format", "md,docx"],
        ["run", "page.html", "--workers", "0"],
        ["run", "page.html", "--scorer", "best"],
        ["run", "page.html", "--config", "none.toml"],
        ["page", "page.html", "--format", "pdf"],
        ["lint", "none.json"],
        ["rules", "list", "--block", "because"],
        ["rules", "check", "one", "--rules", "two"],
        ["rules", "explain", "none.html"],
        ["review"],
    ],
)
def test_wrong_usage_exits_with_2_and_writes_nothing(arguments: list[str]) -> None:
    _page()
    code, out, err = _invoke(*arguments)
    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err
    assert not Path("data").exists()


@pytest.mark.usefixtures("fake")
def test_run_keeps_stdout_empty_and_ends_with_a_table() -> None:
    code, out, err = _invoke("run", *write_pages(Path("in"), "First", "NOTHING", "First"), "-o", "out")
    assert (code, out) == (1, "")
    table = dict(re.findall(r"^(\w[^\n]*?)  +(\S[^\n]*?) *$", err, re.MULTILINE))
    assert table.pop("Duration").endswith(" s")
    assert table == {
        "Drafted": "1",
        "Skipped, unchanged": "0",
        "Open blocks": "1",
        "Failed: no-article": "1",
        "Duplicates": "1",
    }
    assert "The drafts are in out/drafts, what failed in out/failures.jsonl." in err


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("texts", "fail_on", "expected"),
    [
        (["First", "NOTHING"], "any", 1),
        (["First", "NOTHING"], "all", 0),
        (["First", "NOTHING"], "never", 0),
        (["NOTHING"], "all", 1),
        (["First", "First"], "any", 0),
    ],
)
def test_fail_on_decides_the_exit_code(texts: list[str], fail_on: str, expected: int) -> None:
    code, _, _ = _invoke("run", *write_pages(Path("in"), *texts), "--fail-on", fail_on)
    assert code == expected


@pytest.mark.usefixtures("fake")
def test_run_writes_the_formats_that_are_asked_for() -> None:
    _invoke("run", _page(), "-o", "out", "--format", "csv")
    names = {Path(name).suffix for name in (*tree(Path("out")), "run.json")}
    assert names == {".json", ".jsonl", ".parquet", ".csv"}


@pytest.mark.usefixtures("fake")
def test_an_output_that_cannot_be_written_exits_with_3_and_writes_nothing() -> None:
    Path("out").write_text("a file", encoding="utf-8")
    code, out, err = _invoke("run", _page(), "-o", "out")
    assert (code, out) == (3, "")
    assert err.startswith("Error: out")
    assert "cannot be written" in err
    assert Path("out").read_text(encoding="utf-8") == "a file"


@pytest.mark.usefixtures("fake")
def test_an_interruption_exits_with_130_and_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "summariser", InterruptedSummariser)
    code, out, err = _invoke("run", *write_pages(Path("in"), "First", "INTERRUPT"), "-o", "out")
    assert (code, out) == (130, "")
    assert "goes on where this run stopped" in err
    assert json.loads(Path("out/run.json").read_text(encoding="utf-8"))["state"] == "interrupted"


@pytest.mark.usefixtures("fake")
def test_explain_prints_tab_separated_rows_into_a_pipe() -> None:
    code, out, err = _invoke("explain", _page())
    assert (code, err) == (0, "")
    assert [row.split("\t")[0] for row in out.splitlines()] == ["sentence", "0"]


OWN = """\
- id: why-own
  block: why
  kind: statement
  reason: The desk wants it.
  cues: [ferry]
  frames: ["{statement}"]
  fires: ["Boats to run. The ferry will run every 20 minutes from Monday. The council said so. It rained."]
  silent: ["Boats to run. The boat will run every 20 minutes from Monday. The council said so. It rained."]
"""


def _own(text: str = OWN) -> str:
    Path("own").mkdir()
    Path("own/why.yaml").write_text(text, encoding="utf-8")
    return "own"


@pytest.mark.usefixtures("fake")
def test_rules_are_listed_with_the_own_ones_among_them() -> None:
    code, out, err = _invoke("rules", "list", "--block", "why", "--rules", _own(), "--format", "json")
    assert (code, err) == (0, "")
    listed = {rule["id"]: rule for rule in json.loads(out)}
    assert {rule["block"] for rule in listed.values()} == {"why"}
    assert listed["why-own"]["where"] == "own/why.yaml:1"
    assert (listed["why-own"]["cues"], listed["why-own"]["sober"]) == (["ferry"], None)


@pytest.mark.usefixtures("fake")
def test_the_table_of_rules_shows_condition_frame_and_reason() -> None:
    code, out, _ = _invoke("rules", "list", "--rules", _own(OWN + "  sober: false\n"))
    assert code == 0
    row = next(line for line in out.splitlines() if "why-own" in line)
    for cell in ("why", "statement", "not for sober", "{statement}", "The desk wants it."):
        assert cell in row


@pytest.mark.usefixtures("fake")
def test_checked_rules_whose_examples_hold_exit_with_0_and_others_with_1() -> None:
    code, out, err = _invoke("rules", "check", _own())
    assert (code, out) == (0, "")
    assert err.endswith(", mistakes: 0.\n")
    Path("own/why.yaml").write_text(OWN.replace("The ferry", "The boat"), encoding="utf-8")
    code, out, err = _invoke("rules", "check", "--rules", "own")
    assert code == 1
    assert out == "own/why.yaml:7: why-own: writes nothing on an example of `fires`: no sentence holds a cue\n"
    assert err.endswith(", mistakes: 1.\n")


@pytest.mark.usefixtures("fake")
def test_rules_explained_as_json_tell_text_and_evidence() -> None:
    code, out, err = _invoke("rules", "explain", _page(), "--format", "json")
    assert (code, err) == (0, "")
    first, second, *_ = json.loads(out)
    assert first == {
        "rule": "why-a",
        "block": "why",
        "fate": "taken",
        "reason": "stands in the block",
        "text": "The ferry will run.",
        "evidence": [{"sentence": 0, "text": BODY[0]}],
    }
    assert (second["fate"], second["text"], second["evidence"]) == ("silent", "", [])


@pytest.mark.usefixtures("fake")
def test_rules_explained_as_tables_put_silent_rules_of_one_reason_together() -> None:
    code, out, _ = _invoke("rules", "explain", _page())
    assert code == 0
    assert out.index("Why this matters") < out.index("why-a") < out.index("why-b, why-c")
    assert out.index("why-b, why-c") < out.index("What this means for you") < out.index("you-a")


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    "command",
    [["run", "page.html"], ["rules", "list"], ["rules", "check"]],
)
@pytest.mark.parametrize("by", ["option", "settings"])
def test_a_mistake_in_an_own_rule_is_wrong_usage_and_nothing_is_written(command: list[str], by: str) -> None:
    _page()
    own = _own(OWN + "  cue: [may]\n")
    if by == "settings":
        Path("summarise.toml").write_text(f'rules = "{own}"\n', encoding="utf-8")
    code, out, err = _invoke(*command, *(["--rules", own] if by == "option" else []))
    assert (code, out) == (2, "")
    assert err == "Error: own/why.yaml:9: unknown key 'cue'; the nearest is 'cues'\n"
    assert not Path("data").exists()


@pytest.mark.parametrize("command", [["page"], ["explain"], ["rules", "explain"]])
def test_a_folder_of_rules_that_is_none_is_wrong_usage(command: list[str], tmp_path: Path) -> None:
    none = str(tmp_path / "none")
    code, out, err = _invoke(*command, str(next(RAW.glob("*.html"))), "--rules", none)
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: {none}: no folder of rules can be read there")


def test_a_page_is_drafted_by_own_rules(tmp_path: Path) -> None:
    (tmp_path / "you.yaml").write_text(
        "".join(f"- {{id: {rule.id}, off: true}}\n" for rule in house_rules() if rule.block == "you"), encoding="utf-8"
    )
    page = str(RAW / "wensumledger-bus-fares.html")
    code, out, _ = _invoke("page", page, "--rules", str(tmp_path), "--format", "json")
    assert code == 0
    assert json.loads(out)["what_this_means_for_you"]["status"] == "needs-editor"
    code, out, _ = _invoke("page", page, "--format", "json")
    assert json.loads(out)["what_this_means_for_you"]["status"] == "drafted"


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(("severity", "expected"), [("error", 1), ("warning", 0)])
def test_lint_prints_findings_and_exits_with_1_on_an_error(
    severity: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarise.records import Draft, Finding

    def lint(_: Draft) -> tuple[Finding, ...]:
        return (Finding("length", severity, "too long", "key_points[1]"),)  # type: ignore[arg-type]  # of the test's own table

    monkeypatch.setitem(sys.modules, "summarise.house", _module("summarise.house"))
    monkeypatch.setitem(sys.modules, "summarise.house.style", _module("summarise.house.style", lint=lint))
    Path("a.json").write_text(to_json(draft()), encoding="utf-8")
    code, out, err = _invoke("lint", "a.json")
    assert (code, err) == (expected, "")
    assert out == f"a.json: key_points[1]: {severity}: too long [length]\n"


@pytest.mark.usefixtures("fake")
def test_messages_cannot_steer_the_terminal() -> None:
    code, _, err = _invoke("page", "no\x1b[2Jne.html")
    assert code == 2
    assert "\x1b" not in err


def test_the_sample_pages_are_drafted_and_pass_the_style_lint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_make: Callable[[settings.Settings], Drafter]
) -> None:
    monkeypatch.setattr("summarise.pipeline.Summariser", real_make)
    code, out, err = _invoke("run", str(RAW), "-o", str(tmp_path))
    assert (code, out) == (0, ""), err
    assert len(list((tmp_path / "drafts").glob("*.md"))) == len(list(RAW.glob("*.html")))
    code, out, err = _invoke("lint", str(tmp_path / "drafts"))
    assert (code, err) == (0, ""), out
