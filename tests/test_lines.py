"""Sentences made into lines: shortened, names in full, or passed over with a reason."""

from __future__ import annotations

import pytest

from articles import article, maker
from summarise.language import Analyser
from summarise.lines import Candidate, Limits, LineMaker

KEY_POINT = Limits(4, 22)


def made(analyser: Analyser, *paragraphs: str, limits: Limits = KEY_POINT, strict: bool = True) -> list[str]:
    """Return the line of every sentence, or "– " and the reason why there is none."""
    lines = maker(analyser, article("Selby council to charge for parcels", *paragraphs))
    return [
        found.text if isinstance(found, Candidate) else f"– {found}"
        for found in (lines.best(sentence, limits, strict=strict) for sentence in lines.document.sentences)
    ]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("The town council will charge £2 a parcel.", "The town council will charge £2 a parcel."),
        ("However, the plan will cost £1.2m a year.", "The plan will cost £1.2 million a year."),
        ("Sales fell by 5 per cent in the old town.", "Sales fell by 5% in the old town."),
        ("“The plan will not pay for itself,” said Ann Pell.", "Ann Pell said the plan will not pay for itself."),
        ("“We cannot pay more,” said Ann Pell.", "– is a quotation"),
        ("He called it a tax on small shops.", "– begins with “He”, which points back"),
        ("These rules will apply to every shop in town.", "– begins with “These”, which points back"),
        ("Will the plan work for small shops?", "– asks or exclaims"),
        ("A tax on small shops in the old town.", "– is not a whole statement"),
        ("Shops closed.", "– has 2 words, fewer than 4"),
    ],
)
def test_a_sentence_becomes_a_line_or_says_why_not(sentence: str, line: str, analyser: Analyser) -> None:
    assert made(analyser, sentence) == [line]


def test_a_sentence_that_cannot_be_cut_is_passed_over(analyser: Analyser) -> None:
    (line,) = made(
        analyser,
        "Drivers who have not paid the charge by midnight on the third day after they travel may be fined up to £180 "
        "by the authority that runs the crossing.",
        limits=Limits(4, 12),
    )
    assert line == "– cannot be cut to 12 words"


def test_a_line_that_only_leans_on_its_context_is_let_through_where_nothing_better_is_asked(
    analyser: Analyser,
) -> None:
    assert made(analyser, "He called it a tax on small shops.", strict=False) == ["He called it a tax on small shops."]


def test_the_council_is_named_where_the_article_has_one(analyser: Analyser) -> None:
    lines = made(analyser, "Selby Town Council met in May. The council will vote again in June.")
    assert lines[1] == "Selby Town Council will vote again in June."


def test_the_council_stays_the_council_where_the_article_has_two(analyser: Analyser) -> None:
    lines = made(analyser, "Selby Town Council met York City Council. The council will vote again in June.")
    assert lines[1] == "The council will vote again in June."


def test_he_who_speaks_is_named_where_he_is_certain(analyser: Analyser) -> None:
    lines = made(analyser, "Ann Pell resigned in May. She said the plan had not been fair.")
    assert lines[1] == "Ann Pell said the plan had not been fair."


def test_she_is_named_after_an_office_with_its_holder(analyser: Analyser) -> None:
    lines = made(analyser, "Council leader Ann Pell resigned in May. She said the plan had not been fair.")
    assert lines[1] == "Council leader Ann Pell said the plan had not been fair."


def test_what_the_minister_said_is_kept_from_the_mayor(analyser: Analyser) -> None:
    lines = made(analyser, "Mayor Ann Pell met the minister in Hull in May. He said the plan was dead for ever.")
    assert not lines[1].startswith("Mayor Ann Pell said")


def test_he_who_could_be_either_of_two_is_passed_over(analyser: Analyser) -> None:
    lines = made(analyser, "Tom Ashe met Will Hart in May. He said the plan had not been fair.")
    assert lines[1].startswith("– begins with “He”")


def test_a_surname_that_two_people_share_is_passed_over(analyser: Analyser) -> None:
    lines = made(analyser, "Elin Hughes met Gareth Hughes in Llanrwst. Hughes will vote against the plan in June.")
    assert lines[1] == "– “Hughes” could be more than one person"


def test_it_without_a_thing_to_stand_for_is_passed_over(analyser: Analyser) -> None:
    (line,) = made(analyser, "Tom Ashe called it a tax on small shops.")
    assert line == "– “it” points out of the line"


def test_it_for_a_thing_of_another_sentence_is_passed_over(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "The scheme has a gap of £4.6 million. The agency hopes to fill it from water companies before April 2027.",
    )
    assert lines[1].startswith("–")


