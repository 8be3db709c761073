"""Extraction against trafilatura's default, in one run on the same pages: body, facts, furniture, time.

`make bench-extraction` runs it on a folder of pages (`*.html`) with a `gold.jsonl`: one row a page with `id` (the
file's stem) and any of `body`, `must_contain`, `must_not_contain`, `title`, `authors`, `date`. A page that has only
some of these counts where it can. Nothing is left out because it is refused: a refused page has no body.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import typer
from lxml import html
from rich.console import Console
from rich.table import Table
from trafilatura import bare_extraction
from trafilatura.settings import Document

from summarise.errors import PageError
from summarise.extraction import extract
from summarise.pages import decode, read_page
from summarise.records import Page, count_words, words

SHINGLE = 4
ALLOWED_LOSS = 0.02
TARGETS = {"title": 0.95, "date": 0.98, "standfirst": 0.85, "authors": 0.92, "furniture": 0.05, "time": 1.25}

FURNITURE = re.compile(
    r"^(?:read more|related|most read|advertisement|share|sign up|subscribe|follow us|comments|recommended"
    r"|trending|copyright|©|click here|scroll down|see also|loading|more from|image source|photo:|picture:"
    r"|watch:|got a story)\b.{0,90}$",
    re.IGNORECASE,
)
"""Lines that an editor strikes out at sight: a list of the benchmark's own, so that it does not check the rules by
themselves."""

GOLD_FURNITURE = re.compile(
    r"\bread more related articles\b|\bREAD MORE: |\(Image: |\bTrending [A-Z]\w+ [A-Z]", re.IGNORECASE
)
"""Furniture inside gold itself: such a page counts in the means, but is no measure of a loss."""

DESK = re.compile(r"\b(?:staff|special to|desk|sport|team|corporation|news)\b", re.IGNORECASE)
"""Names of gold that are no person: naming nobody is right then too."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one extractor makes of one page; `seconds` is the shortest of the rounds."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    date: str
    paragraphs: tuple[str, ...]
    seconds: float

    @property
    def body(self) -> str:
        """The paragraphs as one text."""
        return "\n".join(self.paragraphs)

    @property
    def whole(self) -> str:
        """Title, standfirst and body: what is kept of a page, in whichever field."""
        return "\n".join((self.title, self.standfirst, *self.paragraphs))


@dataclass(frozen=True, slots=True)
class Row:
    """One page with its gold, and what both made of it."""

    name: str
    gold: dict[str, Any]
    told: tuple[str, ...]
    printed: tuple[str, ...]
    ours: Found
    base: Found

    def f1(self, found: Found) -> float:
        """Return F1 of a body against gold, the standfirst left out of both: it has a field of its own in ours."""
        apart = {flat(self.ours.standfirst), *map(flat, self.told)}
        lines = [
            [line for line in text.split("\n") if flat(line) not in apart] for text in (found.body, self.gold["body"])
        ]
        return body_f1("\n".join(lines[0]), "\n".join(lines[1]))


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words of a text, case and marks ignored; a shorter text is one run."""
    listed = [word.casefold().replace("’", "'") for word in words(text)]
    return {tuple(listed[start : start + SHINGLE]) for start in range(max(len(listed) - SHINGLE + 1, 1))}


def body_f1(found: str, gold: str) -> float:
    """Return F1 of the shingles of a body (0 to 1)."""
    one, two = shingles(found), shingles(gold)
    return 2 * len(one & two) / (len(one) + len(two))


def flat(text: str) -> str:
    """Return a text's letters and digits in lower case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def held(segments: Iterable[str], body: str) -> list[bool]:
    """Say for each segment whether the body holds it, spaces and marks ignored."""
    whole = flat(body)
    return [flat(segment) in whole for segment in segments]


def timed(work: Callable[[], Any], rounds: int) -> tuple[Any, float]:
    """Return what some work gives, and the processor's seconds in its fastest round: what else runs counts for none."""
    best, result = float("inf"), None
    for _ in range(rounds):
        started = process_time()
        result = work()
        best = min(best, process_time() - started)
    return result, best


def ours(page: Page, rounds: int) -> Found:
    """Return what `summarise.extraction` makes of a page, length and language left open."""

    def work() -> Any:
        try:
            return extract(page, min_words=0, any_language=True)
        except PageError:
            return None

    article, seconds = timed(work, rounds)
    if article is None:
        return Found("", "", (), "", (), seconds)
    return Found(
        article.headline,
        article.standfirst or "",
        article.authors,
        (article.published or "")[:10],
        article.paragraphs,
        seconds,
    )


