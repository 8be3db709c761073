"""Mutated pages through the whole program: `python -m benchmarks.fuzz --pages 10000 --seed 1`.

Every page must end as a draft or as a PageError, in time, and the draft must keep every promise that `faults`
asks for. What breaks one is written, as small as it could be made, into a folder; the run goes on, and ends with 1.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, NoReturn

from benchmarks.mutations import mutated
from summarise.errors import PageError
from summarise.pages import page_from_bytes
from summarise.pipeline import Summariser
from summarise.records import Draft, draft_from_json
from summarise.rendering import to_html, to_json, to_markdown
from summarise.settings import Settings
from summarise.tables import csv_bytes, draft_row

LIMIT, SLOW = 30, 5
"""Seconds of the processor, whatever else it does, after which a page is a finding, and after which it is reported."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_TRIES = 60
_TOKENS = frozenset(
    (
        "heading_open",
        "heading_close",
        "inline",
        "paragraph_open",
        "paragraph_close",
        "bullet_list_open",
        "bullet_list_close",
    )
) | {"list_item_open", "list_item_close"}
_INLINE = frozenset(("text", "text_special", "strong_open", "strong_close", "em_open", "em_close"))
_ELEMENTS = frozenset(("html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "ul", "li")) | {
    "strong",
    "span",
    "footer",
    "a",
}


class Outcome(NamedTuple):
    """What became of one page: "draft", the kind of PageError, or "finding" with the faults."""

    number: int
    kind: str
    seconds: float
    faults: tuple[str, ...] = ()
    content: bytes = b""


# ------------------------------------------------------------ what must hold


def faults(draft: Draft) -> Iterator[str]:
    """Yield every promise that a draft breaks, in words that begin with its name."""
    text = to_json(draft)
    data = json.loads(text)
    yield from (f"schema: {error.json_path}: {error.validator}" for error in _validator().iter_errors(data))
    if to_json(draft_from_json(data)) != text:
        yield "json: reads again to another draft"
    paragraphs = draft.article.paragraphs
    for where, line in draft.lines():
        for evidence in line.evidence:
            if not 0 <= evidence.start < evidence.end <= len(paragraphs[evidence.paragraph]):
                yield f"evidence: {where} lies outside of its paragraph"
    yield from (f"control: {where}" for where, value in _strings(data) if _CONTROL.search(value))
    yield from markdown_faults(to_markdown(draft), len(draft.article.headings))
    yield from html_faults(to_html(draft))
    yield from _csv_faults(data)


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    schema = resources.files("summarise").joinpath("data/draft.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def _strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, f"{where}[]")


def markdown_faults(text: str, headings: int) -> Iterator[str]:
    """Yield what a CommonMark reader finds in a draft beside what the house put there; `headings` are the article's."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = Counter(token.type for token in tokens)
    inline = {child.type for token in tokens for child in token.children or ()}
    yield from (f"markdown: {kind}" for kind in sorted((set(kinds) - _TOKENS) | (inline - _INLINE)))
    if kinds["heading_open"] != 1 + headings:
        yield f"markdown: {kinds['heading_open']} headings, not {1 + headings}"
    if text.startswith(("---", "+++")):
        yield "markdown: front matter"


def html_faults(text: str) -> Iterator[str]:
    """Yield elements, handlers and addresses in a draft's page that the house did not put there."""
    from lxml import html

    for element in html.document_fromstring(text).iter():
        if element.tag not in _ELEMENTS:
            yield f"html: element {element.tag}"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ("href", "src") and not re.match("https?://", value, re.I)):
                yield f"html: attribute {name}"


def _csv_faults(data: dict[str, Any]) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(csv_bytes([draft_row(data)]).decode("utf-8-sig"))))
    if len(rows) != 2:
        yield "csv: more than one row"
    for cell in rows[-1]:
        if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")):
            yield "csv: a cell that is a formula"


# ------------------------------------------------------------ one page


class _TooSlow(BaseException):
    """A page that takes longer than it may; no handler of Exception catches it."""


def _alarm(_: int, __: FrameType | None) -> NoReturn:
    raise _TooSlow


