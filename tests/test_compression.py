"""Shorter wordings of sentences: what every one of them keeps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from summarise.compression import variants
from summarise.cut import Cut
from summarise.language import Analyser
from summarise.records import count_words, words

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "news_sentences.yaml").read_text(encoding="utf-8"))
LENGTHS = (14, 18, 22, 28)
NEGATIONS = {"not", "n't", "n’t", "never", "no", "nobody", "neither", "without"}


@pytest.fixture(scope="module")
def cuts(analyser: Analyser) -> list[tuple[dict[str, Any], int, Cut]]:
    """Every variant of every sentence at several lengths, with the length asked for."""
    return [
        (row, most, cut)
        for row in ROWS
        for doc in [analyser.parse(row["text"])]
        for most in LENGTHS
        for cut in variants(doc, most)
    ]


def holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text.replace("cannot", "can not"), re.I) is not None


def is_promoted(cut: Cut) -> bool:
    """Whether another clause stands in place of the main clause, with a speaker and a negation of its own."""
    return bool({"promote-clause", "promote-predicate"} & set(cut.edits))


def test_the_sentences_are_of_20_to_45_words_and_enough_of_them_can_be_shortened(
    cuts: list[tuple[dict[str, Any], int, Cut]],
) -> None:
    assert len(ROWS) == 60
    assert all(20 <= count_words(row["text"]) <= 45 for row in ROWS)
    shortened = {row["text"] for row, most, _ in cuts if most == 22}
    assert len(shortened) >= 20, "fewer sentences than before can be cut to the length of a key point"


def test_no_variant_is_longer_than_asked(cuts: list[tuple[dict[str, Any], int, Cut]]) -> None:
    assert [cut.text for _, most, cut in cuts if count_words(cut.text) > most] == []


def test_every_variant_keeps_the_speaker(cuts: list[tuple[dict[str, Any], int, Cut]]) -> None:
    lost = [
        cut.text
        for row, _, cut in cuts
        if "speaker" in row and not is_promoted(cut) and not holds(cut.text, row["speaker"])
    ]
    assert lost == []


def test_every_variant_keeps_the_negation_and_the_modal_of_what_is_said(
    cuts: list[tuple[dict[str, Any], int, Cut]],
) -> None:
    lost = [
        (word, cut.text)
        for row, _, cut in cuts
        if not is_promoted(cut)
        for word in row.get("main", ())
        if not holds(cut.text, word)
    ]
    assert lost == []


def test_a_negation_goes_only_with_the_word_that_it_denies(cuts: list[tuple[dict[str, Any], int, Cut]]) -> None:
    for _, _, cut in cuts:
        standing = set(cut.order)
        for token in cut.doc:
            if token.lower_ in NEGATIONS and token.i not in standing:
                assert token.i + 1 not in standing, cut.text
                assert token.head.i not in standing, cut.text


def test_the_numbers_of_a_variant_are_numbers_of_its_source(cuts: list[tuple[dict[str, Any], int, Cut]]) -> None:
    for row, _, cut in cuts:
        assert set(re.findall(r"\d[\d.,]*\d|\d", cut.text)) <= set(re.findall(r"\d[\d.,]*\d|\d", row["text"]))


def test_the_words_of_a_variant_stand_in_its_source_in_the_same_order(
    cuts: list[tuple[dict[str, Any], int, Cut]],
) -> None:
    for row, _, cut in cuts:
        if "report-quotation" not in cut.edits:
            source = iter(word.lower() for word in words(row["text"]))
            assert all(word.lower() in source for word in words(cut.text)), cut.text


def test_the_source_stays_whole_where_it_is_short_enough(analyser: Analyser) -> None:
    for row in ROWS:
        found = list(variants(analyser.parse(row["text"]), 60))
        assert len(found) == 1
        assert set(found[0].edits) <= {"drop-also", "drop-brackets", "drop-connective", "drop-weekday"}


def test_the_least_harmful_cut_comes_first(analyser: Analyser) -> None:
    text = "Tom Hart, 67, who drove the bus for 30 years in Goole, did not see the lorry before it hit the gate."
    first = next(variants(analyser.parse(text), 19))
    assert first.text == "Tom Hart, 67, did not see the lorry before it hit the gate."


def test_a_word_that_the_story_needs_stays_where_another_can_go(analyser: Analyser) -> None:
    doc = analyser.parse("The firm, which employs 900 people, closed the plant in Crewe, leaving a debt of £4m.")
    plain = next(variants(doc, 13))
    wanted = next(variants(doc, 13, lambda word: 9.0 if word == "employs" else 0.0))
    assert plain.text == "The firm closed the plant in Crewe, leaving a debt of £4m."
    assert wanted.text == "The firm, which employs 900 people, closed the plant in Crewe."


def test_every_variant_says_something(cuts: list[tuple[dict[str, Any], int, Cut]]) -> None:
    assert all(count_words(cut.text) >= 4 for _, _, cut in cuts)


def test_a_promoted_clause_never_loses_all_its_words(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Police said the man was arrested in the town centre as officers searched a flat in the middle of Luton."
    )
    assert all(cut.order for cut in variants(doc, 12))


def test_every_wording_is_given_once_only(analyser: Analyser) -> None:
    for row in ROWS:
        texts = [cut.text for cut in variants(analyser.parse(row["text"]), 22)]
        assert len(texts) == len(set(texts))


def test_of_two_marks_none_is_cut_alone(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Ann Pell believes the city will have to be wary of trying to “run after the score” as it looks to mend a loss "
        "of two goals against Hull on Wednesday."
    )
    assert all(cut.text.count("“") == cut.text.count("”") for cut in variants(doc, 22))


def test_words_of_a_speaker_never_stand_without_him(analyser: Analyser) -> None:
    doc = analyser.parse(
        "The bridge was closed for a year after the storm of 2019, and Ann Pell called the repair of its cables an “utter "
        "disgrace” that had cost the town £4m."
    )
    assert all("Pell" in cut.text for cut in variants(doc, 18) if "disgrace" in cut.text)


def test_of_two_cuts_that_lose_alike_the_longer_comes_first(analyser: Analyser) -> None:
    doc = analyser.parse(
        "The firm, which was founded in 1920 by two brothers, closed the plant in Crewe, which had opened in May."
    )
    assert next(variants(doc, 15)).text.startswith("The firm, which was founded in 1920 by two brothers, closed")


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        (
            "The two drivers in the red team have only been spared a place at the back of the grid after the race "
            "stewards let in two slower cars on Saturday.",
            "back of the grid.",
        ),
        (
            "Half of the families in the old town are living on an income of less than $4, or three euros, a day, "
            "says a new report for the council.",
            "three euros.",
        ),
        (
            "All three strikers have scored often for their clubs in the cup this season, but it is Ann Pell who is "
            "the main talking point in the town.",
            "it is Ann Pell.",
        ),
        (
            "The trust that runs the bus line in the south of the county refused last week to hear answers about how "
            "the new route will work in winter.",
            "refused last week.",
        ),
    ],
)
def test_what_a_limit_a_sum_or_a_verb_needs_stays(sentence: str, broken: str, analyser: Analyser) -> None:
    cuts = [cut.text for most in LENGTHS for cut in variants(analyser.parse(sentence), most)]
    assert not any(text.endswith(broken) for text in cuts)


def test_a_description_keeps_its_comma_when_an_age_goes(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Ann Pell, 38, a finalist of the baking show, and Tom Ashe, 45, were killed in their home in the hills near "
        "Selby on the last day of March."
    )
    assert not any("Pell a finalist" in cut.text for most in LENGTHS for cut in variants(doc, most))


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        (
            "The town is not just home to the old palace and the long street, and its famous coffee, it has the "
            "honour of being the best place to live.",
            "street.",
        ),
        (
            "The firm had so far not been able to repeat the success it enjoyed in the rich countries in the poorer "
            "markets, the analyst told reporters in London.",
            "countries, the analyst told reporters in London.",
        ),
        (
            "The fair was a success not because of the size of the big wheel in the park by the river, but because of "
            "the people who ran it.",
            "river.",
        ),
        (
            "Ambergris is made in the gut of whales, which they leave in the sea - usually when they have a bad stomach "
            "or a problem with the throat.",
            "whales usually",
        ),
        (
            "Records have been growing in popularity in recent years, helped by a day for shops in April, for which "
            "the labels make albums and singles of a special kind.",
            "years for which",
        ),
    ],
)
def test_what_goes_leaves_nothing_that_hangs_on_it(sentence: str, broken: str, analyser: Analyser) -> None:
    cuts = [cut.text for most in LENGTHS for cut in variants(analyser.parse(sentence), most)]
    assert not any(broken in text for text in cuts)


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            "Thousands of teachers at British schools are being treated as second-class staff on poor contracts, says a "
            "report highlighting the “alarming rise of casual labour” in education.",
            "Thousands of teachers at British schools are being treated as second-class staff on poor contracts, says a "
            "report.",
        ),
    ],
)
def test_what_a_report_is_about_goes_before_what_it_says(sentence: str, line: str, analyser: Analyser) -> None:
    assert line in [cut.text for cut in variants(analyser.parse(sentence), 20)]


def test_who_wrote_a_report_stays_with_it(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Half of the shops in the old town could close by May, says a report by the bank of the county."
    )
    assert all("by the bank" in cut.text for cut in variants(doc, 20))


def test_quoted_words_at_the_end_go_with_both_their_marks(analyser: Analyser) -> None:
    doc = analyser.parse(
        "In a new ruling seven judges of the court in London upheld the claim of the mother in what was described as "
        "‘the most important judgment in 30 years’."
    )
    cuts = [cut.text for cut in variants(doc, 22)]
    assert any(text.endswith("the claim of the mother.") for text in cuts)


def test_what_follows_an_aside_in_dashes_stays(analyser: Analyser) -> None:
    doc = analyser.parse(
        "The chief of the station, who has worked there for years, likened the fans of the show – including the mayor "
        "– to those who turned a blind eye to his crimes."
    )
    assert all("to those" in cut.text for cut in variants(doc, 25) if "likened" in cut.text)
