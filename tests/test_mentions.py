"""Who is mentioned where: names put together where they can only be one person's."""

from __future__ import annotations

import pytest
from spacy.tokens import Span

from articles import article
from summarise.language import Analyser
from summarise.mentions import Mention, People, mentions_of


def mentions(analyser: Analyser, *paragraphs: str) -> list[Mention]:
    document = analyser.analyse(article("Headline", *paragraphs))
    return list(mentions_of(document, People(document)))


def who(analyser: Analyser, text: str, kind: str = "name") -> list[str]:
    return [mention.who for mention in mentions(analyser, text) if mention.kind == kind]


def test_full_titled_and_bare_names_are_one_person(analyser: Analyser) -> None:
    text = "Mayor Priya Nair spoke in Leeds. Ms Nair said no. Nair left early."
    assert who(analyser, text) == ["Priya Nair"] * 3


def test_a_surname_that_two_share_is_neithers_unless_a_title_tells(analyser: Analyser) -> None:
    text = "Priya Nair and Hugh Nair spoke in Leeds. Mr Nair said no. Nair left early."
    assert who(analyser, text) == ["Priya Nair", "Hugh Nair", "Hugh Nair", "a Nair"]


def test_both_halves_of_a_double_surname_belong_to_the_name(analyser: Analyser) -> None:
    found = who(analyser, "The plan was backed by Rosalind Drummond-Vane. Ms Drummond-Vane said no.")
    assert found == ["Rosalind Drummond-Vane"] * 2


def test_the_office_that_one_person_holds_stands_for_that_person(analyser: Analyser) -> None:
    text = "Council leader Ann Pell spoke in Hull. The leader said no. A leader needs luck."
    assert who(analyser, text, "noun") == ["Ann Pell", "leader"]


@pytest.mark.parametrize("text", ["Ann Pell is a teacher in Hull.", "The teacher Ann Pell left Hull."])
def test_a_noun_that_tells_of_a_named_person_is_no_second_one(text: str, analyser: Analyser) -> None:
    assert who(analyser, text, "noun") == []


def test_a_body_is_nobody_even_where_the_pipeline_takes_it_for_a_person(analyser: Analyser) -> None:
    assert "Devon Council" not in who(analyser, "Ann Pell wrote to Devon Council. Devon Council said no.")


def test_a_mention_tells_its_role_and_the_quotation_it_stands_in(analyser: Analyser) -> None:
    found = mentions(analyser, "Ann Pell thanked Tom Ashe. “He worked hard,” she said.")
    ann, tom, he, she = found
    assert (ann.role, ann.main, tom.role) == ("subject", True, "object")
    assert he.quotation is not None
    assert he.direct
    assert (she.quotation, she.role) == (None, "subject")


def test_a_surname_that_the_pipeline_takes_for_a_body_is_still_somebodys(analyser: Analyser) -> None:
    document = analyser.analyse(article("Crash", "Nigel Tollerby drove the van to Lincoln.", "Tollerby had not slept."))
    doc = document.parses[1]
    doc.set_ents([Span(doc, 0, 1, "ORG")])
    named = [mention.who for mention in mentions_of(document, People(document)) if mention.sentence == 1]
    assert named == ["Nigel Tollerby"]