def judged(summariser: Summariser, content: bytes, *, twice: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the kind of outcome of a page and the faults found, the place of an exception among them."""
    signal.signal(signal.SIGVTALRM, _alarm)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        draft = summariser.draft(page_from_bytes(content, "page.html"))
        found = set(faults(draft))
        if twice and to_json(summariser.draft(page_from_bytes(content, "page.html"))) != to_json(draft):
            found.add("repeat: the same page gave another draft")
        return ("finding" if found else "draft"), tuple(sorted(found))
    except PageError as error:
        return type(error).__name__, ()
    except _TooSlow:
        return "finding", (f"time: more than {LIMIT} s",)
    except Exception as error:  # every other exception is what is looked for
        return "finding", (f"exception: {_place(error)}",)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "summarise" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} in {place}: {str(error)[:100]}"


def smaller(content: bytes, still: Callable[[bytes], bool]) -> bytes:
    """Return the page with whatever can be left out while it is `still` a finding, within a bounded number of tries."""
    size, tries = len(content) // 2, 0
    while size and tries < _TRIES:
        place = 0
        while place < len(content) and tries < _TRIES:
            shorter = content[:place] + content[place + size :]
            tries += 1
            if still(shorter):
                content = shorter
            else:
                place += size
        size //= 2
    return content


# ------------------------------------------------------------ the run

_own: dict[str, Any] = {}
"""What a worker process holds: the pages that it mutates, the seed and the summariser."""


def _open(pages: Sequence[bytes], seed: int) -> None:
    _own.update(pages=pages, seed=seed, summariser=Summariser(Settings()))


def _try(number: int) -> Outcome:
    content = mutated(_own["seed"], number, _own["pages"])
    started = time.process_time()
    kind, found = judged(_own["summariser"], content, twice=number % 20 == 0)
    seconds = time.process_time() - started
    return Outcome(number, kind, seconds, found, content if found or seconds > SLOW else b"")


def samples(folders: Sequence[Path]) -> list[bytes]:
    """Return the HTML pages in folders, in the order of their names."""
    files = sorted(file for folder in folders for file in folder.rglob("*.html"))
    return [file.read_bytes() for file in files]


def _write(outcome: Outcome, folder: Path, summariser: Summariser) -> Path:
    """Write the page of a finding as small as it can be made while its first fault stays."""
    wanted = outcome.faults[0]
    content = outcome.content
    if not wanted.startswith("time"):
        known = set(outcome.faults)
        content = smaller(content, lambda page: wanted in (left := judged(summariser, page)[1]) and set(left) <= known)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{outcome.number:06}.html"
    path.write_bytes(content)
    return path


def run(pages: Sequence[bytes], options: argparse.Namespace) -> int:
    """Draft the mutated pages, print what became of them, and return the exit code."""
    started, kinds, seen, slow = time.monotonic(), Counter[str](), Counter[str](), 0
    with get_context("spawn").Pool(options.workers, _open, (pages, options.seed)) as pool:
        summariser = Summariser(Settings())
        for outcome in pool.imap_unordered(_try, range(options.first, options.first + options.pages), chunksize=4):
            kinds[outcome.kind] += 1
            if outcome.seconds > SLOW:
                slow += 1
                print(f"page {outcome.number}: {outcome.seconds:.1f} s", flush=True)
            for fault in outcome.faults:
                if not seen[fault]:
                    path = _write(outcome, options.findings, summariser)
                    print(f"page {outcome.number}: {fault} ({path})", flush=True)
                seen[fault] += 1
            done = sum(kinds.values())
            if done % 250 == 0:
                print(f"{done:,} pages, {time.monotonic() - started:.0f} s, {dict(kinds)}", flush=True)
            if options.seconds and time.monotonic() - started > options.seconds:
                break
    took = time.monotonic() - started
    print(f"{sum(kinds.values()):,} pages of seed {options.seed} in {took:.0f} s: {dict(kinds)}; {slow} slow")
    for fault, times in seen.most_common():
        print(f"{times:6} {fault}")
    return 1 if seen else 0


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with pages to mutate")
    parser.add_argument("--pages", type=int, default=10_000, help="how many mutated pages are drafted")
    parser.add_argument("--first", type=int, default=0, help="the number of the first page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0 means never")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir()) / "summarise-fuzz")
    options = parser.parse_args()
    pages = samples(options.folders or [Path("data/raw"), Path("tests/corpus"), Path("tests/newsrooms")])
    if not pages:
        parser.error("there is no .html page in these folders")
    return run(pages, options)


if __name__ == "__main__":
    sys.exit(main())
