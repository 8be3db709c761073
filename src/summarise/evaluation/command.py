"""What `summarise evaluate` does, between the command line and the modules that do it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from summarise.errors import RunError, UsageError
from summarise.evaluation import gate, quality_file, table
from summarise.evaluation.corpora import SPLITS, corpus_hashes, read_cases, read_rows, shape_of
from summarise.evaluation.quality_file import Quality
from summarise.evaluation.scoring import CaseDrafter, Evaluation, evaluate
from summarise.settings import Settings
from summarise.store import write_atomically

GATE = "gate"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; `quality` is the file of the floors, `allow_lower` the reason to lower one."""

    corpus: Path
    split: str = ""
    limit: int | None = None
    lines: int = 3
    gate: bool = False
    repin: bool = False
    allow_lower: str | None = None
    quality: Path = Path("quality.toml")
    as_json: bool = False
    markdown: Path | None = None
    html: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to print: `data` as text or as tables to stdout, `notes` to stderr; `passed` decides the exit code."""

    data: str | tuple[RenderableType, ...]
    notes: tuple[str, ...] = ()
    passed: bool = True


def run(request: Request, settings: Settings) -> Answer:
    """Return the answer to a request; raises UsageError for a corpus, an option or a quality file that does not fit."""
    _refuse_misfits(request)
    if shape_of(request.corpus) == "rows":
        return _compare(request, settings)
    parts = _evaluate(request, settings)
    quality = _known_quality(request)
    _write_reports(request, parts, quality)
    notes, passed = _judged(request, parts, quality)
    failed = [f"{slug} gave no draft: {why}" for part in parts.values() for slug, why in table.failures(part)]
    return Answer(_shown(request, parts), (*failed, *notes), passed)


def _refuse_misfits(request: Request) -> None:
    floors = request.gate or request.repin
    if request.allow_lower is not None and not request.repin:
        raise UsageError("--allow-lower goes with --repin.")
    if request.allow_lower is not None and not request.allow_lower.strip():
        raise UsageError("--allow-lower needs a reason.")
    if floors and shape_of(request.corpus) != "fixtures":
        raise UsageError(f"{request.corpus} is no fixture corpus: the gate needs folders with gold.json.")
    if floors and (request.limit is not None or request.split not in {"", GATE}):
        raise UsageError("The gate needs all of its cases: leave out --limit and --split.")
    if request.split and shape_of(request.corpus) != "fixtures":
        raise UsageError("--split goes with a fixture corpus only.")


def _evaluate(request: Request, settings: Settings) -> dict[str, Evaluation]:
    """Return the evaluation by part: the splits of a fixture corpus, the one split asked for, or "all"."""
    split = GATE if request.gate or request.repin else request.split
    cases = read_cases(request.corpus, split=split, limit=request.limit)
    drafter = CaseDrafter(settings)
    names = [name for name in SPLITS if any(case.split == name for case in cases)] or ["all"]
    return {
        name: evaluate(
            (case for case in cases if name == "all" or case.split == name), drafter.draft_case, request.corpus
        )
        for name in names
    }


def _known_quality(request: Request) -> Quality | None:
    """Return the content of the quality file; None where there is none and none is needed."""
    if request.repin and not request.quality.exists():
        return Quality()
    if request.gate or request.repin:
        return quality_file.read_quality(request.quality)
    try:
        return quality_file.read_quality(request.quality)
    except UsageError:
        return None


def _judged(request: Request, parts: dict[str, Evaluation], quality: Quality | None) -> tuple[tuple[str, ...], bool]:
    """Re-pin or check, as asked; return what to say, and whether the gate is passed."""
    if quality is None or not (request.gate or request.repin):
        return (), True
    hashes = corpus_hashes(request.corpus)
    if request.repin:
        today = datetime.date.today().isoformat()
        new = gate.repin(parts[GATE], quality, hashes, date=today, reason=request.allow_lower)
        _write(request.quality, quality_file.to_toml(new))
        return tuple(_moved(quality, new, request.quality)), True
    verdict = gate.check(parts[GATE], quality, hashes)
    return tuple(table.verdict_lines(verdict)), verdict.passed


def _moved(old: Quality, new: Quality, path: Path) -> Iterable[str]:
    for name, floor in new.floors.items():
        before = old.floors.get(name)
        if before is None:
            yield f"{name}: floor set to {floor:.4f}"
        elif before != floor:
            yield f"{name}: floor {before:.4f} → {floor:.4f}"
    yield f"The floors are in {path}."


def _compare(request: Request, settings: Settings) -> Answer:
    from summarise.evaluation.comparison import as_rows, compare

    if request.markdown or request.html:
        raise UsageError("--markdown and --html go with cases; a JSONL file gives a table or --json.")
    scores = compare(read_rows(request.corpus, request.limit), settings, request.lines)
    if not scores:
        raise UsageError(f"{request.corpus} holds no article with a summary.")
    if request.as_json:
        rows = as_rows(scores, request.corpus, request.lines)
        return Answer(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return Answer(table.comparison_tables(scores, request.lines))


def _shown(request: Request, parts: dict[str, Evaluation]) -> str | tuple[RenderableType, ...]:
    if request.as_json:
        return table.to_json(parts)
    return (table.metrics_table(parts), *(table.cases_table(part) for part in parts.values()))


def _write_reports(request: Request, parts: dict[str, Evaluation], quality: Quality | None) -> None:
    from summarise.evaluation.report import to_markdown
    from summarise.evaluation.report_html import to_html

    writers: tuple[tuple[Path | None, Callable[[dict[str, Evaluation], Quality | None], str]], ...] = (
        (request.markdown, to_markdown),
        (request.html, to_html),
    )
    for path, render in writers:
        if path is not None:
            _write(path, render(parts, quality))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError as error:
        raise RunError(f"{path} cannot be written ({error.strerror}): choose another place.") from error
