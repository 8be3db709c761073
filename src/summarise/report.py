"""What a run did, as it goes and at its end: the counts on the screen and the content of `run.json`."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from summarise import __version__
from summarise.errors import DuplicatePage
from summarise.records import Provenance
from summarise.settings import Settings
from summarise.workers import Outcome

FailOn = Literal["never", "any", "all"]
State = Literal["unfinished", "finished", "interrupted", "failed"]
"""How a run stands or ended; "unfinished" is true of one that goes on, and of one that was killed."""


_LIBRARIES = (
    "lxml",
    "pandas",
    "py3langid",
    "pyarrow",
    "pydantic",
    "PyYAML",
    "scikit-learn",
    "spacy",
    "trafilatura",
)


@dataclass(slots=True)
class RunReport:
    """The counts of a run: `drafted` and `failed` (by kind) are its work, `skipped` what had not changed.

    `known_failures` are those of the skipped that gave no draft before; `duplicates` tell what
    another page of the run tells; `open_blocks` are counted over all drafts, new and skipped.
    """

    out: Path
    found: int = 0
    drafted: int = 0
    skipped: int = 0
    known_failures: int = 0
    duplicates: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    open_blocks: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    wall_seconds: float = 0.0
    state: State = "unfinished"

    @property
    def done(self) -> int:
        """The pages that have been dealt with so far."""
        return self.drafted + self.skipped + self.duplicates + self.failed.total()

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        self.open_blocks += outcome.open_blocks
        for stage, seconds in outcome.seconds.items():
            self.spend(stage, seconds)
        if outcome.failure and outcome.failure.kind == DuplicatePage.kind:
            self.duplicates += 1
        elif outcome.known:
            self.skipped += 1
            self.known_failures += outcome.failure is not None
        elif outcome.failure is None:
            self.drafted += 1
        else:
            self.failed[outcome.failure.kind] += 1

    def spend(self, stage: str, seconds: float) -> None:
        """Add to the seconds of a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def exit_code(self, fail_on: FailOn = "any") -> int:
        """Return 130 for an interrupted run, 1 for failures as far as `fail_on` counts them, else 0.

        A page that failed before and was skipped now still counts; a duplicate never does.
        """
        if self.state == "interrupted":
            return 130
        drafts = self.drafted + self.skipped - self.known_failures
        failures = self.failed.total() + self.known_failures
        return int(failures > 0 and (fail_on == "any" or (fail_on == "all" and drafts == 0)))

    def as_dict(self, settings: Settings, provenance: Provenance | None) -> dict[str, Any]:
        """Return the content of `run.json`; `provenance` is None while no model has been loaded."""
        return {
            "state": self.state,
            "counts": {
                "found": self.found,
                "drafted": self.drafted,
                "skipped": self.skipped,
                "known_failures": self.known_failures,
                "duplicates": self.duplicates,
                "failed": dict(sorted(self.failed.items())),
                "open_blocks": self.open_blocks,
            },
            "wall_seconds": round(self.wall_seconds, 3),
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            "settings": settings.model_dump(mode="json"),
            "provenance": _provenance(provenance),
            "versions": versions(),
        }


def versions() -> dict[str, str]:
    """Return the versions of this program, of Python and of the libraries that decide a draft."""
    found = {"summarise": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def _provenance(provenance: Provenance | None) -> Mapping[str, Any] | None:
    return {**asdict(provenance), "models": dict(provenance.models)} if provenance else None
