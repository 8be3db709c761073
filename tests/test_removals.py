"""What a sentence can lose: only what the parse and the punctuation allow, and nothing that its sense needs."""

from __future__ import annotations

import pytest

from summarise.cut import Cut
from summarise.language import Analyser
from summarise.promotion import promotions
from summarise.removals import blind_removals, removals
from summarise.syntax import root, subject


def shorter(analyser: Analyser, text: str) -> dict[str, str]:
    doc = analyser.parse(text)
    return {removal.name: Cut.whole(doc).without(removal.indices, removal.name).text for removal in removals(doc)}


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "drop-relative",
            "The firm, which employs 900 people in Crewe, will not close the plant.",
            "The firm will not close the plant.",
        ),
        (
            "drop-apposition",
            "Tom Hart, a retired bus driver from Goole, did not see the lorry.",
            "Tom Hart did not see the lorry.",
        ),
        (
            "drop-age",
            "Tom Hart, 67, did not see the lorry.",
            "Tom Hart did not see the lorry.",
        ),
        (
            "drop-restrictive",
            "A farmer who shot a neighbour’s dog has been fined £400.",
            "A farmer has been fined £400.",
        ),
        (
            "drop-second-clause",
            "The bridge was closed on safety grounds, and drivers were sent through the village.",
            "The bridge was closed on safety grounds.",
        ),
        (
            "drop-participle",
            "The ferry broke down on its first day, leaving 160 islanders on the quay.",
            "The ferry broke down on its first day.",
        ),
    ],
)
def test_a_phrase_of_each_kind_can_go(name: str, text: str, left: str, analyser: Analyser) -> None:
    assert shorter(analyser, text)[name] == left


@pytest.mark.parametrize(
    "text",
    [
        "The council said, on the advice of its own lawyers, that it could not pay.",
        "Tom Hart, who leads the council, told the inquiry that he had not read the report.",
        "No driver who paid the charge by midnight will be fined under the rules, the authority said.",
        "Ministers warned that the study, which took a year, might have missed cases in rural areas.",
    ],
)
def test_predicate_subject_and_speaker_never_go(text: str, analyser: Analyser) -> None:
    doc = analyser.parse(text)
    top = root(doc)
    assert top is not None
    who = subject(top)
    assert who is not None
    for removal in removals(doc):
        assert not {top.i, who.i} & removal.indices
        assert Cut.whole(doc).without(removal.indices, "").text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The council will close the pool, unless a donor can be found before the spring.", "unless"),
        ("The council will not close the pool, if a donor can be found before the spring.", "if"),
        ("Without a grant, the theatre will close in March.", "Without"),
        ("A customer who owes £140,000 would pay £29 less a month.", "who"),
        ("No patient who asked for help was turned away by the clinic.", "who"),
    ],
)
def test_a_condition_or_a_limit_stays(text: str, word: str, analyser: Analyser) -> None:
    assert all(word in left for left in shorter(analyser, text).values())


def test_a_sentence_without_subject_or_without_a_parse_loses_nothing(
    analyser: Analyser, blank_analyser: Analyser
) -> None:
    assert list(removals(analyser.parse("Hull, which is a port."))) == []
    assert list(removals(blank_analyser.parse("The firm, which employs 900 people, will not close."))) == []


def test_every_removal_is_given_once(analyser: Analyser) -> None:
    text = "The firm, which employs 900 people, closed the plant in Crewe, leaving a debt of £4m."
    found = [removal.indices for removal in removals(analyser.parse(text))]
    assert found
    assert len(found) == len(set(found))


