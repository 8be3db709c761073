"""The files of the gazetteer as entries; every mistake is named with file and line.

The files of `data/gazetteer` hold one kind of entry each. British places, and what the house
knows of the world, stand in `house/data/places.yaml` and are read from there, not written twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import yaml

from summarise.errors import UsageError
from summarise.wording import read_yaml

LABELS = ("PERSON", "ORG", "PLACE")
BRITISH = ("England", "Scotland", "Wales", "Northern Ireland", "Crown Dependencies")

_FOLDER = "data/gazetteer"
_COMPOSED, _CITIES, _AMBIGUOUS = "composed.yaml", "world_cities.yaml", "ambiguous.yaml"
_PLACE_KINDS = ("county", "council", "city", "town", "borough", "district", "area")
_DIRECTIONS = re.compile(r"(?:North|South|East|West)\b.*")
_PEOPLE = re.compile(r".*(?:ians?|ns|ers?)")  # "Californians", "New Yorker" among the names of states


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact. `label` is None for what is no name by itself, such as an office.

    `forms` are other names and short forms, `ambiguous` those of name and forms that never count
    alone. `of` is the body that an office belongs to, `place` the town of a club or a composed
    name; `capital`, `demonyms` and `iso` (ISO 3166-1 alpha-2) are of countries.
    """

    name: str
    kind: str
    label: str | None = None
    nation: str = ""
    forms: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    of: str = ""
    place: str = ""
    capital: str = ""
    demonyms: tuple[str, ...] = ()
    iso: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The name and its other forms; demonyms are not among them."""
        return (self.name, *self.forms)


@dataclass(frozen=True, slots=True)
class Frame:
    """A composed name: `frame` with {place}, for British places of the kinds in `of` (in `nations` alone, if named)."""

    frame: str
    kind: str
    of: tuple[str, ...]
    nations: tuple[str, ...] = ()
    label: str = "ORG"

    def fits(self, place: Entry) -> bool:
        """Whether a place can stand in this frame."""
        return place.kind in self.of and place.nation in (self.nations or BRITISH)


class Facts(NamedTuple):
    """What the files hold: entries in the order of their claim to a phrase, frames, and doubtful phrases."""

    entries: tuple[Entry, ...]
    frames: tuple[Frame, ...]
    doubtful: frozenset[str]


def read_package() -> Facts:
    """Return the facts that the package holds. Raises UsageError with file and line."""
    package = resources.files("summarise")
    return read(package.joinpath(_FOLDER), read_yaml(_text(package.joinpath("house/data/places.yaml"))))


def read(folder: Traversable, places: Mapping[str, Any]) -> Facts:
    """Return the facts of a folder of YAML files and of places.yaml. Raises UsageError with file and line."""
    entries: list[Entry] = []
    frames: list[Frame] = []
    cities: list[Entry] = []
    doubtful: list[str] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name == _COMPOSED:
            frames = [Frame(**row) for row in _rows(file, _FRAME_KEYS, ("frame", "kind", "of"))]
        elif file.name == _CITIES:
            cities = list(_cities(file))
        elif file.name == _AMBIGUOUS:
            doubtful = [name for row in _rows(file, _AMBIGUOUS_KEYS, ("why", "names")) for name in row["names"]]
        elif file.name.endswith(".yaml"):
            entries += _entries(file)
    codes = {entry.name: entry for entry in entries if entry.iso}
    named = [entry for entry in entries if not entry.iso]
    claimed = {phrase for entry in named for phrase in entry.phrases}
    countries = [_without(claimed, entry) for entry in _countries(codes, places)]
    nations = {entry.iso: entry.name for entry in countries}
    located = [replace(city, nation=nations.get(city.nation, city.nation)) for city in cities]
    british = (place for place in _british(places) if place.kind != "council" or place.name not in claimed)
    return Facts((*named, *countries, *british, *_abroad(places), *located), tuple(frames), frozenset(doubtful))


def _without(claimed: Collection[str], entry: Entry) -> Entry:
    """Return an entry without the forms that are names of others: the European Union is not "Europe"."""
    return replace(entry, forms=tuple(form for form in entry.forms if form not in claimed))


_FRAME_KEYS = {"frame": str, "kind": str, "of": tuple, "nations": tuple, "label": str}
_CITY_KEYS = {"iso": str, "names": tuple, "ambiguous": tuple}
_AMBIGUOUS_KEYS = {"why": str, "names": tuple}
_FILE_KEYS = ("kind", "label", "nation", "entries")
_ENTRY_KEYS: dict[str, type] = {
    **dict.fromkeys(("name", "kind", "label", "nation", "of", "place", "capital", "iso"), str),
    **dict.fromkeys(("forms", "ambiguous", "demonyms"), tuple),
}


def _entries(file: Traversable) -> Iterator[Entry]:
    """Yield the entries of one file, which gives kind, label and nation for all that name none themselves."""
    tree = _tree(file)
    if not isinstance(tree, yaml.MappingNode):
        raise UsageError(f"{file.name}:1: a file of the gazetteer has the keys {', '.join(_FILE_KEYS)}")
    defaults: dict[str, Any] = {}
    rows: list[yaml.Node] = []
    for key, value in tree.value:
        if key.value not in _FILE_KEYS:
            raise UsageError(f"{_where(file, key)}: unknown key {key.value!r}; known are {', '.join(_FILE_KEYS)}")
        if key.value == "entries":
            rows = value.value
        else:
            defaults[key.value] = _value(file, value, str)
    for row in rows:
        values = {"name": row.value} if isinstance(row, yaml.ScalarNode) else _row(file, row, _ENTRY_KEYS, ("name",))
        yield _entry(file, row, defaults | values)


def _entry(file: Traversable, row: yaml.Node, values: dict[str, Any]) -> Entry:
    entry = Entry(**values | {"ambiguous": frozenset(values.get("ambiguous", ()))})
    if entry.label not in (None, *LABELS):
        raise UsageError(f"{_where(file, row)}: the label {entry.label!r} is not one of {', '.join(LABELS)}")
    if strange := entry.ambiguous - set(entry.phrases):
        raise UsageError(f"{_where(file, row)}: {min(strange)!r} is ambiguous, but no name or form of {entry.name!r}")
    return entry


def _cities(file: Traversable) -> Iterator[Entry]:
    for row in _rows(file, _CITY_KEYS, ("iso", "names")):
        doubtful = row.get("ambiguous", ())
        for name in row["names"]:
            flag = frozenset({name} & set(doubtful))
            yield Entry(name, "city", "PLACE", nation=row["iso"], ambiguous=flag)


def _rows(file: Traversable, keys: Mapping[str, type], required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for node in _tree(file).value:
        yield _row(file, node, keys, required)


def _row(file: Traversable, node: yaml.Node, keys: Mapping[str, type], required: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{_where(file, node)}: an entry is a mapping of keys")
    values = {}
    for key, value in node.value:
        if key.value not in keys:
            raise UsageError(f"{_where(file, key)}: unknown key {key.value!r}; known are {', '.join(sorted(keys))}")
        values[key.value] = _value(file, value, keys[key.value])
    for key in required:
        if not values.get(key):
            raise UsageError(f"{_where(file, node)}: the entry has no {key}")
    return values


def _value(file: Traversable, node: yaml.Node, kind: type) -> Any:
    """Return a text, a tuple of texts, or None; YAML's numbers and truth values stay the words that they are."""
    if isinstance(node, yaml.ScalarNode) and kind is str:
        return None if node.tag.endswith(":null") else node.value
    if isinstance(node, yaml.SequenceNode) and kind is tuple:
        return tuple(_value(file, item, str) for item in node.value)
    raise UsageError(f"{_where(file, node)}: expected {'a list of texts' if kind is tuple else 'a text'}")