def test_the_rest_of_a_quotation_is_given_to_its_speaker(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "Ann Pell leads the council.",
        "“We are sorry for it,” Pell said. “The charge may end in two years.”",
    )
    assert lines[2] == "Ann Pell said the charge may end in two years."


def test_the_rest_of_a_quotation_is_given_to_a_speaker_named_in_full(analyser: Analyser) -> None:
    lines = made(analyser, "“We are sorry for it,” Ann Pell said. “The charge may end in two years.”")
    assert lines[1] == "Ann Pell said the charge may end in two years."


def test_a_person_is_introduced_once_in_each_part(analyser: Analyser) -> None:
    lines = maker(
        analyser,
        article(
            "Selby council to charge for parcels",
            "Council leader Ann Pell resigned in May. Ms Pell said the plan had not been fair.",
            "Ms Pell will not stand again in Selby.",
        ),
    )
    chosen = [found for s in lines.document.sentences[1:] if isinstance(found := lines.best(s, KEY_POINT), Candidate)]
    first, second = lines.lines(chosen, "key-point", 22)
    assert first.text == "Council leader Ann Pell said the plan had not been fair."
    assert second.text == "Ms Pell will not stand again in Selby."
    assert "name-in-full" in first.edits


def test_the_office_is_left_out_where_the_name_in_full_would_make_the_line_too_long(analyser: Analyser) -> None:
    lines = maker(
        analyser,
        article("Headline", "Council leader Ann Pell resigned in May. Ms Pell said the plan had not been fair."),
    )
    found = lines.best(lines.document.sentences[1], Limits(4, 9))
    assert isinstance(found, Candidate)
    (line,) = lines.lines([found], "key-point", 9)
    assert line.text == "Ann Pell said the plan had not been fair."


@pytest.fixture(scope="module")
def lines(analyser: Analyser) -> LineMaker:
    return maker(
        analyser,
        article(
            "Selby council to charge for parcels",
            "Selby Town Council will charge £2 for each parcel. The charge will raise £1.2m a year for repairs.",
        ),
    )


def test_a_line_carries_its_evidence_its_edits_and_the_parts_of_its_score(lines: LineMaker) -> None:
    sentence = lines.document.sentences[1]
    found = lines.best(sentence, KEY_POINT)
    assert isinstance(found, Candidate)
    line = lines.line(found, "key-point")
    (evidence,) = line.evidence
    assert (evidence.sentence, evidence.start, evidence.end) == (1, sentence.start, sentence.end)
    assert line.text == "The charge will raise £1.2 million a year for repairs."
    assert line.edits == ("house-form",)
    assert line.rule == "key-point"
    assert sum(dict(line.parts).values()) == pytest.approx(line.score, abs=1e-4)


def test_a_line_that_does_not_say_which_is_worth_less(lines: LineMaker) -> None:
    found = lines.best(lines.document.sentences[1], KEY_POINT)
    assert isinstance(found, Candidate)
    vague = found.score - float(lines.salience.total[1])
    named = lines.best(lines.document.sentences[0], KEY_POINT)
    assert isinstance(named, Candidate)
    assert vague < named.score - float(lines.salience.total[0])


def test_a_blank_pipeline_makes_lines_of_whole_statements_only(blank_analyser: Analyser) -> None:
    lines = made(blank_analyser, "Selby Town Council will charge £2 for each parcel. A tax on small shops in town.")
    assert lines == ["Selby Town Council will charge £2 for each parcel.", "– is not a whole statement"]


def test_a_subject_is_not_parted_from_its_predicate_by_one_comma(analyser: Analyser) -> None:
    (line,) = made(analyser, "Ann Pell, is accused of taking £400 from the town council.")
    assert line == "– has a comma between subject and predicate"


def test_a_body_is_not_its_own_it(analyser: Analyser) -> None:
    lines = made(analyser, "The gap is £4.6 million.", "The agency hopes to fill it before April 2027.")
    assert lines[1] == "– “it” points out of the line"


def test_its_is_not_said_of_a_person(analyser: Analyser) -> None:
    (line,) = made(analyser, "Ann Pell, its director, said that the plan will cost £4 million.")
    assert line == "– “its” points out of the line"


def test_a_first_name_is_not_written_out_where_it_stands_for_another(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "Dawn Astle leads the campaign in Selby.",
        "The council invited Astle’s widow Laraine and a daughter, Dawn, to the town hall.",
    )
    assert "Dawn Astle’s widow" not in lines[1]


