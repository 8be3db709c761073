"""Bad input gets a record, never a crash, never silence: the real pipeline on pages that are none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes import failures, tree, write_pages
from summarise import batch
from summarise.errors import UsageError
from summarise.report import RunReport
from summarise.settings import Settings
from summarise.workers import Drafter

Make = Callable[[Settings], Drafter]
Outcome = Callable[..., tuple[RunReport, Path]]

PARAGRAPHS = (
    "The harbour ferry at Port Merrin will run every 20 minutes from Monday 3 June after traders said "
    "that visitors were giving up and driving to the next town, Merrin Town Council said on Friday.",
    "Councillor Ada Quayle, who chairs the transport committee, said the extra boats would cost £1.2 million "
    "a year and would be paid for by a rise in parking charges along the quay. “People should not have to "
    "wait an hour to cross half a mile of water,” she said.",
    "The ferry carried 412,000 passengers last year, 9% more than the year before, and was late on one day "
    "in four. Two new boats, built in Appledore, could enter service before the school holidays begin.",
    "Residents of the north shore will be able to buy a monthly pass for £34 from the end of May. The "
    "council warned that the timetable could change again if the rise in charges is rejected in July.",
)

FOREIGN = (
    "Die Fähre im Hafen von Port Merrin wird ab Montag alle zwanzig Minuten fahren, nachdem sich Händler "
    "über lange Wartezeiten beschwert hatten, teilte der Stadtrat am Freitag mit.",
    "Die zusätzlichen Boote kosten rund eine Million Pfund im Jahr und werden durch höhere Parkgebühren am "
    "Kai bezahlt, sagte die Vorsitzende des Verkehrsausschusses nach der Sitzung.",
    "Im vergangenen Jahr nutzten mehr als vierhunderttausend Fahrgäste die Fähre, und an jedem vierten Tag "
    "hatte sie Verspätung. Zwei neue Boote sollen noch vor den Schulferien in Betrieb gehen.",
    "Bewohner des nördlichen Ufers können ab Ende Mai eine Monatskarte kaufen. Der Rat warnte, dass sich der "
    "Fahrplan erneut ändern könne, wenn die Erhöhung im Juli abgelehnt werde.",
)


def _html(paragraphs: tuple[str, ...], *, charset: str = "utf-8", headline: str = "Ferry Service Doubled") -> str:
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{headline}</title></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{headline}</h1>\n{body}\n</article></body></html>"
    )


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, real_make: Make) -> Callable[..., tuple[RunReport, Path]]:
    """Run the real pipeline over one file of the given bytes and name."""

    def run(content: bytes, name: str = "page.html", **settings: Any) -> tuple[RunReport, Path]:
        folder = tmp_path_factory.mktemp("bad")
        (folder / name).write_bytes(content)
        out = folder / "out"
        return batch.run([str(folder / name)], Settings(**settings), out, make=real_make, workers=0), out

    return run


WALL = (
    "<html><head><title>Sign in</title></head><body><h1>Sign in to read on</h1>"
    "<form><input name=user><button>Sign in</button></form></body></html>"
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "unreadable"),
        (b" \n\t ", "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unreadable"),
        (bytes(range(256)) * 40, "unreadable"),
        (WALL.encode(), "no-article"),
        (b"<html><body></body></html>", "no-article"),
        (_html(PARAGRAPHS[:1]).encode(), "too-short"),
        (_html(FOREIGN, headline="Fähre fährt bald alle zwanzig Minuten").encode(), "not-english"),
    ],
    ids=["empty", "blank", "image", "binary", "login-wall", "nothing", "short", "german"],
)
def test_a_page_that_gives_no_draft_is_recorded(outcome: Outcome, content: bytes, kind: str) -> None:
    report, out = outcome(content)
    assert report.failed == {kind: 1}
    (row,) = failures(out)
    assert row["kind"] == kind
    assert "page.html" in row["path"]
    assert len(row["message"]) > 20
    assert not list((out / "drafts").iterdir())


def test_an_article_in_another_language_is_drafted_on_request(outcome: Outcome) -> None:
    report, _ = outcome(_html(FOREIGN, headline="Fähre fährt bald öfter").encode(), any_language=True)
    assert report.drafted == 1


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "no-such-charset"),
    ],
)
def test_a_page_is_read_in_whatever_encoding_it_is(outcome: Outcome, encoding: str, declared: str) -> None:
    report, out = outcome(_html(PARAGRAPHS, charset=declared).encode(encoding))
    assert report.failed == {}
    made = json.loads(next((out / "drafts").glob("*.json")).read_text(encoding="utf-8"))
    body = " ".join(made["article"]["paragraphs"])
    assert "£1.2 million" in body
    assert "“People should not have to wait an hour to cross half a mile of water,”" in body
    assert "�" not in body
    assert "Â" not in body


def test_a_page_of_50_megabytes_is_refused_unread(outcome: Outcome) -> None:
    report, out = outcome(_html(PARAGRAPHS).encode() + b"<!-- " + b"x" * 50_000_000 + b" -->")
    assert report.failed == {"unreadable": 1}
    assert "20,000,000" in failures(out)[0]["message"]


def test_what_cannot_be_read_in_a_folder_is_recorded(tmp_path: Path, real_make: Make) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.html").write_text(_html(PARAGRAPHS), encoding="utf-8")
    (folder / "dangling.html").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.html")
    report = batch.run([str(folder)], Settings(), tmp_path / "out", make=real_make, workers=0)
    assert report.drafted == 1
    assert [Path(row["path"]).name for row in failures(tmp_path / "out")] == ["dangling.html", "pipe.html"]
    assert {row["kind"] for row in failures(tmp_path / "out")} == {"unreadable"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_forbidden_file_is_recorded(tmp_path: Path, real_make: Make) -> None:
    page = tmp_path / "page.html"
    page.write_text(_html(PARAGRAPHS), encoding="utf-8")
    page.chmod(0)
    report = batch.run([str(page)], Settings(), tmp_path / "out", make=real_make, workers=0)
    assert report.failed == {"unreadable": 1}


def test_a_loop_of_folders_ends(tmp_path: Path, real_make: Make) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(_html(PARAGRAPHS), encoding="utf-8")
    (folder / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    report = batch.run([str(tmp_path / "in")], Settings(), tmp_path / "out", make=real_make, workers=0)
    assert (report.found, report.drafted) == (1, 1)


def test_the_same_page_twice_is_drafted_once(tmp_path: Path, real_make: Make) -> None:
    inputs = write_pages(tmp_path / "in", _html(PARAGRAPHS), _html(PARAGRAPHS))
    report = batch.run(inputs, Settings(), tmp_path / "out", make=real_make, workers=0)
    assert (report.drafted, report.duplicates, report.exit_code()) == (1, 1, 0)
    (row,) = failures(tmp_path / "out")
    assert (Path(row["path"]).name, row["kind"]) == ("01.html", "duplicate")
    assert "00.html" in row["message"]


def test_an_input_that_does_not_exist_stops_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no input"):
        batch.run([str(tmp_path / "none")], Settings(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_real_pipeline_gives_the_same_bytes_twice(tmp_path: Path, real_make: Make) -> None:
    inputs = write_pages(tmp_path / "in", _html(PARAGRAPHS), _html(PARAGRAPHS, headline="Boats to run more often"))
    for name in ("one", "two"):
        batch.run(inputs, Settings(), tmp_path / name, make=real_make, workers=0)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
