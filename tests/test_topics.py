"""Subjects of the news (IPTC Media Topics) and the sober mode."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import UsageError
from summarise.house import topics
from summarise.house.topics import check, classify, knowledge, sober, subject

TEXT = st.lists(st.text(string.printable + "£’“”é", max_size=200), max_size=8)

STORIES = {
    "arts, culture, entertainment and media": (
        "Harbour drama wins best film at Bristol festival",
        "The actor and the director took the stage after the premiere. Critics praised the cast and the music.",
    ),
    "crime, law and justice": (
        "Builder jailed for fraud",
        "A builder who pleaded guilty to fraud was sentenced at Derby Crown Court. The judge said police had evidence.",
    ),
    "economy, business and finance": (
        "Profits fall at kitchen maker",
        "The company said pre-tax profits fell 8% to £12m as sales slowed. Shares dropped and analysts cut forecasts.",
    ),
    "education": (
        "Pupils to sit new reading test",
        "Primary school teachers will test pupils in June. The head teacher said parents would be told the results.",
    ),
    "health": (
        "Hospital to open weekend clinics",
        "NHS patients with diabetes will be seen at the hospital on Saturdays. Doctors hope to cut the waiting list.",
    ),
    "politics and government": (
        "Ministers delay vote on reform bill",
        "The prime minister told MPs in the Commons that the government "
        "would publish a white paper before the election.",
    ),
    "science and technology": (
        "Update mends flaw in popular browser",
        "The software update reaches computers and mobile phones this week. Users of the app should download it.",
    ),
    "sport": (
        "Late goal sends Harriers through",
        "The striker scored an equaliser in the semi-final and the goalkeeper saved two penalties in the shoot-out.",
    ),
    "weather": (
        "Amber warning for snow",
        "The Met Office forecast heavy snow and strong winds. Temperatures will drop and icy stretches are likely.",
    ),
    "labour": (
        "Bus drivers vote for strike",
        "Union members backed industrial action in a ballot over a pay offer. Acas will hold talks with the employer.",
    ),
    "disaster, accident and emergency incident": (
        "Families evacuated after flooding",
        "Firefighters rescued residents as the flood reached their homes. Emergency services said nobody was missing.",
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_plain_story_of_a_subject_is_given_that_subject_first(name: str) -> None:
    headline, text = STORIES[name]

    assert classify(text.split(". "), headline)[0].name == name


def test_a_clear_narrower_subject_is_named_beside_its_parent() -> None:
    found = classify(["Tenants in social housing face eviction as rents rise.", "MPs want more affordable homes."], "")

    assert "housing and urban planning policy" in [topic.name for topic in found]
    assert found[0].name == "politics and government"


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("The supermarkets began a price war that analysts expect to last.", "conflict, war and peace"),
        ("The proposal met a storm of protest from shareholders of the company.", "weather"),
        ("A computer virus spread by e-mail reached thousands of users.", "health"),
    ],
)
def test_figures_of_speech_are_no_evidence(text: str, unwanted: str) -> None:
    assert unwanted not in [topic.name for topic in classify([text], "")]


def test_the_headline_and_the_first_sentences_weigh_more() -> None:
    match = "The striker scored a goal in the cup final."
    court = "The jury found the defendant guilty of fraud."
    filler = ["It was a Tuesday."] * 3

    assert classify([match, *filler, court], "")[0].name == "sport"
    assert classify([court, *filler, match], "")[0].name == "crime, law and justice"


def test_codes_of_both_levels_belong_to_a_top_level_subject() -> None:
    assert subject("04000000") == "04"
    assert subject("20000107") == "02"


def test_nothing_to_go_by_gives_no_subject() -> None:
    assert classify([], "") == ()
    assert classify(["Qwerty uiop."], "Zxcvb") == ()


@given(TEXT, st.text(max_size=80))
def test_subjects_are_sorted_shares_of_one_and_at_most_three(texts: list[str], headline: str) -> None:
    found = classify(texts, headline)
    tops = [topic for topic in found if topic.code.endswith("000000")]

    assert [topic.weight for topic in found] == sorted((topic.weight for topic in found), reverse=True)
    assert sum(topic.weight for topic in tops) <= 1.001
    assert len(tops) <= 3
    assert all(subject(topic.code) in {top.code[:2] for top in tops} for topic in found)
    assert found == classify(texts, headline)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Man killed in motorway crash",
            "A driver died at the scene after a collision. Police appealed for witnesses.",
        ),
        (
            "Teenager charged with murder",
            "A woman was found stabbed at her home. The victim’s family paid tribute.",
        ),
        (
            "Mourners gather for miners",
            "Hundreds came to the funeral of two men who were killed in an explosion.",
        ),
        ("Widow, 80, conned out of savings", "A court heard that the fraudster stole from elderly victims."),
    ],
)
def test_stories_of_death_and_of_victims_are_sober(headline: str, text: str) -> None:
    assert sober(text.split(". "), headline)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Vale killed off by late strike",
            "The dead ball was met by the striker, who killed the game in injury time.",
        ),
        (
            "Shop chain a victim of its own success",
            "The company buried in orders said profits died down in May.",
        ),
        (
            "Fares to rise in January",
            "Passengers will pay 4% more for season tickets, the train operator said.",
        ),
        ("Body of work honoured", "The governing body praised the artist’s body of work at the museum."),
    ],
)
def test_metaphors_and_everyday_stories_are_not_sober(headline: str, text: str) -> None:
    assert not sober(text.split(". "), headline)


def test_a_wrong_entry_of_a_file_is_named() -> None:
    with pytest.raises(UsageError, match=r"x\.yaml\[Law\]: unknown key 'colour'"):
        check([{"name": "Law", "colour": "red"}], [{"name": str}], "x.yaml")
    with pytest.raises(UsageError, match=r"x\.yaml\[Law\]: the key 'code' is missing"):
        check([{"name": "Law"}], [{"name": str, "code": str}], "x.yaml")
    with pytest.raises(UsageError, match=r"x\.yaml\[1\]: expected str, found False"):
        check(["yes", False], [str], "x.yaml")


def test_the_shipped_files_hold_what_their_readers_expect() -> None:
    noun = {"id": str, "label": str, "nouns": [str]}
    data = knowledge(
        "audiences.yaml",
        {"narrowing": [str], "readers": [dict], "open_groups": [dict], "possessives": dict, "third_parties": [noun]},
    )

    assert len(data["readers"]) >= 35
    assert all(reader["condition"].startswith("If ") for reader in data["readers"])


def test_phrases_of_the_lexicon_are_longest_first() -> None:
    # "trade war" is neutral and hides "war"; "civil war" is evidence
    assert "16000000" not in topics._scores(topics._weighted(["A trade war looms."], ""))
    assert topics._scores(topics._weighted(["A civil war looms."], ""))["16000000"] > 0
