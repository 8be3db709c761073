"""Files that hold pages in some wrapping: gzip, MHTML, JSONL, WARC and WACZ.

Each record is read by itself and within bounds; no archive is ever in memory as a whole. A record that cannot be
read is told as an error in its place, and the next ones are read all the same.

Sources: RFC 2557 (MHTML); WARC 1.1, ISO 28500 (`warcio`); WACZ 1.1.1, a zip with WARC files under `archive/`.
"""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email import policy
from email.parser import BytesParser
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, NamedTuple

from summarise.errors import UnreadablePage

GZIPPED = (".html.gz", ".htm.gz", ".xhtml.gz", ".txt.gz", ".md.gz")
SINGLE = (*GZIPPED, ".mhtml", ".mht")
ROWS = (".jsonl", ".jsonl.gz")
MANY = (*ROWS, ".warc", ".warc.gz", ".wacz")

MAX_RECORDS = 1_000_000
"""Pages that are read from one archive."""

MAX_UNPACKED = 50_000_000_000
"""Bytes that one archive is unpacked to, over all of its records."""

MAX_RATIO, RATIO_FROM = 200, 50_000_000
"""How many times its own size a file is unpacked to, once that is more than so many bytes: text packs to a tenth."""

_TEXT_FIELDS = ("text", "body", "article")
_TITLE_FIELDS = ("title", "headline")


class Record(NamedTuple):
    """The bytes of one page, the address that the wrapping gives for it, and which record of the file it is."""

    content: bytes
    url: str | None = None
    member: str | None = None


def is_many(path: Path) -> bool:
    """Say whether a file's name promises many pages."""
    return path.name.lower().endswith(MANY)


