"""A desk gives one outcome a page, whatever the page does to the pipeline."""

from __future__ import annotations

import hashlib

from fakes import FakeSummariser
from summarise.records import Page
from summarise.settings import Settings
from summarise.workers import Desk


def _page(text: str) -> Page:
    content = text.encode()
    return Page(content, f"{text}.html", hashlib.sha256(content).hexdigest())


def _desk() -> Desk:
    return Desk(FakeSummariser, Settings(), ("json", "md"))


def test_a_draft_comes_rendered_and_signed() -> None:
    outcome = _desk().work(_page("Ferry"))
    assert outcome.id is not None
    assert outcome.id.startswith("ferry-")
    assert outcome.files["md"].startswith(b"# Ferry\n")
    assert outcome.open_blocks == 1
    assert outcome.signature


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


def test_equal_desks_share_a_drafter() -> None:
    assert _desk().drafter is _desk().drafter
