"""Modules import up the table of the design only, and heavy libraries stay out of light modules."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "summarise"

TABLE: dict[str, set[str]] = {
    "errors": set(),
    "records": set(),
    "wording": {"yaml"},
    "gazetteer_files": {"yaml"},
    "gazetteer": set(),
    "settings": {"pydantic"},
    "archives": {"warcio"},
    "pages": {"trafilatura"},
    "furniture": {"yaml"},
    "webpage.markup": set(),
    "webpage.machine": set(),
    "webpage.headline": set(),
    "webpage.standfirst": set(),
    "webpage.byline": set(),
    "webpage.dates": set(),
    "webpage.particulars": set(),
    "webpage.facts": {"trafilatura"},
    "webpage.hidden": set(),
    "webpage.breaks": set(),
    "webpage.housepage": set(),
    "webpage.blocks": set(),
    "webpage.repairs": set(),
    "webpage.prose": set(),
    "webpage.liveblog": set(),
    "webpage.state": set(),
    "webpage.body": {"trafilatura"},
    "webpage.opening": set(),
    "webpage.refusals": set(),
    "languages": {"py3langid"},
    "extraction": {"trafilatura"},
    "houseform": set(),
    "inflection": {"inflect"},
    "sentences": {"yaml"},
    "nlp.tokenizer": {"spacy"},
    "nlp.boundaries": {"spacy"},
    "nlp.known_names": {"spacy"},
    "nlp.figures": {"spacy"},
    "nlp.noun_chunks": {"spacy"},
    "nlp.arithmetic": {"spacy", "thinc", "threadpoolctl"},
    "language": {"spacy"},
    "syntax": set(),
    "people": set(),
    "gender": set(),
    "mentions": set(),
    "antecedents": set(),
    "bodies": set(),
    "names": set(),
    "salience.background": {"numpy"},
    "salience.scorers": {"sklearn", "numpy", "scipy"},
    "salience.features": {"numpy"},
    "salience.labels": {"numpy", "rouge_score"},
    "salience.trees": {"numpy"},
    "salience.learned": {"sklearn", "numpy"},
    "salience.scores": {"numpy", "scipy"},
    "standing": set(),
    "cut": set(),
    "fences": set(),
    "cues": set(),
    "adjuncts": set(),
    "safeguards": set(),
    "sources": set(),
    "removals": set(),
    "promotion": set(),
    "quotations": set(),
    "edits": set(),
    "compression": set(),
    "wholeness": set(),
    "leaning": set(),
    "captions": set(),
    "lines": set(),
    "keypoints": set(),
    "house.topics": {"yaml"},
    "house.places": set(),
    "house.title_case": set(),
    "house.audiences": set(),
    "house.second_person": set(),
    "house.directed": set(),
    "house.rule_files": {"yaml"},
    "house.rules": set(),
    "house.story": set(),
    "house.interests": set(),
    "house.kinds.match": set(),
    "house.kinds.reading": set(),
    "house.kinds.stakes": set(),
    "house.kinds.speech": set(),
    "house.kinds.readers": set(),
    "house.kinds.catalogue": set(),
    "house.blocks": set(),
    "house.stylebook": set(),
    "house.proof": set(),
    "house.hedging": set(),
    "house.introductions": set(),
    "house.line_checks": set(),
    "house.checks": set(),
    "house.rulebook": set(),
    "house.style": set(),
    "rendering": set(),
    "pipeline": set(),
    "tables": {"pyarrow"},
    "store": {"filelock"},
    "likeness": {"datasketch", "numpy"},
    "workers": set(),
    "seats": set(),
    "engines": {"dask", "distributed"},
    "report": set(),
    "batch": set(),
    "evaluation": {"rouge_score", "numpy", "rich", "yaml"},
    "training": set(),
    "review.locks": set(),
    "review.decisions": set(),
    "review.claims": set(),
    "review.queue": set(),
    "review.editing": set(),
    "review.alternatives": set(),
    "review.importing": set(),
    "review.export": {"jsonschema"},
    "review.feedback": set(),
    "review.launch": set(),
    "terminal": {"rich"},
    "cli": {"typer", "rich"},
}
"""Every module from the top down, with the libraries that it imports; docs/architecture.md shows the same.

