"""Pages in wrappings are read record by record, with their addresses and names; what is broken is told in its place."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from fakes import failures
from summarise import batch
from summarise.archives import MANY, SINGLE, records_in
from summarise.errors import UnreadablePage
from summarise.extraction import extract
from summarise.pages import decode, find_inputs, read_page, read_pages
from summarise.records import Page
from summarise.settings import Settings
from summarise.workers import Drafter

PARAGRAPHS = [
    f"The harbour ferry at Port Merrin will run every {n} minutes from Monday after traders said that visitors were giving up, the council’s papers show."
    for n in range(20, 26)
]


def _html(headline: str = "Ferry to run more often") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{headline}</title></head><body><article><h1>{headline}</h1>{body}</article></body></html>".encode()


def _warc(*records: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """Return a WARC file with a request, a picture and the given responses (address, status, type, content)."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, kind, content in (("https://a.example/a.png", "200 OK", "image/png", b"\x89PNG"), *records):
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=http))
        writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET / HTTP/1.0\r\n\r\n")))
    return target.getvalue()


RECORDS = (
    ("https://a.example/1", "200 OK", "text/html; charset=utf-8", _html("First page of the archive")),
    ("https://a.example/gone", "404 Not Found", "text/html", _html("This page cannot be found")),
    ("https://a.example/2", "200 OK", "application/xhtml+xml", _html("Second page of the archive")),
)


def _wacz() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", _warc(*RECORDS))
        archive.writestr("pages/pages.jsonl", '{"url": "https://a.example/1"}')
    return target.getvalue()


MHTML = (
    b"From: <Saved>\r\nSnapshot-Content-Location: https://a.example/saved\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n----B\r\nContent-Type: text/html; charset=windows-1252\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/saved\r\n\r\n"
    + _html().decode().replace("’", "=92").replace("charset=utf-8", "charset=3Dutf-8").encode()
    + b"\r\n----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----B--\r\n"
)


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _pages(path: Path, max_bytes: int = 1_000_000) -> list[Page]:
    found = list(read_pages(path, max_bytes))
    assert all(isinstance(page, Page) for page in found)
    return [page for page in found if isinstance(page, Page)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html.gz", gzip.compress(_html())),
        ("a.HTM.GZ", gzip.compress(_html())),
        ("a.mhtml", MHTML),
        ("a.mht", MHTML),
        ("a.txt.gz", gzip.compress("\n\n".join(["Ferry to run more often", *PARAGRAPHS]).encode())),
    ],
)
def test_a_page_in_a_wrapping_is_the_page(tmp_path: Path, name: str, content: bytes) -> None:
    page = read_page(_write(tmp_path, name, content))
    article = extract(page)
    assert (article.headline, list(article.paragraphs)) == ("Ferry to run more often", PARAGRAPHS)
    assert page.url == ("https://a.example/saved" if "mht" in name else None)
    assert page.member is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.warc", _warc(*RECORDS, packed=False)), ("a.warc.gz", _warc(*RECORDS)), ("a.wacz", _wacz())],
)
def test_an_archive_gives_its_html_responses_in_order(tmp_path: Path, name: str, content: bytes) -> None:
    pages = _pages(_write(tmp_path, name, content))
    assert [page.url for page in pages] == ["https://a.example/1", "https://a.example/2"]
    assert [extract(page).headline for page in pages] == ["First page of the archive", "Second page of the archive"]
    assert len({page.member for page in pages}) == 2
    assert all(page.member and ":" not in page.member for page in pages)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_rows_give_html_or_text_with_a_title(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    rows = [
        {"id": "x-1", "url": "https://a.example/1", "html": _html().decode()},
        {"title": "Ferry to run more often", "text": "\n\n".join(PARAGRAPHS)},
        {"id": 7, "headline": "Ferry to run more often", "body": "\n\n".join(PARAGRAPHS)},
    ]
    content = "\n".join(json.dumps(row) for row in rows).encode() + b"\n\n"
    name = "a.jsonl" if pack is bytes else "a.jsonl.gz"
    pages = _pages(_write(tmp_path, name, pack(content)))
    assert [page.member for page in pages] == ["x-1", "2", "7"]
    assert [page.url for page in pages] == ["https://a.example/1", None, None]
    assert {extract(page).headline for page in pages} == {"Ferry to run more often"}
    assert {extract(page).paragraphs for page in pages} == {tuple(PARAGRAPHS)}


def test_a_broken_row_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "html": _html().decode()})
    large = json.dumps({"id": "large", "html": "x" * 90_000})
    path = _write(
        tmp_path, "a.jsonl", "\n".join(("{", '{"summary": "x"}', "[1]", large, '{"html": " "}', good)).encode()
    )
    found = list(read_pages(path, 20_000))
    assert [type(one) for one in found] == [UnreadablePage] * 5 + [Page]
    assert f"{path}#1 is no JSON" in str(found[0])
    assert f"{path}#4 is larger" in str(found[3])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html.gz", gzip.compress(b"x" * 2_000_000)),
        ("a.mhtml", b"x" * 90_000),
        ("a.warc", _warc(("https://a.example/", "200 OK", "text/html", b"y" * 90_000), packed=False)),
    ],
)
def test_a_record_beyond_the_limit_is_refused_unread(tmp_path: Path, name: str, content: bytes) -> None:
    (error,) = read_pages(_write(tmp_path, name, content), 20_000)
    assert "larger than" in str(error)


