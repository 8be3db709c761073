"""What editors decided, as rows that are only ever added: one JSONL file an editor in `reviews/`.

A row is appended by one write under a lock and flushed to the disk before `record` returns. A row
that a crash cut short is passed over when reading, and the next one begins on a line of its own.
To take a decision back is a further row; nothing is removed. What an editor is at work on lies in
`reviews/working/`, a file for each editor and draft, until a decision takes its place.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from summarise.errors import RunError, UsageError
from summarise.records import Draft
from summarise.rendering import to_dict
from summarise.review.locks import locked
from summarise.store import write_atomically

Action = Literal["approved", "approved-with-edits", "sent-back", "spiked", "skipped", "undone"]
Clock = Callable[[], datetime]

ACTIONS: tuple[str, ...] = get_args(Action)
APPROVED = ("approved", "approved-with-edits")
"""The actions after which a draft may be exported."""

_BLOCKS = ("why_this_matters", "what_this_means_for_you")
_SLUG = re.compile(r"[^a-z0-9]+")
_ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A line before and after; `before` is None for a line added, `after` for one removed.

    `where` is its place: "headline", "standfirst[0]", "key_points[2]", "why_this_matters".
    """

    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one editor decided about one draft; a row of `reviews/<editor>.jsonl`.

    `page` is the SHA-256 of the raw page, `draft_hash` that of the draft as it was read, `at` the time in
    UTC as ISO 8601. `lines` is the page as the editor left it, place by place, so that it can be printed
    even if the draft is made anew; `state` is `Editing.state()`, from which the edits can be taken up again.
    """

    draft: str
    page: str
    draft_hash: str
    editor: str
    at: str
    action: Action
    changes: tuple[Change, ...] = ()
    reason: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    state: Mapping[str, Any] | None = None


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def draft_hash(draft: Draft | Mapping[str, Any]) -> str:
    """Return the SHA-256 of what an editor reads of a draft: its texts and the article, whatever the scores."""
    data = to_dict(draft) if isinstance(draft, Draft) else draft
    lists = (data["standfirst"]["sentences"], data["key_points"], *(data[block]["sentences"] for block in _BLOCKS))
    texts = [[line["text"] for line in lines] for lines in lists]
    seen = [data["headline"], *texts, data["article"]["paragraphs"]]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=True).encode()).hexdigest()


def editor_slug(name: str) -> str:
    """Return the name of an editor's file; two names never share one. Raises UsageError for no name."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name:
        raise UsageError("An editor needs a name: give one by --editor, or set SUMMARISE_EDITOR.")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _SLUG.sub("-", plain).strip("-")[:40]
    if slug and slug.replace("-", " ") == name:
        return slug
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{slug or 'editor'}-{digest}"