def _tree(file: Traversable) -> Any:
    try:
        return yaml.compose(_text(file), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise UsageError(f"{file.name} is not YAML: {error}") from error


def _where(file: Traversable, node: yaml.Node) -> str:
    return f"{file.name}:{node.start_mark.line + 1}"


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _countries(codes: Mapping[str, Entry], places: Mapping[str, Any]) -> list[Entry]:
    """Return the countries: those of places.yaml with their codes, then those that only countries.yaml tells."""
    told = [_own(name, places) for name in dict.fromkeys(own["name"] for own in places["own_country"])]
    told += [
        Entry(
            name=country["name"],
            kind="country",
            label="PLACE",
            nation=country["name"],
            forms=tuple(country["forms"]),
            demonyms=tuple(country["demonyms"]),
            capital=country["capital"],
        )
        for country in places["world"]
    ]
    doubtful = frozenset(places["ambiguous"])
    known = {entry.name for entry in told}
    told += [replace(entry, nation=entry.nation or entry.name) for entry in codes.values() if entry.name not in known]
    return [_with_code(entry, codes.get(entry.name), doubtful) for entry in told]


def _own(name: str, places: Mapping[str, Any]) -> Entry:
    """Return the United Kingdom or one of its nations, whose names and demonyms stand in several rows."""
    rows = [own for own in places["own_country"] if own["name"] == name]
    kind = next(own["kind"] for own in rows if own["kind"] != "demonym")
    forms = [form for own in rows if own["kind"] != "demonym" for form in own["forms"] if form != name]
    demonyms = [form for own in rows if own["kind"] == "demonym" for form in own["forms"]]
    return Entry(name, kind, "PLACE", name, tuple(forms), demonyms=tuple(demonyms))


def _with_code(entry: Entry, code: Entry | None, doubtful: frozenset[str]) -> Entry:
    flagged = entry.ambiguous | (doubtful & set(entry.phrases))
    if code is None:
        return replace(entry, ambiguous=flagged)
    capital = entry.capital or code.capital
    return replace(entry, kind=code.kind, label=code.label, iso=code.iso, capital=capital, ambiguous=flagged)


def _british(places: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the British places of places.yaml, and the regions of England."""
    doubtful = frozenset(places["ambiguous"])
    for area in places["uk"]:
        for kind in _PLACE_KINDS:
            for name in area[kind]:
                yield Entry(name, kind, "PLACE", area["nation"], ambiguous=doubtful & {name})
        if area["region"] != area["nation"]:
            flag = frozenset({area["region"]} if _DIRECTIONS.fullmatch(area["region"]) else ())
            yield Entry(area["region"], "region", "PLACE", area["nation"], ambiguous=flag)


def _abroad(places: Mapping[str, Any]) -> Iterator[Entry]:
    doubtful = frozenset(places["ambiguous"])
    for country in places["world"]:
        for kind, names in (("capital", [country["capital"]]), ("city", country["cities"])):
            for name in names:
                yield Entry(name, kind, "PLACE", country["name"], ambiguous=doubtful & {name})
    for group in places["states"]:
        for name in group["names"]:
            if not _PEOPLE.fullmatch(name):
                yield Entry(name, "state", "PLACE", group["country"], ambiguous=doubtful & {name})
