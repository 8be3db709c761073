"""A folder of drafts to review, without the pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fakes
from summarise.records import Draft, draft_from_json
from summarise.rendering import to_dict, to_json


class Time:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = datetime(2024, 3, 6, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


def sample(headline: str = "Ferry Service Doubled After Traders’ Appeal", **changes: object) -> Draft:
    """Return a draft as it is read from its file."""
    return draft_from_json(to_dict(replace(fakes.draft(headline), **changes)))  # type: ignore[arg-type]


def write(folder: Path, *drafts: Draft) -> Path:
    """Write drafts where a run would, and return the folder."""
    (folder / "drafts").mkdir(parents=True, exist_ok=True)
    for draft in drafts:
        (folder / "drafts" / f"{draft.id}.json").write_text(to_json(draft), encoding="utf-8")
    return folder
