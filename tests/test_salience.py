"""Scores of sentences: their scale, their parts, their order."""

from __future__ import annotations

import numpy as np
import pytest

from articles import article
from summarise.language import Analyser
from summarise.records import Document
from summarise.salience.scorers import LeadScorer, TextRankScorer, TfidfScorer
from summarise.salience.scores import headline_share, score

BODY = (
    "The council in Selby will charge £2 for each parcel that is delivered to the old town from May.",
    "Traders in the old town said the charge on parcels would drive customers away. “It is madness,” said one.",
    "The council expects the charge to raise £400,000 a year. It rained during the meeting.",
    "A similar charge on parcels in Leeds was dropped in 2019 after 3,000 people objected.",
)
SCORERS = ["learned", "lead", "tfidf", "textrank"]


@pytest.fixture(scope="module")
def document(analyser: Analyser) -> Document:
    return analyser.analyse(article("Selby council to charge £2 for each parcel", *BODY))


@pytest.mark.parametrize("scorer", [LeadScorer, TfidfScorer, TextRankScorer])
def test_a_plain_score_is_on_a_scale_from_0_to_1_and_reaches_the_top(scorer: type, document: Document) -> None:
    values = scorer().transform(document)
    assert values.shape == (len(document.sentences),)
    assert float(values.min()) >= 0.0
    assert float(values.max()) == pytest.approx(1.0)


@pytest.mark.parametrize("scorer", SCORERS)
def test_the_parts_add_up_to_the_total(scorer: str, document: Document) -> None:
    scores = score(document, scorer)
    for sentence in document.sentences:
        parts = dict(scores.parts_of(sentence.index))
        assert sum(parts.values()) == pytest.approx(float(scores.total[sentence.index]), abs=1e-5)


def test_the_learned_score_says_what_it_rests_on(document: Document) -> None:
    assert {"position", "words", "centrality", "headline"} <= set(score(document, "learned").parts)


def test_the_first_sentence_leads_and_the_score_falls_with_the_place(document: Document) -> None:
    values = LeadScorer().transform(document)
    assert values[0] == 1.0
    assert np.all(np.diff(values) < 0)


def test_the_sentence_that_shares_the_subject_is_nearer_to_the_centroid_than_the_one_beside_it(
    document: Document,
) -> None:
    rain = next(s.index for s in document.sentences if s.text.startswith("It rained"))
    for values in (TfidfScorer().transform(document), TextRankScorer().transform(document)):
        assert values[0] > values[rain]


def test_the_headline_favours_the_sentence_that_tells_the_same(document: Document) -> None:
    assert int(np.argmax(headline_share(document))) == 0


def test_what_is_told_already_is_worth_less_when_it_is_told_again(analyser: Analyser) -> None:
    told_twice = analyser.analyse(article("Parcels", *BODY[:2], BODY[0], *BODY[2:]))
    again = next(s.index for s in told_twice.sentences[1:] if s.text == BODY[0])
    scores = score(told_twice, "learned")
    alone, beside = scores.total, scores.beside([0])
    assert beside[again] < alone[again] - 0.05


@pytest.mark.parametrize("scorer", SCORERS)
@pytest.mark.parametrize(
    "paragraphs",
    [(), ("The council met.",), ("It is. He was. They are.",), ("!", "?"), ("Same words here. " * 3,)],
    ids=["no sentence", "one sentence", "no content words", "no words", "one sentence again and again"],
)
def test_no_scorer_fails_on_an_article_with_little_to_score(
    scorer: str, paragraphs: tuple[str, ...], blank_analyser: Analyser
) -> None:
    document = blank_analyser.analyse(article("It is", *paragraphs))
    scores = score(document, scorer)
    assert scores.total.shape == (len(document.sentences),)
    assert np.all(np.isfinite(scores.total))
    if document.sentences:
        assert np.all(np.isfinite(scores.beside([0])))


def test_scores_are_the_same_in_every_run(document: Document) -> None:
    first, second = (score(document, "learned") for _ in range(2))
    assert first.total.tolist() == second.total.tolist()


def test_a_sentence_is_like_itself_and_unlike_one_of_other_words(document: Document) -> None:
    scores = score(document, "learned")
    rain = next(s.index for s in document.sentences if s.text.startswith("It rained"))
    assert scores.similarity(0, 0) == pytest.approx(1.0)
    assert scores.similarity(0, rain) == 0.0
    assert 0.0 < scores.similarity(0, 1) < 1.0


def test_a_scorer_that_there_is_not_is_no_other_one(document: Document) -> None:
    with pytest.raises(KeyError):
        score(document, "lexrank")
