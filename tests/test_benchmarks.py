"""The marked mentions: well formed, and found again in the pages of the repository."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

from benchmarks import topics
from benchmarks.mentions import KINDS, MARKS, find_marked, read_marks
from summarise.language import BLANK, Analyser

CORPUS = Path(__file__).parent / "corpus"


def test_the_marks_hold_offsets_and_no_text() -> None:
    for line in MARKS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"page", "sha256", "paragraph_sha256", "mentions"}
        assert all(kind in KINDS and 0 <= start < end for start, end, kind in row["mentions"])
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(row["mentions"]))


def test_every_marked_paragraph_of_the_corpus_is_found_and_marks_stand_on_words() -> None:
    marks = read_marks()
    here = {row["sha256"] for row in map(json.loads, MARKS.read_text().splitlines()) if "/" in row["page"]}
    found = list(find_marked([str(CORPUS)], marks, Analyser(BLANK)))
    assert len(found) == sum(len(marks[page]) for page in here)
    for paragraph in found:
        for start, end, _ in paragraph.marked:
            assert paragraph.text[start:end].strip() == paragraph.text[start:end]
            assert not paragraph.text[start - 1 : start].isalnum()
            assert not paragraph.text[end : end + 1].isalnum()


def test_subjects_are_held_against_the_section_and_the_half_that_is_asked_for(tmp_path: Path) -> None:
    goal = "The striker scored a goal in the cup final. The goalkeeper saved a penalty."
    rows = [
        {"id": "x-sport-001", "title": "Late goal wins cup", "article": goal, "category": "sport"},
        {"id": "x-tech-002", "title": "Late goal wins cup", "article": goal, "category": "tech"},
    ]
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    analyser = Analyser(BLANK)
    assert list(topics._of_rows(file, "even", analyser)) == [topics.Judged(("13",), ("15",))]
    assert list(topics._of_rows(file, "odd", analyser)) == [topics.Judged(("15",), ("15",))]
    assert len(list(topics._of_rows(file, "all", analyser))) == 2


def test_precision_counts_what_is_named_and_recall_what_is_wanted() -> None:
    judged = [topics.Judged(("15", "01"), ("15",)), topics.Judged(("04",), ("11", "04"))]
    shares = dict(topics._subject_shares(judged))
    assert shares["first subject is the editor's first"] == "50.0 % (1 of 2)"
    assert shares["precision of subjects"] == "66.7 % (2 of 3)"
    assert shares["recall of subjects"] == "66.7 % (2 of 3)"
