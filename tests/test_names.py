"""Who a mention stands for: certain, or nobody."""

from __future__ import annotations

import pytest

from articles import article
from summarise.language import Analyser
from summarise.names import Names

HUGHES = "Elin Hughes met Gareth Hughes and Mared Hughes in Llanrwst. Hughes said no to the plan."


def names(analyser: Analyser, *paragraphs: str) -> Names:
    return Names(analyser.analyse(article("Headline", *paragraphs)))


def antecedent(analyser: Analyser, pronoun: str, *paragraphs: str) -> str | None:
    """Return whom the pronoun that opens a later sentence stands for."""
    found = names(analyser, *paragraphs)
    index = next(s.index for s in found.document.sentences if s.text.lower().startswith(f"{pronoun} "))
    person = found.antecedent(index, pronoun)
    return person.full if person else None


def test_a_surname_stands_for_the_one_person_who_bears_it(analyser: Analyser) -> None:
    found = names(analyser, "Council leader Ann Pell spoke. Ms Pell left early.")
    for mention in ("Pell", "Ms Pell", "Ann Pell", "Pell’s"):
        person = found.person(mention)
        assert person is not None
        assert person.full == "Ann Pell"
    assert found.person("Hart") is None
    assert found.person("") is None


def test_a_surname_that_three_people_share_stands_for_none(analyser: Analyser) -> None:
    found = names(analyser, HUGHES)
    assert [person.full for person in found.people] == ["Elin Hughes", "Gareth Hughes", "Mared Hughes"]
    assert found.person("Hughes") is None
    assert found.person("Ms Hughes") is None
    gareth = found.person("Gareth Hughes")
    assert gareth is not None
    assert gareth.full == "Gareth Hughes"


def test_only_a_bare_surname_is_a_shared_one(analyser: Analyser) -> None:
    found = names(analyser, HUGHES)
    first, second = found.document.parses
    assert [found.is_shared(first, token) for token in first if token.text == "Hughes"] == [False] * 3
    assert [found.is_shared(second, token) for token in second if token.text == "Hughes"] == [True]


def test_people_are_mentioned_once_each_and_in_order(analyser: Analyser) -> None:
    found = names(analyser, "Ann Pell met Tom Ashe. Ashe told Pell that Ashe would resign.")
    assert [person.full for person in found.mentioned(found.document.parses[1])] == ["Tom Ashe", "Ann Pell"]


@pytest.mark.parametrize(
    ("text", "full", "role", "description"),
    [
        ("Council leader Ann Pell spoke to staff.", "Ann Pell", "council leader", None),
        ("The plan was backed by Health Secretary Ann Pell.", "Ann Pell", "Health Secretary", None),
        ("Tom Ashe, chief executive of the trust, resigned.", "Tom Ashe", None, "chief executive of the trust"),
        ("Tom Ashe, of Ely, resigned.", "Tom Ashe", None, None),
        ("Dr Tom Ashe resigned.", "Tom Ashe", "Dr", None),
    ],
)
def test_a_role_is_taken_as_the_article_words_it(
    text: str, full: str, role: str | None, description: str | None, analyser: Analyser
) -> None:
    (person,) = names(analyser, text).people
    assert (person.full, (person.role or "").lower() or None, person.description) == (
        full,
        role.lower() if role else None,
        description,
    )


def test_the_council_is_the_only_council_of_the_article(analyser: Analyser) -> None:
    found = names(analyser, "Leeds City Council will close the pool. The council said it had no money.")
    assert found.body("council") == "Leeds City Council"
    assert found.body("Council") == "Leeds City Council"
    assert found.body("trust") is None


def test_the_council_is_nobody_where_there_are_two(analyser: Analyser) -> None:
    found = names(analyser, "Leeds City Council and Hull City Council will close pools. The council said no.")
    assert found.body("council") is None


def test_a_short_form_of_a_bodys_name_is_the_same_body(analyser: Analyser) -> None:
    found = names(analyser, "The Pier Trust met. The Old Pier Trust, as it was once called, has no money.")
    assert found.body("trust") == "the Old Pier Trust"


