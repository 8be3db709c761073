"""A draft is rendered whole, in a fixed order, and whatever a page holds stays text."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes import draft, line
from summarise.records import Block, draft_from_json
from summarise.rendering import plain, to_html, to_json, to_markdown

MARKDOWN = """\
# Ferry Service Doubled After Traders’ Appeal

The ferry will run every 20 minutes. It will cost £1.2 million a year.

- The Borchester ferry will run every 20 minutes.
- Traders welcomed the change.

The Borchester ferry will run every 20 minutes from Monday, the council said.

### Reaction

Traders on the quay welcomed the change, which will cost £1.2m a year.

**Why this matters:** This decision could help the quay’s traders.

**What this means for you:** _Needs an editor: no audience found_
"""


def test_markdown_shows_the_page_of_the_house() -> None:
    assert to_markdown(draft()) == MARKDOWN


def test_json_keeps_the_order_of_the_contract() -> None:
    data = json.loads(to_json(draft()))
    assert list(data) == [
        *("schema", "id", "source", "article", "headline", "standfirst", "key_points"),
        *("why_this_matters", "what_this_means_for_you", "topics", "findings", "provenance"),
    ]
    assert data["schema"] == "summarise/draft/1"
    assert data["key_points"][0]["parts"] == {"position": 1.0, "tfidf": 0.25}


def test_json_is_written_for_people_and_tools() -> None:
    text = to_json(draft())
    assert text.endswith("}\n")
    assert "Traders’ Appeal" in text
    assert '\n  "id"' in text


def test_json_can_be_read_back() -> None:
    original = draft()
    back = draft_from_json(json.loads(to_json(original)))
    assert back == replace(original, article=replace(original.article, headings=frozenset()))


def test_scores_are_rounded_so_that_the_last_bit_does_not_show() -> None:
    noisy = replace(line("A line."), score=0.1 + 0.2, parts=(("position", 0.1 + 0.2), ("tfidf", -1e-9)))
    data = json.loads(to_json(replace(draft(), key_points=(noisy,))))
    assert data["key_points"][0]["score"] == 0.3
    assert str(data["key_points"][0]["parts"]["tfidf"]) == "0.0"


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(replace(draft(), key_points=(replace(line("A line."), score=float("nan")),)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("[click](javascript:alert(1))", r"\[click\](javascript:alert(1))"),
        ("**bold** and _soft_ and `code`", r"\*\*bold\*\* and \_soft\_ and \`code\`"),
        ("# not a heading", r"\# not a heading"),
        ("- not a bullet", r"\- not a bullet"),
        ("-5C overnight", "-5C overnight"),
        ("--- not a rule", r"\--- not a rule"),
        ("3. not a list", r"3\. not a list"),
        ("1.5 million people", "1.5 million people"),
        ("> not a quotation", r"\> not a quotation"),
        ("Marks &amp; Spencer, M&S", "Marks &amp;amp; Spencer, M&S"),
        ("see https://evil.example and www.evil.example", r"see https:\//evil.example and www\.evil.example"),
        ("$5 and $6", r"\$5 and \$6"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("one\n\n# two", "one # two"),
        ("a \x1b[31mred\x1b[0m\x9b2J line\x00", r"a \[31mred\[0m2J line"),
        ("a back\\slash", r"a back\\slash"),
    ],
)
def test_markup_of_a_page_stays_text_in_markdown(written: str, shown: str) -> None:
    assert shown in to_markdown(draft(paragraphs=(written,))).split("\n\n")


def test_the_reason_of_an_open_block_stays_text() -> None:
    text = to_markdown(draft(why=Block("needs-editor", reason="<b> says_so")))
    assert r"**Why this matters:** _Needs an editor: &lt;b> says\_so_" in text


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def test_markup_of_a_page_stays_text_in_html() -> None:
    page = to_html(draft(HOSTILE, paragraphs=(HOSTILE, HOSTILE, HOSTILE), why=Block("needs-editor", reason=HOSTILE)))
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "ul", "li"),
        *("strong", "span", "footer", "a"),
    }
    assert html.escape(HOSTILE) in page


def test_html_loads_nothing_and_runs_nothing() -> None:
    page = to_html(draft())
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad"])
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    assert "<a " not in to_html(draft(url=url))
    assert '<a href="https://news.example/ferry"' in to_html(draft())


def test_json_escapes_what_a_terminal_would_obey() -> None:
    text = to_json(draft(paragraphs=("a \x1b[2J\x9b2J\x7f b",)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert json.loads(text)["article"]["paragraphs"] == ["a \x1b[2J\x9b2J\x7f b"]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_json_carries_any_text_unchanged(text: str) -> None:
    assert json.loads(to_json(draft(paragraphs=(text,))))["article"]["paragraphs"] == [text]


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_stays_one_paragraph_without_tags(text: str) -> None:
    parts = to_markdown(draft(paragraphs=(text or "x",))).split("\n\n")
    assert len(parts) == 6
    assert "<" not in parts[3]
    assert "\n" not in parts[3]


@given(st.text())
@example("0 \x08\r0")
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", plain(text))
    assert plain(plain(text)) == plain(text)
