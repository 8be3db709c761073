"""Exports keep their standards, hold the editors' text and say who drafted and who reviewed; feedback adds up."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from review_samples import Time, sample, write
from summarise.cli import app
from summarise.errors import UsageError
from summarise.evaluation.corpora import read_rows
from summarise.review.decisions import Decisions
from summarise.review.editing import Editing
from summarise.review.export import export, ninjs, ninjs_schema, reviewed
from summarise.review.feedback import distance, feedback, write_rows

GOLDEN = Path(__file__).parent / "golden" / "review"
HOSTILE = "Boats & <script>alert(1)</script> “quoted”"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two approved drafts, one of them edited, one spiked and one taken back."""
    plain, edited = sample("A Plain Story"), sample("An Edited Story")
    spiked, undone = sample("A Spiked Story"), sample("An Undone Story")
    write(tmp_path, plain, edited, spiked, undone)
    decisions = Decisions(tmp_path, Time())
    editing = (
        Editing.of(edited)
        .edit("key_points[0]", HOSTILE)
        .delete("key_points[1]")
        .edit("what_this_means_for_you", "If you take the ferry, this could save you time.")
    )
    decisions.record(plain, "Ada Quayle", "approved", lines=Editing.of(plain).all_lines())
    decisions.record(
        edited,
        "Bo <b>",
        "approved-with-edits",
        changes=editing.changes(),
        lines=editing.all_lines(),
        state=editing.state(),
    )
    decisions.record(spiked, "Ada Quayle", "spiked", reason="no news")
    decisions.record(undone, "Ada Quayle", "approved")
    decisions.undo(undone, "Ada Quayle")
    return tmp_path


def test_only_what_is_approved_leaves_with_the_editors_text(folder: Path) -> None:
    pages = list(reviewed(folder))
    assert [page.draft.headline for page in pages] == ["A Plain Story", "An Edited Story"]
    assert [line.text for line in pages[1].draft.key_points] == [HOSTILE]
    names = {path.name for path in export(folder, folder / "export")}
    stems = [page.draft.id for page in pages]
    suffixes = ("md", "html", "jsonld", "ninjs.json")
    assert names == {"approved.csv", "approved.parquet", *(f"{stem}.{s}" for stem in stems for s in suffixes)}


@pytest.mark.parametrize("suffix", ["md", "html", "jsonld", "ninjs.json"])
def test_the_forms_are_what_a_person_has_read(folder: Path, suffix: str) -> None:
    export(folder, folder / "export")
    (file,) = (folder / "export").glob(f"an-edited-story-*.{suffix}")
    golden = GOLDEN / f"edited.{suffix}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(file.read_bytes())
    assert file.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_markup_in_a_draft_never_acts(folder: Path) -> None:
    export(folder, folder / "export")
    page = next((folder / "export").glob("an-edited-*.html")).read_text(encoding="utf-8")
    assert "<script>" not in page and "Bo &lt;b&gt;" in page
    assert "<script" not in next((folder / "export").glob("an-edited-*.md")).read_text(encoding="utf-8")


def test_json_ld_can_stand_in_a_script_element(folder: Path) -> None:
    export(folder, folder / "export", ["jsonld"])
    text = next((folder / "export").glob("an-edited-*.jsonld")).read_text(encoding="utf-8")
    assert "<" not in text
    assert json.loads(text)["abstract"] == HOSTILE


def test_ninjs_keeps_its_schema_and_is_withheld_until_approved(folder: Path) -> None:
    for page in reviewed(folder):
        item = ninjs(page.draft, page.decision)
        jsonschema.validate(item, ninjs_schema(), format_checker=jsonschema.FormatChecker())
        assert item["pubStatus"] == "usable"
        assert item["edNote"].startswith("Drafted by software, reviewed")
    draft = sample()
    item = ninjs(draft)
    jsonschema.validate(item, ninjs_schema())
    assert item["pubStatus"] == "withheld"
    spiked = Decisions(folder).history(sample("A Spiked Story").id)[-1]
    assert ninjs(draft, spiked)["pubStatus"] == "withheld"


