"""The HTML report: one file with its own style, bars drawn by it, and nothing loaded from anywhere.

All text from pages and cases goes through `_text`, which escapes it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from importlib import resources

from summarise.evaluation.catalogue import BY_NAME
from summarise.evaluation.lines import CheckedLine
from summarise.evaluation.quality_file import Quality
from summarise.evaluation.report import Drift, drifts, faults_of, subject_scores, worst_lines
from summarise.evaluation.scoring import Evaluation
from summarise.evaluation.table import ARROWS, failures, grouped, ranked, shown
from summarise.rendering import plain

_LOW = 0.8
"""A score below this is drawn in the colour of a fault."""

_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Quality of the drafts</title>
<style>
{style}</style>
</head>
<body>
<h1>Quality of the drafts</h1>
{body}
</body>
</html>
"""


def to_html(parts: Mapping[str, Evaluation], quality: Quality | None = None) -> str:
    """Return the report as one self-contained HTML file."""
    style = resources.files("summarise.evaluation").joinpath("data/report.css").read_text(encoding="utf-8")
    return _PAGE.format(style=style, body="\n".join(_body(parts, quality)))


def _body(parts: Mapping[str, Evaluation], quality: Quality | None) -> Iterator[str]:
    yield from _metrics(parts)
    for name, part in parts.items():
        yield f"<h2>Score by subject: {_text(name)}</h2>"
        yield _bars((subject, f"{count}", score) for subject, count, score in subject_scores(part))
        yield f"<h2>Score by case: {_text(name)}</h2>"
        yield _bars((case.slug, case.subject, case.score) for case in ranked(part))
        yield from (f'<p class="bad">{_text(slug)} gave no draft: {_text(why)}</p>' for slug, why in failures(part))
    yield from _drift(drifts(parts, quality))
    yield "<h2>Worst lines</h2>"
    yield '<p class="dim">Lines of gate cases are not shown, so that nobody tunes to them.</p>'
    yield from (_pair(slug, line) for slug, line in worst_lines(parts))


def _metrics(parts: Mapping[str, Evaluation]) -> Iterator[str]:
    heads = "".join(f'<th class="n">{_text(name)} ({len(part.cases)})</th>' for name, part in parts.items())
    yield f"<table><tr><th>Metric</th><th></th>{heads}</tr>"
    for title, metrics in grouped(parts):
        yield f'<tr class="group"><td colspan="{2 + len(parts)}">{_text(title)}</td></tr>'
        for m in metrics:
            cells = "".join(f'<td class="n">{shown(part.value(m.name), m)}</td>' for part in parts.values())
            yield f"<tr><td>{_text(m.label)}</td><td>{ARROWS[m.better]}</td>{cells}</tr>"
    cells = "".join(f'<td class="n">{shown(part.score)}</td>' for part in parts.values())
    yield f'<tr class="group"><td>Score</td><td>{ARROWS["higher"]}</td>{cells}</tr></table>'


def _bars(rows: Iterator[tuple[str, str, float | None]]) -> str:
    return f"<table>{''.join(_bar(*row) for row in rows)}</table>"


def _bar(name: str, note: str, score: float | None) -> str:
    low = " low" if score is not None and score < _LOW else ""
    fill = f'<div class="track"><div class="fill{low}" style="width:{_percent(score)}"></div></div>'
    return (
        f'<tr><td>{_text(name)}</td><td class="dim">{_text(note)}</td>'
        f'<td class="bar">{fill}</td><td class="n">{shown(score)}</td></tr>'
    )


def _percent(share: float | None) -> str:
    """Return a share as a CSS width between 0 and 100 %."""
    return f"{100 * min(max(share or 0.0, 0.0), 1.0):.1f}%"


def _drift(moved: list[Drift]) -> Iterator[str]:
    if not moved:
        return
    yield "<h2>Drift since the floors were set</h2>"
    yield '<p class="dim">Bar: now. Mark: then. Counts are drawn as if 1 were the end.</p><table>'
    yield "<tr><th>Metric</th><th></th><th></th>"
    yield '<th class="n">Then</th><th class="n">Now</th><th class="n">Change</th></tr>'
    yield from map(_drift_row, moved)
    yield "</table>"


def _drift_row(d: Drift) -> str:
    metric, tone = BY_NAME[d.name], {True: "good", False: "bad", None: "dim"}[d.better]
    mark = f'<div class="then" style="left:{_percent(d.then)}"></div>'
    track = f'<div class="track"><div class="fill" style="width:{_percent(d.now)}"></div>{mark}</div>'
    change = shown(d.now - d.then, metric, signed=True)
    return (
        f'<tr><td>{_text(metric.label)}</td><td>{ARROWS[metric.better]}</td><td class="bar">{track}</td>'
        f'<td class="n">{shown(d.then, metric)}</td><td class="n">{shown(d.now, metric)}</td>'
        f'<td class="n {tone}">{change}</td></tr>'
    )


def _pair(slug: str, line: CheckedLine) -> str:
    faults = "".join(f'<li class="bad">{_text(fault)}</li>' for fault in faults_of(line))
    return (
        f'<div class="pair"><h3>{_text(slug)} <span class="dim">{_text(line.where)}</span></h3>'
        f'<p><span class="label">Line</span>{_text(line.text)}</p>'
        f'<p><span class="label">Evidence</span>{_text(line.evidence)}</p><ul>{faults}</ul></div>'
    )


def _text(text: str) -> str:
    return html.escape(plain(text))
