"""What holds for every draft: over the sample pages and the pages of the corpus that may be looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from summarise.pages import read_page
from summarise.records import Draft, Line
from summarise.rendering import to_json
from summarise.sentences import split
from summarise.settings import Settings
from summarise.workers import Drafter

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.html"))
CORPUS = Path(__file__).parent / "corpus"

PARSED, BLANK = Settings(), Settings(language_model="blank")
WRITTEN_OUT = {"million", "billion", "trillion", "said"}
"""Words that a line may have and its article not: of numbers in house form, of a quotation reported."""


def is_dev(case: Path) -> bool:
    return bool(json.loads((case / "gold.json").read_text(encoding="utf-8"))["split"] == "dev")


PAGES = [*SAMPLES, *(case / "page.html" for case in sorted(CORPUS.iterdir()) if case.is_dir() and is_dev(case))]


def name_of(page: Path) -> str:
    return page.parent.name if page.name == "page.html" else page.stem


each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)
each_pipeline = pytest.mark.parametrize("settings", [PARSED, BLANK], ids=["parsed", "blank"])


@pytest.fixture(scope="session")
def draft(real_make: Callable[[Settings], Drafter]) -> Callable[[Path, Settings], Draft]:
    """Draft a page by some settings, once a session."""

    @cache
    def drafted(page: Path, digest: str) -> Draft:
        settings = PARSED if digest == PARSED.digest() else BLANK
        return real_make(settings).draft(read_page(page, settings.max_page_bytes))

    return lambda page, settings: drafted(page, settings.digest())


Drafting = Callable[[Path, Settings], Draft]


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


def whole(draft: Draft) -> str:
    """Return every word that the article holds."""
    article = draft.article
    return plain(" ".join((article.headline, article.standfirst or "", *article.paragraphs)))


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))


def names(text: str) -> Iterable[str]:
    """Yield every run of capitalised words; a run that opens the line without its first word, which may be none."""
    for match in re.finditer(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*", plain(text)):
        run = match.group()
        if match.start() == 0:
            run = run.partition(" ")[2]
        if run and run != "I":
            yield run


def at(draft: Draft, line: Line) -> list[str]:
    return [draft.article.paragraphs[e.paragraph][e.start : e.end] for e in line.evidence]


@each_pipeline
@each_page
def test_every_number_of_a_draft_stands_in_the_sentence_it_comes_from(
    page: Path, settings: Settings, draft: Drafting
) -> None:
    made = draft(page, settings)
    for where, line in made.lines():
        source = numbers(" ".join(at(made, line)))
        assert {n.removesuffix(",000") for n in numbers(line.text)} <= {n.removesuffix(",000") for n in source}, where


@each_pipeline
@each_page
def test_every_name_of_a_draft_stands_in_its_article(page: Path, settings: Settings, draft: Drafting) -> None:
    made = draft(page, settings)
    known = whole(made)
    assert [
        (where, name)
        for where, line in made.lines()
        for name in names(line.text)
        if name.removesuffix("'s") not in known
    ] == []


@each_pipeline
@each_page
def test_evidence_points_at_one_whole_sentence_of_the_article(page: Path, settings: Settings, draft: Drafting) -> None:
    made = draft(page, settings)
    for where, line in made.lines():
        assert line.evidence, where
        for evidence in line.evidence:
            paragraph = made.article.paragraphs[evidence.paragraph]
            assert (evidence.start, evidence.end) in split(paragraph), where


@each_pipeline
@each_page
def test_the_standfirst_and_the_key_points_hold_no_word_that_the_article_does_not(
    page: Path, settings: Settings, draft: Drafting
) -> None:
    made = draft(page, settings)
    known = set(re.findall(r"[a-z]+", whole(made).lower())) | WRITTEN_OUT
    for line in (*made.standfirst, *made.key_points):
        assert set(re.findall(r"[a-z]+", plain(line.text).lower())) <= known, line.text


@each_pipeline
@each_page
def test_no_line_of_a_page_tells_again_what_another_tells(page: Path, settings: Settings, draft: Drafting) -> None:
    made = draft(page, settings)
    lines = [*made.standfirst, *made.key_points]
    bags = [frozenset(re.findall(r"[a-z]{4,}|\d[\d.,]*", line.text.lower())) for line in lines]
    for i, left in enumerate(bags):
        for j in range(i):
            right = bags[j]
            assert len(left & right) < 0.7 * min(len(left), len(right)), (lines[j].text, lines[i].text)


@each_pipeline
@each_page
def test_standfirst_and_key_points_come_from_sentences_of_their_own_in_the_articles_order(
    page: Path, settings: Settings, draft: Drafting
) -> None:
    made = draft(page, settings)
    places = [[line.evidence[0].sentence for line in lines] for lines in (made.standfirst, made.key_points)]
    assert not set(places[0]) & set(places[1])
    assert all(found == sorted(set(found)) for found in places)


@each_page
def test_a_negation_or_a_modal_verb_of_a_line_stands_in_its_source(page: Path, draft: Drafting) -> None:
    made = draft(page, PARSED)
    turning = re.compile(r"\b(?:not|never|cannot|nobody|could|may|might|must|should|would|will)\b|n't\b")
    for where, line in made.lines():
        source = plain(" ".join(at(made, line))).lower().replace("without", "not without")
        for word in turning.findall(plain(line.text).lower()):
            assert word in source or (word == "could" and "second-person" in line.edits), (where, line.text)


@each_page
def test_a_line_of_a_parsed_page_has_no_fault_that_would_keep_it_from_print(page: Path, draft: Drafting) -> None:
    """Length and form may be warned of on thin pages; a repeat, an unsupported number or a quotation may not stand."""
    barred = {"support", "repetition", "number-form"}
    made = draft(page, PARSED)
    assert [f for f in made.findings if f.check in barred and f.severity == "error"] == []
    assert [f for f in made.findings if f.message == "holds a direct quotation"] == []


@each_page
def test_a_block_is_drafted_with_sentences_or_open_with_a_reason(page: Path, draft: Drafting) -> None:
    made = draft(page, PARSED)
    for block in (made.why_this_matters, made.what_this_means_for_you):
        assert (block.status == "drafted") == bool(block.sentences)
        assert (block.status == "needs-editor") == bool(block.reason)


@each_page
def test_no_block_addresses_the_residents_of_nowhere(page: Path, draft: Drafting) -> None:
    assert not re.search(r"\bif you live[,.]", draft(page, PARSED).what_this_means_for_you.text, re.I)


def test_a_page_is_drafted_alike_whatever_was_drafted_before_it(
    draft: Drafting, real_make: Callable[[Settings], Drafter]
) -> None:
    for page in reversed(SAMPLES):
        again = real_make(PARSED).draft(read_page(page, PARSED.max_page_bytes))
        assert to_json(again) == to_json(draft(page, PARSED)), page.name
