"""Corpora of every shape become cases, and the hash of a corpus follows its files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation_samples import ARTICLE, gold
from fakes import FakeSummariser
from summarise.errors import NoArticle, UsageError
from summarise.evaluation.catalogue import BY_NAME
from summarise.evaluation.corpora import Case, article_of, corpus_hashes, page_of, read_cases, read_rows, shape_of
from summarise.evaluation.scoring import CaseDrafter, evaluate
from summarise.records import Draft
from summarise.settings import Settings

DRAFT = {"standfirst": ["A."], "key_points": ["B."], "why_this_matters": None, "what_this_means_for_you": None}
FIXTURE = {
    "headline": "H",
    "authors": [],
    "published": "2024-01-01",
    "body": ["B"],
    "must_not_contain": [],
    "draft": DRAFT,
    "block_slots": {},
    "topics": ["sport"],
    "facts": [{"accept": ["b"]}],
    "traps": [],
}


def write_fixture(corpus: Path, slug: str, split: str, page: str = "<p>page</p>") -> Path:
    folder = corpus / slug
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(page, encoding="utf-8")
    data = FIXTURE | {"split": split, "subject": "sport"}
    (folder / "gold.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


# ---------------------------------------------------------------- shapes


def test_fixtures_come_in_order_and_by_split(tmp_path: Path) -> None:
    write_fixture(tmp_path, "b", "gate")
    write_fixture(tmp_path, "a", "dev")
    assert [(case.slug, case.split, case.subject) for case in read_cases(tmp_path)] == [
        ("a", "dev", "sport"),
        ("b", "gate", "sport"),
    ]
    assert [case.slug for case in read_cases(tmp_path, split="gate")] == ["b"]
    assert [case.slug for case in read_cases(tmp_path, limit=1)] == ["a"]


def test_gold_drafts_find_their_pages_and_their_rows(tmp_path: Path) -> None:
    for folder in ("gold", "pages", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pages" / "x.html").write_text("<p>x</p>", encoding="utf-8")
    rows = [
        {"id": "r1", "article": "One.\n\nTwo.", "title": "T", "summary": []},
        {"id": "r2", "article": "n", "summary": []},
    ]
    with gzip.open(tmp_path / "data" / "rows.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    for name, source in (("x", "pages/x.html"), ("y", "data/rows.jsonl.gz#r1")):
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(DRAFT | {"source": source}), encoding="utf-8")
    page, row = read_cases(tmp_path / "gold")
    assert (page.slug, page.article, page.page.content) == ("x", None, b"<p>x</p>")
    assert row.article is not None
    assert (row.article.headline, row.article.paragraphs) == ("T", ("One.", "Two."))


def test_a_row_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rows.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "gold" / "y.json").write_text(json.dumps(DRAFT | {"source": "data/rows.jsonl#r9"}), encoding="utf-8")
    with pytest.raises(UsageError, match="#r9"):
        read_cases(tmp_path / "gold")


def test_a_folder_of_pages_is_a_corpus_without_gold(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<p>p</p>", encoding="utf-8")
    assert [(case.slug, case.gold) for case in read_cases(tmp_path)] == [("p", None)]


def test_rows_are_limited_by_outlet(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    outlets = ("a", "a", "b", None)
    rows = [{"article": "x", "summary": ["s"], "outlet": outlet} for outlet in outlets]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert shape_of(file) == "rows"
    assert [row.outlet for row in read_rows(file, 1)] == ["a", "b", "unnamed"]


@pytest.mark.parametrize("text", ['{"article": "x"}', "not json", "[1]"])
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"article": "x", "summary": []}\n' + text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows\.jsonl:2"):
        list(read_rows(file))


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "x.txt", tmp_path / "none"):
        with pytest.raises(UsageError, match=path.name):
            shape_of(path)
    write_fixture(tmp_path / "corpus", "a", "dev")
    with pytest.raises(UsageError, match="gate"):
        read_cases(tmp_path / "corpus", split="gate")


def test_plain_text_has_a_paragraph_a_line() -> None:
    assert article_of("One.\n\n  Two. \n").paragraphs == ("One.", "Two.")


# ---------------------------------------------------------------- hash


def test_the_hash_follows_pages_gold_and_names_of_its_own_split(tmp_path: Path) -> None:
    dev, gate = write_fixture(tmp_path, "a", "dev"), write_fixture(tmp_path, "b", "gate")
    before = corpus_hashes(tmp_path)
    assert corpus_hashes(tmp_path) == before
    (gate / "page.html").write_text("<p>other</p>", encoding="utf-8")
    after = corpus_hashes(tmp_path)
    assert (after["dev"] == before["dev"], after["gate"] == before["gate"]) == (True, False)
    dev.rename(tmp_path / "a2")
    assert corpus_hashes(tmp_path)["dev"] != before["dev"]


def test_a_case_without_a_split_is_refused(tmp_path: Path) -> None:
    write_fixture(tmp_path, "a", "test")
    with pytest.raises(UsageError, match="split"):
        corpus_hashes(tmp_path)


# ---------------------------------------------------------------- scores


def _case(slug: str, *, with_gold: bool = True) -> Case:
    return Case(slug, page_of(f"Headline {slug}", slug, None), "dev", "sport", gold() if with_gold else None)


def test_a_page_without_a_draft_counts_with_the_worst_values() -> None:
    fake = FakeSummariser(Settings())

    def make(case: Case) -> Draft:
        if case.slug == "wall":
            raise NoArticle("wall holds no article")
        if case.slug == "bug":
            raise ZeroDivisionError
        return fake.draft(case.page)

    result = evaluate([_case("a"), _case("wall"), _case("bug")], make)
    assert result.value("drafted") == pytest.approx(1 / 3)
    assert [case.failure is None for case in result.cases] == [True, False, False]
    for case in result.cases[1:]:
        assert (case.values["fact_recall"], case.values["furniture_left"], case.values["drafted"]) == (0.0, 1.0, 0.0)
        assert case.score == 0.0


def test_metrics_against_gold_are_left_out_without_gold() -> None:
    fake = FakeSummariser(Settings())
    result = evaluate([_case("a", with_gold=False)], lambda case: fake.draft(case.page))
    assert not any(BY_NAME[name].against for name in result.values())
    assert {"support", "context", "repeated_openings"} <= set(result.values())


def test_an_article_as_plain_text_is_drafted_without_extraction() -> None:
    text = "\n".join(ARTICLE)
    case = Case("row", page_of("nothing to extract", "rows", "1"), article=article_of(text, "Library saved"))
    drafted = CaseDrafter(Settings(language_model="blank")).draft_case(case)
    assert drafted.article.paragraphs == ARTICLE
    assert drafted.headline == "Library Saved"
