"""Pages in the manner of different newsrooms: a page and, beside it, the article that an editor reads off it.

All texts are invented. A folder holds `page.html` and `article.json` with every field of the article; a new case is a
new folder.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from summarise.extraction import extract
from summarise.pages import read_page

NEWSROOMS = sorted(path.parent for path in Path(__file__).parent.glob("newsrooms/*/page.html"))


def _expected(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "article.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", NEWSROOMS, ids=lambda folder: folder.name)
def test_a_page_gives_the_article_that_an_editor_reads_off_it(folder: Path) -> None:
    found = asdict(extract(read_page(folder / "page.html")))
    found["headings"] = sorted(found["headings"])
    expected = _expected(folder)
    listed = {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}
    assert {key: listed[key] for key in expected} == expected


@pytest.mark.parametrize("folder", NEWSROOMS, ids=lambda folder: folder.name)
def test_nothing_remembers_the_page_before(folder: Path) -> None:
    page = read_page(folder / "page.html")
    assert extract(page) == extract(page)