A package has one row for all its modules, or one for each. Imports for type checkers do not count.
"""

HEAVY = {"spacy", "sklearn", "scipy", "numpy", "pandas", "pyarrow", "trafilatura", "lxml"}
LIGHT = (
    "records",
    "errors",
    "settings",
    "rendering",
    "tables",
    "store",
    "workers",
    "seats",
    "engines",
    "likeness",
    "report",
    "batch",
    "cli",
)


class Import(NamedTuple):
    """One import: `where` it stands, `what` it names, and whether it runs when the module is imported."""

    where: str
    what: str
    at_once: bool
    for_types: bool

    @property
    def top(self) -> str:
        return self.what.split(".")[0]


def _imports(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    types = {n for node in ast.walk(tree) if _is_for_types(node) for n in ast.walk(node)}
    inner = {n for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for n in ast.walk(node)}
    for node in ast.walk(tree):
        for what in _names(node):
            place = f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"
            yield Import(place, what, node not in inner and node not in types, node in types)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        module = node.module or ""
        if module.split(".")[0] == "summarise" and (PACKAGE / Path(*module.split(".")[1:])).is_dir():
            return [f"{module}.{alias.name}" for alias in node.names]
        return [module]
    return []


def place_of(module: str) -> str:
    """Return the row of a module ("house.rules", "cli"): its own, or the one of its package."""
    return module if module in TABLE else module.split(".")[0]


def modules() -> dict[str, Path]:
    """Return the modules of the package by name, the empty `__init__` modules aside."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in paths}


MODULES = modules()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_the_table_allows(module: str) -> None:
    place = place_of(module)
    assert place in TABLE, f"{module} has no place in the table: add it here and in docs/architecture.md"
    order = list(TABLE)
    for found in _imports(MODULES[module]):
        if found.top == "summarise":
            other = place_of(found.what.removeprefix("summarise."))
            allowed = other in ("__version__", place) or order.index(other) < order.index(place)
            assert allowed, f"{found.where} imports {found.what}, which is not above it"
        elif not found.for_types and found.top not in sys.stdlib_module_names:
            assert found.top in TABLE[place], f"{found.where} imports {found.what}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_packages_import_nothing_by_themselves(path: Path) -> None:
    assert [found.what for found in _imports(path) if found.what != "__future__"] == []


def test_no_row_of_the_table_has_outlived_its_module_or_its_library() -> None:
    used: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        used.setdefault(place_of(module), set()).update(found.top for found in _imports(path) if not found.for_types)
    assert {row: libraries - used.get(row, set()) for row, libraries in TABLE.items()} == {row: set() for row in TABLE}
    assert set(TABLE) == set(used)


@pytest.mark.parametrize("module", LIGHT)
def test_light_modules_import_nothing_heavy_at_once(module: str) -> None:
    heavy = [found for found in _imports(PACKAGE / f"{module}.py") if found.at_once and found.top in HEAVY]
    assert heavy == []


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "--version",
        "run --help",
        "page --help",
        "explain --help",
        "lint --help",
        "rules --help",
        "rules check --help",
        "review --help",
        "export --help",
        "feedback --help",
    ],
)
def test_help_imports_nothing_heavy(command: str) -> None:
    code = (
        "import sys\n"
        "from summarise.cli import app\n"
        f"try: app({command.split()!r})\n"
        "except SystemExit: pass\n"
        "print(sorted(set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout
    loaded = set(ast.literal_eval(done.stderr.strip().splitlines()[-1]))
    assert loaded & (HEAVY) == set()