@pytest.mark.parametrize(
    "name", [f"a{suffix}" for suffix in ("".join(SINGLE[:1]), ".warc", ".warc.gz", ".wacz", ".jsonl.gz")]
)
def test_what_is_no_such_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadablePage, match=r"damaged|holds no page"):
        read_page(_write(tmp_path, name, b"This is no archive, whatever its name says.\n"))


def test_an_archive_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = _warc(*RECORDS, packed=False)
    path = _write(tmp_path, "a.warc", whole[: whole.index(b"https://a.example/2")])
    first = next(iter(read_pages(path)))
    assert isinstance(first, Page)
    assert first.url == "https://a.example/1"


def test_one_page_is_asked_for_and_several_are_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePage, match="several pages"):
        read_page(_write(tmp_path, "a.warc.gz", _warc(*RECORDS)))
    with pytest.raises(UnreadablePage, match="no page"):
        read_page(_write(tmp_path, "b.warc.gz", _warc()))
    assert "First page" in decode(read_page(_write(tmp_path, "c.warc.gz", _warc(RECORDS[0]))))


def test_folders_give_archives_and_rows_that_are_pages(tmp_path: Path) -> None:
    for name in ("a.WARC.gz", "b.wacz", "c.mhtml", "d.html.gz", "gold.jsonl", "pages.jsonl", "z.tar.gz"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "gold.jsonl").write_text('{"id": 1, "must_contain": []}\n', encoding="utf-8")
    (tmp_path / "pages.jsonl").write_text('{"html": "<p>x</p>"}\n', encoding="utf-8")
    found = [path.name for path in find_inputs([str(tmp_path)])]
    assert found == ["a.WARC.gz", "b.wacz", "c.mhtml", "d.html.gz", "pages.jsonl"]


def test_a_run_drafts_every_page_of_an_archive_and_names_the_records(
    tmp_path: Path, real_make: Callable[[Settings], Drafter]
) -> None:
    short = (
        "https://a.example/3",
        "200 OK",
        "text/html",
        b"<html><body><h1>Too short</h1><p>A line.</p></body></html>",
    )
    path = _write(tmp_path, "a.warc.gz", _warc(*RECORDS, short))
    empty = _write(tmp_path, "b.warc.gz", _warc())
    report = batch.run(
        [str(path), str(empty)], Settings(), tmp_path / "out", make=real_make, workers=0, keep_duplicates=True
    )
    assert (report.found, report.drafted, sum(report.failed.values())) == (4, 2, 2)
    made = [json.loads(file.read_text(encoding="utf-8")) for file in (tmp_path / "out" / "drafts").glob("*.json")]
    assert {draft["source"]["url"] for draft in made} == {"https://a.example/1", "https://a.example/2"}
    assert all(draft["source"]["path"] == str(path) and draft["source"]["member"] for draft in made)
    assert sorted(row["path"].partition("#")[0] for row in failures(tmp_path / "out")) == [str(path), str(empty)]


def test_the_limit_of_a_run_counts_pages(tmp_path: Path, real_make: Callable[[Settings], Drafter]) -> None:
    path = _write(tmp_path, "a.warc.gz", _warc(*RECORDS))
    report = batch.run([str(path)], Settings(), tmp_path / "out", limit=1, make=real_make, workers=0)
    assert (report.found, report.drafted) == (1, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([*SINGLE, *MANY]), st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(gzip.compress))
)
def test_any_bytes_under_any_name_give_records_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    path = _write(tmp_path_factory.mktemp("any"), f"a{suffix}", content)
    try:
        assert len(list(records_in(path, 1000))) < 300
    except UnreadablePage as error:
        assert str(path) in str(error)
