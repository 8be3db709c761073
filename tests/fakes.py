"""A summariser that obeys words in its pages, and drafts to order; importable by worker processes."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path
from time import perf_counter
from typing import Any

from summarise.errors import NoArticle
from summarise.records import (
    Article,
    Block,
    Draft,
    Evidence,
    Fate,
    Finding,
    Line,
    Page,
    Provenance,
    RuleFate,
    Sentence,
    Source,
    Topic,
)
from summarise.settings import Settings

BODY = (
    "The Borchester ferry will run every 20 minutes from Monday, the council said.",
    "Reaction",
    "Traders on the quay welcomed the change, which will cost £1.2m a year.",
)


def line(text: str, *, rule: str = "test.rule", edits: tuple[str, ...] = ()) -> Line:
    evidence = Evidence(sentence=0, paragraph=0, start=0, end=len(BODY[0]))
    return Line(text, (evidence,), edits, rule, 1.25, (("position", 1.0), ("tfidf", 0.25)))


def draft(
    headline: str = "Ferry Service Doubled After Traders’ Appeal",
    *,
    sha256: str = "0" * 64,
    path: str = "pages/ferry.html",
    url: str | None = "https://news.example/ferry",
    paragraphs: tuple[str, ...] = BODY,
    why: Block | None = None,
    provenance: Provenance | None = None,
) -> Draft:
    """Return a draft with one drafted and one open block, every field filled."""
    slug = re.sub(r"[^a-z0-9]+", "-", headline.lower()).strip("-")
    article = Article(
        headline=headline,
        standfirst="The boats will run twice as often.",
        authors=("Ada Quayle",),
        published="2024-03-05",
        site="Borchester Echo",
        url=url,
        language="en",
        paragraphs=paragraphs,
        headings=frozenset({1}),
    )
    return Draft(
        id=f"{slug}-{sha256[:8]}",
        source=Source(path, url, "Borchester Echo", sha256, None),
        article=article,
        headline=headline,
        standfirst=(line("The ferry will run every 20 minutes."), line("It will cost £1.2 million a year.")),
        key_points=(
            line("The Borchester ferry will run every 20 minutes."),
            line("Traders welcomed the change."),
        ),
        why_this_matters=why or Block("drafted", (line("This decision could help the quay’s traders."),)),
        what_this_means_for_you=Block("needs-editor", reason="no audience found"),
        topics=(Topic("medtop:20000337", "transport", 0.75),),
        findings=(Finding("length", "warning", "only two key points", "key_points"),),
        provenance=provenance or Provenance("0.1.0", (("language", "fake-1"),), "r1", "s1"),
    )


class FakeSummariser:
    """Drafts any page, except where a word in it says otherwise."""

    def __init__(self, settings: Settings) -> None:
        self.seconds: dict[str, float] = {"language": 0.0}
        self.provenance = Provenance("0.1.0", (("language", "fake-1"),), "r1", settings.digest())

    def load(self) -> None:
        """There is no model."""

    def draft(self, page: Page) -> Draft:
        self.seconds["language"] += 0.5
        text = page.content.decode()
        if "NOTHING" in text:
            raise NoArticle(f"{page.path} holds no article: give an article page")
        if "BUG" in text:
            raise ZeroDivisionError("no sentences")
        if "CRASH" in text:
            os._exit(9)
        if "ENDLESS" in text:
            while True:
                pass
        if "HUGE" in text:
            bytearray(4_000_000_000)
        title, _, body = text.partition("\n")
        paragraphs = (body,) if body else tuple(text.replace(" ", f" {title} ") for text in BODY)
        return draft(title, sha256=page.sha256, path=page.path, paragraphs=paragraphs, provenance=self.provenance)

    def explain(self, page: Page) -> tuple[Fate, ...]:
        sentence = Sentence(0, 0, 0, len(BODY[0]), BODY[0])
        return (Fate(sentence, 1.0, (("position", 1.0),), "key point", "highest score"),)

    def explain_rules(self, page: Page) -> tuple[RuleFate, ...]:
        sentence = Sentence(0, 0, 0, len(BODY[0]), BODY[0])
        return (
            RuleFate("why-a", "why", "taken", "stands in the block", "The ferry will run.", (sentence,)),
            RuleFate("why-b", "why", "silent", "no sentence holds a cue"),
            RuleFate("why-c", "why", "silent", "no sentence holds a cue"),
            RuleFate("you-a", "you", "not taken", "the block is open", "You can take the ferry.", (sentence,)),
        )


class SlowSummariser(FakeSummariser):
    """Takes a hundredth of a second for a page, as a real one takes its time."""

    def draft(self, page: Page) -> Draft:
        until = perf_counter() + 0.01
        while perf_counter() < until:
            pass
        return super().draft(page)


class InterruptedSummariser(FakeSummariser):
    """Is interrupted, as by Ctrl-C, at a page that says so."""

    def draft(self, page: Page) -> Draft:
        if b"INTERRUPT" in page.content:
            os.kill(os.getppid(), signal.SIGINT)
            signal.pause()
        return super().draft(page)


def write_pages(folder: Path, *texts: str) -> list[str]:
    """Write texts as 00.html, 01.html … and return the folder as an input."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:02}.html").write_text(text, encoding="utf-8")
    return [str(folder)]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of an output and its bytes, the report of the run and its lock aside."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ("run.json", ".lock"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def failures(out: Path) -> list[dict[str, Any]]:
    """Return the rows of an output's `failures.jsonl`."""
    text = (out / "failures.jsonl").read_text(encoding="utf-8")
    return [json.loads(row) for row in text.splitlines()]
