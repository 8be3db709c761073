"""The approved drafts as they leave the desk: Markdown, HTML, JSON-LD, ninjs, CSV and Parquet.

Every form says that the page was drafted by software and who reviewed it. No text of a draft is generated: sentences of
the article are chosen, shortened and framed by an algorithm, which the IPTC's digital source types call
`algorithmicallyEnhanced`: a person's text that software altered, not media that a trained generator made. That the
reviewer edited lines is said beside it.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from summarise.errors import RunError, UsageError
from summarise.house import style
from summarise.records import Draft, count_words
from summarise.rendering import LABELS, plain, to_dict, to_html, to_markdown
from summarise.review.alternatives import article_of
from summarise.review.decisions import APPROVED, Decision
from summarise.review.editing import with_lines
from summarise.review.queue import Queue
from summarise.store import write_atomically
from summarise.tables import csv_bytes, draft_row, parquet_bytes

FORMATS = ("md", "html", "jsonld", "ninjs", "csv", "parquet")
"""The forms of an export; the last two are one table of all drafts."""

_SUFFIX = {"md": "md", "html": "html", "jsonld": "jsonld", "ninjs": "ninjs.json"}
_IPTC = "http://cv.iptc.org/newscodes/"
_NINJS = "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"
_SOURCE_TYPE = f"{_IPTC}digitalsourcetype/algorithmicallyEnhanced"
_SOURCE_TYPE_OF_SCHEMA_ORG = "https://schema.org/AlgorithmicallyEnhancedDigitalSource"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A draft as its editor left it, and the decision on it; `remade` where it was made anew since."""

    draft: Draft
    decision: Decision
    remade: bool = False


def reviewed(folder: Path) -> Iterator[Reviewed]:
    """Yield the approved drafts of a folder with their editors' text, by id. Raises UsageError if one cannot be read.

    A draft that was made anew after its decision keeps the text that the editor approved.
    """
    queue = Queue(folder)
    rows = {row.id: row for row in queue.rows()}
    for draft_id, decision in sorted(queue.decisions.latest().items()):
        if decision.action not in APPROVED:
            continue
        if draft_id not in rows:
            raise UsageError(f"{draft_id} was approved, and its draft is not in {folder / 'drafts'}: run it again.")
        draft = queue.draft(draft_id)
        page = with_lines(draft, decision.lines) if decision.lines else draft
        page = replace(page, article=article_of(draft), findings=style.lint(page))
        yield Reviewed(page, decision, remade=bool(rows[draft_id].warning))


