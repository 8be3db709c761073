"""Paragraphs set by double line breaks, and posts of a live blog, are read as paragraphs."""

from __future__ import annotations

import pytest
from lxml import html

from summarise.extraction import extract
from summarise.pages import page_from_bytes
from summarise.webpage.breaks import paragraphs_from_breaks

SENTENCES = [
    "The river passed the level at which homes flood shortly after noon, and forty families were moved to a school.",
    "Trains between the two towns are stopped until this evening because water covers the track at two places.",
    "The county council has opened three rest centres and asks drivers not to pass signs that close a road.",
    "Another 20mm of rain is expected before midnight, and a warning for the county runs until six in the morning.",
]
HEAD = "<html lang=en><head><title>Rivers rise in the county</title></head><body><h1>Rivers rise in the county</h1>"


def _paragraphs(markup: str) -> list[str]:
    tree = html.fromstring(markup)
    paragraphs_from_breaks(tree)
    return [" ".join(element.text_content().split()) for element in tree.iter("p")]


def test_double_breaks_part_paragraphs_and_keep_what_stands_inside_them() -> None:
    markup = f"<div>{SENTENCES[0]}<br><br><b>{SENTENCES[1]}</b><br>\n<br>{SENTENCES[2]}</div>"
    assert _paragraphs(markup) == SENTENCES[:3]


def test_single_breaks_and_short_lines_are_left_alone() -> None:
    assert _paragraphs("<div>1 High Street<br><br>Leeds</div>") == []
    assert _paragraphs(f"<div>{SENTENCES[0]}<br>{SENTENCES[1]} {SENTENCES[2]}</div>") == []


def test_an_article_set_by_breaks_in_a_table_is_read_paragraph_by_paragraph() -> None:
    page = HEAD + f"<table><tr><td>{'<br><br>'.join(SENTENCES * 2)}</td></tr></table></body></html>"
    assert list(extract(page_from_bytes(page.encode()), min_words=30).body) == SENTENCES


def test_the_posts_of_a_live_blog_are_read_without_their_list() -> None:
    posts = "".join(
        f"<li><article><header><time>1{i}:05</time><h3>Post {i}</h3></header><p>{text}</p></article></li>"
        for i, text in enumerate(SENTENCES)
    )
    navigation = "".join(f'<li><a href="/{i}">Section number {i}</a></li>' for i in range(26))
    page = HEAD + f"<nav><ul>{navigation}</ul></nav><main><ol reversed>{posts}</ol></main></body></html>"
    assert list(extract(page_from_bytes(page.encode()), min_words=30).body) == SENTENCES


def test_single_breaks_part_paragraphs_where_each_run_is_one() -> None:
    assert _paragraphs(f"<div>{'<br>'.join(SENTENCES)}</div>") == SENTENCES
    verses = "<br>".join(
        f"the river rises, line {n} of a long poem about the county and its many bridges" for n in range(9)
    )
    assert _paragraphs(f"<div>{verses}</div>") == []


@pytest.mark.parametrize("break_", ["<br>", "<br><br>"])
@pytest.mark.parametrize("holder", ["p", "div"])
def test_an_article_set_in_one_element_is_read_paragraph_by_paragraph(holder: str, break_: str) -> None:
    page = HEAD + f"<article><{holder}>{break_.join(SENTENCES)}</{holder}></article></body></html>"
    assert list(extract(page_from_bytes(page.encode()), min_words=30).body) == SENTENCES
