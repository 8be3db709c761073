"""British bodies, offices and places, and the world's countries, as facts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher

from summarise.errors import UsageError
from summarise.gazetteer import Gazetteer
from summarise.gazetteer_files import LABELS, Entry, Facts, read

NOTHING: dict[str, list[str]] = {"uk": [], "own_country": [], "world": [], "states": [], "ambiguous": []}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ofgem", "Office of Gas and Electricity Markets", "regulator"),
        ("the Treasury", "HM Treasury", "department"),
        ("The Met Office", "Met Office", "public body"),
        ("HMRC’s", "HM Revenue and Customs", "public body"),
        ("PSNI", "Police Service of Northern Ireland", "police"),
        ("Lib Dems", "Liberal Democrats", "party"),
        ("Man Utd", "Manchester United", "club"),
        ("Leeds Crown Court", "Leeds Crown Court", "court"),
        ("Preston Magistrates’ Court", "Preston Magistrates' Court", "court"),
        ("Kent County Council", "Kent County Council", "council"),
        ("University of Exeter", "University of Exeter", "university"),
        ("Kirklees", "Kirklees", "council"),
        ("LONDON", "London", "city"),
        ("Barquisimeto", "Barquisimeto", "city"),
        ("Curitiba", "Curitiba", "city"),
        ("Brasília", "Brasilia", "capital"),
        ("Goiania", "Goiânia", "city"),
        ("French", "France", "country"),
    ],
)
def test_a_name_is_found_by_its_short_form_with_the_and_as_a_possessive(text: str, name: str, kind: str) -> None:
    entry = Gazetteer.load().find(text)
    assert entry is not None
    assert (entry.name, entry.kind) == (name, kind)


@pytest.mark.parametrize("text", ["", "the", "Blaenwhimple", "Blaenwhimple Crown Court", "Paris Crown Court", "ofgem"])
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert Gazetteer.load().find(text) is None


def test_an_office_tells_its_body_and_is_no_name_to_match() -> None:
    gazetteer = Gazetteer.load()
    office = gazetteer.find("Chancellor of the Exchequer")
    assert office is not None
    assert (office.label, office.of) == (None, "HM Treasury")
    assert "Chancellor of the Exchequer" not in {pattern.phrase for pattern in gazetteer.patterns(ambiguous=True)}


def test_the_body_of_every_office_is_an_entry() -> None:
    gazetteer = Gazetteer.load()
    assert [entry.of for entry in gazetteer.entries if entry.of and gazetteer.find(entry.of) is None] == []


def test_the_town_of_every_british_club_is_a_place() -> None:
    gazetteer = Gazetteer.load()
    clubs = [entry for entry in gazetteer.entries if entry.place and entry.nation not in ("France",)]
    lost = [club.name for club in clubs if (place := gazetteer.find(club.place)) is None or place.label is None]
    assert lost == []


def test_every_country_has_a_code_of_its_own_and_a_capital() -> None:
    countries = [entry for entry in Gazetteer.load().entries if entry.kind == "country"]
    codes = Counter(entry.iso for entry in countries)
    assert len(countries) > 220
    assert [code for code, count in codes.items() if count > 1 or len(code) != 2 or not code.isupper()] == []
    assert {entry.name for entry in countries if not entry.capital} == {
        "Hong Kong",
        "Macau",
        "Montserrat",
        "British Indian Ocean Territory",
    }


def test_the_territorial_police_forces_are_forty_five() -> None:
    police = [entry for entry in Gazetteer.load().entries if entry.kind == "police"]
    nations = Counter(entry.nation for entry in police)
    assert (nations["England"], nations["Wales"], nations["Scotland"]) == (39, 4, 1)


@pytest.mark.parametrize("phrase", ["Reading", "Next", "Met", "Sun", "Nice", "Jordan", "Sage", "West Ham", "Drax"])
def test_an_ambiguous_phrase_is_found_and_never_fires_alone(phrase: str) -> None:
    gazetteer = Gazetteer.load()
    assert gazetteer.find(phrase) is not None
    assert gazetteer.is_ambiguous(phrase)
    assert phrase not in {pattern.phrase for pattern in gazetteer.patterns()}
    assert any(p.ambiguous for p in gazetteer.patterns(ambiguous=True) if p.phrase == phrase)


def test_patterns_are_labelled_and_each_comes_once() -> None:
    patterns = list(Gazetteer.load().patterns())
    assert {pattern.label for pattern in patterns} <= set(LABELS)
    assert [phrase for phrase, count in Counter(pattern.phrase for pattern in patterns).items() if count > 1] == []


def test_the_patterns_drive_a_phrase_matcher() -> None:
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab)
    for pattern in Gazetteer.load().patterns():
        matcher.add(pattern.label, [nlp.make_doc(pattern.phrase)])
    doc = nlp(
        "Guy’s and St Thomas’ wrote to Ofcom, and a man from Whitby was tried at Hull Crown Court. Next, Sage left."
    )
    found = spacy.util.filter_spans([doc[start:end] for _, start, end in matcher(doc)])
    assert [span.text for span in found] == ["Guy’s and St Thomas’", "Ofcom", "Whitby", "Hull Crown Court"]


def test_a_phrase_that_two_labels_claim_is_ambiguous() -> None:
    gazetteer = Gazetteer([Entry("Drax", "company", "ORG"), Entry("Drax", "town", "PLACE")])
    assert gazetteer.is_ambiguous("Drax")
    assert list(gazetteer.patterns()) == []


def written(folder: Path, text: str) -> Facts:
    (folder / "bodies.yaml").write_text(text, encoding="utf-8")
    return read(folder, NOTHING)


def test_an_entry_takes_what_its_file_says_unless_it_says_more(tmp_path: Path) -> None:
    text = "kind: body\nlabel: ORG\nnation: Wales\nentries:\n- No\n- {name: Cadw, kind: agency, forms: [Ca]}\n"
    assert written(tmp_path, text).entries == (
        Entry("No", "body", "ORG", "Wales"),
        Entry("Cadw", "agency", "ORG", "Wales", forms=("Ca",)),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("kind: body\nentries:\n- {name: A, nmae: B}\n", "bodies.yaml:3: unknown key 'nmae'"),
        ("kind: body\ncolour: red\nentries: []\n", "bodies.yaml:2: unknown key 'colour'"),
        ("kind: body\nlabel: THING\nentries:\n- A\n", "bodies.yaml:4: the label 'THING'"),
        ("kind: body\nentries:\n- {forms: [A]}\n", "bodies.yaml:3: the entry has no name"),
        ("kind: body\nentries:\n- A\n- {name: B, forms: C}\n", "bodies.yaml:4: expected a list of texts"),
        ("kind: body\nentries:\n- {name: B, ambiguous: [C]}\n", "bodies.yaml:3: 'C' is ambiguous, but no name"),
        ("kind: body\nentries:\n- [A]\n", "bodies.yaml:3: an entry is a mapping"),
        ("- A\n", "bodies.yaml:1: a file of the gazetteer has the keys"),
        ("entries: [\n", "bodies.yaml is not YAML"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as raised:
        written(tmp_path, text)
    assert str(raised.value).startswith(complaint)


@given(st.text(max_size=60))
def test_the_kind_of_apostrophe_makes_no_difference_in_any_text(text: str) -> None:
    gazetteer = Gazetteer.load()
    assert gazetteer.find(text.replace("'", "’")) == gazetteer.find(text.replace("’", "'"))
