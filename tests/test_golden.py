"""Golden drafts: what a person reads of three sample pages, kept beside the tests.

A change to them is a change to the product: look at the difference, and if it is better, renew
them with `UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from summarise.pages import read_page
from summarise.rendering import to_json, to_markdown
from summarise.settings import Settings
from summarise.workers import Drafter

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
PAGES = ("wensumledger-bus-fares", "fenobserver-sentencing", "harbourtimes-waiting-list")


@pytest.mark.parametrize("name", PAGES)
def test_the_draft_of_a_sample_page_reads_as_it_was_approved(
    name: str, real_make: Callable[[Settings], Drafter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = read_page(Path("data/raw") / f"{name}.html", Settings().max_page_bytes)
    drafted = to_markdown(real_make(Settings()).draft(page))
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(drafted, encoding="utf-8")
    assert drafted == golden.read_text(encoding="utf-8")


def test_a_new_summariser_writes_the_same_bytes(real_make: Callable[[Settings], Drafter]) -> None:
    from summarise.pipeline import Summariser

    page = read_page(ROOT / "data/raw" / f"{PAGES[0]}.html", Settings().max_page_bytes)
    assert to_json(Summariser(Settings()).draft(page)) == to_json(real_make(Settings()).draft(page))
