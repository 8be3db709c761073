"""The manual says what the program does: what can be compared with the code is."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from typer.main import get_command

from summarise import errors, settings, store, tables, workers
from summarise.cli import app
from summarise.house import blocks, rules, style
from summarise.house.kinds.catalogue import SLOTS
from summarise.house.rulebook import example
from summarise.house.rules import Rule, load
from summarise.language import Analyser
from summarise.pages import read_page
from summarise.report import RunReport
from summarise.settings import Settings
from summarise.workers import Drafter
from test_architecture import MODULES, TABLE, place_of

Make = Callable[[Settings], Drafter]

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.glob("*.md")),
    *sorted((ROOT / "models").rglob("README.md")),
    ROOT / "data" / "processed" / "README.md",
]
RULE_PAGE = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads(
    resources.files("summarise").joinpath("data/draft.schema.json").read_text(encoding="utf-8")
)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """Return the text below each heading of a page, by heading."""
    pieces = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def _rows(text: str) -> list[list[str]]:
    """Return the cells of the tables of a text, their heads and rulers aside."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {number for number, line in enumerate(lines[1:]) if set(line) <= set("|- ")}
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for number, line in enumerate(lines)
        if number not in heads and number - 1 not in heads
    ]


def _ticked(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _first_column(text: str) -> list[str]:
    return [name for row in _rows(text) for name in _ticked(row[0])]


# ------------------------------------------------------------ every page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (page.parent / target.split("#")[0]).exists()] == []


def test_the_index_names_every_page_of_the_manual() -> None:
    named = re.findall(r"\]\((\S+\.md)\)", _text("docs/README.md"))
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= set(named)


# ------------------------------------------------------------ the README and the commands


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_up_to_date(generator: ModuleType) -> None:
    assert _text("docs/commands.md") == generator.command_reference(), "run `make docs`"


def test_the_sample_of_the_readme_is_what_the_program_drafts(generator: ModuleType, real_make: Make) -> None:
    sample = generator.sample(real_make(Settings()))
    assert _text("README.md") == generator.with_sample(_text("README.md"), sample), "run `make docs`"


def _options() -> dict[str, set[str]]:
    commands = getattr(get_command(app), "commands", {})
    return {name: {option for param in command.params for option in param.opts} for name, command in commands.items()}


def test_the_readme_shows_the_commands_and_options_that_there_are() -> None:
    usage = _sections(_text("README.md"))["The command line"].split("```")[1]
    shown = re.findall(r"^summarise (\w+)((?:.|\n(?!summarise))*)", usage, flags=re.MULTILINE)
    known = _options()
    assert [name for name, _ in shown] == list(known)
    for name, text in shown:
        options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))
        assert options <= known[name], name
    run = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown[0][1]))
    assert {option for option in known["run"] if option.startswith("--")} - run == {"--out"}


def test_the_readme_names_every_scorer() -> None:
    assert f"--scorer {'|'.join(get_args(settings.Scorer))}" in _text("README.md")


def test_the_folders_of_the_readme_exist() -> None:
    folders = _first_column(_sections(_text("README.md"))["Folders"])
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


# ------------------------------------------------------------ architecture.md


def test_the_table_of_modules_names_every_module_and_no_other() -> None:
    rows = _first_column(_sections(_text("docs/architecture.md"))["Modules"])
    assert set(rows) == {place_of(module) for module in MODULES}
    assert rows == list(TABLE)


def test_the_table_of_modules_agrees_with_the_one_that_is_enforced() -> None:
    table = _sections(_text("docs/architecture.md"))["Modules"]
    shown = {_ticked(row[0])[0]: {name.strip() for name in row[2].split(",") if name.strip()} for row in _rows(table)}
    assert shown == TABLE


def test_the_table_of_data_names_every_data_file() -> None:
    package = ROOT / "src" / "summarise"
    files = {str(path.relative_to(package)) for path in package.rglob("data/**/*") if path.is_file()}
    shown = _first_column(_sections(_text("docs/architecture.md"))["Where knowledge lives"])
    assert set(shown) == files


# ------------------------------------------------------------ house-style.md


def test_the_lengths_of_the_manual_are_those_of_the_lint() -> None:
    page = {row[0].strip("*:"): row[1] for row in _rows(_sections(_text("docs/house-style.md"))["The page"])}
    for part, (fewest, most) in {
        "standfirst": style.STANDFIRST,
        "key points": style.KEY_POINT,
        "Why this matters": style.WHY,
        "What this means for you": style.YOU,
    }.items():
        assert re.search(rf"\b{fewest} to {most} words", page[part]), part


