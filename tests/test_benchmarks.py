"""The marked mentions: well formed, and found again in the pages of the repository."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

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
