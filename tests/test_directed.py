"""What is done to readers or asked of them: which phrase becomes "you", and which does not."""

from __future__ import annotations

import pytest

from summarise.cut import Cut
from summarise.house.directed import advice, effects
from summarise.language import Analyser


def turned(analyser: Analyser, text: str) -> list[tuple[str, str]]:
    found = effects(Cut.whole(analyser.parse(text)), frozenset())
    return [(effect.condition, effect.cut.text) for effect in found]


@pytest.mark.parametrize(
    ("text", "condition", "line"),
    [
        ("The new toll will cost drivers £400 a year.", "If you drive", "The new toll will cost you £400 a year."),
        ("The deal could give tenants more rights.", "If you rent your home", "The deal could give you more rights."),
        ("Drivers’ insurance premiums will rise by £40.", "If you drive", "Your insurance premiums will rise by £40."),
        (
            "The scheme will be free for pensioners.",
            "If you are a pensioner",
            "The scheme will be free for you.",
        ),
    ],
    ids=["object", "one to whom something is given", "owner", "for whom something is"],
)
def test_the_group_to_which_something_is_done_becomes_you(
    text: str, condition: str, line: str, analyser: Analyser
) -> None:
    found = turned(analyser, text)
    assert [effect for _, effect in found] == [line]
    assert found[0][0].startswith(condition.rsplit(" a ", 1)[0])


@pytest.mark.parametrize(
    "text",
    [
        "The new toll will cost some drivers £400 a year.",
        "The dentists are greeting patients with scented candles.",
        "Police will arrest thieves at the bridge.",
        "We will give tenants more rights.",
        "The deal could give tenants more rights than they have.",
        "Leaflets were handed to the drivers.",
    ],
    ids=[
        "part of a group",
        "what follows may belong to the verb",
        "no readers",
        "first person",
        "unclear they",
        "past",
    ],
)
def test_what_is_not_surely_done_to_the_reader_is_left_alone(text: str, analyser: Analyser) -> None:
    assert turned(analyser, text) == []


@pytest.mark.parametrize(
    ("text", "condition", "line"),
    [
        ("The council has urged drivers to avoid the bridge.", "If you drive", "are urged to avoid the bridge"),
        (
            "Those who have changed address are asked to call the office on 01632 960118.",
            "If you have changed address",
            "are asked to call the office on 01632 960118",
        ),
        ("The trust asked people not to visit the wards.", "", "are asked not to visit the wards"),
        ("People should check the label on the tin.", "", "should check the label on the tin"),
        ("The new law requires drivers to carry a licence.", "If you drive", "are required to carry a licence"),
        ("The law permits drivers to park in the lane.", "If you drive", "are permitted to park in the lane"),
        ("The law would allow drivers to park in the lane.", "If you drive", "would be allowed to park in the lane"),
    ],
    ids=["asked", "asked of some", "asked not to", "should", "required", "permitted", "would be allowed"],
)
def test_what_readers_are_asked_to_do_keeps_who_is_asked_and_what_not_to_do(
    text: str, condition: str, line: str, analyser: Analyser
) -> None:
    (found,) = advice(analyser.parse(text), frozenset())
    assert (found.condition, f"{found.asked} {found.act}") == (condition, line)


@pytest.mark.parametrize(
    "text",
    [
        "Passengers were told to leave the train.",
        "The council asked ministers to pay for the road.",
        "The council would ask drivers to avoid the bridge.",
        "People should not worry.",
        "The council has urged drivers to follow him.",
        "The old law allowed drivers to park in the lane.",
        "The law would have allowed drivers to park in the lane.",
    ],
    ids=["over", "not the reader", "not asked yet", "no act", "somebody unknown", "no longer allowed", "never came"],
)
def test_what_is_not_asked_of_the_reader_now_is_no_advice(text: str, analyser: Analyser) -> None:
    assert advice(analyser.parse(text), frozenset()) == []


def test_nothing_is_turned_without_a_parse(blank_analyser: Analyser) -> None:
    doc = blank_analyser.parse("The council has urged drivers to avoid the bridge.")
    assert advice(doc, frozenset()) == []
    assert effects(Cut.whole(doc), frozenset()) == []