@pytest.mark.parametrize(
    ("pronoun", "text", "who"),
    [
        ("she", "Ann Pell resigned on Monday. She said the plan was dead.", "Ann Pell"),
        ("he", "Tom Ashe resigned after his father fell ill. He said no more.", "Tom Ashe"),
        ("he", "The plan was dropped, Tom Ashe said. He blamed the cost.", "Tom Ashe"),
        ("he", "Police arrested Tom Ashe in Hull. He was fined.", "Tom Ashe"),
        ("he", "Tom Ashe resigned. It rained all day. He said he was sorry.", "Tom Ashe"),
        ("she", "Ann Pell met Tom Ashe in Hull. She said the plan was dead.", "Ann Pell"),
    ],
)
def test_he_or_she_is_the_one_person_who_can_be_meant(pronoun: str, text: str, who: str, analyser: Analyser) -> None:
    assert antecedent(analyser, pronoun, text) == who


@pytest.mark.parametrize(
    ("pronoun", "text"),
    [
        ("she", "Ann Pell met Joan Ware in Hull. She said she had lied."),
        ("he", "Tom Ashe’s brother resigned. He said no."),
        ("he", "A spokesman for Tom Ashe resigned. He said no."),
        ("he", "The judge jailed Tom Ashe. He said the crime was grave."),
        ("he", "Ann Pell said her son had left. He denied it."),
        ("he", "Ann Pell thanked her husband. He had waited for her at the court."),
        ("he", "He said no. Tom Ashe resigned."),
    ],
)
def test_he_or_she_is_nobody_where_that_is_not_certain(pronoun: str, text: str, analyser: Analyser) -> None:
    assert antecedent(analyser, pronoun, text) is None


@pytest.mark.parametrize(
    ("pronoun", "text"),
    [
        ("he", "Ann Pell met the minister in Hull on Monday. He said the plan was dead."),
        ("he", "Ann Pell, the mayor, criticised the chairman of the trust. He said she had not read the report."),
    ],
)
def test_he_or_she_is_nobody_where_somebody_without_a_name_can_be_meant(
    pronoun: str, text: str, analyser: Analyser
) -> None:
    assert antecedent(analyser, pronoun, text) is None


def test_it_says_stands_for_the_body_that_the_sentence_before_is_about(analyser: Analyser) -> None:
    found = names(analyser, "Network Rail closed the bridge. It said the work would take a month.")
    verb = next(token for token in found.document.parses[1] if token.text == "said")
    assert found.body_before(1, verb) == "Network Rail"


def test_it_stands_for_nobody_after_a_person_or_before_a_verb_of_doing(analyser: Analyser) -> None:
    found = names(analyser, "Network Rail closed the bridge. It fell. Tom Ashe resigned. It said no.")
    fell = next(token for token in found.document.parses[1] if token.text == "fell")
    said = next(token for token in found.document.parses[3] if token.text == "said")
    assert found.body_before(1, fell) is None
    assert found.body_before(3, said) is None


def test_a_blank_pipeline_finds_people_by_their_titles_and_resolves_no_pronoun(blank_analyser: Analyser) -> None:
    found = names(blank_analyser, "Ann Pell spoke in North Street. Ms Pell left early. She will not return.")
    assert [person.full for person in found.people] == ["Ann Pell"]
    assert found.antecedent(2, "she") is None


def test_a_first_name_alone_is_the_one_person_who_has_it(analyser: Analyser) -> None:
    document = analyser.analyse(article("Pool", "Hester Quill runs the pool in Selby.", "Hester swims there daily."))
    names = Names(document)
    found = [names.given(document.parses[1], token) for token in document.parses[1]]
    assert [person.full for person in found if person] == ["Hester Quill"]
    assert [names.given(document.parses[0], token) for token in document.parses[0]] == [None] * len(document.parses[0])


@pytest.mark.parametrize(
    ("sentence", "introduced"),
    [
        ("Disgraced MP Hester Quill left Selby.", "MP Hester Quill"),
        ("They met ex-leader Hester Quill in Selby.", "Hester Quill"),
        ("His partner Hester Quill lives in Selby.", "Hester Quill"),
        ("Foreign Secretary Hester Quill spoke in Selby.", "Foreign Secretary Hester Quill"),
    ],
)
def test_a_role_says_nothing_of_the_writers_own_and_nothing_less_than_the_article(
    sentence: str, introduced: str, analyser: Analyser
) -> None:
    people = Names(analyser.analyse(article("Pool", sentence))).people
    assert [person.introduced for person in people] == [introduced]
