"""Settings: `summarise.toml` as one frozen value, checked key by key.

A key that is not known, or a value of the wrong kind, is an error that names the file and
the line. What is not set in the file keeps its default, which is what the house uses.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from summarise.errors import UsageError

SETTINGS_FILE = "summarise.toml"
"""The name under which settings are looked for in the working directory."""

Scorer = Literal["learned", "tfidf", "textrank", "lead"]

_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(["']?[\w-]+["']?(?:\s*\.\s*["']?[\w-]+["']?)*)\s*=""")


class _Section(BaseModel):
    """A table of the settings: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class KeypointSettings(_Section):
    """The number and length of key points and of the standfirst's sentences, in words."""

    bullets: int = Field(default=5, ge=1, le=10)
    min_words: int = Field(default=8, ge=1)
    max_words: int = Field(default=22, ge=1)
    standfirst_min_words: int = Field(default=12, ge=1)
    standfirst_max_words: int = Field(default=26, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> KeypointSettings:
        if self.min_words > self.max_words:
            raise ValueError(f"min_words ({self.min_words}) is more than max_words ({self.max_words})")
        if self.standfirst_min_words > self.standfirst_max_words:
            raise ValueError(
                f"standfirst_min_words ({self.standfirst_min_words}) is more than "
                f"standfirst_max_words ({self.standfirst_max_words})"
            )
        return self


class LimitSettings(_Section):
    """What one page may take: seconds of waiting, and megabytes of the process that drafts it."""

    seconds: float = Field(default=30.0, gt=0, strict=False)
    megabytes: int = Field(default=2000, ge=100)


class Settings(_Section):
    """Everything that a user may choose about how drafts are made.

    `language_model` is a folder, the name of an installed spaCy pipeline, or "blank"; empty
    means the pipeline that the package ships, where it ships one. `min_words` counts the
    words of the article's body; `max_page_bytes` is the largest page that is read at all.
    `rules` is a folder of own rules, which are laid over the package's; empty means none.
    `limits` decide whether a page is drafted and never how, so that they are no part of the digest.
    """

    language_model: str = ""
    scorer: Scorer = "learned"
    title_case: bool = True
    min_words: int = Field(default=80, ge=1)
    max_page_bytes: int = Field(default=20_000_000, ge=1)
    any_language: bool = False
    rules: str = ""
    keypoints: KeypointSettings = Field(default_factory=KeypointSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)

    @property
    def own_rules(self) -> Path | None:
        """The folder of own rules, if there is one."""
        return Path(self.rules) if self.rules else None

    def digest(self) -> str:
        """Return a short hash of every setting that decides what a draft says; equal settings have equal digests."""
        canonical = json.dumps(self.model_dump(mode="json", exclude={"limits"}), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings of a TOML file, or of `summarise.toml` in the working directory if there is one.

    Raises UsageError, with file and line, where the file cannot be read or holds a mistake.
    """
    if path is None:
        path = Path(SETTINGS_FILE)
        if not path.exists():
            return Settings()
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path}: settings cannot be read ({error.strerror}); check --config") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: settings are not UTF-8 text; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise UsageError("\n".join(_explain(path, text, data, dict(e)) for e in error.errors())) from error


def models_folder() -> Path:
    """Return the folder of trained models: inside the installed package, or at the top of a checkout.

    The folder need not exist or hold anything; the caller looks for the model that it wants.
    """
    package = Path(str(resources.files("summarise")))
    packaged = package / "models"
    checkout = package.parent.parent
    if not packaged.is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / "models"
    return packaged


def _explain(path: Path, text: str, data: dict[str, Any], error: dict[str, Any]) -> str:
    keys = tuple(str(part) for part in error["loc"] if str(part) != "[key]")
    line = _line_of(text, keys)
    place = f"{path}:{line}" if line else str(path)
    name = ".".join(keys) or "settings"
    if error["type"] == "extra_forbidden":
        return f"{place}: unknown key {name!r}{_suggestion(keys[-1], _known_keys(keys[:-1]))}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {name}: {message[:1].lower()}{message[1:]}"


def _known_keys(section: tuple[str, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in section:
        annotation = model.model_fields[name].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)


def _suggestion(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list them all where none is near."""
    known = list(known)
    nearest = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {nearest[0]!r}?" if nearest else f"; known: {', '.join(known)}"


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """Return the line (from 1) on which a key is set; the deepest table on the way where it is not found.

    tomllib keeps no positions, so this reads table headers and the first key of each line.
    """
    table: tuple[str, ...] = ()
    best: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = found = _split(header[1])
        elif key := _KEY.match(line):
            found = table + _split(key[1])
        else:
            continue
        depth = min(len(found), len(keys))
        depth = depth if found[:depth] == keys[:depth] else 0
        if depth and (best is None or depth > best[0]):
            best = (depth, number)
    return best[1] if best else None


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
