"""A `Draft` as JSON, as Markdown and as HTML; rules and what became of them as JSON.

The JSON is the contract `summarise/draft/1` (data/draft.schema.json); Markdown and HTML
show the page of the house. Whatever comes from a page is escaped, so that markup written
in an article is shown as text and never acts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from summarise.house.rules import KEYS, Rule
from summarise.records import Block, Draft, Line, RuleFate

SCHEMA = "summarise/draft/1"
"""The name and version of the JSON contract."""

LABELS = (
    ("Why this matters:", "why_this_matters"),
    ("What this means for you:", "what_this_means_for_you"),
)
"""The labelled blocks of the page of the house, in page order."""

_DECIMALS = 6
_NO_REASON = "no rule found anything that the article supports"

_BREAKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_UNESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MARKDOWN_INLINE = re.compile(r"[\\`*_\[\]~$]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_MARKDOWN_START = re.compile(r"^(?:[#>=|:]|[-+](?=[\s-]|$))")
_MARKDOWN_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def to_json(draft: Draft) -> str:
    """Return the draft as JSON of the contract; equal drafts give equal bytes.

    Control characters that JSON allows as they are get escaped all the same: a terminal obeys them.
    """
    return _json(to_dict(draft))


def rules_json(rules: Iterable[Rule]) -> str:
    """Return rules as a JSON list: every key of their files, and `where` each stands."""
    return _json([{**{key: getattr(rule, key) for key in KEYS}, "where": rule.origin.rule} for rule in rules])


def rule_fates_json(fates: Iterable[RuleFate]) -> str:
    """Return what became of rules as a JSON list."""
    return _json([_rule_fate(fate) for fate in fates])


def _rule_fate(fate: RuleFate) -> dict[str, Any]:
    evidence = [{"sentence": sentence.index, "text": sentence.text} for sentence in fate.evidence]
    return {
        "rule": fate.rule,
        "block": fate.block,
        "fate": fate.fate,
        "reason": fate.reason,
        "text": fate.text,
        "evidence": evidence,
    }


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return _UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def to_dict(draft: Draft) -> dict[str, Any]:
    """Return the draft as the dictionary that the contract describes, keys in the contract's order."""
    source, article, provenance = draft.source, draft.article, draft.provenance
    return {
        "schema": SCHEMA,
        "id": draft.id,
        "source": {
            "path": source.path,
            "url": source.url,
            "site": source.site,
            "sha256": source.sha256,
            "member": source.member,
        },
        "article": {
            "headline": article.headline,
            "standfirst": article.standfirst,
            "authors": list(article.authors),
            "published": article.published,
            "language": article.language,
            "paragraphs": list(article.paragraphs),
        },
        "headline": draft.headline,
        "standfirst": {"sentences": [_line(line) for line in draft.standfirst]},
        "key_points": [_line(line) for line in draft.key_points],
        "why_this_matters": _block(draft.why_this_matters),
        "what_this_means_for_you": _block(draft.what_this_means_for_you),
        "topics": [
            {"code": topic.code, "name": topic.name, "weight": _rounded(topic.weight)} for topic in draft.topics
        ],
        "findings": [
            {"check": f.check, "severity": f.severity, "message": f.message, "where": f.where} for f in draft.findings
        ],
        "provenance": {
            "summarise": provenance.summarise,
            "models": dict(provenance.models),
            "rules": provenance.rules,
            "settings": provenance.settings,
        },
    }


def to_markdown(draft: Draft) -> str:
    """Return the page of the house as Markdown (CommonMark, safe with GitHub's extensions too)."""
    parts = [f"# {_markdown(draft.headline)}"]
    if draft.standfirst:
        parts.append(_markdown(" ".join(line.text for line in draft.standfirst)))
    if draft.key_points:
        parts.append("\n".join(f"- {_markdown(line.text)}" for line in draft.key_points))
    for index, paragraph in enumerate(draft.article.paragraphs):
        mark = "### " if index in draft.article.headings else ""
        parts.append(mark + _markdown(paragraph))
    for label, name in LABELS:
        block: Block = getattr(draft, name)
        text = f"_Needs an editor: {_markdown(block.reason or _NO_REASON)}_"
        parts.append(f"**{label}** {_markdown(block.text) if block.status == 'drafted' else text}")
    return "\n\n".join(parts) + "\n"


def to_html(draft: Draft, reviewed_by: str = "") -> str:
    """Return the page of the house as one HTML file that loads nothing from anywhere; it names its reviewer, if any."""
    parts = [f"<h1>{_html(draft.headline)}</h1>"]
    if draft.standfirst:
        parts.append(f'<p class="standfirst">{_html(" ".join(line.text for line in draft.standfirst))}</p>')
    if draft.key_points:
        points = "\n".join(f"<li>{_html(line.text)}</li>" for line in draft.key_points)
        parts.append(f'<ul class="points">\n{points}\n</ul>')
    for index, paragraph in enumerate(draft.article.paragraphs):
        tag = "h2" if index in draft.article.headings else "p"
        parts.append(f"<{tag}>{_html(paragraph)}</{tag}>")
    parts.extend(_html_block(label, getattr(draft, name)) for label, name in LABELS)
    parts.append(_html_source(draft, reviewed_by))
    return _HTML_PAGE.format(title=_html(draft.headline), style=_stylesheet(), body="\n".join(parts))


def plain(text: str) -> str:
    """Return a text on one line, without controls and marks that turn the order of letters: safe to print."""
    return _BREAKS.sub(" ", _CONTROLS.sub("", text)).strip()


_HTML_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<article>
{body}
</article>
</body>
</html>
"""


def _rounded(number: float) -> float:
    return round(float(number), _DECIMALS) + 0.0  # adding zero turns -0.0 into 0.0


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "evidence": [
            {"sentence": e.sentence, "paragraph": e.paragraph, "start": e.start, "end": e.end} for e in line.evidence
        ],
        "edits": list(line.edits),
        "rule": line.rule,
        "score": _rounded(line.score),
        "parts": {name: _rounded(value) for name, value in line.parts},
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "status": block.status,
        "sentences": [_line(line) for line in block.sentences],
        "reason": block.reason,
    }


def _markdown(text: str) -> str:
    """Escape what Markdown would read as markup; "<" becomes an entity, which every dialect honours."""
    text = _MARKDOWN_INLINE.sub(r"\\\g<0>", plain(text))
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _MARKDOWN_START.sub(r"\\\g<0>", text)
    return _MARKDOWN_NUMBER.sub(r"\1\\\2", text)


def _html(text: str) -> str:
    return html.escape(plain(text))


def _html_block(label: str, block: Block) -> str:
    if block.status == "drafted":
        return f'<p class="block"><strong>{label}</strong> {_html(block.text)}</p>'
    reason = _html(block.reason or _NO_REASON)
    return f'<p class="block"><strong>{label}</strong> <span class="open">Needs an editor: {reason}</span></p>'


def _html_source(draft: Draft, reviewed_by: str) -> str:
    """Name the source; only a web address becomes a link, so that no other scheme can be followed."""
    url = draft.source.url or draft.source.path
    try:
        is_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        is_web = False
    shown = _html(url)
    link = f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>' if is_web else shown
    review = f"reviewed by {_html(reviewed_by)}" if reviewed_by else "to be reviewed by an editor"
    return f"<footer>Drafted by software from {link}; {review}.</footer>"


def _stylesheet() -> str:
    return resources.files("summarise").joinpath("data/page.css").read_text(encoding="utf-8")
