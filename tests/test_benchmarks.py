"""The benchmarks: marked mentions are well formed, and shares, rates and tables follow from what was measured."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
from pathlib import Path

import pytest

from benchmarks import contenders, one_pass, runs, throughput, topics
from benchmarks.contenders import CONTENDERS, Contender, Summarise
from benchmarks.mentions import KINDS, MARKS, find_marked, read_marks
from benchmarks.one_pass import Pass
from summarise.errors import TooShort
from summarise.language import BLANK, Analyser
from summarise.pages import read_page
from summarise.records import Page

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"


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


# ------------------------------------------------------------ throughput

PEERS = pytest.mark.parametrize("one", CONTENDERS, ids=lambda one: one.name)


@pytest.fixture
def sample() -> Page:
    return read_page(ROOT / "data" / "raw" / "wensumledger-bus-fares.html")


def _make(one: Contender) -> Summarise:
    if one.missing:
        pytest.skip(one.missing)
    return one.make()


@PEERS
def test_a_contender_that_is_installed_summarises_a_page_without_the_network(
    one: Contender, sample: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", one_pass._refuse)
    for name, value in one_pass.ALONE.items():
        monkeypatch.setenv(name, value)
    sentences = _make(one)(sample)
    body = " ".join(_paragraphs(sample))
    assert len(sentences) >= contenders.SENTENCES
    if one.name != "summarise":  # which shortens what it takes
        assert all(" ".join(sentence.split()) in body for sentence in sentences)
    if one.name not in ("summarise", contenders.REFERENCE):
        assert len(sentences) == contenders.SENTENCES


def _paragraphs(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in contenders.contender(contenders.REFERENCE).make()(page)]


def test_lead_5_is_the_first_five_sentences_of_the_body(sample: Page) -> None:
    lead = contenders.contender("trafilatura + Lead-5").make()(sample)
    assert " ".join(_paragraphs(sample)).startswith(" ".join(lead))
    assert len(lead) == 5


def test_the_splitter_that_stands_in_for_punkt_knows_abbreviations() -> None:
    text = "Dr. Hart spoke at 9 a.m. to Cllr. Lane. She left. Nobody knows why."
    assert contenders.punkt().tokenize(text) == [
        "Dr. Hart spoke at 9 a.m. to Cllr. Lane.",
        "She left.",
        "Nobody knows why.",
    ]


def test_sumys_tokenizer_gives_sentences_and_words_without_tables() -> None:
    pytest.importorskip("sumy")
    tokenizer = contenders.sumy_tokenizer()
    assert tokenizer.to_sentences("Mr. Hart left. He didn't say why.") == ("Mr. Hart left.", "He didn't say why.")
    assert tokenizer.to_words("Mr Hart paid 50p, he says.") == ("Mr", "Hart", "paid", "he", "says")


def test_a_contender_whose_package_is_absent_says_which() -> None:
    absent = Contender("x", ("numpy", "no-such-package"), lambda: lambda page: [])
    assert absent.missing == "not installed: no-such-package"
    section = throughput.contenders_section({contenders.REFERENCE: [_pass(1.0)]}, [absent])
    assert section.notes == ("x was left out: not installed: no-such-package.",)


def _pass(*seconds: float, summaries: int = 1, peak: int = 0, wall: float = 0.0) -> Pass:
    return Pass(seconds, summaries, peak, wall, {})


def test_rates_are_medians_of_passes_and_ratios_hold_passes_of_one_turn_together() -> None:
    passes = {
        contenders.REFERENCE: [_pass(1, 2, 3), _pass(2, 4, 6), _pass(1, 1, 1)],
        "other": [_pass(2, 4, 6, summaries=2, peak=9), _pass(2, 2, 2, summaries=2, peak=7), _pass(9, 9, 9, peak=8)],
    }
    base, other = throughput.figures(passes)
    assert base == throughput.Row(contenders.REFERENCE, 3 / 6, 2000.0, 1.0, 1, 0)
    assert other == throughput.Row("other", 3 / 12, 4000.0, 2.0, 2, 9)


def test_a_page_that_raises_costs_its_time_and_gives_no_summary(sample: Page) -> None:
    ticks = itertools.count()

    def work(page: Page) -> list[str]:
        if next(calls) == 1:
            raise TooShort("three words")
        return ["A sentence."]

    calls = itertools.count()
    taken = one_pass.timed(work, [sample] * 3, clock=lambda: float(next(ticks)))
    assert (taken.seconds, taken.summaries, taken.errors) == ((1.0, 1.0, 1.0), 2, {"TooShort": 1})


def test_a_busy_machine_is_told() -> None:
    section = throughput.contenders_section({contenders.REFERENCE: [_pass(1.0, wall=1.5)]})
    assert "1.50 seconds of the clock" in section.notes[0]
    assert throughput.contenders_section({contenders.REFERENCE: [_pass(1.0, wall=1.05)]}).notes == ()


def test_a_rate_counts_the_start_or_takes_it_off() -> None:
    rate = runs.Rate("x", pages=102, seconds=30.0, start=10.0)
    assert (rate.whole, rate.steady) == (3.4, 5.0)
    rows = throughput.workers_section([rate, runs.Rate("y", 102, 20.0, 10.0)]).rows
    assert [row[2::2] for row in rows] == [("1.00", "1.00"), ("1.50", "2.00")]


def test_copies_of_pages_differ_and_are_as_many_as_asked_for(tmp_path: Path) -> None:
    folder = runs._copies(ROOT / "data" / "raw", tmp_path / "many", 23)
    assert len({path.read_bytes() for path in folder.iterdir()}) == 23


def test_the_manual_has_room_for_the_figures_and_names_every_contender() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert throughput.with_figures(text, "new\n").count("new\n") == 1
    assert throughput.with_figures(throughput.with_figures(text, "new\n"), "") == throughput.with_figures(text, "")
    told = text[: text.index(throughput.BEGIN)] + text[text.index(throughput.END) :]
    assert [one.name for one in CONTENDERS if one.name.split("sumy ")[-1] not in told] == []
    with pytest.raises(ValueError, match="lacks the marks"):
        throughput.with_figures("no marks", "new\n")


def test_tables_are_markdown_with_a_row_for_each_contender() -> None:
    passes = {contenders.REFERENCE: [_pass(0.5, peak=2**20)], "other": [_pass(1.0, peak=2**21)]}
    lines = throughput.contenders_section(passes).markdown().splitlines()
    assert lines[-2:] == [
        "| trafilatura | 2.0 | 500.0 | 1.00 | 1 of 1 | 1 MB |",
        "| other | 1.0 | 1000.0 | 2.00 | 1 of 1 | 2 MB |",
    ]
