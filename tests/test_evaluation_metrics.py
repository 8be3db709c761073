"""Every metric without gold tells a good draft from a bad one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation_samples import ARTICLE, GOOD, draft, line
from summarise.evaluation import metrics
from summarise.evaluation.attribution import attribution_faults
from summarise.evaluation.catalogue import CATALOGUE
from summarise.evaluation.lines import check_lines
from summarise.evaluation.meaning import modality_faults, polarity_faults
from summarise.evaluation.words import content_stems, numbers, stem, supports
from summarise.records import Block, Draft, Line

BAD: dict[str, Draft] = {
    "support": draft(line("Ada Quayle met 500 residents on 5 March.", 2, edits=("name-in-full",))),
    "content_support": draft(line("Furious campaigners besieged the town hall.", 2)),
    "polarity": draft(line("Borchester Council will close the Felpersham library, its leader has confirmed.", 0)),
    "modality": draft(line("According to the union Unitas, two branches in Ambridge shut in 2026.", 3)),
    "attribution": draft(line("Two branches in Ambridge may shut in 2026.", 3)),
    "context": draft(line("He met 300 residents on 5 March.", 2)),
    "length": draft(line("The library stays.", 0)),
}


@pytest.mark.parametrize("name", BAD)
def test_a_share_of_lines_is_one_for_a_good_draft_and_falls_for_a_bad_one(name: str) -> None:
    metric = getattr(metrics, name)
    assert metric(GOOD) >= 0.95
    assert metric(BAD[name]) < 0.5


def test_a_bad_draft_falls_only_where_it_is_bad() -> None:
    checks = ("support", "polarity", "modality", "attribution", "context")
    for name in checks:
        found = check_lines(BAD[name])[0].faults
        assert [check for check in checks if found[check]] == [name]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Ada Quayle met 300 people in Penzance.", "Penzance is not in the article"),
        ("Ada Quayle met 300 residents in Ambridge.", "Ambridge is not in the evidence"),
        ("Ada Quayle met residents on 6 March.", "6 is not in the evidence"),
        ("Unitas Quayle met 300 residents.", "never stands together"),
    ],
)
def test_support_names_what_is_not_supported(text: str, fault: str) -> None:
    found = check_lines(draft(line(text, 2)))[0].faults["support"]
    assert any(fault in message for message in found)


def test_a_name_in_full_needs_only_the_article() -> None:
    text = "Ada Quayle met 300 residents."
    assert check_lines(draft(line(text, 2)))[0].faults["support"]
    assert not check_lines(draft(line(text, 2, edits=("name-in-full",))))[0].faults["support"]


def test_a_line_without_evidence_is_not_supported() -> None:
    assert metrics.support(draft(Line("Ada Quayle met 300 residents.", ()))) == 0.0


@pytest.mark.parametrize(
    ("left", "right"),
    [("£1.2m", "£1.2 million"), ("23,000", "23000"), ("3 per cent", "3%"), ("two", "2"), ("£1bn", "£1,000 million")],
)
def test_equal_numbers_are_equal_however_they_are_written(left: str, right: str) -> None:
    assert numbers(left) == numbers(right)


def test_a_number_with_another_mark_is_another_number() -> None:
    assert not supports(numbers("a rise of 3%"), numbers("a rise of £3")[0])
    assert supports(numbers("between 3 and 5%"), numbers("3%")[0])


# ---------------------------------------------------------------- negation, modality, attribution


@pytest.mark.parametrize(
    ("evidence", "line_text", "fine"),
    [
        ("The mayor did not resign.", "The mayor resigned.", False),
        ("The mayor didn’t resign.", "The mayor did not resign.", True),
        ("The mayor resigned.", "The mayor did not resign.", False),
        ("The bridge will never reopen, engineers fear.", "The bridge will reopen.", False),
        ("No buses will run, but trains will.", "Trains will run.", True),
        ("Not only drivers but also guards walked out.", "Drivers and guards walked out.", True),
        ("Those without one will pay £5.", "You will pay £5 if you do not have one.", True),
        ("The mayor cannot vote and will speak.", "The mayor will speak.", True),
    ],
)
def test_polarity_follows_the_word_that_is_negated(evidence: str, line_text: str, fine: bool) -> None:
    assert (polarity_faults(line_text, evidence) == []) is fine


@pytest.mark.parametrize(
    ("evidence", "line_text", "fine"),
    [
        ("The plant could close in May.", "The plant closed in May.", False),
        ("The plant could close in May.", "The plant will close in May.", False),
        ("The plant could close in May.", "The plant may close in May.", True),
        ("The plant closed in May.", "The plant could close in May.", False),
        ("The plant is expected to close.", "The plant would close.", True),
        ("He allegedly stole a van.", "He stole a van.", False),
        ("Owners must register by June.", "Owners could register by June.", False),
        ("The plant, open until May, closed.", "The plant closed.", True),
    ],
)
def test_modality_follows_the_word_that_is_hedged(evidence: str, line_text: str, fine: bool) -> None:
    assert (modality_faults(line_text, evidence) == []) is fine


def test_a_block_may_claim_less_than_its_evidence_and_never_more() -> None:
    assert modality_faults("Fares could rise.", "Fares will rise.", may_hedge=True) == []
    assert modality_faults("Fares could rise.", "Fares rose.", may_hedge=True) == []
    assert modality_faults("Fares will rise.", "Fares could rise.", may_hedge=True)
    assert modality_faults("Fares could rise.", "Fares will rise.")


@pytest.mark.parametrize(
    ("evidence", "line_text", "fine"),
    [
        ("The scheme is a waste, Councillor Mo Pell said.", "The scheme is a waste.", False),
        ("The scheme is a waste, Councillor Mo Pell said.", "Mo Pell called the scheme a waste and said so.", True),
        ("Mo Pell claimed that the scheme wasted £2m.", "The scheme wasted £2 million.", False),
        ("Mo Pell claimed that the scheme wasted £2m.", "According to Mo Pell, the scheme wasted £2 million.", True),
        ("“It wasted money,” said Mo Pell.", "It wasted money.", False),
        ("According to Unitas, 40 staff left.", "Forty staff left.", False),
        (
            "The council, which said it was sorry, closed the road for a week.",
            "The council closed the road for a week.",
            True,
        ),
        ("The number of cases confirmed in the city rose to 31.", "The number of cases rose to 31.", True),
        ("Claims must be made by 31 January.", "Claims must be made by 31 January.", True),
    ],
)
def test_attribution_is_wanted_where_somebody_says_it(evidence: str, line_text: str, fine: bool) -> None:
    assert (attribution_faults(line_text, evidence) == []) is fine


def test_a_hedge_stands_for_the_source_in_a_block_alone() -> None:
    evidence = "Fares could rise, the operator said."
    assert attribution_faults("Fares could rise.", evidence)
    assert attribution_faults("Fares could rise.", evidence, may_hedge=True) == []


# ---------------------------------------------------------------- the whole draft


def test_repetition_grows_with_words_that_lines_share() -> None:
    twice = line("Ada Quayle met 300 residents on 5 March.", 2)
    other = line("According to the union Unitas, two branches in Ambridge may shut in 2026.", 3)
    alike, apart = metrics.repetition(draft(twice, twice)), metrics.repetition(draft(twice, other))
    assert alike == 1.0
    assert apart is not None and apart < 0.2


def test_compression_counts_the_words_that_are_left() -> None:
    whole, cut = draft(line(ARTICLE[3], 3)), draft(line("Two branches in Ambridge may shut.", 3))
    assert metrics.compression(whole) == 1.0
    assert metrics.compression(cut) == pytest.approx(6 / 13)


def test_lint_errors_counts_errors_alone() -> None:
    shouting = draft(line("He said: “We listened to every one of the 300 residents!”", 2))
    assert (metrics.lint_errors(GOOD) or 0.0) < (metrics.lint_errors(shouting) or 0.0)


def test_specificity_is_low_for_a_block_that_fits_any_article() -> None:
    empty = draft(why=(line("This story highlights important questions about society and trust.", 1),))
    good, bad = metrics.specificity(GOOD), metrics.specificity(empty)
    assert good is not None and bad is not None
    assert good > 0.9 > 0.3 > bad


def test_an_open_block_is_counted_as_open() -> None:
    assert (metrics.why_open(GOOD), metrics.you_open(GOOD)) == (0.0, 0.0)
    assert (metrics.why_open(draft()), metrics.you_open(draft())) == (1.0, 1.0)


def test_repeated_openings_is_the_share_of_the_most_frequent_one() -> None:
    first = draft(why=(line("The decision could save jobs.", 1),))
    second = draft(why=(line("Readers could borrow books.", 4),))
    assert metrics.repeated_openings([first, first, second]) == pytest.approx(2 / 3)
    assert metrics.repeated_openings([first, second]) == 0.5
    assert metrics.repeated_openings([draft()]) is None


def test_a_drafted_block_without_a_sentence_is_open() -> None:
    from dataclasses import replace

    blank = replace(GOOD, why_this_matters=Block("drafted"))
    assert metrics.why_open(blank) == 1.0


# ---------------------------------------------------------------- any input


@given(st.text(max_size=120), st.text(max_size=120))
def test_checks_survive_any_text(left: str, right: str) -> None:
    assert isinstance(polarity_faults(left, right), list)
    assert isinstance(modality_faults(left, right), list)
    assert isinstance(attribution_faults(left, right), list)
    assert all(word for word in content_stems(left))


@given(st.sampled_from(ARTICLE))
def test_a_sentence_is_true_to_itself(sentence: str) -> None:
    assert polarity_faults(sentence, sentence) == []
    assert modality_faults(sentence, sentence) == []
    assert attribution_faults(sentence, sentence) == []


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_a_stem_is_the_beginning_of_its_word(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(3, len(word))


@pytest.mark.parametrize("metric", [m for m in CATALOGUE if m.free is not None], ids=lambda m: m.name)
def test_every_metric_says_what_it_is_and_where_it_comes_from(metric: object) -> None:
    function = getattr(metric, "free", None)
    if getattr(metric, "name", "") == "drafted":
        return
    text = function.__doc__ or ""
    assert text.startswith("Return ")
    assert "Source" in text or "batch" in text