def test_a_date_or_a_sum_does_more_harm_than_a_place(analyser: Analyser) -> None:
    dated = {r.name: r.harm for r in removals(analyser.parse("The firm closed its plant in Derby during 2019."))}
    placed = {r.name: r.harm for r in removals(analyser.parse("The firm closed its plant in Derby during the war."))}
    assert dated["drop-adjunct"] > placed["drop-adjunct"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "Customers whose flights are cancelled less than 14 days before departure can claim up to £520, but not when "
            "the cause is bad weather or a strike by air traffic controllers.",
            "up to £520.",
            id="an exception goes",
        ),
        pytest.param(
            "Dr Lettice Umney, who wrote the report, said that the number of children waiting more than a year for an "
            "assessment had not fallen, as ministers claimed, but had risen by 8%.",
            "fallen%",
            id="a percent sign is left",
        ),
        pytest.param(
            "Gareth Plumtree, a retired bus driver from Goole, told the inquest that he had not seen the lights change "
            "before the lorry, which was carrying 20 tonnes of gravel, crossed the junction.",
            "lorry, crossed",
            id="one of two commas is left",
        ),
        pytest.param(
            "The firm’s auditors had warned that the company might not repay the loan, but councillors were never shown "
            "the letter, the inquiry found.",
            "repay the loan.",
            id="who says it goes with the second clause",
        ),
    ],
)
def test_a_removal_spares_what_the_rest_needs(text: str, fault: str, analyser: Analyser) -> None:
    doc = analyser.parse(text)
    lefts = [Cut.whole(doc).without(removal.indices, "").text for removal in removals(doc)]
    assert [left for left in lefts if fault in left] == []


def test_a_removal_spares_what_a_verb_needs_beside_its_object(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Police said they were not treating the death of the 34-year-old man, whose body was found in woodland "
        "near Thetford, as suspicious, and that a file would be passed to the coroner."
    )
    lefts = [Cut.whole(doc).without(removal.indices, "").text for removal in removals(doc)]
    assert [left for left in lefts if "34-year-old man." in left] == []


def test_the_clause_that_opens_a_driver_who_can_go_without_a_parse_of_it(analyser: Analyser) -> None:
    doc = analyser.parse("A driver who hit two cyclists while he was texting at the wheel was jailed for nine years.")
    texts = [Cut.whole(doc).without(removal.indices, removal.name).text for removal in blind_removals(doc)]
    assert "A driver was jailed for nine years." in texts


def test_a_clause_that_states_a_fact_of_its_own_can_be_promoted(analyser: Analyser) -> None:
    doc = analyser.parse("Villagers cheered as planners approved a reservoir for the valley.")
    assert [
        doc[found.order[0] : found.order[-1] + 1].text for found in promotions(doc) if found.name == "promote-clause"
    ] == ["planners approved a reservoir for the valley"]