def records_in(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    """Yield the pages of a file of any of these formats in its own order, errors of single records among them.

    Raises UnreadablePage where the file as a whole is broken, from there on.
    """
    name = path.name.lower()
    readers: dict[tuple[str, ...], Callable[[Path, int], Iterator[Record | UnreadablePage]]] = {
        GZIPPED: _gzipped,
        (".mhtml", ".mht"): _mhtml,
        ROWS: _rows,
        (".warc", ".warc.gz"): _warc,
        (".wacz",): _wacz,
    }
    reader = next(reader for suffixes, reader in readers.items() if name.endswith(suffixes))
    try:
        for number, record in enumerate(reader(path, max_bytes)):
            if number >= MAX_RECORDS:
                raise UnreadablePage(f"{path} holds more than {MAX_RECORDS:,} pages: split it; those before are read.")
            yield record
    except UnreadablePage:
        raise
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise UnreadablePage(f"{path} is damaged or no {path.suffix} file ({error}): fetch it again.") from error


class _Unpacked:
    """A stream that is unpacked as it is read, and no further than an honest archive goes."""

    def __init__(self, path: Path, file: IO[bytes] | BufferedIOBase, packed: int) -> None:
        self._path, self._file, self._packed, self._read = path, file, packed, 0

    def read(self, size: int = 65536) -> bytes:
        """Return at most so many bytes; raises UnreadablePage beyond the bounds."""
        return self._counted(self._file.read(size))

    def readline(self, size: int = 65536) -> bytes:
        """Return a line, or so many bytes of it; raises UnreadablePage beyond the bounds."""
        return self._counted(self._file.readline(size))

    def close(self) -> None:
        """Close the stream below."""
        self._file.close()

    def _counted(self, content: bytes) -> bytes:
        self._read += len(content)
        _refuse_bomb(self._path, self._read, self._packed)
        return content


def _refuse_bomb(path: Path, unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise UnreadablePage(f"{path} unpacks to more than {MAX_UNPACKED:,} bytes: split it; what came before is read.")
    if unpacked > max(RATIO_FROM, packed * MAX_RATIO):
        raise UnreadablePage(
            f"{path} unpacks to more than {MAX_RATIO} times its size, as no pages do: fetch it from its source."
        )


def _gzipped(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    with gzip.open(path, "rb") as file:
        content = file.read(max_bytes + 1)
    yield _too_large(path, None, max_bytes) if len(content) > max_bytes else Record(content)


def _too_large(path: Path, member: str | None, max_bytes: int) -> UnreadablePage:
    where = f"{path}#{member}" if member else str(path)
    return UnreadablePage(f"{where} is larger than {max_bytes:,} bytes: raise `max_page_bytes` if it really is a page.")


def _mhtml(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    """Yield the first HTML part of a saved page; its images do not count as part of it."""
    with path.open("rb") as file:
        content = file.read(max_bytes * 4 + 1)
    if len(content) > max_bytes * 4:
        yield _too_large(path, None, max_bytes * 4)
        return
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    part = next((part for part in message.walk() if part.get_content_type() in _HTML), None)
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        yield UnreadablePage(f"{path} holds no HTML part: save the page again, as a complete web page.")
        return
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "") or None
    yield Record(_as_utf8(payload, part.get_content_charset()), address)


_HTML = ("text/html", "application/xhtml+xml")


def _as_utf8(content: bytes, charset: str | None) -> bytes:
    """Return a part's bytes as UTF-8 where its header names another charset, which the page itself may not."""
    if not charset or charset.lower() in ("utf-8", "us-ascii"):
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


# JSONL -----------------------------------------------------------------------------------------


def _rows(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    """Yield the rows of a JSONL file: `html`, or `text` with a `title`; a row's `id` or number is its name."""
    with _opened(path) as opened:
        file = _Unpacked(path, opened, path.stat().st_size)
        number = 0
        while line := file.readline(max_bytes * 2 + 1):
            number += 1
            if len(line) > max_bytes * 2:
                yield _too_large(path, str(number), max_bytes)
                while line and not line.endswith(b"\n"):
                    line = file.readline(max_bytes)
            elif line.strip():
                yield _row(path, line, number)


def _opened(path: Path) -> BufferedIOBase:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def _row(path: Path, line: bytes, number: int) -> Record | UnreadablePage:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadablePage(f"{path}#{number} is no JSON ({error}): write one object a line.")
    content = _content(data) if isinstance(data, dict) else None
    if content is None:
        return UnreadablePage(f"{path}#{number} has neither `html` nor `text`: give one of them in every row.")
    name, url = data.get("id"), data.get("url")
    member = str(name)[:200] if isinstance(name, (str, int)) and str(name).strip() else str(number)
    return Record(content, url if isinstance(url, str) else None, member)


def _content(data: dict[str, Any]) -> bytes | None:
    html = data.get("html")
    if isinstance(html, str) and html.strip():
        return html.encode("utf-8", "replace")
    text = next((data[key] for key in _TEXT_FIELDS if isinstance(data.get(key), str) and data[key].strip()), None)
    title = next((data[key] for key in _TITLE_FIELDS if isinstance(data.get(key), str) and data[key].strip()), None)
    if text is None:
        return None
    return f"{title}\n\n{text}".encode("utf-8", "replace") if title else text.encode("utf-8", "replace")


def holds_pages(path: Path) -> bool:
    """Say whether the first row of a JSONL file is a page: other rows of that format lie beside pages as well."""
    try:
        with _opened(path) as file:
            data = json.loads(file.readline(20_000_000))
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and _content(data) is not None


# WARC and WACZ ---------------------------------------------------------------------------------


def _warc(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    with path.open("rb") as file:
        yield from _responses(path, file, path.stat().st_size, max_bytes)


def _wacz(path: Path, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    """Yield the pages of the WARC files in a zip; a member is read as a stream, and its name never names a file."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith((".warc", ".warc.gz")))
        _refuse_bomb(path, sum(archive.getinfo(name).file_size for name in names), path.stat().st_size)
        for name in names:
            with archive.open(name) as file:
                yield from _responses(path, file, path.stat().st_size, max_bytes)


def _responses(path: Path, file: IO[bytes], packed: int, max_bytes: int) -> Iterator[Record | UnreadablePage]:
    """Yield the HTML pages among the responses of a WARC file; what was answered with an error is no page."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    stream = _Unpacked(path, gzip.GzipFile(fileobj=file) if zipped else file, packed)
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or not _is_page(record):
                continue
            member = str(record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
            content = record.content_stream().read(max_bytes + 1)
            if len(content) > max_bytes:
                yield _too_large(path, member, max_bytes)
            else:
                yield Record(content, record.rec_headers.get_header("WARC-Target-URI"), member or None)
    except ArchiveLoadFailed as error:
        raise UnreadablePage(f"{path} is damaged or no WARC file ({error}): fetch it again.") from error


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return False
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in _HTML
