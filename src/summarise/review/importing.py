"""Drafts whose Markdown was edited in any editor, as decisions: the inverse of `rendering.to_markdown`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarise.errors import UsageError
from summarise.records import Draft
from summarise.rendering import LABELS
from summarise.review.decisions import Decision, Decisions
from summarise.review.editing import changes_between, lines_of, page_lines, with_lines
from summarise.review.queue import Queue

_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)")
_BULLET = re.compile(r"[-*+]\s+")
_LABELLED = tuple((re.compile(rf"\*\*{re.escape(label.rstrip(':'))}:?\*\*:?\s*"), name) for label, name in LABELS)
_OPEN = re.compile(r"_Needs an editor:.*_$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one Markdown file: the decision that it gave, or why it gave none."""

    path: Path
    decision: Decision | None
    message: str
    failed: bool = False


def unescape(text: str) -> str:
    """Return a text of Markdown without its escapes, on one line."""
    plain = _MARKED.sub(lambda match: match.group(1) or html.unescape(match.group(2)), text)
    return " ".join(plain.split())


def read_markdown(text: str, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the lines of a page in Markdown, place by place; the draft tells which body to pass over.

    Raises UsageError where there is no headline.
    """
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    if not paragraphs or not paragraphs[0].startswith("# "):
        raise UsageError("The page has no headline: its first line begins with “# ”.")
    lines = [("headline", unescape(paragraphs[0][2:]))]
    rest = paragraphs[1:]
    bullets_at = next((i for i, part in enumerate(rest[:2]) if _BULLET.match(part)), None)
    body = {" ".join(paragraph.split()) for paragraph in draft.article.paragraphs}
    has_standfirst = bullets_at == 1 or (bullets_at is None and bool(rest) and _is_standfirst(rest[0], body))
    if has_standfirst:
        sentences = lines_of(unescape(rest.pop(0)), draft.standfirst)
        lines += [(f"standfirst[{i}]", line.text) for i, line in enumerate(sentences)]
    points: list[str] = []
    while rest and _BULLET.match(rest[0]):
        points += list(_bullets(rest.pop(0)))
    lines += [(f"key_points[{i}]", point) for i, point in enumerate(points)]
    blocks = {name: text for part in rest for name, text in _block(part)}
    lines += [(name, blocks[name]) for _, name in LABELS if blocks.get(name)]
    return tuple(lines)


def take(folder: Path, drafts: Path, editor: str) -> list[Taken]:
    """Take the Markdown files of a folder as decisions on the drafts of another; what says the same is no decision.

    A file that differs from its draft is an approval with edits; one that was decided so already is passed over.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: give the folder of the edited Markdown files.")
    queue, decisions = Queue(drafts), Decisions(drafts)
    latest = decisions.latest()
    return [_take(path, queue, decisions, latest, editor) for path in sorted(folder.glob("*.md"))]


def _take(path: Path, queue: Queue, decisions: Decisions, latest: dict[str, Decision], editor: str) -> Taken:
    try:
        draft = queue.draft(path.stem)
        lines = read_markdown(path.read_text(encoding="utf-8-sig"), draft)
    except (UsageError, OSError, ValueError) as error:
        return Taken(path, None, f"not taken: {error}", failed=True)
    known = latest.get(draft.id)
    if lines == page_lines(draft) and known is None:
        return Taken(path, None, "unchanged")
    if known is not None and known.lines == lines:
        return Taken(path, None, "decided so already")
    page = with_lines(draft, lines)
    changes = changes_between(draft, page)
    if not changes:
        return Taken(path, None, "unchanged")
    decision = decisions.record(
        draft, editor, "approved-with-edits", changes=changes, reason=f"edited in {path.name}", lines=page_lines(page)
    )
    return Taken(path, decision, f"{len(changes)} lines changed")


def _is_standfirst(part: str, body: set[str]) -> bool:
    return unescape(part) not in body and not part.startswith(("#", "**"))


def _bullets(part: str) -> Iterator[str]:
    """Yield the bullets of a list; a line that is no bullet goes on with the one before."""
    for bullet in re.split(r"\n(?=[-*+]\s)", part):
        text = unescape(_BULLET.sub("", bullet, count=1))
        if text:
            yield text


def _block(part: str) -> Iterator[tuple[str, str]]:
    for pattern, name in _LABELLED:
        match = pattern.match(part)
        if match:
            rest = part[match.end() :].strip()
            yield name, "" if _OPEN.match(rest) else unescape(rest)