def base(page: Page, rounds: int) -> Found:
    """Return what trafilatura makes of a page by default."""
    document, seconds = timed(lambda: bare_extraction(decode(page), with_metadata=True), rounds)
    if not isinstance(document, Document):
        return Found("", "", (), "", (), seconds)
    authors = tuple(name for name in (document.author or "").split("; ") if name)
    lines = tuple(line for line in (document.text or "").split("\n") if line.strip())
    return Found(document.title or "", document.description or "", authors, (document.date or "")[:10], lines, seconds)


def told_standfirsts(text: str) -> tuple[str, ...]:
    """Return the standfirsts that a page tells outright: whole, of 5 to 80 words, no slogan, not the title.

    Read from JSON-LD and <meta> by plain patterns, apart from the program's own reading.
    """
    tree = html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    metas = tree.xpath('.//meta[@property="og:description" or @name="description"]/@content')
    title = flat(" ".join(tree.xpath(".//title/text()")))
    return tuple(
        line
        for line in (" ".join(meta.split()) for meta in metas)
        if 5 <= count_words(line) <= 80
        and line[-1] in ".!?”’\"'"
        and not line.endswith("...")
        and flat(line) not in title
        and not _is_opening(line, text)
        and not re.search(r"\b(?:latest news|breaking news|subscribe|read more|click)\b", line, re.IGNORECASE)
    )


def _is_opening(line: str, text: str) -> bool:
    """Say whether a line stands in the page's text as the first words of a longer paragraph: no standfirst then."""
    tree = html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    starts = [flat(element.text_content()) for element in tree.iter("p", "div") if not len(element)]
    return any(start.startswith(flat(line)[:60]) and len(start) > len(flat(line)) * 1.1 for start in starts)


def printed_titles(text: str) -> tuple[str, ...]:
    """Return the texts of a page's <h1> elements: as right as gold, which has the title for machines on some pages."""
    tree = html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    return tuple(" ".join(element.text_content().split()) for element in tree.iter("h1"))


def same_title(found: str, gold: str, printed: Sequence[str] = ()) -> bool:
    """Say whether a title is right: gold's, or the printed one where that is near gold's.

    Gold is cut off after some letters on a few pages.
    """
    one, two = flat(found), flat(gold)
    near = {flat(title) for title in printed if len(set(words(title)) & set(words(gold))) * 2 >= len(words(title))}
    return one == two or (len(two) > 40 and one.startswith(two)) or one in near


def same_authors(found: Sequence[str], gold: Sequence[str]) -> bool:
    """Say whether the same people are named, in any order; footnote marks in gold are no people."""
    people = {
        flat(name) for name in gold if len(name) > 2 and not any(char.isdigit() for char in name) and not name.islower()
    }
    if not found and all(DESK.search(name) for name in gold):
        return True
    return {flat(name) for name in found} == people


def furniture_left(found: Found, gold: dict[str, Any]) -> bool:
    """Say whether a body holds a segment that it must not, or a line that an editor strikes at sight."""
    struck = any(FURNITURE.match(line) for line in found.paragraphs)
    return struck or any(held(gold.get("must_not_contain", ()), found.body))


def measure(folder: Path, rounds: int) -> list[Row]:
    """Return a row for every page of the folder that has gold."""
    golds = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line]
    rows = []
    for gold in golds:
        file = folder / f"{gold['id']}.html"
        if not file.is_file():
            print(f"{file} is missing: its gold is left out.", file=sys.stderr)
            continue
        page = read_page(file)
        text = decode(page)
        told, printed = told_standfirsts(text), printed_titles(text)
        rows.append(Row(gold["id"], gold, told, printed, ours(page, rounds), base(page, rounds)))
    return rows


def share(values: Sequence[bool]) -> float:
    """Return the share of true values; none at all counts as nothing."""
    return sum(values) / len(values) if values else float("nan")


def kept_standfirst(row: Row, found: Found) -> bool:
    """Say whether a standfirst that the page tells is kept, as standfirst or as a paragraph of the body."""
    kept = flat(found.standfirst)
    return bool(kept) or any(held(row.told, found.body))