class Decisions:
    """The decisions of a folder of drafts (`data/processed`), of all editors."""

    def __init__(self, folder: Path, clock: Clock = now) -> None:
        self.folder = folder / "reviews"
        self.clock = clock

    def record(
        self,
        draft: Draft,
        editor: str,
        action: Action,
        *,
        changes: Iterable[Change] = (),
        reason: str = "",
        lines: Iterable[tuple[str, str]] = (),
        state: Mapping[str, Any] | None = None,
    ) -> Decision:
        """Append a decision to the editor's file and return it; it is on the disk when this returns.

        `draft` is the draft as it was read, before any edit.
        """
        if action not in ACTIONS:
            raise UsageError(f"{action!r} is no decision: give one of {', '.join(ACTIONS)}")
        decision = Decision(
            draft=draft.id,
            page=draft.source.sha256,
            draft_hash=draft_hash(draft),
            editor=editor,
            at=self._time(),
            action=action,
            changes=tuple(changes),
            reason=reason.strip(),
            lines=tuple(lines),
            state=state,
        )
        self.append(decision)
        with contextlib.suppress(OSError):
            self._working(editor, draft.id).unlink(missing_ok=True)
        return decision

    def append(self, decision: Decision) -> None:
        """Append a row by one write, on a line of its own, and flush it to the disk."""
        row = json.dumps(asdict(decision), ensure_ascii=False, separators=(",", ":"))
        content = row.encode(errors="backslashreplace") + b"\n"
        path = self.folder / f"{editor_slug(decision.editor)}.jsonl"
        try:
            with locked(self.folder):
                _append(path, content)
        except OSError as error:
            raise RunError(f"{path} cannot be written ({error.strerror}): the decision is not kept.") from error

    def undo(self, draft: Draft, editor: str) -> Decision | None:
        """Take back the latest decision on a draft by a further row; return the decision taken back, if any.

        The edits that it was made on wait for a decision again (`working`).
        """
        latest = self.latest().get(draft.id)
        if latest is not None:
            self.record(draft, editor, "undone", reason=f"takes back {latest.action} of {latest.at}")
            if latest.state is not None:
                self.autosave(draft.id, editor, latest.state)
        return latest

    def rows(self) -> list[Decision]:
        """Return every row of every editor in the order of time; rows cut short are passed over."""
        found = [row for path in sorted(self.folder.glob("*.jsonl")) for row in _rows(path)]
        return sorted(found, key=lambda row: row.at)

    def latest(self) -> dict[str, Decision]:
        """Return the decision that stands on each draft: the latest that is not taken back."""
        stacks: dict[str, list[Decision]] = {}
        for row in self.rows():
            stack = stacks.setdefault(row.draft, [])
            if row.action != "undone":
                stack.append(row)
            elif stack:
                stack.pop()
        return {draft: stack[-1] for draft, stack in stacks.items() if stack}

    def history(self, draft_id: str) -> list[Decision]:
        """Return every row about one draft in the order of time."""
        return [row for row in self.rows() if row.draft == draft_id]

    def autosave(self, draft_id: str, editor: str, state: Mapping[str, Any]) -> None:
        """Keep what an editor is at work on, whole or not at all. Raises RunError where the disk refuses."""
        path = self._working(editor, draft_id)
        content = {"draft": draft_id, "editor": editor, "at": self._time(), "state": state}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, json.dumps(content, ensure_ascii=False).encode(errors="backslashreplace"))
        except OSError as error:
            raise RunError(f"{path} cannot be written ({error.strerror}): the edits are not kept.") from error

    def working(self, draft_id: str, editor: str) -> Mapping[str, Any] | None:
        """Return the state that the editor left without a decision, if there is one."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            state: Mapping[str, Any] = json.loads(self._working(editor, draft_id).read_bytes())["state"]
            return state
        return None

    def at_work(self) -> dict[str, str]:
        """Return the drafts with edits that wait for a decision, and the editor of each."""
        found = {}
        for path in sorted((self.folder / "working").glob("*.json")):
            with contextlib.suppress(OSError, ValueError, KeyError):
                data = json.loads(path.read_bytes())
                found[str(data["draft"])] = str(data["editor"])
        return found

    def _working(self, editor: str, draft_id: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise UsageError(f"{draft_id!r} is no id of a draft")
        return self.folder / "working" / f"{editor_slug(editor)}.{draft_id}.json"

    def _time(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="microseconds")


def _append(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        size = os.fstat(file).st_size
        if size:
            os.lseek(file, size - 1, os.SEEK_SET)
            if os.read(file, 1) != b"\n":
                content = b"\n" + content
        written = os.write(file, content)
        if written != len(content):
            raise OSError(28, "only a part could be written")
        os.fsync(file)
    finally:
        os.close(file)


def _rows(path: Path) -> Iterator[Decision]:
    """Yield the rows of a file; what is no row, such as one cut short, is passed over."""
    for line in path.read_bytes().split(b"\n"):
        with contextlib.suppress(ValueError, TypeError, KeyError):
            row = json.loads(line)
            row["changes"] = tuple(Change(**change) for change in row["changes"])
            row["lines"] = tuple((str(place), str(text)) for place, text in row["lines"])
            yield Decision(**row)
