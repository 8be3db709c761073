"""Corpora → cases: fixture folders, folders of an editor's drafts, and rows of articles with summaries."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from summarise.errors import UsageError
from summarise.evaluation.gold import Gold, read_gold
from summarise.pages import read_page
from summarise.records import Article, Page

Shape = Literal["fixtures", "gold", "rows", "pages"]

SPLITS = ("dev", "gate")
PAGE, GOLD = "page.html", "gold.json"
UNNAMED = "unnamed"
"""The outlet of a row that names none."""


@dataclass(frozen=True, slots=True)
class Case:
    """One article to draft, with the editor's draft where there is one.

    `article` is set where the corpus gives plain text, so that there is nothing to extract;
    `page` then only stands for its identity.
    """

    slug: str
    page: Page
    split: str = ""
    subject: str = ""
    gold: Gold | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An article as plain text with its outlet's summary, one string a sentence."""

    id: str
    article: str
    summary: tuple[str, ...]
    outlet: str


def shape_of(corpus: Path) -> Shape:
    """Return what kind of corpus a path holds; raises UsageError where it is none."""
    if not corpus.exists():
        raise UsageError(f"There is no corpus {corpus}: give a folder or a JSONL file that exists.")
    if corpus.is_file():
        if corpus.name.endswith((".jsonl", ".jsonl.gz")):
            return "rows"
        raise UsageError(f"{corpus} is no corpus: give a folder, a .jsonl or a .jsonl.gz file.")
    if any(corpus.glob(f"*/{GOLD}")):
        return "fixtures"
    if any(corpus.glob("*.json")):
        return "gold"
    if any(corpus.glob("*.htm*")):
        return "pages"
    raise UsageError(f"{corpus} holds no cases: neither folders with {GOLD}, nor JSON drafts, nor pages.")


def read_cases(corpus: Path, *, split: str = "", limit: int | None = None) -> list[Case]:
    """Return the cases of a folder in the order of their names; of one split only where one is named.

    Raises UsageError for a corpus that cannot be read, or that has no case of the split.
    """
    readers = {"fixtures": _fixtures, "gold": _golds, "pages": _pages}
    shape = shape_of(corpus)
    if shape == "rows":
        raise UsageError(f"{corpus} holds rows of articles, not cases.")
    found = (case for case in readers[shape](corpus) if not split or case.split == split)
    cases = list(islice(found, limit))
    if not cases:
        raise UsageError(f"{corpus} holds no case{f' of the split {split!r}' if split else ''}.")
    return cases


def corpus_hashes(corpus: Path) -> dict[str, str]:
    """Return the SHA-256 of the page and gold files of each split, names included, in the order of their names."""
    digests = {split: hashlib.sha256() for split in SPLITS}
    for file in sorted(corpus.glob(f"*/{GOLD}")):
        content = file.read_bytes()
        digest = digests.get(_json(content, str(file)).get("split", ""))
        if digest is None:
            raise UsageError(f"{file}: the split must be one of {', '.join(SPLITS)}.")
        for path, data in ((file.parent / PAGE, None), (file, content)):
            data = _bytes(path) if data is None else data
            digest.update(f"{path.parent.name}/{path.name}:{len(data)}\n".encode() + data)
    return {split: digest.hexdigest() for split, digest in digests.items()}


# ---------------------------------------------------------------- folders


def _fixtures(corpus: Path) -> Iterator[Case]:
    for file in sorted(corpus.glob(f"*/{GOLD}")):
        data = _json(_bytes(file), str(file))
        gold = read_gold(data, str(file))
        page = read_page(file.parent / PAGE)
        yield Case(file.parent.name, page, str(data.get("split", "")), str(data.get("subject", "")), gold)


def _golds(corpus: Path) -> Iterator[Case]:
    """Read drafts that name their articles as `source`, relative to the folder that holds the corpus."""
    base = corpus.resolve().parent
    files = {file: _json(_bytes(file), str(file)) for file in sorted(corpus.glob("*.json"))}
    files = {file: data for file, data in files.items() if "source" in data and "key_points" in data}
    rows = _wanted_rows(base, [str(data["source"]) for data in files.values()])
    for file, data in files.items():
        source, gold = str(data["source"]), read_gold(data, str(file))
        subject = gold.topics[0] if gold.topics else ""
        if "#" not in source:
            yield Case(file.stem, read_page(base / source), "", subject, gold)
        elif source in rows:
            page, article = _from_row(rows[source], source)
            yield Case(file.stem, page, "", subject, gold, article)
        else:
            raise UsageError(f"{file}: its source {source} is not there.")


def _pages(corpus: Path) -> Iterator[Case]:
    for file in sorted(corpus.glob("*.htm*")):
        yield Case(file.stem, read_page(file))


# ---------------------------------------------------------------- rows


def read_rows(file: Path, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows of a JSONL file, gzipped or not; `limit` counts the rows of each outlet.

    Raises UsageError, with the line, for a row without `article` and `summary`.
    """
    taken: dict[str, int] = {}
    for number, data in enumerate(_jsonl(file), start=1):
        try:
            summary, article = data["summary"], data["article"]
            if not isinstance(article, str) or not isinstance(summary, str | list):
                raise UsageError(f"{file}:{number}: `article` must be a text, and `summary` a text or a list of texts.")
            sentences = (summary,) if isinstance(summary, str) else tuple(map(str, summary))
            row = Row(
                str(data.get("id") or number), str(data["article"]), sentences, str(data.get("outlet") or UNNAMED)
            )
        except KeyError as error:
            raise UsageError(f"{file}:{number}: the key {error} is missing: rows are {{article, summary}}.") from error
        taken[row.outlet] = taken.get(row.outlet, 0) + 1
        if limit is None or taken[row.outlet] <= limit:
            yield row


def article_of(text: str, headline: str = "") -> Article:
    """Return plain text as an article: a line is a paragraph, and there is nothing else to know."""
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Article(
        headline=headline,
        standfirst=None,
        authors=(),
        published=None,
        site=None,
        url=None,
        language="en",
        paragraphs=paragraphs,
    )


def page_of(text: str, path: str, member: str | None) -> Page:
    """Return the page that stands for a plain text."""
    content = text.encode()
    return Page(content, path, hashlib.sha256(content).hexdigest(), member=member)


def _wanted_rows(base: Path, sources: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Return the rows that sources such as "data/file.jsonl.gz#id" name, each file read once."""
    wanted: dict[str, set[str]] = {}
    for source in sources:
        file, _, row = source.partition("#")
        if row:
            wanted.setdefault(file, set()).add(row)
    found = {}
    for file, ids in wanted.items():
        for data in _jsonl(base / file):
            if str(data.get("id")) in ids:
                found[f"{file}#{data['id']}"] = data
    return found


def _from_row(row: Mapping[str, Any], source: str) -> tuple[Page, Article]:
    file, _, member = source.partition("#")
    text = str(row["article"])
    return page_of(text, file, member), article_of(text, str(row.get("title") or ""))


# ---------------------------------------------------------------- files


def _jsonl(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _json(line.encode(), f"{file}:{number}")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error


def _json(content: bytes, where: str) -> Mapping[str, Any]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise UsageError(f"{where} is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise UsageError(f"{where} does not hold a JSON object.")
    return data


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