def table(rows: Sequence[Row]) -> Table:
    """Return the comparison as a table."""
    result = Table("measure", "pages", "trafilatura", "summarise", "target")

    def add(name: str, chosen: Sequence[Row], one: Callable[[Row, Found], Any], target: str, plan: Any = share) -> None:
        figures = [plan([one(row, found) for row, found in pairs]) for pairs in _pairs(chosen)]
        result.add_row(name, str(len(chosen)), f"{figures[0]:.3f}", f"{figures[1]:.3f}", target)

    bodied, held_to = _with(rows, "body"), _with(rows, "must_contain")
    add("body F1, mean", bodied, lambda row, found: row.f1(found), "> base", statistics.fmean)
    add(
        "segments held",
        held_to,
        lambda row, found: statistics.fmean(held(row.gold["must_contain"], found.whole)),
        "> base",
        statistics.fmean,
    )
    add(
        "segments kept out",
        held_to,
        lambda row, found: 1 - statistics.fmean(held(row.gold["must_not_contain"], found.body)),
        "> base",
        statistics.fmean,
    )
    add("segments right, of both kinds", held_to, segments_right, "> base", statistics.fmean)
    titled = _with(rows, "title")
    add("title right", titled, lambda row, found: same_title(found.title, row.gold["title"], row.printed), ">= 0.95")
    add("date right", titled, lambda row, found: found.date == row.gold["date"][:10], ">= 0.98")
    add("authors right", titled, lambda row, found: same_authors(found.authors, row.gold["authors"]), ">= 0.92")
    add("standfirst kept", [row for row in rows if row.told], kept_standfirst, ">= 0.85")
    add("furniture left", rows, lambda row, found: furniture_left(found, row.gold), "<= 0.05")
    sound = [row for row in [*bodied, *held_to] if not GOLD_FURNITURE.search(row.gold.get("body", ""))]
    deltas = [(delta(row), row.name) for row in sound]
    worst = min(deltas, default=(0.0, "none"))
    result.add_row(f"worst page ({worst[1]})", str(len(deltas)), "", f"{worst[0]:+.3f}", f">= -{ALLOWED_LOSS}")
    ratios = [row.ours.seconds / row.base.seconds for row in rows]
    result.add_row("time a page, median of ratios", str(len(rows)), "1", f"{statistics.median(ratios):.2f}", "<= 1.25")
    return result


def delta(row: Row) -> float:
    """Return by how much we are better than the base on a page: on body F1, else on the share of right segments."""
    if "body" in row.gold:
        return row.f1(row.ours) - row.f1(row.base)
    return segments_right(row, row.ours) - segments_right(row, row.base)


def segments_right(row: Row, found: Found) -> float:
    """Return the share of a page's segments that are where they should be: kept, or left out of the body."""
    kept = held(row.gold["must_contain"], found.whole)
    return statistics.fmean([*kept, *(not hit for hit in held(row.gold["must_not_contain"], found.body))])


def _pairs(rows: Sequence[Row]) -> tuple[list[tuple[Row, Found]], list[tuple[Row, Found]]]:
    return [(row, row.base) for row in rows], [(row, row.ours) for row in rows]


def _with(rows: Sequence[Row], key: str) -> list[Row]:
    return [row for row in rows if key in row.gold]


def faults(row: Row) -> list[str]:
    """Return what is wrong with our reading of a page, a line each."""
    found, gold = row.ours, row.gold
    listed = []
    if (loss := delta(row)) < 0:
        listed.append(f"worse than the base by {-loss:.3f}")
    if "title" in gold and not same_title(found.title, gold["title"], row.printed):
        listed.append(f"title {found.title!r}, not {gold['title']!r}")
    if "date" in gold and found.date != gold["date"][:10]:
        listed.append(f"date {found.date!r}, not {gold['date']!r}")
    if "authors" in gold and not same_authors(found.authors, gold["authors"]):
        listed.append(f"authors {found.authors}, not {gold['authors'][:3]}")
    if row.told and not kept_standfirst(row, found):
        listed.append(f"no standfirst, though the page tells {row.told[0]!r}")
    if furniture_left(found, gold):
        listed.append("furniture: " + " | ".join(line for line in found.paragraphs if FURNITURE.match(line))[:200])
    if "body" in gold and row.f1(found) < 0.9:
        listed.append(f"body F1 {row.f1(found):.3f}")
    for segment, hit in zip(gold.get("must_contain", ()), held(gold.get("must_contain", ()), found.whole), strict=True):
        listed += [] if hit else [f"lacks {segment[:80]!r}"]
    for segment in gold.get("must_not_contain", ()):
        listed += [f"holds {segment[:80]!r}"] if held([segment], found.body)[0] else []
    return listed


def main(
    pages: Annotated[Path, typer.Option(help="A folder of pages with gold.jsonl.")] = Path("data/training/pages"),
    rounds: Annotated[int, typer.Option(help="How often a page is timed; the fastest counts.")] = 3,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name what is wrong, page by page.")] = False,
) -> None:
    """Compare extraction with trafilatura's default on pages with gold."""
    if not (pages / "gold.jsonl").is_file():
        print(f"There is no {pages / 'gold.jsonl'}: nothing is measured. Give PAGES=folder.", file=sys.stderr)
        raise typer.Exit(0)
    rows = measure(pages, rounds)
    if verbose:
        for row in rows:
            for fault in faults(row):
                print(f"{row.name}: {fault}")
    Console(width=110).print(table(rows))


if __name__ == "__main__":
    typer.run(main)
