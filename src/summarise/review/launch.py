"""JupyterLab on the notebook of the review."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from summarise.errors import UsageError


def open_notebook(folder: Path, *, editor: str, port: int | None = None, browser: bool = True) -> int:
    """Open the review of a folder in JupyterLab, and return its exit code when it ends."""
    if find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed: pip install 'summarise[review]'")
    raise UsageError(f"The notebook of the review is not there yet: {editor} can use --import on {folder}.")
