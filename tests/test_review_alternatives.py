"""What could stand on a page instead comes from the article of the draft alone, without the raw page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from summarise.house import style
from summarise.pages import read_page
from summarise.pipeline import Summariser
from summarise.records import Draft, draft_from_json
from summarise.rendering import to_json
from summarise.review.alternatives import Alternatives, alternatives, article_of
from summarise.review.editing import BLOCKS, Editing
from summarise.settings import Settings
from summarise.workers import Drafter

PAGE = Path(__file__).parents[1] / "data" / "raw" / "fenobserver-sentencing.html"


@pytest.fixture(scope="module")
def fresh(real_make: Callable[[Settings], Drafter]) -> Draft:
    return real_make(Settings()).draft(read_page(PAGE))


@pytest.fixture(scope="module")
def draft(fresh: Draft) -> Draft:
    return draft_from_json(json.loads(to_json(fresh)))


@pytest.fixture(scope="module")
def found(draft: Draft, real_make: Callable[[Settings], Drafter]) -> Alternatives:
    summariser = real_make(Settings())
    assert isinstance(summariser, Summariser)
    return alternatives(draft, summariser)


def test_cross_headings_are_told_again(fresh: Draft, draft: Draft) -> None:
    assert article_of(draft).headings == fresh.article.headings


def test_other_sentences_are_ranked_and_fit_the_house(draft: Draft, found: Alternatives) -> None:
    assert len(found.key_points) >= 3
    told = {e.sentence for line in (*draft.standfirst, *draft.key_points) for e in line.evidence}
    assert not told & {e.sentence for line in found.key_points for e in line.evidence}
    for line in found.key_points:
        paragraph = draft.article.paragraphs[line.evidence[0].paragraph]
        assert paragraph[line.evidence[0].start : line.evidence[0].end]
    editing = Editing.of(draft).replace_line("key_points[0]", found.key_points[0])
    errors = [f for f in editing.findings_at("key_points[0]") if f.severity == "error"]
    assert errors == []


def test_blocks_can_be_what_other_rules_write(draft: Draft, found: Alternatives) -> None:
    assert set(found.blocks) == set(BLOCKS)
    lines = [line for part in BLOCKS for line in found.blocks[part]]
    assert lines
    assert all(line.rule and line.evidence for line in lines)
    part = next(part for part in BLOCKS if found.blocks[part])
    editing = Editing.of(draft).set_block(part, found.blocks[part][:1])
    assert editing.text(part) == found.blocks[part][0].text
    assert style.lint(editing.draft) is not None