def test_the_schema_refuses_what_ninjs_does_not_know() -> None:
    jsonschema.Draft202012Validator.check_schema(ninjs_schema())
    for wrong in ({"pubstatus": "usable"}, {"pubStatus": "approved"}, {"headlines": ["text"]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**ninjs(sample()), **wrong}, ninjs_schema())


def test_the_tables_hold_the_editors_text(folder: Path) -> None:
    export(folder, folder / "export", ["csv", "parquet"])
    table = pq.read_table(folder / "export" / "approved.parquet").to_pylist()
    assert [row["headline"] for row in table] == ["A Plain Story", "An Edited Story"]
    assert table[1]["key_points"] == [HOSTILE]
    rows = list(csv.DictReader(io.StringIO((folder / "export" / "approved.csv").read_text(encoding="utf-8-sig"))))
    assert rows[1]["you"] == "If you take the ferry, this could save you time."


def test_a_draft_made_anew_is_exported_as_it_was_approved(folder: Path) -> None:
    edited = sample("An Edited Story")
    write(folder, replace(edited, key_points=(*edited.key_points, *edited.standfirst), headline="Another"))
    page = list(reviewed(folder))[1]
    assert page.remade
    assert [line.text for line in page.draft.key_points] == [HOSTILE]
    assert page.draft.headline == "An Edited Story"


def test_a_form_that_there_is_not_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match="'pdf'"):
        export(folder, folder / "export", ["pdf"])


def test_feedback_adds_up(folder: Path, tmp_path: Path) -> None:
    found = feedback(folder)
    assert found.decisions == {"approved": 1, "approved-with-edits": 1, "spiked": 1}
    assert found.reasons == {"no news": 1}
    points = next(part for part in found.parts if part.part == "key_points")
    assert (points.lines, points.kept, points.edited, points.removed, points.added) == (4, 2, 1, 1, 0)
    assert points.acceptance == 0.5 and 0 < points.distance <= 1
    you = next(part for part in found.parts if part.part == "what_this_means_for_you")
    assert (you.lines, you.added) == (0, 1)
    assert found.rules[0].changed == 2
    assert {one.where for one in found.replaced} >= {"key_points[1]"}
    assert list(found.over_time) == ["2024-03-06"]
    assert json.loads(found.to_json())["parts"][2]["acceptance"] == 0.5
    write_rows(found.rows, tmp_path / "rows.jsonl.gz")
    first = (tmp_path / "rows.jsonl.gz").read_bytes()
    write_rows(found.rows, tmp_path / "rows.jsonl.gz")
    assert (tmp_path / "rows.jsonl.gz").read_bytes() == first
    assert len(gzip.decompress(first).splitlines()) == 2
    assert HOSTILE in list(read_rows(tmp_path / "rows.jsonl.gz"))[1].summary[0]


def test_what_was_made_anew_is_left_out_of_the_figures(folder: Path) -> None:
    write(folder, replace(sample("An Edited Story"), headline="Another"))
    assert feedback(folder).skipped == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("a b c d", "a b c d", 0.0), ("a b c d", "w x y z", 1.0), ("a b c d", "a b c e", 0.25), ("", "", 0.0)],
)
def test_the_distance_is_the_share_of_words_changed(before: str, after: str, expected: float) -> None:
    assert distance(before, after) == expected


def test_the_commands_print_what_they_did(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["export", str(folder), "--format", "ninjs"])
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 2
    assert run(app, ["export", str(folder), "--format", "pdf"]).exit_code == 2
    done = run(app, ["feedback", str(folder), "--rows", str(tmp_path / "r.jsonl.gz")])
    assert done.exit_code == 0 and "key_points" in done.stdout
    assert json.loads(run(app, ["feedback", str(folder), "--format", "json"]).stdout)["skipped"] == 0
    assert run(app, ["review", str(tmp_path / "nowhere")]).exit_code == 2
    edited = tmp_path / "edited"
    edited.mkdir()
    done = run(app, ["review", str(folder), "--import", str(edited), "--editor", "Ada"])
    assert done.exit_code == 0 and "Files: 0" in done.stderr
