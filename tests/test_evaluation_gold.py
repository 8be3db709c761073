"""Every metric against gold tells a good draft from a bad one, and gold that is not whole is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from evaluation_samples import ARTICLE, GOOD, draft, gold, line
from summarise.errors import UsageError
from summarise.evaluation import against_gold
from summarise.evaluation.catalogue import CATALOGUE
from summarise.evaluation.gold import read_gold
from summarise.evaluation.rouge import rouge
from summarise.evaluation.words import mean
from summarise.records import Draft, Topic

EMPTY = draft()


def _extracted(*paragraphs: str, **facts: object) -> Draft:
    article = replace(GOOD.article, paragraphs=paragraphs or ARTICLE, **facts)  # type: ignore[arg-type]  # by name
    return replace(GOOD, article=article)


# ---------------------------------------------------------------- wording, facts, traps


def test_rouge_is_that_of_the_reference_implementation() -> None:
    scores = rouge(["the cat sat on the mat"], ["the cat was on the mat"])
    assert scores["rouge1"] == pytest.approx(5 / 6)
    assert scores["rouge2"] == pytest.approx(3 / 5)
    assert scores["rougeLsum"] == pytest.approx(5 / 6)


def test_rouge_stems_and_takes_lines_one_by_one() -> None:
    assert rouge(["cats sat"], ["a cat sits"])["rouge1"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (5 / 6))
    swapped = rouge(["one two three", "four five six"], ["four five six", "one two three"])
    assert swapped["rougeLsum"] == 1.0


@pytest.mark.parametrize("part", ["bullets", "standfirst"])
def test_rouge_of_a_part_falls_without_its_lines(part: str) -> None:
    metric = getattr(against_gold, f"{part}_rouge")("rouge1")
    assert metric(GOOD, gold()) > 0.5
    assert metric(EMPTY, gold()) == 0.0


def test_fact_recall_reads_standfirst_and_bullets_whatever_their_apostrophes_and_spaces() -> None:
    facts = [{"accept": ["its leader Ada Quayle"]}, {"accept": ["5 MARCH"]}, {"accept": ["library's 14 jobs"]}]
    assert against_gold.fact_recall(GOOD, gold(facts=facts)) == pytest.approx(2 / 3)  # the third is in a block
    curly = draft(line("The library’s  14 jobs stay.", 1))
    assert against_gold.fact_recall(curly, gold(facts=facts[2:])) == 1.0


def test_first_facts_leaves_out_the_later_ones() -> None:
    facts = [{"accept": ["300"]}, {"accept": ["Unitas"]}, {"accept": ["library"]}, {"accept": ["nowhere"]}]
    assert against_gold.first_facts(GOOD, gold(facts=facts)) == 1.0
    assert against_gold.fact_recall(GOOD, gold(facts=facts)) == 0.75
    assert against_gold.first_facts(EMPTY, gold()) == 0.0


def test_a_trap_is_tried_on_every_line_by_itself() -> None:
    fallen = draft(line("Borchester Council will close it.", 0))
    assert against_gold.traps_avoided(GOOD, gold()) == 1.0
    assert against_gold.traps_avoided(fallen, gold()) == 0.5
    apart = draft(line("Unitas will.", 3), line("Close it.", 0))
    assert against_gold.traps_avoided(apart, gold()) == 1.0


def test_points_filled_falls_with_each_missing_bullet() -> None:
    assert against_gold.points_filled(GOOD, gold()) == 1.0
    assert against_gold.points_filled(draft(line("One.", 0)), gold()) == 0.5


# ---------------------------------------------------------------- blocks and topics


def test_slots_are_found_in_their_own_block() -> None:
    assert against_gold.slots_right(GOOD, gold()) == 1.0
    assert against_gold.slots_right(EMPTY, gold()) == 0.0
    assert against_gold.slot("you", "date")(GOOD, gold()) == 1.0
    no_date = replace(
        GOOD, what_this_means_for_you=draft(you=(line("If you hold a card, read.", 4),)).what_this_means_for_you
    )
    assert against_gold.slot("you", "date")(no_date, gold()) == 0.0
    assert against_gold.slots_right(no_date, gold()) == pytest.approx(2 / 5)


def test_a_slot_that_the_gold_does_not_give_is_not_judged() -> None:
    sparse = gold(block_slots={"why": {}, "you": {"date": ["1 May"], "sum": []}})
    assert against_gold.slot("why", "stake")(GOOD, sparse) is None
    assert against_gold.slot("you", "sum")(GOOD, sparse) is None
    assert against_gold.slots_right(GOOD, sparse) == 1.0


def test_an_open_block_is_right_only_where_the_editor_left_it_open() -> None:
    written = gold()
    left_open = gold(
        draft={"standfirst": [], "key_points": [], "why_this_matters": "w", "what_this_means_for_you": None}
    )
    uncalled, missing = against_gold.drafted_where_open("you"), against_gold.open_where_written("you")
    assert (uncalled(GOOD, left_open), uncalled(EMPTY, left_open), uncalled(GOOD, written)) == (1.0, 0.0, None)
    assert (missing(GOOD, written), missing(EMPTY, written), missing(GOOD, left_open)) == (0.0, 1.0, None)


def test_topics_are_compared_at_the_top_level() -> None:
    politics = Topic("11000000", "politics and government", 0.4)
    second = draft(topics=(politics, *GOOD.topics))
    assert (against_gold.topic_found(second, gold()), against_gold.topic_first(second, gold())) == (1.0, 0.0)
    assert against_gold.topic_first(GOOD, gold()) == 1.0
    assert against_gold.topic_found(draft(topics=(politics,)), gold()) == 0.0


# ---------------------------------------------------------------- extraction


def test_extraction_f1_falls_with_what_is_missing_and_with_what_is_too_much() -> None:
    whole = against_gold.extraction_f1(GOOD, gold())
    cut = against_gold.extraction_f1(_extracted(*ARTICLE[:3]), gold())
    padded = against_gold.extraction_f1(
        _extracted(*ARTICLE, "Sign up to our newsletter for more of this every day."), gold()
    )
    twice = against_gold.extraction_f1(_extracted(*ARTICLE, *ARTICLE), gold())
    assert whole == 1.0
    assert all(value is not None and 0.4 < value < 0.97 for value in (cut, padded, twice))


def test_furniture_left_counts_the_pieces_in_the_body() -> None:
    assert against_gold.furniture_left(GOOD, gold()) == 0.0
    assert against_gold.furniture_left(_extracted(*ARTICLE, "Sign up to  our newsletter"), gold()) == 0.5


def test_headline_date_and_authors_are_exact() -> None:
    right = _extracted(headline="Library saved", published="2024-03-05", authors=("Ada Scribe",))
    wrong = _extracted(headline="Library saved | Echo", published="2024-03-06", authors=("Ada Scribe", "Staff"))
    for metric in (against_gold.headline_right, against_gold.date_right, against_gold.authors_right):
        assert (metric(right, gold()), metric(wrong, gold())) == (1.0, 0.0)


# ---------------------------------------------------------------- gold


def test_gold_without_a_draft_of_its_own_is_read_from_the_top_level() -> None:
    flat = {
        "standfirst": ["A."],
        "key_points": ["B."],
        "why_this_matters": "C.",
        "what_this_means_for_you": None,
        "facts": [{"fact": "x", "accept": ["b\\."]}],
        "traps": ["prose"],
        "topics": ["sport"],
    }
    read = read_gold(flat, "x.json")
    assert (read.key_points, read.blocks["you"], read.traps, read.body) == (("B.",), False, (), None)
    assert against_gold.traps_avoided(GOOD, read) is None
    assert against_gold.extraction_f1(GOOD, read) is None
    assert against_gold.slots_right(GOOD, read) is None


@pytest.mark.parametrize("change", [{"facts": [{}]}, {"traps": [{"reject": ["("]}]}, {"draft": {"standfirst": []}}])
def test_gold_that_is_not_whole_names_its_file(change: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"gold\.json"):
        gold(**change)


def test_every_metric_stays_in_its_range_for_the_best_and_for_nothing() -> None:
    for metric in (m for m in CATALOGUE if m.against is not None):
        assert metric.against is not None
        for found in (metric.against(GOOD, gold()), metric.against(EMPTY, gold())):
            assert found is None or (0.0 <= found <= 1.0 and math.isfinite(found))


def test_a_mean_of_nothing_is_nothing() -> None:
    assert mean([None, None]) is None
    assert mean([None, 0.5, 1.0]) == 0.75


def test_names_of_metrics_are_unique() -> None:
    names = [metric.name for metric in CATALOGUE]
    assert len(names) == len(set(names))
