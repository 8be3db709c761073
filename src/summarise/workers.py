"""What a worker makes of a page: an outcome, whatever the page does to the pipeline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Protocol

from summarise.errors import OverMemory, PageError, RunError
from summarise.likeness import signature
from summarise.records import Draft, Page, Provenance
from summarise.rendering import to_json, to_markdown
from summarise.settings import Settings
from summarise.store import Failure

INTERNAL = "internal"
"""The kind of a failure that is a fault of this program: any exception but PageError."""

RENDERERS: dict[str, Callable[[Draft], str]] = {"json": to_json, "md": to_markdown}
"""The formats in which a draft is kept, by suffix."""


class Drafter(Protocol):
    """What a worker needs of `pipeline.Summariser`."""

    @property
    def provenance(self) -> Provenance:
        """What decides the drafts, the pages apart."""

    @property
    def seconds(self) -> Mapping[str, float]:
        """Seconds spent so far, by stage."""

    def load(self) -> None:
        """Load the models, which may otherwise wait for the first page; raises UsageError where one is missing."""

    def draft(self, page: Page) -> Draft:
        """Return the draft of a page, or raise PageError."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: the files of a draft by suffix, or a failure.

    `known` says that an earlier run decided it, `signature` what the story is like (see `likeness`).
    `seconds` are those of each stage.
    """

    path: str
    sha256: str | None
    id: str | None = None
    open_blocks: int = 0
    failure: Failure | None = None
    known: bool = False
    signature: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


Step = Page | Outcome
"""A page to be drafted, or an outcome that needs no drafting and only keeps its place in the order."""

Make = Callable[[Settings], Drafter]


@dataclass(frozen=True)
class Desk:
    """What it takes to draft pages, as it travels to a worker: equal desks share a drafter.

    `digest` stands for what decides the drafts where the run was started; empty means that nobody asks.
    """

    make: Make
    settings: Settings
    formats: tuple[str, ...]
    digest: str = ""

    def load(self) -> None:
        """Load the models; raises RunError where this machine would draft otherwise than the run's own."""
        self.drafter.load()
        if self.digest and digest(self.drafter.provenance) != self.digest:
            raise RunError("A worker has other models, rules or another version than this run: install the same there.")

    @property
    def drafter(self) -> Drafter:
        """The drafter of this process; the first call makes it."""
        if self not in _drafters:
            _drafters[self] = self.make(self.settings)
        return _drafters[self]

    def work(self, page: Page) -> Outcome:
        """Return what became of a page; only an interruption can get out of here as an exception."""
        drafter = self.drafter
        before = dict(drafter.seconds)
        try:
            draft = drafter.draft(page)
            started = perf_counter()
            files = {name: RENDERERS[name](draft).encode() for name in self.formats}
        except PageError as error:
            return failed(page, error, _spent(before, drafter))
        except MemoryError:
            return failed(page, OverMemory(self._over_memory(page)), _spent(before, drafter))
        except Exception as error:  # whatever a page does to a stage, the run goes on
            return _failed(page, "pipeline", INTERNAL, error, _spent(before, drafter))
        return Outcome(
            path=page.where,
            sha256=page.sha256,
            id=draft.id,
            open_blocks=_open_blocks(draft),
            files=files,
            signature=signature(draft.article.body),
            seconds={**_spent(before, drafter), "rendering": perf_counter() - started},
        )

    def _over_memory(self, page: Page) -> str:
        limit = self.settings.limits.megabytes
        return f"{page.where} takes more than {limit:,} MB: report it with the page, or raise `limits.megabytes`."


_drafters: dict[Desk, Drafter] = {}


def failed(page: Page, error: PageError, seconds: Mapping[str, float] | None = None) -> Outcome:
    """Return the outcome of a page that gives no draft, for a reason of its own."""
    return _failed(page, error.stage, error.kind, error, seconds or {})


def _failed(page: Page, stage: str, kind: str, error: Exception, seconds: Mapping[str, float]) -> Outcome:
    message = str(error) or "no message: report it with the page"
    failure = Failure(page.where, stage, kind, type(error).__name__, message, page.sha256)
    return Outcome(page.where, page.sha256, failure=failure, seconds=seconds)


def digest(provenance: Provenance) -> str:
    """Return a short hash of whatever decides a draft besides the page itself."""
    canonical = json.dumps(asdict(provenance), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _open_blocks(draft: Draft) -> int:
    blocks = (draft.why_this_matters, draft.what_this_means_for_you)
    return sum(block.status == "needs-editor" for block in blocks)


def _spent(before: Mapping[str, float], drafter: Drafter) -> dict[str, float]:
    return {stage: total - before.get(stage, 0.0) for stage, total in drafter.seconds.items()}
