"""House edits: where each fires, where it stays silent, and what none of them may take away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from summarise import edits, quotations
from summarise.cut import Cut
from summarise.language import Analyser

Edit = Callable[[Cut], Cut]

FIRES: list[tuple[Edit, str, str]] = [
    (edits.drop_connective, "However, the council found no money.", "The council found no money."),
    (edits.drop_connective, "But the council found no money for it.", "The council found no money for it."),
    (edits.drop_connective, "In fact, the trust had no plan for it.", "The trust had no plan for it."),
    (edits.drop_list_mark, "• The council will close the pool.", "The council will close the pool."),
    (edits.drop_weekday, "The council approved the plan on Tuesday.", "The council approved the plan."),
    (edits.drop_weekday, "On Tuesday, the council approved the plan.", "The council approved the plan."),
    (edits.drop_weekday, "Yesterday the court heard that he had lied.", "The court heard that he had lied."),
    (
        edits.drop_weekday,
        "Police arrested a man on Monday night after a fight.",
        "Police arrested a man after a fight.",
    ),
    (
        edits.drop_weekday,
        "Ann Lee said on Monday that the council will vote on Tuesday.",
        "Ann Lee said that the council will vote on Tuesday.",
    ),
    (
        edits.drop_brackets,
        "HM Revenue & Customs (HMRC) said no refund was due.",
        "HM Revenue & Customs said no refund was due.",
    ),
    (edits.drop_also, "The council will also not pay for it.", "The council will not pay for it."),
    (
        quotations.report_quotation,
        "“The plan will not cost more than £4m,” said council leader Ann Lee.",
        "Council leader Ann Lee said the plan will not cost more than £4m.",
    ),
    (quotations.report_quotation, "‘The bridge must close,’ Ann Lee said.", "Ann Lee said the bridge must close."),
    (
        quotations.report_quotation,
        "“The trust has never refused a patient,” said Ann Lee, chief executive of the trust.",
        "Ann Lee, chief executive of the trust, said the trust has never refused a patient.",
    ),
    (
        quotations.report_quotation,
        "“I want the plan to work and I have told my staff so,” said Mrs Ann Lee.",
        "Mrs Ann Lee said she wants the plan to work and she has told her staff so.",
    ),
    (
        quotations.report_quotation,
        "“We have found no fault in our trains,” said a spokesman for the firm.",
        "A spokesman for the firm said the firm have found no fault in their trains.",
    ),
    (
        quotations.report_quotation,
        "“We believe the van was stolen,” said Det Insp Ann Lee.",
        "Det Insp Ann Lee said police believe the van was stolen.",
    ),
    (
        quotations.report_quotation,
        "“No school will close,” said a spokesman for the county.",
        "A spokesman for the county said no school will close.",
    ),
    (
        quotations.report_quotation,
        "“The plan isn’t safe for pupils,” said Ann Lee.",
        "Ann Lee said the plan is not safe for pupils.",
    ),
    (
        quotations.report_quotation,
        "“The firms won’t pay for the bridge,” Ann Lee told the BBC.",
        "Ann Lee told the BBC that the firms will not pay for the bridge.",
    ),
    (
        quotations.report_quotation,
        "“No school will close,” said Ann Lee in a statement.",
        "Ann Lee said no school will close.",
    ),
    (
        quotations.report_quotation,
        "No school will close before the end of the year,” Ann Lee said.",
        "Ann Lee said no school will close before the end of the year.",
    ),
    (quotations.report_quotation, "“The plan is not safe,” she said.", "She said the plan is not safe."),
    (
        quotations.report_quotation,
        "“However, the plan will not cost more than £4m,” said Ann Lee.",
        "Ann Lee said the plan will not cost more than £4m.",
    ),
    (
        quotations.mark_titles,
        "Ann Lee did not write “The Long Road to Hull” alone.",
        "Ann Lee did not write ‘The Long Road to Hull’ alone.",
    ),
    (
        quotations.mark_titles,
        "The star of the drama “Nightjar,” Ann Lee, will not return.",
        "The star of the drama ‘Nightjar’, Ann Lee, will not return.",
    ),
    (
        quotations.unquote,
        "Ann Lee called the plan “not safe” for pupils.",
        "Ann Lee called the plan not safe for pupils.",
    ),
    (edits.drop_connective, "Earlier this month, the council found no money.", "The council found no money."),
    (edits.drop_connective, "Earlier Ann Lee said the council had no plan.", "Ann Lee said the council had no plan."),
    (edits.drop_connective, "As a result 40 schools will not open.", "40 schools will not open."),
    (
        quotations.unquote,
        "Ann Lee said the plan was “not safe” for pupils.",
        "Ann Lee said the plan was not safe for pupils.",
    ),
]

SILENT: list[tuple[Edit, str]] = [
    (edits.drop_connective, "However hard they tried, the crew could not free the boat."),
    (edits.drop_connective, "Then Prime Minister Ann Lee resigned over the affair."),
    (edits.drop_connective, "The council, however, found no money."),
    (edits.drop_list_mark, "35 people were hurt."),
    (edits.drop_list_mark, "1984 - the novel - has sold well."),
    (edits.drop_weekday, "The council approved the plan on Tuesday 5 March."),
    (edits.drop_weekday, "The council will vote on Tuesday."),
    (edits.drop_weekday, "The firm is expected to say on Friday that it will close."),
    (edits.drop_weekday, "The shop opens on Tuesday."),
    (edits.drop_weekday, "The road was closed until Tuesday."),
    (edits.drop_weekday, "A strike was called for Tuesday."),
    (edits.drop_weekday, "The Sunday Times reported that he had resigned."),
    (edits.drop_weekday, "The council met on the first Monday in May."),
    (edits.drop_weekday, "Monday’s vote was close."),
    (edits.drop_weekday, "The council agreed to meet on Friday."),
    (
        edits.drop_brackets,
        "The sum (about £3m, most of which came from the county and from two donors who did not wish to be named) fell.",
    ),
    (edits.drop_also, "The firm, also known as Acme, closed."),
    (edits.drop_also, "Not only the council but also the trust will pay."),
    (quotations.report_quotation, "“We will not pay more,” said Ann Lee."),
    (quotations.report_quotation, "“Your council is broke,” said Ann Lee."),
    (quotations.report_quotation, "“The man lied to us all,” said Ann Lee."),
    (quotations.report_quotation, "“It will not work,” said Ann Lee."),
    (quotations.report_quotation, "“We have found no fault in the trains,” said Ann Lee."),
    (quotations.report_quotation, "“I told her that the plan will not work,” said Ann Lee."),
    (quotations.report_quotation, "“I want the plan to work,” said the owner."),
    (quotations.report_quotation, "“Although the plan was old, it will work,” said Ann Lee."),
    (quotations.report_quotation, "“That plan will not work,” said Ann Lee."),
    (quotations.report_quotation, "“Is the plan safe?” asked Ann Lee."),
    (quotations.report_quotation, "“The road is shut now,” said Ann Lee."),
    (quotations.report_quotation, "“Close the bridge at once,” said Ann Lee."),
    (quotations.report_quotation, "“The plan,” said Ann Lee, “will not work.”"),
    (quotations.report_quotation, "“The plan will not work,” Ann Lee did not say."),
    (quotations.report_quotation, "Ann Lee never said: “The plan will not work.”"),
    (quotations.unquote, "Ann Lee said the plan was “our last hope” for pupils."),
    (quotations.unquote, "The so-called “bedroom tax” was scrapped."),
    (quotations.unquote, "The “worst” bridge in Hull was closed."),
    (quotations.unquote, "The plan was dubbed “mad” in the town."),
    (quotations.unquote, "Ann Lee attacked the “unfair” tax."),
    (quotations.unquote, "Ann Lee ended with a challenge, saying “bring it on”."),
    (quotations.mark_titles, "Ann Lee said “Yes We Can” and left."),
    (quotations.mark_titles, "The plan is “mad and bad” for Hull."),
    (quotations.report_quotation, "“The bridge had lost its bolts and he’d seen it,” said Ann Lee."),
    (quotations.report_quotation, "“The mayor knows what it is,” said Ann Lee."),
    (edits.drop_connective, "Later this year, the council will sell the park."),
    (edits.drop_connective, "As a result of the storm, the road was shut."),
    (edits.drop_connective, "Since then, prices have doubled."),
]

SPARED: list[tuple[Edit, str]] = [
    (edits.drop_weekday, "He told the Mail on Sunday that he had resigned."),  # the name of a newspaper
    (edits.drop_weekday, "The inquiry into Bloody Sunday found no excuse for the killings."),  # the name of an event
    (edits.drop_weekday, "Shares fell on Black Wednesday."),  # the name of a day in history
    (edits.drop_weekday, "The family met at the church on Good Friday."),  # a feast
    (edits.drop_weekday, "He played for Sheffield Wednesday."),  # the name of a club
    (edits.drop_weekday, "Wednesday had the better of the first half."),  # a club by its short name
    (edits.drop_weekday, "The market was held every Friday."),  # what happens each week
    (edits.drop_weekday, "Trains were not running on Monday."),  # without the day the negation holds for ever
    (edits.drop_weekday, "Police arrested three men, two on Tuesday and one on Friday."),  # one of two days
    (edits.drop_connective, "But for the rain, the match would have ended in a draw."),  # “but for” means without
    (edits.drop_connective, "So many people came that the doors were shut."),  # “so … that”
    (edits.drop_connective, "So far the council has spent £4m on it."),  # “so far” is a time
    (edits.drop_brackets, "The council will not (yet) pay for the bridge."),  # “not yet” is not “not”
    (edits.drop_brackets, "The plan (which is not final) was backed."),  # a negation goes
    (
        quotations.report_quotation,
        "“In May the shop will close,” Ann Lee said.",
    ),  # the date becomes that of the speaking
]

HARMED: list[tuple[Edit, str, str]] = [
    (edits.drop_connective, "And yet, the council did not act on it.", "a second connective is left"),
]


@pytest.mark.parametrize(("edit", "text", "changed"), FIRES, ids=[f"{e.__name__}-{t[:30]}" for e, t, _ in FIRES])
def test_an_edit_fires_where_it_should(edit: Edit, text: str, changed: str, analyser: Analyser) -> None:
    cut = edit(Cut.whole(analyser.parse(text)))
    assert cut.text == changed
    assert edit.__name__.replace("_", "-") in cut.edits


@pytest.mark.parametrize(("edit", "text"), SILENT, ids=[f"{e.__name__}-{t[:30]}" for e, t in SILENT])
def test_an_edit_stays_silent_where_it_would_do_harm(edit: Edit, text: str, analyser: Analyser) -> None:
    assert edit(Cut.whole(analyser.parse(text))).edits == ()


@pytest.mark.parametrize(("edit", "text"), SPARED, ids=[f"{e.__name__}-{t[:30]}" for e, t in SPARED])
def test_an_edit_spares_what_only_looks_like_its_prey(edit: Edit, text: str, analyser: Analyser) -> None:
    assert edit(Cut.whole(analyser.parse(text))).text == text


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        pytest.param(e, t, marks=pytest.mark.xfail(reason=reason), id=f"{e.__name__}-{t[:30]}")
        for e, t, reason in HARMED
    ],
)
def test_an_edit_does_not_yet_spare_what_only_looks_like_its_prey(edit: Edit, text: str, analyser: Analyser) -> None:
    assert edit(Cut.whole(analyser.parse(text))).text == text


@pytest.mark.parametrize("edit", edits.HOUSE_EDITS, ids=lambda edit: str(edit.__name__))
def test_every_house_edit_has_examples_that_fire_and_that_stay_silent(edit: Edit) -> None:
    assert edit in [example[0] for example in FIRES]
    assert edit in [example[0] for example in SILENT]


SENTENCES = [
    *(example[1] for example in (*FIRES, *SILENT)),
    *(
        row["text"]
        for row in yaml.safe_load((Path(__file__).parent / "news_sentences.yaml").read_text(encoding="utf-8"))
    ),
]
KEPT = re.compile(
    r"\b(?:not|never|no|nobody|neither|without|cannot|will|would|could|may|might|must|should|can|said|says|told"
    r"|warned|denied|claimed|according)\b|n’t\b|\d[\d.,]*\d|\d",
    re.I,
)


def in_full(text: str) -> str:
    return text.replace("won’t", "will not").replace("n’t", " not")


@pytest.mark.parametrize("edit", edits.HOUSE_EDITS, ids=lambda edit: str(edit.__name__))
def test_no_edit_removes_a_negation_a_modal_a_number_or_an_attribution(edit: Edit, analyser: Analyser) -> None:
    for text in SENTENCES:
        changed = edit(Cut.whole(analyser.parse(text))).text
        spelt = text if "spell-out" not in edit(Cut.whole(analyser.parse(text))).edits else in_full(text)
        before, after = (sorted(word.lower() for word in KEPT.findall(line)) for line in (spelt, changed))
        assert before == after, text


def test_the_middle_of_a_quotation_is_given_to_its_speaker(analyser: Analyser) -> None:
    cut = quotations.report_continued(analyser.parse("“The bridge may not open before May.”"), "Ann Lee")
    assert cut is not None
    assert cut.text == "Ann Lee said the bridge may not open before May."
    assert "report-quotation" in cut.edits


@pytest.mark.parametrize("text", ["“We may not open before May.”", "“Will the bridge open?”", "“It may not open.”"])
def test_the_middle_of_a_quotation_that_points_at_its_speaker_stays_a_quotation(text: str, analyser: Analyser) -> None:
    assert quotations.report_continued(analyser.parse(text), "Ann Lee") is None


def test_the_speaker_is_the_subject_of_the_verb_outside_the_quotation(analyser: Analyser) -> None:
    said = quotations.speaker_of(analyser.parse("“Police said nothing to anyone,” the mayor said."))
    assert said is not None
    assert said.text == "mayor"
    assert quotations.speaker_of(analyser.parse("The council closed the road.")) is None


@pytest.mark.parametrize("edit", edits.HOUSE_EDITS, ids=lambda edit: str(edit.__name__))
def test_no_edit_fails_on_a_sentence_without_a_parse(edit: Edit, blank_analyser: Analyser) -> None:
    for text in SENTENCES:
        assert edit(Cut.whole(blank_analyser.parse(text))).text


def test_an_inset_connective_goes_with_its_commas(analyser: Analyser) -> None:
    doc = analyser.parse("Those who slept for an hour, however, did no better than others.")
    assert edits.drop_also(Cut.whole(doc)).text == "Those who slept for an hour did no better than others."


def test_an_example_given_between_commas_no_longer_points_back(analyser: Analyser) -> None:
    doc = analyser.parse("The firm, for example, could not pay.")
    assert edits.drop_also(Cut.whole(doc)).text == "The firm could not pay."


def test_a_then_that_only_orders_goes(analyser: Analyser) -> None:
    cut = edits.drop_also(Cut.whole(analyser.parse("Ann Pell then gave the man first aid.")))
    assert cut.text == "Ann Pell gave the man first aid."
    kept = edits.drop_also(Cut.whole(analyser.parse("When the bell rang, Ann Pell then gave the man first aid.")))
    assert "then" in kept.text
