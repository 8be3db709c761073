"""British and foreign places in a text, and the place a story is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.house.places import find_places, home_place, is_british


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("A factory in Stoke-on-Trent will close.", "Stoke-on-Trent", "England"),
        ("Llanrwst’s library will move.", "Llanrwst", "Wales"),
        ("Homes in Newcastle upon Tyne were flooded.", "Newcastle upon Tyne", "England"),
        ("The ferry to Stornoway was late.", "Stornoway", "Scotland"),
        ("Police in County Tyrone made an arrest.", "County Tyrone", "Northern Ireland"),
        ("Residents of Tower Hamlets voted.", "Tower Hamlets", "England"),
        ("Voters in Nova Scotia go to the polls.", "Nova Scotia", "Canada"),
        ("The French government fell.", "France", "France"),
    ],
)
def test_a_place_is_found_with_its_country(text: str, name: str, country: str) -> None:
    assert (name, country) in [(place.name, place.country) for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He went to Reading by train.", "Reading"),
        ("She lives in Bath with her sister.", "Bath"),
        ("A shop in Deal has closed.", "Deal"),
        ("The case was heard at Reading Crown Court.", "Reading"),
        ("The road near Wells is shut.", "Wells"),
        ("In Bury the market was shut.", "Bury"),
        ("Inspectors went back to HMP Durham in Durham.", "Durham"),
        ("It began at a farm outside Wells, Somerset.", "Wells"),
    ],
)
def test_an_ambiguous_name_counts_with_a_sign_of_place(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reading is good for children, and they were reading to their parents.",
        "Bath time and a deal on soap.",
        "Sale now on at all shops.",
        "Mr Lancaster and Stuart Preston said no.",
        "The Bank of England and the Prince of Wales.",
        "Deal or no deal, said Burt Lancaster.",
        "The meeting will be in March.",
        "Orville Wells told the court so.",
    ],
)
def test_words_persons_and_bodies_are_no_places(text: str) -> None:
    assert names(text) == []


def test_one_sign_of_place_serves_the_whole_text() -> None:
    text = "York flooded again. Shops in York were shut, and York City Council apologised."

    assert names(text) == ["York"] * 3


def test_a_surname_stays_a_surname_through_the_text() -> None:
    text = "The fraud of Orville Carlisle was told to Carlisle by his wife. Neighbours of Carlisle laughed."

    assert names(text) == []
    assert names(f"{text} He was tried at Carlisle Crown Court.") == ["Carlisle"]


def test_a_namesake_abroad_is_recognised() -> None:
    (home,) = find_places("The laboratory in Cambridge has closed.")
    abroad = [place for place in find_places("She works in Cambridge, Massachusetts.") if place.name == "Cambridge"]

    assert home.british
    assert [place.country for place in abroad] == ["United States"]


def test_a_club_is_not_the_town() -> None:
    kinds = {place.kind for place in find_places("Sheffield United beat Leeds United.")}

    assert kinds == {"club"}
    assert find_places("Leeds City Council met.")[0].kind == "city"


PIECES = st.lists(
    st.sampled_from(
        [
            "Leeds",
            "in",
            "Bath",
            "’s",
            "\n",
            "New York",
            "King’s Lynn",
            "U.S.",
            " ",
            ", ",
            "Mr",
            "é",
            "Isle of",
            "Wight",
            "reading",
        ]
    ),
    max_size=30,
)


@given(PIECES, st.sampled_from(["", " "]))
def test_offsets_point_at_the_name_in_the_text(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)

    for place in find_places(text):
        mention = text[place.start : place.end]
        assert mention == mention.strip()
        assert mention
        if place.kind in ("city", "town", "area"):
            assert mention.replace("’", "'").replace("\n", " ") == place.name


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Council tax to rise in Kirklees", "Councillors voted for a rise of 4.9%. It will cost £80 a year."),
        ("NHS waits grow longer", "Patients wait longer for a GP, ministers told MPs."),
        (
            "France added to UK quarantine list",
            "Travellers from France and Spain must isolate, the UK government said.",
        ),
    ],
)
def test_stories_that_play_in_or_touch_britain(headline: str, text: str) -> None:
    assert is_british(text.split(". "), headline) > 0.5


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Storm shuts schools in Ohio",
            "The governor said Columbus would spend $40m. The sheriff asked people to stay home.",
        ),
        ("Berlin renames streets", "The German capital will spend five years on its colonial past."),
    ],
)
def test_foreign_stories_are_not_british(headline: str, text: str) -> None:
    assert is_british(text.split(". "), headline) < 0.5


def test_where_the_page_stands_decides_when_the_text_does_not() -> None:
    text = ["The company said that customers would be told."]

    assert is_british(text, "Firm to tell customers") == 0.5
    assert is_british(text, "Firm to tell customers", url="https://www.northernledger.example.co.uk/a/b") == 1.0
    assert is_british(text, "Firm to tell customers", site="Los Angeles Daily, latimes.com") == 0.0


@given(st.lists(st.text(max_size=60), max_size=5), st.text(max_size=40), st.none() | st.text(max_size=20))
def test_the_share_lies_between_none_and_all(texts: list[str], headline: str, url: str | None) -> None:
    assert 0.0 <= is_british(texts, headline, url) <= 1.0


@pytest.mark.parametrize(
    ("headline", "text", "place"),
    [
        (
            "Library in Leeds to close",
            "Leeds City Council said readers could use another. It will shut in May.",
            "Leeds",
        ),
        (
            "Outpatient target cut in Wales",
            "Patients in Wales should wait less. The minister spoke in Cardiff.",
            "Wales",
        ),
        (
            "Second homes taxed",
            "Owners in Cornwall will pay double. Cornwall Council voted for it.",
            "Cornwall",
        ),
        ("Storm brings down trees", "Trees fell in Swansea, Hull, Truro and Dundee.", None),
        ("Ministers to change the law", "The bill was put before Parliament.", None),
        (
            "Naps good for memory",
            "A study at the University of Stirling found so. The University of Stirling wants more.",
            None,
        ),
        (
            "Oil falls as US stocks rise",
            "US crude fell in New York. In London it was $40. US stocks rose in the US.",
            None,
        ),
        (
            "Leeds win at Derby",
            "Leeds scored twice in the second half. The striker of Leeds took a penalty.",
            None,
        ),
    ],
)
def test_the_place_of_a_story(headline: str, text: str, place: str | None) -> None:
    assert home_place(text.split(". "), headline) == place
