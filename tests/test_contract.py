"""The JSON of every draft keeps the contract that the package ships as a JSON Schema."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from fakes import draft
from summarise.pages import read_page
from summarise.records import draft_from_json
from summarise.rendering import to_json
from summarise.settings import Settings
from summarise.workers import Drafter

Make = Callable[[Settings], Drafter]

PAGES = sorted((Path(__file__).parent.parent / "data" / "raw").glob("*.html"))

SCHEMA: dict[str, Any] = json.loads(
    resources.files("summarise").joinpath("data/draft.schema.json").read_text(encoding="utf-8")
)


def _validate(data: dict[str, Any]) -> None:
    Draft202012Validator(SCHEMA).validate(data)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["additionalProperties"] is False


def test_a_draft_made_by_hand_keeps_the_contract() -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(to_json(draft())))) == []


def _objects(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    found = [item for value in inner for item in _objects(value)]
    is_object = isinstance(schema, dict) and schema.get("type") == "object"
    return [schema, *found] if is_object else found


def test_no_object_of_the_contract_is_open_to_unknown_keys() -> None:
    for item in _objects(SCHEMA):
        closed = item["additionalProperties"] is False and sorted(item["required"]) == sorted(item["properties"])
        assert closed or set(item) == {"type", "additionalProperties"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "../evil"),
        (("extra",), 1),
        (("schema",), "summarise/draft/2"),
        (("source", "sha256"), "0"),
        (("source", "member"), 7),
        (("article", "published"), "5 March 2024"),
        (("article", "paragraphs"), []),
        (("key_points", 0, "evidence"), []),
        (("key_points", 0, "text"), ""),
        (("key_points", 0, "parts"), {"position": "high"}),
        (("key_points", 0, "evidence", 0, "start"), -1),
        (("why_this_matters", "sentences"), []),
        (("what_this_means_for_you", "reason"), None),
        (("findings", 0, "severity"), "fatal"),
        (("topics", 0, "weight"), 1.5),
    ],
)
def test_a_break_of_the_contract_is_seen(path: tuple[str | int, ...], value: object) -> None:
    data = copy.deepcopy(json.loads(to_json(draft())))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        _validate(data)


def test_there_are_sample_pages() -> None:
    assert len(PAGES) >= 10


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_drafts_of_sample_pages_keep_the_contract(path: Path, real_make: Make) -> None:
    made = real_make(Settings()).draft(read_page(path))
    data = json.loads(to_json(made))
    _validate(data)
    assert json.loads(to_json(draft_from_json(data))) == data
    for _, line in made.lines():
        for evidence in line.evidence:
            paragraph = made.article.paragraphs[evidence.paragraph]
            assert 0 <= evidence.start < evidence.end <= len(paragraph)
