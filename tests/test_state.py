"""A body that a page holds only in the state of its script is read there, and only where it is the page's article."""

from __future__ import annotations

import json

import pytest

from summarise.errors import PageError
from summarise.extraction import extract
from summarise.pages import page_from_bytes
from summarise.records import Article

HEADLINE = "Harbour light goes out after 190 years"
BODY = (
    "The harbour light at Skerne Point was switched off on Sunday night, 190 years after the first keeper lit it.",
    "Ships now carry receivers that make the lamp unnecessary, the lights board said, and the tower needs £800,000 of work.",
    "“My grandfather kept that light through two wars,” said Iona Cressy, who watched from the beach with her sons.",
    "The tower itself is listed, so that it cannot be pulled down, and the town council wants to open it to visitors.",
    "A decision on its future will be made in March, after the board has asked boat owners what they think of the plan.",
)
OTHER = [
    f"Councillor number {n} told the meeting that the by-pass would have to wait for another year at least."
    for n in range(12)
]


def _page(script: str, body: str = "<div>Loading…</div>") -> Article:
    html = f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1>{body}{script}</body></html>"
    return extract(page_from_bytes(html.encode()))


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


NOISE: dict[str, object] = {"config": {"flags": [f"feature-{n}" for n in range(200)]}, "ads": ["slot"] * 50}
HTML_BODY = "".join(f"<p>{text}</p>" for text in BODY)
SLATE = [{"type": "paragraph", "children": [{"text": text[:20]}, {"text": text[20:], "bold": True}]} for text in BODY]
NESTED = [{"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": text}}]}} for text in BODY]
CAPTION = {
    "type": "image",
    "caption": "The tower at dusk, photographed from the end of the pier by a visitor last week.",
}
STATES: dict[str, dict[str, object]] = {
    "html": {"article": {"title": HEADLINE, "bodyHtml": HTML_BODY}},
    "text": {"article": {"headline": HEADLINE, "text": "\n\n".join(BODY)}},
    "strings": {"story": {"headline": HEADLINE, "paragraphs": list(BODY)}},
    "rich text": {"page": {"title": HEADLINE, "content": [SLATE[0], CAPTION, *SLATE[1:]]}},
    "nested blocks": {"data": {"headline": HEADLINE, "content": {"model": {"blocks": NESTED}}}},
    "headline object": {"story": {"headline": {"default": HEADLINE}, "body": {"items": SLATE}}},
    "cache": {
        "ROOT_QUERY": {"article": {"__ref": "Article:7"}},
        "Article:7": {"title": HEADLINE, "body": [{"__ref": f"Paragraph:{n}"} for n in range(5)]},
        **{f"Paragraph:{n}": {"__typename": "Paragraph", "text": text} for n, text in enumerate(BODY)},
    },
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize(
    "form",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__PRELOADED_STATE__ = {};window.ready = true;</script>",
        "<script>var a = 1; window['__APOLLO_STATE__']={};</script>",
    ],
    ids=["next", "window", "quoted"],
)
def test_the_body_is_read_from_whatever_shape_of_state_holds_it(state: dict[str, object], form: str) -> None:
    article = _page(form.replace("{}", json.dumps(NOISE | state).replace("</", "<\\/"), 1))
    assert article.paragraphs == BODY


@pytest.mark.parametrize("form", ["window.__DATA__ = {};", "window.__DATA__ = JSON.parse({});"])
def test_a_state_that_is_json_in_a_string_is_read(form: str) -> None:
    written = json.dumps(json.dumps(NOISE | STATES["html"])).replace("</", "<\\/")
    assert _page(f"<script>{form.replace('{}', written)}</script>").paragraphs == BODY


def test_headings_of_a_state_are_marked() -> None:
    blocks = [*SLATE[:3], {"type": "heading", "children": [{"text": "What happens to the tower"}]}, *SLATE[3:]]
    state = json.dumps(NOISE | {"page": {"title": HEADLINE, "content": blocks}})
    article = _page(f'<script type="application/json">{state}</script>')
    assert article.paragraphs == (*BODY[:3], "What happens to the tower", *BODY[3:])
    assert article.headings == {3}


def test_a_body_that_the_page_prints_in_part_is_completed_from_its_state() -> None:
    state = json.dumps(NOISE | {"x": {"blocks": SLATE}})
    article = _page(f"<script>window.__STATE__={state}</script>", _paragraphs(BODY[:4]))
    assert article.paragraphs == BODY[:4]  # not clearly more: one paragraph is no reason to leave the page
    longer = [*SLATE, *({"type": "paragraph", "children": [{"text": text}]} for text in OTHER)]
    state = json.dumps(NOISE | {"x": {"blocks": longer}})
    article = _page(f"<script>window.__STATE__={state}</script>", _paragraphs(BODY[:4]))
    assert article.paragraphs == (*BODY, *OTHER)


def test_another_article_in_the_state_is_not_taken_however_long() -> None:
    state = json.dumps(NOISE | {"top": [{"title": HEADLINE}], "next": {"title": "By-pass waits", "body": OTHER}})
    script = f'<script type="application/json">{state}</script>'
    assert _page(script, _paragraphs(BODY)).paragraphs == BODY
    with pytest.raises(PageError):
        _page(script)


def test_comments_and_related_stories_beside_the_article_are_not_taken() -> None:
    article = {"title": HEADLINE, "body": SLATE, "comments": [{"text": text} for text in OTHER], "related": OTHER}
    assert _page(f'<script type="application/json">{json.dumps(NOISE | {"a": article})}</script>').paragraphs == BODY


@pytest.mark.parametrize(
    "script",
    [
        "window.__STATE__ = " + "[" * 50_000,
        "window.__STATE__ = {" + '"a":{' * 3_000,
        'window.__STATE__ = {"title": "' + HEADLINE + '", "a": "' + "x" * 3_000,
        "window.__STATE__ = JSON.parse('" + "\\" * 5_000 + "')",
        "window.a=" * 20_000,
        'window.__STATE__ = {"title": "'
        + HEADLINE
        + '", "ref": {"__ref": "a:1"}, "a:1": {"children": [{"__ref": "a:1"}, {"__ref": "a:1"}]}, "n": '
        + json.dumps(["x"] * 3_000)
        + "}",
    ],
    ids=["brackets", "objects", "open string", "backslashes", "assignments", "circle"],
)
def test_a_broken_or_hostile_state_changes_nothing(script: str) -> None:
    assert _page(f"<script>{script}</script>", _paragraphs(BODY)).paragraphs == BODY
