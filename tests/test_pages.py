"""Finding inputs, reading them within bounds, and decoding whatever bytes they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import UnreadablePage, UsageError
from summarise.pages import decode, find_inputs, is_plain_text, page_from_bytes, read_page

SENTENCE = "“It’s £4.50 for a café lunch – and that’s dear,” said Zoë."


def _html(charset: str, text: str = SENTENCE) -> str:
    return f'<html><head><meta charset="{charset}"><title>Lunch</title></head><body><p>{text}</p></body></html>'


def test_a_folder_is_walked_in_order_and_only_pages_are_taken(tmp_path: Path) -> None:
    for name in ("b.html", "a.HTM", "c.txt", "notes.pdf", ".hidden.html", "deep/d.md", "deep/.git/e.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([str(tmp_path)])]
    assert found == ["a.HTM", "b.html", "c.txt", "deep/d.md"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    page = tmp_path / "page.asp"
    page.write_text("text", encoding="utf-8")
    assert list(find_inputs([str(page)])) == [page]


def test_a_missing_input_is_named_before_anything_is_yielded(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("text", encoding="utf-8")
    with pytest.raises(UsageError, match="nowhere"):
        next(find_inputs([str(tmp_path), str(tmp_path / "nowhere")]))


def test_loops_of_links_end_and_dangling_links_are_yielded(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.html").symlink_to(tmp_path / "self.html")
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    assert [path.name for path in find_inputs([str(tmp_path)])] == ["gone.html", "self.html"]


@pytest.mark.parametrize("name", ["gone.html", "pipe.html", "empty.html", "."])
def test_what_cannot_be_read_says_which_and_why(tmp_path: Path, name: str) -> None:
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "empty.html").write_bytes(b" \n")
    with pytest.raises(UnreadablePage, match=str(tmp_path / name)):
        read_page(tmp_path / name, 1000)


def test_a_page_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"x" * 1000)
    assert len(read_page(page, 1000).content) == 1000
    with pytest.raises(UnreadablePage, match="larger than 999 bytes"):
        read_page(page, 999)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"data" * 50,
        b"%PDF-1.7 text",
        b"PK\x03\x04" + b"a" * 90,
        bytes(500),
        bytes(range(256)) * 9,
    ],
    ids=["png", "pdf", "zip", "nul", "noise"],
)
def test_binary_content_is_no_page(content: bytes) -> None:
    with pytest.raises(UnreadablePage, match="not a page of text"):
        page_from_bytes(content)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "windows-1252"),
        ("utf-16", "utf-8"),
        ("utf-16-be", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "utf-16"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "no-such-charset"),
    ],
)
def test_text_is_decoded_by_what_it_is_and_not_by_what_it_claims(encoding: str, declared: str) -> None:
    assert SENTENCE in decode(page_from_bytes(_html(declared).encode(encoding)))


def test_a_declared_charset_of_another_script_is_believed() -> None:
    text = "Новый мост через реку откроют в мае, сообщил городской совет."
    assert text in decode(page_from_bytes(_html("windows-1251", text).encode("cp1251")))


def test_utf8_with_a_few_stray_bytes_keeps_both() -> None:
    content = _html("utf-8").encode() + "It’s late".encode("cp1252")
    assert SENTENCE in decode(page_from_bytes(content))
    assert "It’s late" in decode(page_from_bytes(content))


def test_control_characters_go_and_line_ends_are_one_kind() -> None:
    assert decode(page_from_bytes(b"a bri\x00dge\r\nshut\rtoday, they said")) == "a bridge\nshut\ntoday, they said"


@pytest.mark.parametrize(
    ("path", "text", "plain"),
    [
        ("a.txt", "Bridge shut\n\nThe bridge is shut.", True),
        ("a.txt", "<!DOCTYPE html><html>", False),
        ("-", "Bridge shut\n\nThe bridge is shut, and 3 < 4.", True),
        ("-", "<article><p>Shut</p></article>", False),
        ("a.html", "Bridge shut", True),
    ],
)
def test_text_is_told_from_html(path: str, text: str, plain: bool) -> None:
    assert is_plain_text(page_from_bytes(text.encode(), path), text) is plain


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_refused_or_decoded_into_clean_text(content: bytes) -> None:
    try:
        text = decode(page_from_bytes(content))
    except UnreadablePage:
        return
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text
