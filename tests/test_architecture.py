"""Modules import up the table of the design only, and heavy libraries stay out of light modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "summarise"

TABLE: tuple[tuple[str, frozenset[str]], ...] = (
    ("records", frozenset({"spacy"})),  # for the type of `Document.parses` only; see the next test
    ("errors", frozenset()),
    ("settings", frozenset({"pydantic"})),
    ("pages", frozenset({"trafilatura"})),
    ("webpage", frozenset({"trafilatura", "lxml", "yaml", "py3langid"})),
    ("extraction", frozenset({"trafilatura", "lxml", "yaml", "py3langid"})),
    ("sentences", frozenset({"spacy"})),
    ("language", frozenset({"spacy"})),
    ("salience", frozenset({"sklearn", "numpy", "scipy"})),
    ("compression", frozenset({"spacy"})),
    ("keypoints", frozenset()),
    ("house", frozenset({"yaml", "spacy"})),
    ("rendering", frozenset()),
    ("pipeline", frozenset()),
    ("tables", frozenset({"pyarrow"})),
    ("store", frozenset()),
    ("workers", frozenset()),
    ("report", frozenset()),
    ("batch", frozenset()),
    ("evaluation", frozenset({"rouge_score"})),
    ("terminal", frozenset({"rich"})),
    ("cli", frozenset({"typer", "rich"})),
)
"""Every module or package from the top of the table down, and the libraries that it may import."""
