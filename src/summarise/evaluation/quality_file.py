"""`quality.toml`: the floors of the gate, the corpus they hold for, and each case's value when they were set."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarise.errors import UsageError
from summarise.evaluation.catalogue import BY_NAME, CATALOGUE, Metric

_HEAD = """\
# The floors of the quality gate: what `summarise evaluate tests/corpus --gate` holds the drafts of the
# gate cases to. docs/quality.md explains it. Written by `--repin`; a floor is lowered only with
# `--allow-lower "reason"`, which is recorded below.
"""
DIRECTIONS = {"higher": "at_least", "lower": "at_most"}
"""The key of a floor by which way of its metric is better."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered, or given up (`new` is None): from and to what, on which day (ISO 8601), and why."""

    metric: str
    old: float
    date: str
    reason: str
    new: float | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The content of a quality file.

    `tolerance` is how much worse than measured a floor is set; `corpus` the hash of each split;
    `floors` the least (or most) value of each metric; `cases` the values of each gate case, and
    `batch` those of the batch, when the floors were last set.
    """

    tolerance: float = 0.0005
    corpus: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    batch: Mapping[str, float] = field(default_factory=dict)
    cases: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    lowered: tuple[Lowered, ...] = ()


def gated() -> tuple[Metric, ...]:
    """Return the metrics that have a floor: all that are better one way."""
    return tuple(metric for metric in CATALOGUE if metric.better in DIRECTIONS)


def read_quality(path: Path) -> Quality:
    """Return the content of a quality file.

    Raises UsageError where the file is missing, is no TOML, or holds what is not known.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): set the floors with --repin first.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
    try:
        return Quality(
            tolerance=float(data["tolerance"]),
            corpus={str(split): str(digest) for split, digest in data["corpus"].items()},
            floors=dict(_floor(path, name, given) for name, given in data["floors"].items()),
            batch=_numbers(data.get("batch", {})),
            cases={slug: _numbers(values) for slug, values in data["cases"].items()},
            lowered=tuple(Lowered(**entry) for entry in data.get("lowered", ())),
        )
    except KeyError as error:
        raise UsageError(f"{path}: the key {error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error


def _floor(path: Path, name: str, given: Mapping[str, Any]) -> tuple[str, float]:
    if name not in BY_NAME:
        raise UsageError(f"{path}: floors.{name}: there is no such metric")
    key = DIRECTIONS.get(BY_NAME[name].better)
    if set(given) != {key}:
        raise UsageError(f"{path}: floors.{name}: give {key or 'no floor'} and nothing else")
    return name, float(given[str(key)])


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def to_toml(quality: Quality) -> str:
    """Return the content of a quality file as text; equal values give equal text."""
    lines = [_HEAD, "# How much worse than measured a floor is set, so that rounding cannot fail it."]
    lines.append(f"tolerance = {quality.tolerance}\n")
    lines += ["# SHA-256 of the page and gold files of each split.", "[corpus]"]
    lines += [f'{split} = "{digest}"' for split, digest in sorted(quality.corpus.items())]
    lines += ["", "[floors]"]
    lines += [_floor_line(metric, quality.floors[metric.name]) for metric in gated() if metric.name in quality.floors]
    lines += ["", "# What was measured when the floors were set: the batch as a whole, then each gate case.", "[batch]"]
    lines += [f"{name} = {value:.4f}" for name, value in sorted(quality.batch.items())]
    lines += ["", "[cases]"]
    lines += [_case_line(slug, values) for slug, values in sorted(quality.cases.items())]
    for entry in quality.lowered:
        lines += ["", *_lowered_lines(entry)]
    return "\n".join(lines) + "\n"


def _floor_line(metric: Metric, floor: float) -> str:
    return f"{metric.name} = {{ {DIRECTIONS[metric.better]} = {floor:.4f} }}  # {metric.label}"


def _case_line(slug: str, values: Mapping[str, float]) -> str:
    return f"{_string(slug)} = {{ {', '.join(f'{name} = {value:.4f}' for name, value in values.items())} }}"


def _lowered_lines(entry: Lowered) -> Iterable[str]:
    yield "[[lowered]]"
    yield f"metric = {_string(entry.metric)}"
    yield f"old = {entry.old:.4f}"
    if entry.new is not None:
        yield f"new = {entry.new:.4f}"
    yield f"date = {_string(entry.date)}"
    yield f"reason = {_string(entry.reason)}"


def _string(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'
