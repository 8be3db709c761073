"""Ways of choosing lines are compared on the same articles, with intervals that do not move between runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.evaluation.comparison import bootstrap, compare, lead_words, top_sentences
from summarise.evaluation.corpora import Row, article_of
from summarise.language import Analyser
from summarise.records import count_words
from summarise.settings import Settings

TEXT = (
    "Borchester Council voted on Monday to keep the Felpersham library open for two more years.\n"
    "The vote saves 14 jobs at the library and a service for 900 children.\n"
    "Rain fell on the day of the meeting.\n"
    "Councillors said the library would cost £1.2 million a year to run.\n"
)
BLANK = Settings(language_model="blank")


def test_the_lead_is_the_first_sentences_and_a_scorer_may_choose_others() -> None:
    document = Analyser("blank").analyse(article_of(TEXT))
    lead = top_sentences(document, "lead", 2)
    assert lead == [sentence.text for sentence in document.sentences[:2]]
    assert "Rain fell on the day of the meeting." not in top_sentences(document, "tfidf", 3)


@given(st.integers(min_value=0, max_value=60))
def test_the_cut_lead_has_as_many_words_as_asked_for(most: int) -> None:
    document = Analyser("blank").analyse(article_of(TEXT))
    whole = sum(count_words(sentence.text) for sentence in document.sentences)
    found = sum(map(count_words, lead_words(document, most)))
    assert min(most, whole) - 1 <= found <= most


def test_every_scorer_and_the_draft_stand_in_one_table_by_outlet() -> None:
    rows = [
        Row("1", TEXT, ("The council voted to keep the library open.", "The vote saves 14 jobs."), "echo"),
        Row("2", TEXT, ("Rain fell.",), "herald"),
        Row("3", "", ("Nothing.",), "herald"),
    ]
    scores = compare(rows, BLANK, 2)
    assert {s.outlet for s in scores} == {"echo", "herald"}
    assert {s.way for s in scores} >= {"lead", "tfidf", "textrank", "learned", "draft", "lead, as many words"}
    assert all(s.articles == 1 for s in scores)
    lead = next(s for s in scores if (s.way, s.outlet) == ("lead", "echo"))
    assert lead.rouge["rouge1"].mean > 50
    assert lead.over_lead["rouge1"].mean == 0.0


def test_the_bootstrap_is_fixed_and_holds_the_mean() -> None:
    values = [0.0, 1.0] * 50
    first, again = bootstrap(values), bootstrap(values)
    assert first == again
    assert first.mean == 0.5
    assert 0.38 < first.low < 0.42 and 0.58 < first.high < 0.62  # 0.5 ± 1.96 × 0.05


def test_the_bootstrap_of_equal_values_has_no_width_and_of_nothing_no_answer() -> None:
    interval = bootstrap([0.25] * 7)
    assert (interval.low, interval.high) == (0.25, 0.25)
    with pytest.raises(ValueError, match="nothing"):
        bootstrap([])