@pytest.mark.parametrize(
    "text",
    [
        "Villagers will cheer if planners approve a reservoir for the valley.",
        "Villagers cheered as they approved of a reservoir for the valley.",
        "Villagers left after planners could not agree on a reservoir, they said.",
    ],
)
def test_a_clause_that_states_no_fact_or_leans_on_a_pronoun_is_not_promoted(text: str, analyser: Analyser) -> None:
    assert list(promotions(analyser.parse(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "The firm claimed that the leak had not harmed anyone while inspectors found dead fish in the river.",
        "Police said the man was arrested in the town centre as officers searched a flat in Luton.",
    ],
)
def test_a_clause_inside_what_somebody_said_is_not_promoted_without_its_speaker(text: str, analyser: Analyser) -> None:
    assert list(promotions(analyser.parse(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "A surgeon said last month that he died from a brain condition linked to boxing.",
        "Owners of two heated throws sold in shops before Christmas are being told to unplug them.",
    ],
    ids=["what was said is no relative clause", "a time before the predicate opens no clause"],
)
def test_a_blind_removal_leaves_the_main_predicate_whole(text: str, analyser: Analyser) -> None:
    doc = analyser.parse(text)
    gone = {doc[i].text for removal in blind_removals(doc) for i in removal.indices}
    assert gone & {"that", "died", "are", "told"} == set()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The charge put thousands of jobs in the town in danger at the start of the year.", "jobs."),
        ("The council not only kept the library open all year, but the mayor gave it £4,000.", "not only kept"),
        ("Police arrested the man, a baker from Selby better known as the Ghost, on Monday.", "better known."),
    ],
    ids=["a verb that wants a place", "half of not only … but", "known as what"],
)
def test_a_removal_leaves_no_half_of_what_belongs_together(text: str, fault: str, analyser: Analyser) -> None:
    doc = analyser.parse(text)
    found = [*removals(doc), *blind_removals(doc)]
    lefts = [Cut.whole(doc).without(removal.indices, "").text for removal in found]
    assert [left for left in lefts if fault in left and not ("not only" in left and "but" in left)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "The experts now say it is fine to go outside in strong sun in the middle of the day, as long as you cover "
            "up or apply sunscreen before your skin goes red.",
            "of the day.",
        ),
        (
            "The club may keep the ground until May 2028, except during the weeks of the county show.",
            "until May 2028.",
        ),
        ("Patients on the highest dose had an almost 50% greater chance of having a stomach ulcer.", "chance."),
        ("The bank was fined for moving money for institutions from countries such as Iran and Cuba.", "countries."),
    ],
    ids=["as long as", "except", "what a comparison is of", "a bare plural"],
)
def test_a_removal_spares_conditions_and_what_a_word_says_nothing_without(
    text: str, fault: str, analyser: Analyser
) -> None:
    doc = analyser.parse(text)
    found = [*removals(doc), *blind_removals(doc)]
    lefts = [Cut.whole(doc).without(removal.indices, "").text for removal in found]
    assert [left for left in lefts if left.endswith(fault)] == []


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Ann Pell said the watchdog had contacted her about spending in 2013, but she heard nothing else.", "but she"),
        ("The teacher claims that he has been placed on leave because he spoke about being gay.", "because"),
        (
            "Ann Pell warned that such an attack would trigger an escalation in the sanctions regime.",
            "in the sanctions",
        ),
    ],
)
def test_what_a_claim_rests_on_is_not_cut(sentence: str, kept: str, analyser: Analyser) -> None:
    doc = analyser.parse(sentence)
    cuts = [" ".join(doc[i].text for i in sorted(found.indices)) for found in removals(doc)]
    assert not any(kept in cut for cut in cuts)


@pytest.mark.parametrize(
    "sentence",
    [
        "It took courage for an association that has watched its team lose three games to keep the manager.",
        "The company said that the agreement included a guarantee that no job in Hull would be lost.",
    ],
)
def test_what_a_noun_is_without_its_clause_is_not_claimed(sentence: str, analyser: Analyser) -> None:
    assert not any(found.name == "drop-restrictive" for found in removals(analyser.parse(sentence)))


def test_what_a_thing_is_seen_as_is_not_cut(analyser: Analyser) -> None:
    doc = analyser.parse("Independent studies have identified the tunnel under the river as the best answer of all.")
    assert not any(doc[min(found.indices)].lower_ == "as" for found in removals(doc))


def test_a_fronted_clause_that_the_parse_takes_for_all_of_it_can_go(analyser: Analyser) -> None:
    doc = analyser.parse(
        "As temperatures began to rise in California on Friday and again on Saturday, the manager of much of the "
        "state’s electric grid called on utilities to cut power to customers."
    )
    shorter = [" ".join(t.text for t in doc if t.i not in r.indices) for r in blind_removals(doc)]
    assert any(text.startswith("the manager of much") for text in shorter)


def test_what_a_survey_was_of_can_go_where_it_is_the_source(analyser: Analyser) -> None:
    doc = analyser.parse(
        "Half of the shops in the town may close in May, according to a survey of nine hundred owners."
    )
    found = [r for r in removals(doc) if r.name == "drop-source-detail"]
    assert [" ".join(doc[i].text for i in sorted(r.indices)) for r in found] == ["of nine hundred owners"]
