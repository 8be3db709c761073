"""Whom a pronoun stands for, with confidence: sure where the text is, unsure where it is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import article
from summarise.antecedents import NOBODY, Link, Reading, published_weights, softmax
from summarise.language import Analyser
from summarise.mentions import People, mentions_of


def reading(analyser: Analyser, *paragraphs: str) -> Reading:
    document = analyser.analyse(article("Headline", *paragraphs))
    return Reading(document, mentions_of(document, People(document)))


def last_subject(analyser: Analyser, text: str) -> Link | None:
    """Return the link of the last subject pronoun of a text."""
    links = [link for link in reading(analyser, text).links.values() if link.mention.role == "subject"]
    return links[-1] if links else None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ann Pell met Tom Ashe in Hull. He said no.", "Tom Ashe"),
        ("Ann Pell met Tom Ashe in Hull. She said no.", "Ann Pell"),
        ("Ann Pell resigned in May. She had led the trust for years. She will leave in June.", "Ann Pell"),
        ("Kit Orr, the mayor, resigned. He had lost a vote.", "Kit Orr"),
    ],
)
def test_a_pronoun_stands_for_whom_gender_and_place_leave(text: str, who: str, analyser: Analyser) -> None:
    link = last_subject(analyser, text)
    assert link is not None
    assert link.who == who
    assert link.is_certain


@pytest.mark.parametrize(
    "text",
    [
        "Tom Ashe met Hugh Orr in Hull. He said he had lied.",
        "Ann Pell thanked her husband. He had waited at the court.",
        "The judge jailed Tom Ashe. He said the crime was grave.",
        "Tom Ashe left the room. “He lied to us,” Tom Ashe said.",
    ],
)
def test_a_pronoun_that_may_stand_for_somebody_else_is_not_certain(text: str, analyser: Analyser) -> None:
    certain = [link for link in reading(analyser, text).links.values() if link.mention.role == "subject"]
    assert not any(link.is_certain for link in certain)


def test_the_speaker_of_a_quotation_is_not_the_he_within_it(analyser: Analyser) -> None:
    found = reading(analyser, "Tom Ashe resigned in May. “He never paid,” Tom Ashe said.")
    assert all(NOBODY in asked and "Tom Ashe" not in asked for _, asked in found.asked)


def test_a_clause_that_names_somebody_is_not_about_him(analyser: Analyser) -> None:
    found = reading(analyser, "Hugh Orr praised Tom Ashe. He said Tom Ashe was a hero.")
    (_, asked), *_ = found.asked
    assert "Tom Ashe" not in asked


def test_a_chain_is_no_surer_than_its_weakest_link(analyser: Analyser) -> None:
    found = reading(analyser, "Kit Orr met Sam Lee. He said no. He left. He slept.")
    confidences = [link.confidence for link in found.links.values()]
    assert confidences == sorted(confidences, reverse=True)


WORDS = ["Ann Pell", "Tom Ashe", "the judge", "she", "he", "her son", "Network Rail"]
CLAUSES = st.builds(
    "{} {} {}.".format, st.sampled_from(WORDS), st.sampled_from(["met", "said", "left"]), st.sampled_from(WORDS)
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CLAUSES, min_size=1, max_size=5))
def test_no_link_leads_forward_and_every_confidence_is_a_share(analyser: Analyser, clauses: list[str]) -> None:
    text = " ".join(clause[0].upper() + clause[1:] for clause in clauses)
    found = reading(analyser, text)
    for place, link in found.links.items():
        assert 0 <= link.confidence <= 1
        assert min(mention.place for mention in found.known[link.who].mentions) < place


@given(st.dictionaries(st.text(max_size=3), st.dictionaries(st.sampled_from(["a", "b"]), st.floats(-9, 9)), min_size=1))
def test_shares_add_up_to_one(asked: dict[str, dict[str, float]]) -> None:
    assert math.isclose(sum(softmax(asked, {"a": 1.5, "b": -2.0}).values()), 1.0)


def test_every_published_weight_is_of_a_feature_that_is_asked(analyser: Analyser) -> None:
    for group in ("subject", "other"):
        assert published_weights()[group]["named"] > 0
        assert published_weights()[group]["log distance"] < 0
