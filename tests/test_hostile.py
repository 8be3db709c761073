"""Pages made to break a reader: each gives an article or a record of why not, within seconds and a bounded memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.errors import NoArticle, PageError
from summarise.extraction import extract
from summarise.pages import page_from_bytes
from summarise.records import Article

TITLE = "Ferry to run more often"
PROSE = "".join(
    f"<p>The harbour ferry at Port Merrin will run every {n} minutes from Monday after traders said that visitors were "
    "giving up and driving to the next town.</p>"
    for n in range(20, 26)
)
SECONDS = 30
"""Many times what the slowest page here takes; what is not bounded takes minutes."""


def _page(body: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"


def _outcome(markup: str, path: str = "page.html") -> Article | PageError:
    started = process_time()
    try:
        return extract(page_from_bytes(markup.encode("utf-8", "surrogatepass"), path))
    except PageError as error:
        assert str(error).startswith(path)
        return error
    finally:
        assert process_time() - started < SECONDS


REFUSED: dict[str, Callable[[], str]] = {
    "ten megabytes of nested tags": lambda: _page("<div>" * 2_000_000 + PROSE),
    "nested inline tags": lambda: _page("<b>" * 100_000 + PROSE),
    "a million links": lambda: _page("<a href='/'>l</a>" * 1_000_000 + PROSE),
    "breaks without end": lambda: _page("<div>" + "text<br><br>" * 200_000 + "</div>"),
    "ten megabytes of one paragraph": lambda: _page(f"<p>{'The council said it would. ' * 370_000}</p>"),
    "paragraphs without end": lambda: _page(
        "".join(f"<p>Paragraph {n} of a page without end, as they said.</p>" for n in range(40_000))
    ),
    "nothing but a script": lambda: _page(f"<script>{'x=1;' * 500_000}</script>"),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_article_is_refused_with_a_reason(make: Callable[[], str]) -> None:
    assert isinstance(_outcome(make()), NoArticle)


READ: dict[str, Callable[[], str]] = {
    "fifty thousand links": lambda: _page(PROSE + "<a href='/'>link</a> " * 50_000),
    "a line of 200,000 letters": lambda: _page(f"{PROSE}<p>{'a' * 200_000}</p>"),
    "a line of 200,000 words": lambda: _page(f"{PROSE}<p>{'word ' * 40_000}</p>"),
    "a line of full stops": lambda: _page(f"{PROSE}<p>{'a. ' * 70_000}</p>"),
    "a line of quotation marks": lambda: _page(f"{PROSE}<p>{'“' * 200_000}</p>"),
    "ten thousand paragraphs": lambda: _page(
        PROSE + "".join(f"<p>Paragraph number {n} of a long, long page, as they said.</p>" for n in range(10_000))
    ),
    "an attribute of megabytes": lambda: _page(f"<div class='{'x ' * 1_000_000}'>{PROSE}</div>"),
    "a headline of bars": lambda: (
        f"<html><head><title>{'a | ' * 200_000}</title></head><body><h1>{TITLE}</h1>{PROSE}</body></html>"
    ),
    "bold lines": lambda: _page(PROSE + "<p><strong>Line of text</strong></p>" * 5_000),
    "deep JSON-LD": lambda: _page(f'<script type="application/ld+json">{"[" * 900_000}</script>{PROSE}'),
    "a state of megabytes": lambda: _page(
        f"<script>window.s={json.dumps({'title': TITLE, 'a': [{'text': 'The council said it would run the ferry.'}] * 60_000})}</script>{PROSE}"
    ),
    "a state of nested lists": lambda: _page(
        f'<script>window.s={{"title":"{TITLE}","x":{"[" * 800}{json.dumps("The council said it. ")}{"]" * 800}}}</script>{PROSE}'
    ),
}


@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_an_article_among_rubbish_is_read(make: Callable[[], str]) -> None:
    outcome = _outcome(make())
    assert isinstance(outcome, Article)
    assert outcome.paragraphs[0].startswith("The harbour ferry")


def test_entities_that_multiply_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    outcome = _outcome(f'<!DOCTYPE html [<!ENTITY a "lol">{entities}]>{_page(f"<p>&j;</p>{PROSE}")}')
    assert "lollol" not in str(outcome)


def test_nul_bytes_and_lone_surrogates_leave_text_that_can_be_written() -> None:
    outcome = _outcome(
        _page(PROSE.replace("Port", "P&#xD800;o&#55357;rt").replace("Monday", "Mon\x00day") + "<p>\ud800</p>")
    )
    assert isinstance(outcome, Article)
    for text in (outcome.headline, *outcome.paragraphs):
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\x00" not in text


def test_a_script_in_a_paragraph_is_no_text() -> None:
    outcome = _outcome(
        _page(f"{PROSE}<p>The boats, <script>alert('{PROSE}')</script>built in Devon, are due to arrive in June.</p>")
    )
    assert isinstance(outcome, Article)
    assert outcome.paragraphs[-1] == "The boats, built in Devon, are due to arrive in June."


@pytest.mark.parametrize("text", ["word " * 400_000, "a\n\n" * 600_000, "# " * 800_000], ids=["line", "lines", "marks"])
def test_a_text_page_without_end_is_refused(text: str) -> None:
    assert isinstance(_outcome(text, "page.txt"), NoArticle)


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='caption'>", "</div>", "<figure>", "<figcaption>", "<span class='visually-hidden'>", "<br><br>",
        "<strong>", "</strong>", "<li data-post-id=1>", "<main>", "<article>", "</article>", "<h1>", "<h2>", "<svg>", "<script>",
        "</script>", "<script>window.s={\"title\":\"Ferry to run more often\",\"body\":[", "<!--", "-->", "<![CDATA[", "&#0;", "&#xD800;",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(PIECES, st.just(PROSE), st.text(max_size=20)), max_size=25))
def test_any_pieces_of_a_page_give_an_article_or_a_record(parts: list[str]) -> None:
    outcome = _outcome(_page("".join(parts)))
    if isinstance(outcome, Article):
        assert all(text and text == " ".join(text.split()) for text in outcome.paragraphs)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just(TITLE), st.just(PROSE)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["title", "headline", "body", "content", "text", "children", "type", "__ref", "id", "a:1", "author"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(JSON, st.sampled_from(["NewsArticle", "LiveBlogPosting"]))
def test_any_json_in_a_page_gives_an_article_or_a_record(data: object, kind: str) -> None:
    told = {"@type": kind, "headline": data, "author": data, "articleBody": data, "liveBlogUpdate": data, "keywords": data,
            "articleSection": data, "datePublished": data, "dateModified": data, "isAccessibleForFree": data, "publisher": data}  # fmt: skip
    scripts = f'<script type="application/ld+json">{json.dumps(told)}</script><script>window.s={json.dumps([data, "x" * 2_000, TITLE])}</script>'
    assert isinstance(_outcome(_page(scripts + PROSE)), Article)
