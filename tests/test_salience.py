"""Scores of sentences: their scale, their parts, their order."""

from __future__ import annotations

import numpy as np
import pytest

from articles import article
from summarise.language import Analyser
from summarise.records import Document
from summarise.salience import PARTS, DensityScorer, HeadlineScorer, LeadScorer, TextRankScorer, TfidfScorer, score
from summarise.settings import DEFAULT_WEIGHTS

BODY = (
    "The council in Selby will charge £2 for each parcel that is delivered to the old town from May.",
    "Traders in the old town said the charge on parcels would drive customers away. “It is madness,” said one.",
    "The council expects the charge to raise £400,000 a year. It rained during the meeting.",
    "A similar charge on parcels in Leeds was dropped in 2019 after 3,000 people objected.",
)


@pytest.fixture(scope="module")
def document(analyser: Analyser) -> Document:
    return analyser.analyse(article("Selby council to charge £2 for each parcel", *BODY))


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_is_on_a_scale_from_0_to_1_and_reaches_the_top(name: str, document: Document) -> None:
    values = PARTS[name]().transform(document)
    assert values.shape == (len(document.sentences),)
    assert float(values.min()) >= 0.0
    assert float(values.max()) == pytest.approx(1.0)


@pytest.mark.parametrize("scorer", ["blend", "lead", "tfidf", "textrank"])
def test_the_parts_add_up_to_the_total(scorer: str, document: Document) -> None:
    scores = score(document, scorer, DEFAULT_WEIGHTS)
    for sentence in document.sentences:
        parts = dict(scores.parts_of(sentence.index))
        assert sum(parts.values()) == pytest.approx(float(scores.total[sentence.index]), abs=1e-5)
    assert set(scores.parts) == (
        set(DEFAULT_WEIGHTS) if scorer == "blend" else {{"lead": "position"}.get(scorer, scorer)}
    )


def test_a_part_of_weight_0_is_no_part(document: Document) -> None:
    assert "density" not in score(document, "blend", DEFAULT_WEIGHTS | {"density": 0.0}).parts


def test_weights_scale_their_parts(document: Document) -> None:
    once = score(document, "blend", {"position": 1.0, "tfidf": 0.5})
    twice = score(document, "blend", {"position": 2.0, "tfidf": 0.5})
    assert np.allclose(twice.parts["position"], 2 * once.parts["position"])
    assert np.allclose(twice.parts["tfidf"], once.parts["tfidf"])


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
    assert int(np.argmax(HeadlineScorer().transform(document))) == 0


def test_speech_counts_for_less_than_the_same_words_outside_quotation_marks(blank_analyser: Analyser) -> None:
    plain = "The charge will cost Selby traders £400 a year"
    document = blank_analyser.analyse(article("Charge", f"{plain}.", f"“{plain}.”"))
    told, quoted = DensityScorer().transform(document)
    assert quoted < told / 2


@pytest.mark.parametrize("scorer", ["blend", "lead", "tfidf", "textrank"])
@pytest.mark.parametrize(
    "paragraphs",
    [(), ("The council met.",), ("It is. He was. They are.",), ("!", "?"), ("Same words here. " * 3,)],
    ids=["no sentence", "one sentence", "no content words", "no words", "one sentence again and again"],
)
def test_no_scorer_fails_on_an_article_with_little_to_score(
    scorer: str, paragraphs: tuple[str, ...], blank_analyser: Analyser
) -> None:
    document = blank_analyser.analyse(article("It is", *paragraphs))
    scores = score(document, scorer, DEFAULT_WEIGHTS)
    assert scores.total.shape == (len(document.sentences),)
    assert np.all(np.isfinite(scores.total))


def test_scores_are_the_same_in_every_run(document: Document) -> None:
    first, second = (score(document, "blend", DEFAULT_WEIGHTS) for _ in range(2))
    assert first.total.tolist() == second.total.tolist()


def test_a_sentence_is_like_itself_and_unlike_one_of_other_words(document: Document) -> None:
    scores = score(document, "blend", DEFAULT_WEIGHTS)
    rain = next(s.index for s in document.sentences if s.text.startswith("It rained"))
    assert scores.similarity(0, 0) == pytest.approx(1.0)
    assert scores.similarity(0, rain) == 0.0
    assert 0.0 < scores.similarity(0, 1) < 1.0
