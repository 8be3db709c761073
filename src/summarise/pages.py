"""Raw input of every shape → `Page`: finding the files, reading them within bounds, decoding their bytes.

`read_pages` yields the pages of any file; those of an archive or a JSONL file carry `member`, the record that they
are. `read_page` is the way for a file that must hold one page.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from summarise.archives import MANY, ROWS, SINGLE, Record, holds_pages, records_in
from summarise.errors import UnreadablePage, UsageError
from summarise.records import Page

SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".md", *SINGLE, *MANY)
"""What is read inside a folder; a file that is named directly is read whatever its suffix."""

TEXT_SUFFIXES = (".txt", ".md")

DEFAULT_MAX_BYTES = 20_000_000

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_ASCII = bytes(range(128))
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_BINARY = bytes([*range(9), *range(14, 27), *range(28, 32)])
_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no reader sees and a terminal or an XML tree chokes on: controls, marks that turn the order of letters, and
halves of surrogate pairs."""
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|title|article|div|p|h1)\b", re.IGNORECASE)


def find_inputs(inputs: Sequence[str]) -> Iterator[Path]:
    """Yield the files given and those in the folders given, sorted; hidden files are skipped.

    A dangling link or a folder that cannot be listed is yielded too, so that reading it
    leaves a record. Raises UsageError for an input that does not exist.
    """
    for given in inputs:
        if not given or not os.path.lexists(given):
            raise UsageError(f"There is no input {given!r}: give a file or a folder that exists.")
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    pending = [folder]
    visited: set[tuple[int, int]] = set()  # folders by device and inode, so that a loop of links ends
    while pending:
        path = pending.pop()
        if not path.is_dir():
            yield path
            continue
        try:
            status = path.stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            entries = sorted(path.iterdir(), reverse=True)
        except OSError:
            yield path
            continue
        pending.extend(entry for entry in entries if _wanted(entry))


def _wanted(entry: Path) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir():
        return True
    name = entry.name.lower()
    return name.endswith(SUFFIXES) and (not name.endswith(ROWS) or holds_pages(entry))


