"""Workers give one outcome a page, in order, whatever a page does to them."""

from __future__ import annotations

import hashlib
from concurrent.futures.process import BrokenProcessPool

import pytest

from fakes import FakeSummariser
from summarise.records import Page
from summarise.settings import Settings
from summarise.workers import Desk, Here, Outcome, Pool, Seat, Step


def _page(text: str) -> Page:
    content = text.encode()
    return Page(content, f"{text}.html", hashlib.sha256(content).hexdigest())


def _desk() -> Desk:
    return Desk(FakeSummariser, Settings(), ("json", "md"))


def test_a_draft_comes_rendered() -> None:
    outcome = _desk().work(_page("Ferry"))
    assert outcome.id is not None
    assert outcome.id.startswith("ferry-")
    assert outcome.files["md"].startswith(b"# Ferry\n")
    assert outcome.open_blocks == 1


def test_seconds_are_those_of_the_page_alone() -> None:
    desk = _desk()
    assert [desk.work(_page(text)).seconds["language"] for text in ("A", "NOTHING", "B")] == [0.5] * 3


def test_a_refused_page_says_where_and_why() -> None:
    failure = _desk().work(_page("NOTHING")).failure
    assert failure is not None
    assert (failure.stage, failure.kind, failure.error) == ("extraction", "no-article", "NoArticle")
    assert "NOTHING.html holds no article" in failure.message


def test_a_fault_of_the_program_is_a_failure_of_its_page() -> None:
    failure = _desk().work(_page("BUG")).failure
    assert failure is not None
    assert (failure.kind, failure.error, failure.message) == ("internal", "ZeroDivisionError", "no sentences")


def test_a_settled_step_keeps_its_place() -> None:
    settled = Outcome("x.html", None)
    with Here(_desk()) as here:
        outcomes = list(here.outcomes([_page("A"), settled, _page("B")]))
    assert [outcome.path for outcome in outcomes] == ["A.html", "x.html", "B.html"]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("texts", ["A CRASH B", "CRASH CRASH CRASH", "CRASH A B C D E", "A B C D E F CRASH"])
def test_a_page_that_kills_its_worker_is_the_only_one_lost(texts: str, workers: int) -> None:
    settled = Outcome("x.html", None)
    steps: list[Step] = [*map(_page, texts.split()), settled]
    with Pool(_desk(), workers) as pool:
        assert pool.provenance() == FakeSummariser(Settings()).provenance
        outcomes = list(pool.outcomes(steps))
    assert [outcome.path for outcome in outcomes] == [f"{text}.html" for text in [*texts.split(), "x"]]
    lost = [outcome.path for outcome in outcomes if outcome.failure and outcome.failure.kind == "crashed"]
    assert lost == ["CRASH.html"] * texts.count("CRASH")


def test_a_long_run_of_settled_steps_comes_through() -> None:
    steps: list[Step] = [Outcome(f"{number}.html", None) for number in range(50)]
    with Pool(_desk(), 2) as pool:
        outcomes = list(pool.outcomes([_page("A"), *steps, _page("B")]))
    assert [outcome.path for outcome in outcomes] == ["A.html", *(step.path for step in steps), "B.html"]


def test_a_worker_that_died_is_replaced() -> None:
    seat = Seat(_desk())
    try:
        with pytest.raises(BrokenProcessPool):
            seat.submit(_page("CRASH")).result()
        assert seat.submit(_page("A")).result().path == "A.html"
    finally:
        seat.close()