def test_a_line_does_not_break_off_at_a_verb_that_shares_its_object_with_the_next(analyser: Analyser) -> None:
    sentence = (
        "Ann Pell said on Monday that she had at last left a party that allows, and arguably encourages, "
        "senior figures to behave like this in public."
    )
    assert not any(line.endswith("allows.") for line in made(analyser, sentence))


def test_a_pronoun_with_its_verb_contracted_becomes_a_name_with_the_verb_written_out(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "Ann Pell has run the parcel office in Selby since 2019 and knows every street of it.",
        "She’s warned that the charge would close the office within a year.",
    )
    assert any(line.startswith("Ann Pell has warned that the charge") for line in lines)


def test_a_phrase_that_somebody_told_is_no_statement(analyser: Analyser) -> None:
    sentence = "A steering problem, Ann Pell told a press conference in Selby."
    assert made(analyser, sentence) == ["– is not a whole statement"]


def test_a_line_does_not_end_on_a_day_whose_occasion_was_cut(analyser: Analyser) -> None:
    sentence = (
        "Ann Pell of Selby council made headlines in June when she went missing from her care home in York "
        "the day before the anniversary of the charter."
    )
    assert not any(line.endswith("the day.") for line in made(analyser, sentence))


def introduced(analyser: Analyser, *paragraphs: str) -> list[str]:
    """Return the line of every sentence that has one, with people introduced for each line alone."""
    lines = maker(analyser, article("Selby council to charge for parcels", *paragraphs))
    found = [lines.best(sentence, KEY_POINT) for sentence in lines.document.sentences]
    return [lines.lines([one], "key-point", 22)[0].text for one in found if isinstance(one, Candidate)]


def test_a_surname_in_a_title_names_nobody(analyser: Analyser) -> None:
    lines = introduced(
        analyser, "Ann Grey opened a shop. Selby library bought six copies of Fifty Shades of Grey in May."
    )
    assert lines[1] == "Selby library bought six copies of Fifty Shades of Grey in May."


def test_a_double_surname_is_written_out_in_full(analyser: Analyser) -> None:
    lines = introduced(
        analyser, "Teacher Ann Pell-Ashe opened a shop in Selby. Ms Pell-Ashe said the shop would sell bread and milk."
    )
    assert lines[1] == "Ann Pell-Ashe said the shop would sell bread and milk."


def test_the_one_of_an_age_is_named(analyser: Analyser) -> None:
    lines = made(analyser, "Ann Pell, 36, has run the shop since May. The 36-year-old was fined £200 by the court.")
    assert lines[1] == "Ann Pell was fined £200 by the court."


def test_the_office_that_he_holds_may_be_whom_he_means(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "John Smith spoke in May. Mr Smith, the Chancellor, smiled. The Chancellor said he was ending the tax on bread.",
    )
    assert "said John Smith was" not in lines[2]


def test_an_age_that_two_people_have_names_nobody(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "Ann Pell, 36, and Tom Ashe, 36, have run the shop since May. The 36-year-old was fined £200 by the court.",
    )
    assert lines[1] == "– begins with an age instead of a name"


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Ann Pell, the mayor, said he would be welcome.", "Ann Pell, the mayor, said Tom Ashe would be welcome."),
        ("The court heard he was given £200 in June.", "The court heard Tom Ashe was given £200 in June."),
    ],
)
def test_a_he_who_is_not_the_speaker_is_named(sentence: str, line: str, analyser: Analyser) -> None:
    assert made(analyser, f"Tom Ashe won the cup in May. {sentence}")[1] == line


def test_the_museum_is_not_one_that_the_article_hardly_speaks_of(analyser: Analyser) -> None:
    lines = made(
        analyser,
        "A man wants a painting for the Louvre. The painting was sold to the Hull Art Museum in May, and the Louvre "
        "lost. The museum is getting help from a rich friend of France.",
    )
    assert not lines[2].startswith("The Hull Art Museum")


def test_a_her_after_a_mans_name_alone_is_nobody(analyser: Analyser) -> None:
    lines = made(analyser, "John Smith opened a shop. John Smith has been banned from seeing her by the court.")
    assert lines[1] == "– “her” is somebody whom the line does not name"


def test_what_only_announces_speech_is_no_line(analyser: Analyser) -> None:
    assert made(analyser, "Ann Pell told the 40 guests at the hall in Selby:") == ["– only announces what follows"]


def test_a_rank_keeps_its_capital(analyser: Analyser) -> None:
    lines = introduced(
        analyser, "Private Tom Ashe, 20, was shot in May. Ashe was buried in Selby in the same month as Lee."
    )
    assert "private" not in " ".join(lines)
