"""The gate: drafts of the gate cases may get better, never worse, and it says where they did.

`check` holds an evaluation against the floors; `repin` moves the floors, up without asking and
down only with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from summarise.errors import UsageError
from summarise.evaluation.catalogue import BY_NAME, Metric
from summarise.evaluation.quality_file import Lowered, Quality, gated
from summarise.evaluation.scoring import Evaluation

MOST_NAMED = 5
"""How many cases are named for each metric that fell."""
_DECIMALS = 4
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Fall:
    """A metric below its floor: `value` is None where it could no longer be measured, `floor` where there is none yet.

    `cases` are those that fell most against their recorded values, as (slug, recorded, now).
    """

    metric: Metric
    value: float | None
    floor: float | None
    cases: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says: the metrics that fell, and the splits whose corpus is not the recorded one."""

    falls: tuple[Fall, ...]
    changed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing fell and the corpus is the recorded one."""
        return not self.falls and not self.changed


def check(evaluation: Evaluation, quality: Quality, hashes: Mapping[str, str]) -> Verdict:
    """Return the verdict on the drafts of the gate cases."""
    falls = tuple(fall for metric in gated() if (fall := _fall(metric, evaluation, quality)) is not None)
    changed = tuple(sorted(s for s in {*hashes, *quality.corpus} if hashes.get(s) != quality.corpus.get(s)))
    return Verdict(falls, changed)


def _fall(metric: Metric, evaluation: Evaluation, quality: Quality) -> Fall | None:
    value, floor = evaluation.value(metric.name), quality.floors.get(metric.name)
    if value is None and floor is None:
        return None
    if value is not None and floor is not None and not _worse(metric, value, floor):
        return None
    return Fall(metric, value, floor, fallen_cases(metric, evaluation, quality))


def _worse(metric: Metric, value: float, than: float) -> bool:
    return value < than - _NOISE if metric.better == "higher" else value > than + _NOISE


def fallen_cases(metric: Metric, evaluation: Evaluation, quality: Quality) -> tuple[tuple[str, float, float], ...]:
    """Return the cases that are worse than recorded in a metric, the deepest fall first."""
    pairs = [
        (case.slug, quality.cases[case.slug][metric.name], case.values[metric.name])
        for case in evaluation.cases
        if metric.name in quality.cases.get(case.slug, {}) and metric.name in case.values
    ]
    fell = [(slug, old, new) for slug, old, new in pairs if _worse(metric, round(new, _DECIMALS), old)]
    return tuple(sorted(fell, key=lambda row: (-abs(row[2] - row[1]), row[0]))[:MOST_NAMED])


def drift(evaluation: Evaluation, quality: Quality) -> dict[str, tuple[float, float]]:
    """Return (recorded, now) of each metric that was recorded and is measured, over the recorded cases' means."""
    recorded: dict[str, list[float]] = {}
    for values in quality.cases.values():
        for name, value in values.items():
            recorded.setdefault(name, []).append(value)
    then = {name: sum(values) / len(values) for name, values in recorded.items()} | dict(quality.batch)
    now = evaluation.values()
    return {name: (then[name], now[name]) for name in BY_NAME if name in then and name in now}


# ---------------------------------------------------------------- re-pinning


def repin(
    evaluation: Evaluation, quality: Quality, hashes: Mapping[str, str], *, date: str, reason: str | None = None
) -> Quality:
    """Return the quality file with floors at the present values less the tolerance, and the corpus as it is.

    Floors rise; where a value has fallen below its floor, the floor is lowered if there is a
    `reason`, and recorded with it and the `date` (ISO 8601). Raises UsageError, naming the
    metrics, where one would have to be lowered without a reason.
    """
    floors, lowered = dict(quality.floors), []
    for metric in gated():
        value, old = evaluation.value(metric.name), floors.get(metric.name)
        if value is None:
            continue
        new = _pinned(metric, value, quality.tolerance)
        if old is None or _worse(metric, old, new):
            floors[metric.name] = new
        elif _worse(metric, value, old):
            floors[metric.name] = new
            lowered.append(Lowered(metric.name, old, date, (reason or "").strip(), new))
    gone = [name for name in floors if evaluation.value(name) is None]
    lowered += [Lowered(name, floors[name], date, (reason or "").strip()) for name in gone]
    if lowered and not (reason or "").strip():
        _refuse(lowered)
    return replace(
        quality,
        corpus=dict(hashes),
        floors={name: floor for name, floor in floors.items() if name not in gone},
        batch={name: round(value, _DECIMALS) for name, value in evaluation.batch.items()},
        cases={c.slug: {name: round(v, _DECIMALS) for name, v in c.values.items()} for c in evaluation.cases},
        lowered=(*quality.lowered, *lowered),
    )


def _pinned(metric: Metric, value: float, tolerance: float) -> float:
    """Return the floor for a value: worse than it by the tolerance."""
    return round(value - tolerance, _DECIMALS) if metric.better == "higher" else round(value + tolerance, _DECIMALS)


def _refuse(lowered: list[Lowered]) -> NoReturn:
    falls = (
        f"{entry.metric}, which can no longer be measured"
        if entry.new is None
        else f"{entry.metric} from {entry.old:.4f} to {entry.new:.4f}"
        for entry in lowered
    )
    raise UsageError(
        f"Floors would have to be lowered: {'; '.join(falls)}. "
        'Mend the drafts, or give --allow-lower "reason"; nothing was written.'
    )
