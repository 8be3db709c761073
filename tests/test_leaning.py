"""Words in a line that lean on what it does not name, and captions, which are no lines."""

from __future__ import annotations

import pytest

from summarise.captions import is_caption
from summarise.cut import Cut
from summarise.language import Analyser
from summarise.leaning import leans_on


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The plan would save £2m a year, she added.", "she"),
        ("Turnout at council elections is low, they say.", "they"),
        ("Only women are employed there.", "there"),
        ("The firm made a similar offer in May.", "similar"),
        ("Police are looking for another man over the fire.", "another"),
        ("The driver of the other car died at the scene.", "other"),
        ("In the second, the singer pleaded guilty to theft.", "second"),
    ],
)
def test_what_the_line_does_not_name_is_found(text: str, word: str, analyser: Analyser) -> None:
    assert leans_on(Cut.whole(analyser.parse(text))) == word


@pytest.mark.parametrize(
    "text",
    [
        "Ann Pell told the council the plan would save £2m a year, she added.",
        "The clinic in Selby closed after 40 people had been treated there.",
        "The two towns made a similar offer in May.",
        "The fee is similar to that of York.",
        "One man died and another man was hurt in the fire.",
        "The work will take another three years.",
        "One car left the road and the other car hit a wall.",
        "There were 40 people in the hall.",
    ],
)
def test_what_the_line_names_is_no_fault(text: str, analyser: Analyser) -> None:
    assert leans_on(Cut.whole(analyser.parse(text))) is None


def test_what_the_headline_names_is_known(analyser: Analyser) -> None:
    cut = Cut.whole(analyser.parse("A similar charge in Leeds was dropped in 2019."))
    assert leans_on(cut) == "similar"
    assert leans_on(cut, {"charg"}) is None


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Ann Pell holds up the cup after the final in Selby", True),
        ("Tom Ashe (left) hugs his father at the harbour.", True),
        ("The road bridge, pictured here in May, was shut", True),
        ("Ann Pell said the plan was not her party's The papers proposed a tax on shops.", True),
        ("Ann Pell won the cup in May", False),
        ("Ann Pell holds the record for the mile.", False),
        ("Tom Ashe (from the left of the party) was elected mayor.", False),
    ],
)
def test_a_caption_tells_what_a_picture_shows(text: str, caption: bool, analyser: Analyser) -> None:
    assert is_caption(analyser.parse(text)) is caption
