"""Sentence boundaries of British news prose."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.boundaries import read, score
from summarise.sentences import dateline_end, split

BRITISH = Path(__file__).parent / "language" / "british_sentences.yaml"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Jones met Dr. Smith and Mrs. Hall at St. Pancras with Prof. Lee, Rev. Hart and Cllr. Rowe.",
        "The papers were sent to No. 10 Downing Street and to Nos. 4 and 6.",
        "The U.S. economy grew faster than the U.K. economy.",
        "Fruit, e.g. Bramley apples, is cheap, i.e. Britons eat more of it.",
        "The books of J. K. Rowling and J.R.R. Tolkien were read aloud by John F. Kennedy.",
        "Prices rose by 3.5 per cent to £1.25 in the year to 2.30pm.",
        "The match begins at 7 p.m. on Monday and ends at 9 p.m. or so.",
        "He waited... and then he left.",
        "Acme Ltd. said that profits rose.",
        "The case of Hart v. Lee was heard by Mrs. Justice Rowe.",
        "Fig. 3 and para. 7 of the report show why.",
        "Trains ran until 11 p.m. Monday and from 9 a.m. BST on Tuesday.",
        "It was signed in Boston, Mass. Turnpike tolls apart, on Oct. 3.",
        "The works of A. A. Milne and T.S. Eliot are read aloud.",
        "Yahoo! Mail and Westward Ho! Golf Club are both for sale.",
        "1. Turn off the water at the stopcock.",
    ],
)
def test_an_abbreviation_an_initial_or_a_decimal_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The deal cost £1.2m.", "It was signed in Leeds."),
        ("Sales rose by 1.2 per cent.", "Profits did not."),
        ("He moved to the U.S.", "The journey took nine days."),
        ("The meeting began at 7 p.m.", "The mayor spoke first."),
        ("He waited…", "Then he left."),
        ("What now?", "No one knows."),
        ("“It works.”", "She smiled."),
        ('"It works."', "She smiled."),
        ("‘It works.’", "She smiled."),
        ("It was over (or so he said.)", "Nobody minded."),
        ("He asked: “Why?”", "No answer came."),
        ("Police said he was 23.", "420 people came."),
        ("It costs £5.", "£3 is paid by the firm."),
        ("iPhone sales fell.", "iPad sales rose."),
        ("The answer was No.", "He left."),
        ("Doors open at 7 p.m.", "Ticket holders may bring a guest."),
        ("The priest said Mass.", "Worshippers sang for an hour."),
        ("The pictures were printed in the Sun.", "Lawyers have written to its editor."),
        ("They bring passports, bills etc.", "Receptionists copy them all."),
        ("The robots met in Washington D.C.", "Image: United States Navy."),
        ("Thieves sold the bikes online.", "eBay removed the listings."),
        ("She called it “unwise.“", "However, she voted for it."),
        ("“It was dark by then…”", "Her surgery says that it never received the call."),
        ('The host asked: "How did you get on?"', "Megan said that she had won."),
        ("“Will it work?”", "Megan said she had her doubts."),
        ("“Why us?", "Why now?” Bob Neale asked."),
    ],
)
def test_two_sentences_are_told_apart(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "“Will it work?” Mr Jones asked.",
        "“Will it work?” asked Mr Jones.",
        "“Stop!” she shouted.",
        "“Who knows?” he told the inquiry.",
        "“What is this?” the mayor of Hull asked.",
        "“Will it work?” Mr Jones, of Leeds, asked.",
        "“Will it work?” Pauline Dacre, 71, a nurse from Hull, wanted to know.",
        "“Never!” Mrs Jones replied.",
    ],
)
def test_a_quoted_question_or_exclamation_stays_with_its_speaker(text: str) -> None:
    assert sentences(f"{text} Nobody stirred.") == [text, "Nobody stirred."]


def test_a_quotation_of_two_sentences_is_split_where_its_speaker_stands_between_them() -> None:
    text = "“I am sorry,” he said. “We all are.” Then he left."
    assert sentences(text) == ["“I am sorry,” he said.", "“We all are.”", "Then he left."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The answer was no.", "12 people left the room."),
        ("She had always loved art.", "20 of her paintings were sold."),
    ],
)
@pytest.mark.xfail(reason="the word is also an abbreviation, and the abbreviation wins")
def test_a_word_that_is_also_an_abbreviation_can_end_a_sentence(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize("half", ["dev", "test"])
def test_boundaries_of_british_news_are_found_as_well_as_before(half: str) -> None:
    assert score(split, read(BRITISH, half)).f > 0.96


PROSE = st.lists(
    st.sampled_from(
        [
            "Mr",
            "No",
            "U.S",
            "e.g",
            "£1.2m",
            "“",
            "”",
            "’",
            "(",
            ")",
            ".",
            "?",
            "!",
            "…",
            "...",
            " ",
            "\n",
            "A",
            "b",
            "7",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PROSE, st.text(string.printable + "£“”‘’–—…é\u00a0\u2028", max_size=200), st.text(max_size=80)))
def test_the_sentences_of_any_text_are_in_order_apart_and_cover_every_word(text: str) -> None:
    spans = split(text)
    end_before = 0
    uncovered = []
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        uncovered.append(text[end_before:start])
        end_before = end
    uncovered.append(text[end_before:])
    assert not "".join(uncovered).strip()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("NEW YORK (Reuters) - Shares fell.", "Shares fell."),
        ("(PA) - Shares fell.", "Shares fell."),
        ("HULL, England (PA) -- Shares fell.", "Shares fell."),
        ("KELSO, Scotland - Border Newswire - 30 April 2024 - Recently shares fell.", "Recently shares fell."),
        ("LERWICK: Shares fell.", "Shares fell."),
        ("(PA)Shares fell.", "Shares fell."),
        ("By Ann Lee: Shares fell.", "Shares fell."),
        ("UK ministers – who met in Hull – agreed.", None),
        ("The NHS - England’s health service - is short of staff.", None),
        ("NASA — America’s space agency — has agreed.", None),
        ("NATO leaders met: They agreed.", None),
        ("By noon: Nothing.", None),
    ],
)
def test_a_dateline_ends_where_the_text_begins_and_a_name_is_none(text: str, rest: str | None) -> None:
    assert text[dateline_end(text) :] == (rest or text)
