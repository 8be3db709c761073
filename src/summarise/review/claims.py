"""Which editor has which draft open, so that two never decide on one at the same time.

A claim is a file in `reviews/claims/`. It runs out unless it is renewed, so that a browser that was
closed, or a kernel that was killed, keeps a draft from nobody for long.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarise.errors import UsageError
from summarise.review.decisions import Clock, now
from summarise.review.locks import locked
from summarise.store import write_atomically

MINUTES = 15
"""How long a claim holds that is not renewed."""
_ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds a draft, and until when (UTC, ISO 8601)."""

    draft: str
    editor: str
    until: str


class Claims:
    """The claims of a folder of drafts."""

    def __init__(self, folder: Path, clock: Clock = now, minutes: float = MINUTES) -> None:
        self.folder = folder / "reviews" / "claims"
        self.clock = clock
        self.minutes = minutes

    def take(self, draft_id: str, editor: str) -> Claim | None:
        """Claim a draft or renew one's claim; return None where another editor holds it (see `holder`)."""
        with locked(self.folder):
            held = self.holder(draft_id)
            if held is not None and held.editor != editor:
                return None
            until = self.clock().astimezone(UTC) + timedelta(minutes=self.minutes)
            claim = Claim(draft_id, editor, until.isoformat(timespec="microseconds"))
            write_atomically(self._path(draft_id), json.dumps(asdict(claim), ensure_ascii=False).encode())
            return claim

    def release(self, draft_id: str, editor: str) -> None:
        """Give a draft back, if this editor holds it."""
        with locked(self.folder):
            held = self._read(self._path(draft_id))
            if held is not None and held.editor == editor:
                self._path(draft_id).unlink(missing_ok=True)

    def holder(self, draft_id: str) -> Claim | None:
        """Return the claim that holds on a draft now."""
        claim = self._read(self._path(draft_id))
        return claim if claim is not None and self._holds(claim) else None

    def all(self) -> dict[str, Claim]:
        """Return the claims that hold now, by draft."""
        found = (self._read(path) for path in sorted(self.folder.glob("*.json")))
        return {claim.draft: claim for claim in found if claim is not None and self._holds(claim)}

    def _holds(self, claim: Claim) -> bool:
        return datetime.fromisoformat(claim.until) > self.clock()

    @staticmethod
    def _read(path: Path) -> Claim | None:
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Claim(**json.loads(path.read_bytes()))
        return None

    def _path(self, draft_id: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise UsageError(f"{draft_id!r} is no id of a draft")
        return self.folder / f"{draft_id}.json"