def read_pages(path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> Iterator[Page | UnreadablePage]:
    """Yield the pages of a file, one for most; a record that cannot be read is an error in its place.

    Raises UnreadablePage as `read_page` does where the file itself cannot be read, at once or after some records.
    """
    if not path.name.lower().endswith((*SINGLE, *MANY)):
        yield _read_plain(path, max_bytes)
        return
    _check_regular(path)
    for record in records_in(path, max_bytes):
        try:
            yield record if isinstance(record, UnreadablePage) else _page_of(record, path)
        except UnreadablePage as error:
            yield error


def _page_of(record: Record, path: Path) -> Page:
    where = f"{path}#{record.member}" if record.member else str(path)
    return replace(
        page_from_bytes(record.content, where), path=str(path), url=_address(record.url), member=record.member
    )


def _address(url: str | None) -> str | None:
    """Return the address that a wrapping gives, without what is not printed."""
    return "".join(letter for letter in url if letter.isprintable()).strip() or None if url else None


def read_page(path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> Page:
    """Return the page in one file.

    Raises UnreadablePage for a file that is missing, forbidden, no regular file, empty,
    larger than `max_bytes`, not text, or that holds several pages or none.
    """
    pages = list(islice(read_pages(path, max_bytes), 2))
    if len(pages) != 1:
        number = "several pages" if pages else "no page"
        raise UnreadablePage(f"{path} holds {number}: give a file with one page, or the archive to `summarise run`.")
    if isinstance(pages[0], UnreadablePage):
        raise pages[0]
    return pages[0]


def _check_regular(path: Path) -> None:
    if path.is_dir():
        raise UnreadablePage(f"{path} is a folder that cannot be listed: check its permissions.")
    if path.exists() and not path.is_file():
        raise UnreadablePage(f"{path} is no regular file: pipe its content to `summarise page -` instead.")


def _read_plain(path: Path, max_bytes: int) -> Page:
    try:
        _check_regular(path)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size or max_bytes  # a file of the system's own tells none
            content = file.read(min(size, max_bytes) + 1)
    except OSError as error:
        reason = "the link leads nowhere" if path.is_symlink() and not path.exists() else error.strerror or str(error)
        raise UnreadablePage(f"{path} cannot be read ({reason}): check the file and its permissions.") from error
    if len(content) > max_bytes:
        raise UnreadablePage(
            f"{path} is larger than {max_bytes:,} bytes: raise `max_page_bytes` in the settings if it really is a page."
        )
    return page_from_bytes(content, str(path))


def page_from_bytes(content: bytes, path: str = "-") -> Page:
    """Return the page that bytes hold; raises UnreadablePage where they are empty or not text."""
    if not content.strip():
        raise UnreadablePage(f"{path} is empty: save the page again.")
    binary = _binary_kind(content)
    if binary:
        raise UnreadablePage(f"{path} is {binary}, not a page of text: give the article's HTML or text.")
    return Page(content=content, path=path, sha256=hashlib.sha256(content).hexdigest())


def _binary_kind(content: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    sample = content[:65536]
    if _utf16(sample):
        return None
    # A stray control byte happens on real pages; more than one in twenty is no text.
    if (len(sample) - len(sample.translate(None, _BINARY))) * 20 > len(sample):
        return "binary data"
    return None


def is_plain_text(page: Page, text: str) -> bool:
    """Tell text pages (.txt, .md, or anything without markup) from HTML."""
    if page.path.lower().removesuffix(".gz").endswith(TEXT_SUFFIXES):
        return not text[:1000].lstrip().lower().startswith(("<!doctype", "<html"))
    return _MARKUP.search(text) is None


def decode(page: Page) -> str:
    """Return the page's text, by byte order mark, then UTF-8, then the declared charset, then cp1252.

    UTF-8 is tried before the declaration because bytes that decode as UTF-8 are UTF-8 in
    practice whatever the page declares. Control characters, lone surrogates and marks that turn
    the order of letters are removed; C1 controls are read as the cp1252 characters they stand for.
    Source of the order and of Latin-1 read as cp1252: WHATWG Encoding Standard.
    """
    text = _decode(page.content)
    if not text.isascii() or len(page.content.translate(None, _CONTROL_BYTES)) < len(page.content):
        text = _UNPRINTABLE.sub(_readable, text)
    if "&#" in text:
        text = _REFERENCE.sub(_readable_reference, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _readable(match: re.Match[str]) -> str:
    """Return the cp1252 character that a C1 control stands for on the web, and nothing for any other control."""
    return match[0].encode("latin-1").decode("cp1252", errors="ignore") if "\x80" <= match[0] <= "\x9f" else ""


def _readable_reference(match: re.Match[str]) -> str:
    """Return a character reference as it is, unless what it stands for is unprintable or no character."""
    digits = (match[1] or match[2]).lstrip("0") or "0"
    number = int(digits, 16 if match[1] else 10) if len(digits) < 8 else sys.maxunicode + 1
    if number > sys.maxunicode:
        return ""
    return _UNPRINTABLE.sub(_readable, chr(number)) if _UNPRINTABLE.match(chr(number)) else match[0]


def _decode(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    unmarked = _utf16(content[:65536])
    if unmarked:
        return content.decode(unmarked, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(content)


def _utf16(sample: bytes) -> str | None:
    """Return the byte order of UTF-16 text, marked or not: Latin text has NULs in every second byte only."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if sample.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _decode_legacy(content: bytes) -> str:
    """Decode bytes that are not valid UTF-8 as a whole."""
    declared = _declared(content)
    if declared in ("utf-8", "cp1252", None) and (declared == "utf-8" or _mostly_ascii(content)):
        return _decode_mixed(content)
    for encoding in filter(None, (declared, _guessed(content))):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_mixed(content)


def _declared(content: bytes) -> str | None:
    """Return Python's name of the charset that the page declares; Latin-1 and ASCII mean cp1252 on the web."""
    match = _CHARSET.search(content[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii", errors="replace")).name
    except LookupError:
        return None
    if name.startswith("utf-16"):  # a page whose declaration can be read as ASCII is not UTF-16
        return "utf-8"
    return "cp1252" if name in ("iso8859-1", "ascii", "latin-1") else name


def _mostly_ascii(content: bytes) -> bool:
    sample = content[:200_000]
    return len(sample.translate(None, _ASCII)) * 12 < len(sample)


def _guessed(content: bytes) -> str | None:
    from trafilatura.utils import detect_encoding

    guesses = detect_encoding(content[:200_000])
    return guesses[0] if guesses else None


def _decode_mixed(content: bytes) -> str:
    """Decode valid UTF-8 sequences as such and every other byte as cp1252.

    This reads pure cp1252, pure UTF-8 and the mixture that a careless template leaves.
    """
    codecs.register_error("cp1252-byte", _as_cp1252)
    return content.decode("utf-8", errors="cp1252-byte")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", errors="replace"), error.start + 1