def export(folder: Path, out: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the approved drafts of a folder into another, and return the files; each is written whole or not at all."""
    chosen = tuple(formats)
    for name in chosen:
        if name not in FORMATS:
            raise UsageError(f"--format does not know {name!r}: give any of {', '.join(FORMATS)}")
    pages = list(reviewed(folder))
    files = dict(_files(pages, chosen))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_atomically(out / name, content)
    except OSError as error:
        raise RunError(f"{out} cannot be written ({error.strerror}): choose another -o") from error
    return [out / name for name in files]


def ninjs(draft: Draft, decision: Decision | None = None) -> dict[str, Any]:
    """Return a draft as an IPTC ninjs 3.0 object; without an approval it is withheld."""
    approved = decision is not None and decision.action in APPROVED
    article = draft.article
    body = _body_html(draft)
    item: dict[str, Any] = {
        "uri": f"urn:summarise:{draft.id}",
        "standard": {"name": "ninjs", "version": "3.0", "schema": _NINJS},
        "type": "text",
        "representationType": "full",
        "profile": "text-only",
        "pubStatus": "usable" if approved else "withheld",
        "language": article.language,
        "title": draft.headline,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": draft.headline}],
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": text} for role, text in _descriptions(draft) if text
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/html",
                "wordCount": sum(count_words(text) for text in article.paragraphs),
                "value": body,
            }
        ],
        "edNote": _note(decision),
        "genres": [{"name": "Article with summary", "literal": "drafted by software"}],
        "subjects": [
            {
                "name": topic.name,
                "uri": f"{_IPTC}mediatopic/{topic.code.removeprefix('medtop:')}",
                "creator": "software",
                "relevance": round(100 * min(max(topic.weight, 0.0), 1.0)),
            }
            for topic in draft.topics
        ],
        "infoSources": [{"name": article.site or draft.source.path, "role": f"{_IPTC}contentprodpartyrole/origcont"}],
        "altIds": [{"role": "summarise", "value": draft.id}, {"role": "sha256", "value": draft.source.sha256}],
    }
    if article.url and _is_web(article.url):
        item["infoSources"][0]["uri"] = _uri(article.url)
    if article.authors:
        item["by"] = ", ".join(article.authors)
    if article.published:
        item["contentCreated"] = f"{article.published}T00:00:00Z"
    if decision is not None:
        item["versionCreated"] = decision.at
        item["infoSources"].append(
            {"name": plain(decision.editor), "role": f"{_IPTC}contentprodpartyrole/editor"},
        )
    return item


def news_article(page: Reviewed) -> dict[str, Any]:
    """Return an approved draft as a schema.org NewsArticle in JSON-LD."""
    draft, decision = page.draft, page.decision
    article = draft.article
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": draft.id,
        "headline": draft.headline,
        "description": " ".join(line.text for line in draft.standfirst),
        "abstract": "\n".join(line.text for line in draft.key_points),
        "articleBody": "\n\n".join(article.paragraphs),
        "inLanguage": article.language,
        "about": [
            {
                "@type": "DefinedTerm",
                "name": topic.name,
                "termCode": topic.code,
                "url": f"{_IPTC}mediatopic/{topic.code.removeprefix('medtop:')}",
            }
            for topic in draft.topics
        ],
        "hasPart": [
            {"@type": "WebPageElement", "name": label.rstrip(":"), "text": getattr(draft, part).text}
            for label, part in LABELS
            if getattr(draft, part).sentences
        ],
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "editor": {"@type": "Person", "name": plain(decision.editor)},
        "dateModified": decision.at,
        "creativeWorkStatus": "Approved" if decision.action in APPROVED else "Draft",
        "creditText": _credit(decision),
        "digitalSourceType": _SOURCE_TYPE_OF_SCHEMA_ORG,
    }
    based_on = {"@type": "NewsArticle", "headline": article.headline}
    if article.published:
        based_on["datePublished"] = article.published
    if article.url and _is_web(article.url):
        based_on["url"] = article.url
    data["isBasedOn"] = based_on
    if article.site:
        data["sourceOrganization"] = {"@type": "Organization", "name": article.site}
    return {key: value for key, value in data.items() if value not in ("", [])}


@cache
def ninjs_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `ninjs` writes (review/data/ninjs.schema.json)."""
    text = resources.files("summarise").joinpath("review/data/ninjs.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _files(pages: list[Reviewed], formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    # JSON-LD goes into a <script> of a page, which "</script>" in a text would end.
    make: dict[str, Callable[[Reviewed], str]] = {
        "md": lambda page: f"{to_markdown(page.draft)}\n_{_markdown_credit(page.decision)}_\n",
        "html": lambda page: to_html(page.draft, reviewed_by=page.decision.editor),
        "jsonld": lambda page: _json(news_article(page)).replace("<", "\\u003c"),
        "ninjs": lambda page: _json(_checked(ninjs(page.draft, page.decision))),
    }
    for page in pages:
        for name in formats:
            if name in make:
                yield f"{page.draft.id}.{_SUFFIX[name]}", make[name](page).encode(errors="backslashreplace")
    rows = [draft_row(to_dict(page.draft)) for page in pages]
    if "csv" in formats:
        yield "approved.csv", csv_bytes(rows)
    if "parquet" in formats:
        yield "approved.parquet", parquet_bytes(rows)


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _note(decision: Decision | None) -> str:
    if decision is None:
        return "Drafted by software. Not reviewed yet: not for publication."
    if decision.action not in APPROVED:
        return f"Drafted by software. Decision of {plain(decision.editor)}: {decision.action}. Not for publication."
    return f"{_credit(decision)} Digital source type: {_SOURCE_TYPE}"


def _credit(decision: Decision) -> str:
    """Return who drafted and who reviewed the page, in one sentence."""
    edited = " and edited" if decision.action == "approved-with-edits" else ""
    return f"Drafted by software, reviewed{edited} by {plain(decision.editor)}."


def _markdown_credit(decision: Decision) -> str:
    return re.sub(r"([\\`*_\[\]<&~$|])", r"\\\1", _credit(decision))


def _checked(item: dict[str, Any]) -> dict[str, Any]:
    """Return a ninjs object that keeps its schema, as far as jsonschema (extra `review`) is there to tell."""
    with contextlib.suppress(ModuleNotFoundError):
        import jsonschema

        try:
            jsonschema.validate(item, ninjs_schema(), format_checker=jsonschema.FormatChecker())
        except jsonschema.ValidationError as error:
            raise RunError(f"{item['uri']} is no ninjs 3.0: {error.json_path}: {error.message}") from error
    return item


def _descriptions(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "standfirst", " ".join(line.text for line in draft.standfirst)
    for line in draft.key_points:
        yield "key point", line.text
    for label, part in LABELS:
        yield label.rstrip(":"), getattr(draft, part).text


def _body_html(draft: Draft) -> str:
    tags = ("h2" if i in draft.article.headings else "p" for i in range(len(draft.article.paragraphs)))
    return "\n".join(
        f"<{tag}>{html.escape(plain(text))}</{tag}>" for tag, text in zip(tags, draft.article.paragraphs, strict=True)
    )


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _uri(url: str) -> str:
    """Return an address with what no URI may hold escaped."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
