"""A seat gives every page an outcome, whatever the page does to the process that drafts it."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fakes import FakeSummariser
from summarise.errors import RunError, UsageError
from summarise.records import Page
from summarise.seats import Seat
from summarise.settings import LimitSettings, Settings
from summarise.workers import Desk, Drafter, Outcome

LIMITS = Settings(limits=LimitSettings(seconds=2, megabytes=1000))


def _page(text: str) -> Page:
    content = text.encode()
    return Page(content, f"{text}.html", hashlib.sha256(content).hexdigest())


def _pages(texts: str) -> list[Page]:
    return [_page(text) for text in texts.split()]


@pytest.fixture
def seat() -> Iterator[Seat]:
    with closing(Seat(Desk(FakeSummariser, LIMITS, ("json",)))) as made:
        yield made


def _kinds(outcomes: list[Outcome]) -> list[str]:
    return [outcome.failure.kind if outcome.failure else "drafted" for outcome in outcomes]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("CRASH", "crashed", "killed 3 processes"),
        ("ENDLESS", "timeout", "within 2 s"),
        ("HUGE", "memory", "more than 1,000 MB"),
    ],
)
def test_a_page_that_does_not_come_back_is_recorded_and_the_others_are_drafted(
    seat: Seat, text: str, kind: str, said: str
) -> None:
    outcomes = seat.work(_pages(f"A {text} B C"))
    assert [outcome.path for outcome in outcomes] == ["A.html", f"{text}.html", "B.html", "C.html"]
    assert _kinds(outcomes) == ["drafted", kind, "drafted", "drafted"]
    failure = outcomes[1].failure
    assert failure is not None
    assert said in failure.message
    assert failure.stage == "batch"


@pytest.mark.parametrize("texts", ["CRASH CRASH", "CRASH A CRASH", "A B CRASH", "ENDLESS CRASH HUGE"])
def test_bad_pages_in_a_row_are_each_recorded(seat: Seat, texts: str) -> None:
    wanted = {"CRASH": "crashed", "ENDLESS": "timeout", "HUGE": "memory"}
    assert _kinds(seat.work(_pages(texts))) == [wanted.get(text, "drafted") for text in texts.split()]


class KilledOnce(FakeSummariser):
    """Is killed at a page that says where to leave a mark, unless the mark is there."""

    def draft(self, page: Page):  # type: ignore[no-untyped-def]
        mark = Path(page.content.decode())
        if mark.is_absolute() and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().draft(page)


def test_a_page_whose_process_was_killed_by_others_is_drafted_by_the_next(tmp_path: Path) -> None:
    with closing(Seat(Desk(KilledOnce, LIMITS, ("json",)))) as seat:
        assert _kinds(seat.work([_page("A"), _page(str(tmp_path / "mark")), _page("B")])) == ["drafted"] * 3


def _without_model(_: Settings) -> Drafter:
    raise UsageError("There is no language model 'x': install it or name another.")


def test_a_model_that_is_missing_is_an_error_of_the_run_and_not_of_the_page() -> None:
    with closing(Seat(Desk(_without_model, LIMITS, ("json",)))) as seat, pytest.raises(UsageError, match="model 'x'"):
        seat.work([_page("A")])


def test_a_worker_with_other_models_or_rules_refuses_the_work() -> None:
    with (
        closing(Seat(Desk(FakeSummariser, LIMITS, ("json",), digest="another"))) as seat,
        pytest.raises(RunError, match="other models, rules"),
    ):
        seat.work([_page("A")])


def test_settings_that_only_limit_do_not_change_the_digest() -> None:
    assert LIMITS.digest() == Settings().digest()