def test_the_manual_names_every_check_of_the_lint() -> None:
    checks = {rule.check for rule in style.rules()}
    assert set(_first_column(_sections(_text("docs/house-style.md"))["What the lint says"])) == checks


# ------------------------------------------------------------ drafts.md


def _fields(schema: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the fields that a schema lists, as the manual writes them ("topics[].code")."""
    for name, value in schema.get("properties", {}).items():
        path = prefix + name
        items = value.get("items", {})
        item = (
            SCHEMA["$defs"][items["$ref"].rsplit("/", 1)[-1]] if items.get("$ref", "").endswith("evidence") else items
        )
        if value.get("properties"):
            yield from _fields(value, f"{path}.")
            continue
        yield path
        yield from _fields(item, f"{path}[].")


@pytest.mark.parametrize(
    ("heading", "schema"),
    [
        ("The JSON of a draft", SCHEMA),
        ("A block", SCHEMA["$defs"]["block"]),
        ("A line", SCHEMA["$defs"]["line"]),
    ],
)
def test_the_manual_lists_every_field_of_the_contract_in_order(heading: str, schema: dict[str, Any]) -> None:
    listed = [row for row in _rows(_sections(_text("docs/drafts.md"))[heading]) if len(row) == 3]
    assert [name for row in listed for name in _ticked(row[0])] == list(_fields(schema))


def test_the_manual_lists_every_column_in_order() -> None:
    section = _sections(_text("docs/drafts.md"))["drafts.parquet and drafts.csv"]
    assert _first_column(section) == list(tables.COLUMNS)


def test_the_manual_lists_every_field_and_kind_of_a_failure() -> None:
    rows = _rows(_sections(_text("docs/drafts.md"))["failures.jsonl"])
    split = next(number for number, row in enumerate(rows) if row[0] == "`unreadable`")
    assert [_ticked(row[0])[0] for row in rows[:split]] == [field.name for field in dataclasses.fields(store.Failure)]
    kinds = {_ticked(row[0])[0]: row[1:] for row in rows[split:]}
    classes = {error.kind: error for error in errors.PageError.__subclasses__()}
    assert set(kinds) == {*classes, workers.INTERNAL}
    for kind, error in classes.items():
        assert kinds[kind] == [f"`{error.stage}`", f"`{error.__name__}`"]


def test_the_manual_lists_every_field_of_the_run_report() -> None:
    report = RunReport(Path("out")).as_dict(Settings(), None)
    fields = [
        name if key != "counts" else f"counts.{name}"
        for key, value in report.items()
        for name in (value if key == "counts" else [key])
    ]
    assert _first_column(_sections(_text("docs/drafts.md"))["run.json"]) == fields


def test_the_manual_explains_every_edit_and_part_of_the_sample_drafts(real_make: Make) -> None:
    text = _text("docs/drafts.md")
    summariser = real_make(Settings())
    lines = [
        line
        for path in sorted((ROOT / "data" / "raw").glob("*.html"))
        for _, line in summariser.draft(read_page(path)).lines()
    ]
    names = {edit for line in lines for edit in line.edits} | {name for line in lines for name, _ in line.parts}
    assert len(names) > 10
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


# ------------------------------------------------------------ writing-rules.md

EXAMPLE = RULE_PAGE.split("```yaml\n")[1].split("```")[0]


def _loaded(folder: Path, text: str) -> tuple[Rule, ...]:
    (folder / "why.yaml").write_text(text, encoding="utf-8")
    return load(SLOTS, folder)


def test_the_manual_explains_every_key_of_a_rule() -> None:
    rows = _rows(_sections(RULE_PAGE)["Keys"])
    fields = {field.name: field for field in dataclasses.fields(Rule) if field.name in rules.KEYS}
    assert {_ticked(row[0])[0] for row in rows} == set(fields)
    for row in rows:
        field = fields[_ticked(row[0])[0]]
        assert (row[1] == "yes") == (field.default is dataclasses.MISSING), row


def test_the_manual_explains_every_kind_and_its_slots() -> None:
    rows = _rows(_sections(RULE_PAGE)["Kinds and slots"])
    shown = {_ticked(row[0])[0]: set(_ticked(row[2])) for row in rows}
    assert shown == SLOTS


def test_the_worked_example_writes_what_the_manual_says(tmp_path: Path, analyser: Analyser) -> None:
    (rule,) = _loaded(tmp_path, EXAMPLE)
    written = RULE_PAGE.split("```text\n")[1].split("```")[0].splitlines()
    made = [
        drafted.text for text in rule.fires for drafted in blocks.fired(example(text, analyser), rule.block, [rule])
    ]
    assert made == written
    assert [list(blocks.fired(example(text, analyser), rule.block, [rule])) for text in rule.silent] == [[]]


def test_the_worked_example_is_not_shipped_already() -> None:
    assert "why-jobs" not in {rule.id for rule in blocks.house_rules()}


def test_the_example_of_a_rule_that_is_switched_off_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(_sections(RULE_PAGE)["Rules of your own"].split("```")[1].removeprefix("yaml\n"))
    assert len(blocks.house_rules(tmp_path)) == len(blocks.house_rules()) - 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  cues:", "  cue:"),
        ("  reason: Jobs that come or go reach beyond the firm in the news.\n", ""),
        ("block: why", "block: because"),
        ("kind: statement", "kind: statements"),
        ("{statement}", "{sentence}"),
        (EXAMPLE, EXAMPLE + EXAMPLE),
        (EXAMPLE, "id: why-jobs\n"),
        ("{statement}", "Jobs matter."),
    ],
    ids=lambda text: text.strip()[:12] or "nothing",
)
def test_the_manual_quotes_the_errors_of_rules_as_they_are(right: str, wrong: str, tmp_path: Path) -> None:
    assert right in EXAMPLE
    with pytest.raises(errors.UsageError) as caught:
        _loaded(tmp_path, EXAMPLE.replace(right, wrong, 1))
    assert str(caught.value) in [_ticked(row[1])[0] for row in _rows(_sections(RULE_PAGE)["When a rule is wrong"])]


def test_the_blocks_have_the_lengths_that_the_manual_says() -> None:
    why, you = blocks.LENGTHS["why"], blocks.LENGTHS["you"]
    said = f'({why.fewest} to {why.most} words, {you.fewest} to {you.most} for "you")'
    assert said in _sections(RULE_PAGE)["How a block is put together"]
    assert set(blocks.LENGTHS) == set(rules.BLOCKS)


# ------------------------------------------------------------ models and licences

META: dict[str, Any] = json.loads(_text("models/en_news/meta.json"))


def test_the_model_card_agrees_with_the_model() -> None:
    card = _text("models/en_news/README.md")
    assert card.startswith(f"# {META['lang']}_{META['name']} {META['version']}\n")
    assert f"`{META['spacy_version']}`" in card
    assert f"| licence | {META['license']}," in card
    components = next(row[1] for row in _rows(card) if row[0] == "components")
    assert set(_ticked(components)) == set(META["pipeline"])
    assert f"{len(META['labels']['tagger'])} Penn tags" in card
    assert f"{len(META['labels']['parser'])} dependency labels" in card
    assert all(f"`{label}`" in card for label in META["labels"]["ner"])


@pytest.mark.parametrize("page", ["NOTICE", "models/en_news/README.md"])
@pytest.mark.parametrize("source", META["sources"], ids=lambda source: source["name"].split(" (")[0])
def test_every_source_of_the_model_is_credited(source: dict[str, str], page: str) -> None:
    text = _text(page)
    assert source["url"] in text
    assert source["author"] in text
    assert source["license"].split(";")[0].removeprefix("annotations ") in text


def test_the_list_of_models_names_every_model() -> None:
    folders = {path.name for path in (ROOT / "models").iterdir() if path.is_dir()}
    assert folders == set(re.findall(r"\[(\w+)\]\(\1/README\.md\)", _text("models/README.md")))


def test_data_under_another_licence_is_in_the_notice() -> None:
    data = ROOT / "src" / "summarise"
    terms = r"CC BY|Creative Commons|Open Government"
    licensed = [path for path in data.rglob("*.yaml") if re.search(terms, _head(path))]
    assert [path.name for path in licensed if str(path.relative_to(ROOT)) not in _text("NOTICE")] == []
    assert {path.name for path in licensed} >= {"topics.yaml", "places.yaml"}


def _head(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines[:20] if line.startswith("#"))
