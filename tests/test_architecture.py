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
    "settings": {"pydantic"},
    "furniture": {"yaml"},
    "pages": {"trafilatura"},
    "webpage": {"trafilatura", "lxml", "dateutil"},
    "extraction": {"trafilatura", "lxml", "py3langid"},
    "sentences": {"yaml"},
    "language": {"spacy"},
    "syntax": set(),
    "names": set(),
    "salience": {"sklearn", "numpy", "scipy"},
    "standing": set(),
    "cut": set(),
    "cues": set(),
    "fences": set(),
    "removals": set(),
    "edits": set(),
    "compression": set(),
    "lines": set(),
    "keypoints": set(),
    "house": {"yaml"},
    "rendering": set(),
    "pipeline": set(),
    "tables": {"pyarrow"},
    "store": set(),
    "workers": set(),
    "report": set(),
    "batch": set(),
    "evaluation": {"rouge_score"},
    "terminal": {"rich"},
    "cli": {"typer", "rich"},
}
"""Every module or package of the design from the top down, with the libraries that it may import."""

HEAVY = {"spacy", "sklearn", "scipy", "numpy", "pandas", "pyarrow", "trafilatura", "lxml"}
LIGHT = ("records", "errors", "settings", "rendering", "tables", "store", "workers", "report", "batch", "cli")


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
        if node.module == "summarise":
            return [f"summarise.{alias.name}" for alias in node.names]
        return [node.module or ""]
    return []


def _module(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_the_table_allows(path: Path) -> None:
    module = _module(path)
    assert module in TABLE, f"{module} has no place in the table: add it here and in docs/architecture.md"
    order = list(TABLE)
    for found in _imports(path):
        if found.top == "summarise":
            other = found.what.split(".")[1]
            allowed = other in ("__version__", module) or order.index(other) < order.index(module)
            assert allowed, f"{found.where} imports {found.what}, which is not above it"
        elif not found.for_types and found.top not in sys.stdlib_module_names:
            assert found.top in TABLE[module], f"{found.where} imports {found.what}"


@pytest.mark.parametrize("module", LIGHT)
def test_light_modules_import_nothing_heavy_at_once(module: str) -> None:
    heavy = [found for found in _imports(PACKAGE / f"{module}.py") if found.at_once and found.top in HEAVY]
    assert heavy == []


@pytest.mark.parametrize(
    "command",
    ["--help", "--version", "run --help", "page --help", "explain --help", "lint --help"],
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
