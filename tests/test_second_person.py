"""Clauses about a group of readers turned to "you", and those that are not."""

from __future__ import annotations

import pytest

from summarise.house.second_person import Address, addresses
from summarise.language import Analyser


def turned(analyser: Analyser, text: str) -> list[str]:
    return [told(found) for found in addresses(analyser.parse(text), frozenset())]


def told(address: Address) -> str:
    said = f", {address.attribution}" if address.attribution else ""
    return f"{address.condition}, you {address.predicate}{said}."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Drivers will pay £2 at the crossing from 5 May.",
            "If you drive, you will pay £2 at the crossing from 5 May.",
        ),
        (
            "First-year students will have to pay £150 by 1 February.",
            "If you are a first-year student, you will have to pay £150 by 1 February.",
        ),
        (
            "From 1 March, drivers will pay £2 to cross the bridge.",
            "If you drive, you will pay £2 to cross the bridge from 1 March.",
        ),
        (
            "People with asthma should carry their inhaler at all times.",
            "If you have asthma, you should carry your inhaler at all times.",
        ),
        (
            "Anyone who has an electric car will be able to claim £350.",
            "If you have an electric car, you will be able to claim £350.",
        ),
        (
            "Anyone who was at the fair should call police on 101.",
            "If you were at the fair, you should call police on 101.",
        ),
        (
            "Anyone who drives to the site must show a pass at the gate.",
            "If you drive to the site, you must show a pass at the gate.",
        ),
        (
            "Pensioners will lose the payment unless they claim it by 21 December.",
            "If you are a pensioner, you will lose the payment unless you claim it by 21 December.",
        ),
        (
            "Students can no longer apply for the grant after 1 May.",
            "If you are a student, you can no longer apply for the grant after 1 May.",
        ),
        (
            "Homeowners may not be able to insure against floods.",
            "If you own your home, you may not be able to insure against floods.",
        ),
        (
            "Residents of Kelling will vote on the plan in June.",
            "If you live in Kelling, you will vote on the plan in June.",
        ),
        (
            "Some drivers will pay £12 a day from 5 May.",
            "If you drive, you could pay £12 a day from 5 May.",
        ),
        (
            "The council said drivers will pay £2 a day from May.",
            "If you drive, you will pay £2 a day from May, the council says.",
        ),
        (
            "Small businesses will no longer have to file two returns.",
            "If you run a small business, you will no longer have to file two returns.",
        ),
        (
            "Motorists are being urged to avoid the A47 near Guyhirn.",
            "If you drive, you are being urged to avoid the A47 near Guyhirn.",
        ),
    ],
)
def test_what_holds_for_a_group_of_readers_is_said_to_one_of_them(text: str, line: str, analyser: Analyser) -> None:
    assert turned(analyser, text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "Drivers paid £2 at the crossing on Monday.",
        "Passengers were told to avoid the station on Monday.",
        "Drivers may have paid too much for their insurance.",
        "Drivers should have paid the charge.",
        "420 drivers will lose their jobs at the depot in May.",
        "The four passengers will be buried on Friday.",
        "Families of the victims will be given £5,000 each by the fund.",
        "Police will arrest drivers who speed past the school.",
        "Ministers will write to schools before they open in May.",
        "Parents said they would fight the plan.",
        "The council said drivers would pay £2 a day from May.",
        "Some passengers travel to work.",
        "“Drivers will pay for this,” the mayor said.",
        "Drivers will be asked whether he was seen at the bridge.",
        "Drivers will be told of these rules at the bridge.",
        "Households will get a letter when inspectors come and they will have to sign it.",
        "Drivers and cyclists will share the lane from May.",
        "The bridge will be shut to drivers from May.",
        "Striking drivers will lose a day of pay for each shift that they miss.",
    ],
)
def test_what_is_past_or_about_others_or_not_certain_is_not_said_to_the_reader(text: str, analyser: Analyser) -> None:
    assert turned(analyser, text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The drivers will appear in court on 3 March.", "you will appear"),
        ("Most passengers will not notice the change to the timetable.", "you could not notice"),
        ("Teachers say drivers will have to park in Mill Lane.", ", Teachers say"),
    ],
    ids=["people of the story", "not all is not one", "a capital inside the line"],
)
def test_a_clause_is_not_turned_into_something_else(text: str, wrong: str, analyser: Analyser) -> None:
    assert [line for line in turned(analyser, text) if wrong in line] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Union leaders said drivers could strike in May.", "you could strike"),
        ("Teachers say pupils will not be able to sit their exams.", "you will not be able to sit"),
        ("Patients will be asked about them before they leave the ward.", "asked about you"),
        ("Landlords will have to give tenants a copy of their contract.", "copy of your"),
        ("Doctors will see patients at home from May if they cannot travel.", "if you cannot"),
        ("Thames Water customers will pay £40 more a year from April.", "If you pay water bills"),
        (
            "Owners of two heated throws sold in supermarkets are being told to unplug them straight away.",
            "If you own two",
        ),
    ],
    ids=[
        "a trade",
        "the parent is told what holds for the child",
        "“them” cannot be the subject",
        "“their” can be the tenants'",
        "“they” can be the patients",
        "one company's customers become everybody's",
        "a number of models becomes a number owned",
    ],
)
def test_a_clause_that_the_turn_would_make_untrue_stays_as_it_is(text: str, wrong: str, analyser: Analyser) -> None:
    assert [line for line in turned(analyser, text) if wrong in line] == []


@pytest.mark.xfail(reason="what a group has many of, one reader has one of")
def test_a_readers_one_thing_is_not_yet_in_the_singular(analyser: Analyser) -> None:
    (line,) = turned(analyser, "Tenants could lose their deposits if they leave early.")
    assert "your deposit " in line


def test_a_group_that_means_the_reader_in_some_subjects_only_is_asked_for_the_subject(analyser: Analyser) -> None:
    doc = analyser.parse("Passengers will need a new ticket from 5 May.")
    assert addresses(doc, frozenset({"04"}))
    assert addresses(doc, frozenset({"03"})) == []


def test_a_turned_clause_says_so_in_its_edits(analyser: Analyser) -> None:
    (address,) = addresses(analyser.parse("From 1 March, drivers will pay £2 to cross the bridge."), frozenset())
    assert set(address.edits) >= {"second-person", "move-date"}
    assert address.label == "drivers"


def test_nothing_is_turned_without_a_parse(blank_analyser: Analyser) -> None:
    assert turned(blank_analyser, "Drivers will pay £2 at the crossing from 5 May.") == []
