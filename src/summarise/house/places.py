"""Where a story plays: British and foreign places in a text, and the place that the story is about.

A gazetteer (data/places.yaml) is matched on whole capitalised names, the longest first; names that
only hold a place ("Bank of England", "Prince of Wales", "New York" for York) are matched too and
dropped. A place is also dropped where it is part of a person's name ("Mr Lancaster", "Stuart
Preston"), and a place followed by "United", "Rovers" and the like is a club.

Names that are common words, surnames or places elsewhere too (Reading, Bath, Wells, Sale, Deal,
Perth, Newcastle, Cambridge, Boston, Richmond, York) need a sign of place at least once in the text: a
preposition of place before them ("in Reading", "near Deal"), a word of place after them ("Reading
Crown Court"), or a comma and a larger place ("Wells, Somerset"); where the text shows the name as
somebody's surname ("of Clarke Carlisle"), only the word of place helps. So "reading" and "a deal" never
count, "Sale now on" does not, and "to Reading" does. British names with a namesake abroad turn
foreign when the text names what belongs to the namesake ("Cambridge" with "Massachusetts").
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from summarise.house.topics import BODY, HEADLINE, LEAD, LEAD_SENTENCES, classify, knowledge, subject

KINDS = ("county", "council", "city", "town", "borough", "district", "area")
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland", "Crown Dependencies", "United Kingdom")

SPORT = "15"
CLEAR_SPORT = 0.25
"""The weight from which a story whose first subject is sport is one."""

LEAST_HOME = 3.0
"""Points from which a region has the place of the story (headline 3, lead 2, body 1 a mention)."""

LEAST_LEAD = 1.15
"""How far the place of the story must be ahead of a place elsewhere."""

TOUCHES = 0.55
LEAST_TOUCH = 3.0
"""A story touches Britain, whatever else it names, when its headline and lead have such points of it."""

NEARLY = 0.6
"""From which share of a nation's points a place in it is the place of the story instead."""

SITE_POINTS = 3.0
"""What the address or name of a British or foreign site adds to the evidence."""

WEIGHTS = {"demonym": 0.7, "club": 0.5, "institution": 0.8}
"""What a mention is worth as evidence of the country; one where not named here."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|&")
_LISTS = (
    "ambiguous",
    "not_places",
    "club_words",
    "place_words",
    "prepositions",
    "titles",
    "sentence_words",
    "seats",
)
_SIDES = {"british": [str], "foreign": [str]}
_AREA = {"nation": str, "region": str, **{kind: [str] for kind in KINDS}}
_SHAPE = {
    "uk": [_AREA],
    "own_country": [{"name": str, "nation": str, "kind": str, "forms": [str]}],
    **{name: [str] for name in _LISTS},
    "twins": [{"name": str, "country": str, "words": [str]}],
    "institutions": _SIDES,
    "signs": _SIDES,
    "sites": _SIDES,
    "world": [{"name": str, "forms": [str], "demonyms": [str], "capital": str, "cities": [str]}],
    "states": [{"country": str, "names": [str]}],
}


class Place(NamedTuple):
    """A place named in a text; `start` and `end` are character offsets of the mention.

    `country` is the nation for British places ("England"), else the country; `region` is the
    English region or the nation, and empty abroad.
    """

    name: str
    start: int
    end: int
    kind: str
    country: str
    region: str = ""

    @property
    def british(self) -> bool:
        """Whether the place lies in the United Kingdom or the Crown Dependencies."""
        return self.country in NATIONS


class _Entry(NamedTuple):
    name: str
    kind: str
    country: str
    region: str = ""


class _Mention(NamedTuple):
    """A name found in the tokens: tokens `first` to `last` inclusive, and the offsets of the name."""

    entry: _Entry
    first: int
    last: int
    start: int
    end: int


def in_place(place: str) -> str:
    """Return where somebody lives who lives in a place: "in the Lake District", "on the Isle of Wight", "in Leeds"."""
    before = "on" if place.startswith("Isle") else "in"
    return f"{before} the {place}" if _TAKES_ARTICLE.search(place) else f"{before} {place}"


_TAKES_ARTICLE = re.compile(
    r"^(?:Isle|Isles|Vale|Forest) of|^(?:New Forest|Highlands|Hebrides|Fens|Wirral|Weald|UK|United Kingdom)\b"
    r"|(?:District|Midlands|Borders|Cotswolds|Counties|Country|Broads|Chilterns|Pennines|Islands|Isles|Valleys|Moors"
    r"|North East|North West|South East|South West)$"
)


def find_places(text: str) -> list[Place]:
    """Return the places that a text names, in order of appearance (see the module for what counts)."""
    return [place for place in _scan(text) if place.kind != "institution"]


def is_british(texts: Sequence[str], headline: str, url: str | None = None, site: str | None = None) -> float:
    """Return how far a story plays in or touches the United Kingdom, 0 (foreign) to 1 (British).

    The share of British evidence in all evidence of place: places, demonyms, institutions and money
    signs, counted more in the headline and the first three sentences, each damped by a logarithm;
    where the page stands (`url`, `site`) counts a little. At least 0.55 where the headline or the
    lead themselves name Britain; 0.5 where nothing tells.
    """
    mentions = list(_weighted(texts, headline))
    british, foreign = _site_points(url, site)
    for (is_home, kind, _), count in _evidence(mentions, "\n".join((headline, *texts))).items():
        points = WEIGHTS.get(kind, 1.0) * math.log2(1.0 + count)
        british, foreign = british + points * is_home, foreign + points * (not is_home)
    if british + foreign == 0:
        return 0.5
    touch = sum(w for p, w in mentions if p.british and w > BODY and p.kind not in ("demonym", "club"))
    return round(max(british / (british + foreign), TOUCHES if touch >= LEAST_TOUCH else 0.0), 4)


def home_place(texts: Sequence[str], headline: str) -> str | None:
    """Return the British place that a story is about ("Leeds", "Cornwall", "Wales"), or None.

    It is named in the headline or the first sentences, more than any single place beside it and than
    any foreign country, and it and the places of its region more than those of another region. Where
    a university or a court sits says nothing. A nation gives way to a place in it that is named
    nearly as often; of two places named equally often the county or landscape is taken, or none.
    A sports story has no such place: its places are clubs and teams.
    """
    if _is_sport(texts, headline):
        return None
    article = "\n".join((headline, *texts))
    points: dict[Place, float] = {}
    led: set[Place] = set()
    for place, weight in _weighted(texts, headline):
        key = Place(place.country, 0, 0, "abroad", place.country)
        if place.british:
            if place.kind not in (*KINDS, "nation") or _is_seat(article, place):
                continue
            key = place._replace(start=0, end=0)
            led |= {key} if weight > BODY else set()
        points[key] = points.get(key, 0.0) + weight
    best = _most_named([p for p in led if p.kind == "nation"], points)
    enough = NEARLY * points[best] if best else 0.0
    inside = [p for p in led if p.kind != "nation" and points[p] >= enough]
    best = _most_named(inside, points) or best
    return best.name if best and _is_home(best, points) else None


def _is_sport(texts: Sequence[str], headline: str) -> bool:
    topics = classify(texts, headline)
    return bool(topics) and subject(topics[0].code) == SPORT and topics[0].weight >= CLEAR_SPORT


def _most_named(places: Collection[Place], points: Mapping[Place, float]) -> Place | None:
    """Return the place with most points; of several with as many the one wide one, else none."""
    most = max((points[place] for place in places), default=0.0)
    tied = [place for place in places if points[place] == most]
    wide = [place for place in tied if place.kind in ("county", "area", "council")]
    if len(tied) > 1 and len(wide) == 1 and len({place.region for place in tied}) == 1:
        return wide[0]
    return tied[0] if len(tied) == 1 else None


def _is_home(best: Place, points: Mapping[Place, float]) -> bool:
    """Return whether a place has enough points with its region, and more than anywhere else."""
    abroad = max((weight for place, weight in points.items() if place.kind == "abroad"), default=0.0)
    regions: dict[str, float] = {}
    for place, weight in points.items():
        if place.region or place == best:
            regions[place.region] = regions.get(place.region, 0.0) + weight
    own = regions.pop(best.region)
    elsewhere = max(abroad, LEAST_LEAD * max(regions.values(), default=0.0))
    return own >= LEAST_HOME and own >= elsewhere


def _is_seat(text: str, place: Place) -> bool:
    """Return whether the name only says where a university, a court or the like has its seat."""
    after = text[place.end : place.end + 20].removeprefix("'s").removeprefix("’s").lstrip()
    return any(after.startswith(seat) for seat in _sets()["seats"]) or text[: place.start].rstrip().endswith(
        tuple(seat for seat in _sets()["seats"] if seat.endswith(" of"))
    )


def _weighted(texts: Sequence[str], headline: str) -> Iterator[tuple[Place, float]]:
    """Yield each place of an article with the weight of where it stands; all texts are read as one."""
    bounds = [len(headline)]
    for text in texts[:LEAD_SENTENCES]:
        bounds.append(bounds[-1] + 1 + len(text))
    for place in _scan("\n".join((headline, *texts))):
        yield place, HEADLINE if place.start <= bounds[0] else LEAD if place.start <= bounds[-1] else BODY


def _evidence(mentions: Sequence[tuple[Place, float]], text: str) -> dict[tuple[bool, str, str], float]:
    """Return the counts of what tells the country, by whether it is British, its kind and its name."""
    counts: dict[tuple[bool, str, str], float] = {}
    for place, weight in mentions:
        key = (place.british, place.kind, place.name)
        counts[key] = counts.get(key, 0.0) + weight
    for side, signs in _data()["signs"].items():
        counts.update({(side == "british", "sign", s): float(n) for s in signs if (n := text.count(s))})
    return counts


def _site_points(url: str | None, site: str | None) -> tuple[float, float]:
    address = f"{re.sub(r'(?<=[a-z])/.*', '/', (url or '').lower().split('://')[-1])} {(site or '').lower()}"
    sites = _data()["sites"]
    flat = address.replace(" ", "")
    if any(sign in flat for sign in sites["british"]):
        return SITE_POINTS, 0.0
    return (0.0, SITE_POINTS) if any(sign in flat for sign in sites["foreign"]) else (0.0, 0.0)


@lru_cache(maxsize=4)  # one article is asked several questions
def _scan(text: str) -> tuple[Place, ...]:
    tokens = list(_WORD.finditer(text))
    mentions = [m for m in _mentions(text, tokens) if not _is_person(text, tokens, m)]
    sets = _sets()
    doubtful = [m for m in mentions if m.entry.name in sets["ambiguous"]]
    surnames = {m.entry.name for m in doubtful if _is_surname(text, tokens, m)}
    signed = {m.entry.name for m in doubtful if _has_sign(text, tokens, m)} - surnames
    kept = [
        m
        for m in mentions
        if m.entry.name not in sets["ambiguous"]
        or m.entry.name in signed
        or _neighbour(text, tokens, m.last, 1) in sets["place_words"]
    ]
    return tuple(_place(text, tokens, m) for m in kept)


def _mentions(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[_Mention]:
    """Yield the longest gazetteer name at each token, names that are no places left out."""
    names = _gazetteer()
    place = 0
    while place < len(tokens):
        mention = _name_at(text, tokens, place, names)
        if mention and mention.entry.kind != "none":
            yield mention
        place = mention.last + 1 if mention else place + 1


def _name_at(
    text: str, tokens: Sequence[re.Match[str]], place: int, names: Mapping[str, Mapping[str, _Entry]]
) -> _Mention | None:
    first = tokens[place].group().replace("’", "'")
    if first not in names and not first.endswith("'s"):
        return None
    for head in dict.fromkeys((first, first.removesuffix("'s"))):
        for name, entry in names.get(head, {}).items():
            start = tokens[place].start()
            end = start + len(name)
            if text[start:end].replace("’", "'").replace("\n", " ") != name:
                continue
            last = place + len(_WORD.findall(name)) - 1
            if last < len(tokens) and _ends_name(tokens[last], end):
                return _Mention(entry, place, last, start, end)
    return None


def _ends_name(token: re.Match[str], end: int) -> bool:
    """Return whether a name that ends at an offset ends with this token, a possessive apart."""
    rest = token.group()[end - token.start() :]
    return token.start() < end and rest.replace("’", "'") in ("", "'s")


def _is_person(text: str, tokens: Sequence[re.Match[str]], mention: _Mention) -> bool:
    before = _neighbour(text, tokens, mention.first, -1)
    after = _neighbour(text, tokens, mention.last, 1)
    return before in _sets()["titles"] and after not in _sets()["place_words"]


def _is_surname(text: str, tokens: Sequence[re.Match[str]], mention: _Mention) -> bool:
    """Return whether the name follows a first name: one capitalised word in lower-case surroundings."""
    before = _neighbour(text, tokens, mention.first, -1)
    earlier = _neighbour(text, tokens, mention.first - 1, -1)
    after = _neighbour(text, tokens, mention.last, 1)
    sets = _sets()
    known = sets["prepositions"] | sets["sentence_words"] | sets["place_words"]
    alone = earlier[:1].islower() or (earlier == "" and after[:1].islower())
    return before[:1].isupper() and alone and not {before, before.lower()} & known and after not in sets["place_words"]


def _has_sign(text: str, tokens: Sequence[re.Match[str]], mention: _Mention) -> bool:
    before = _neighbour(text, tokens, mention.first, -1)
    after = _neighbour(text, tokens, mention.last, 1)
    sets = _sets()
    if after in sets["place_words"]:
        return True
    if after[:1].isupper() and after not in sets["club_words"]:
        return False  # a first name, or part of a longer name
    return before.lower() in sets["prepositions"] or _before_larger_place(text, mention.end)


def _before_larger_place(text: str, end: int) -> bool:
    rest = text[end : end + 40]
    return rest.startswith(", ") and any(rest[2:].startswith(name) for name in _larger_places())


def _neighbour(text: str, tokens: Sequence[re.Match[str]], place: int, step: int) -> str:
    """Return the token next to another when only a space is between them, else an empty string."""
    other = place + step
    if not 0 <= other < len(tokens):
        return ""
    left, right = sorted((place, other))
    gap = text[tokens[left].end() : tokens[right].start()]
    return tokens[other].group().replace("’", "'").removesuffix("'s") if gap == " " else ""


def _place(text: str, tokens: Sequence[re.Match[str]], mention: _Mention) -> Place:
    entry = mention.entry
    if abroad := _namesake(entry.name, text):
        return Place(entry.name, mention.start, mention.end, "city", abroad)
    kind = entry.kind
    after = _neighbour(text, tokens, mention.last, 1)
    beyond = _neighbour(text, tokens, mention.last + 1, 1)
    if kind in KINDS and after in _sets()["club_words"] and beyond not in _sets()["place_words"]:
        kind = "club"
    return Place(entry.name, mention.start, mention.end, kind, entry.country, entry.region)


@lru_cache(maxsize=64)
def _namesake(name: str, text: str) -> str | None:
    """Return the country of a place's namesake abroad where the text names what belongs to it."""
    twin = _twins().get(name)
    if twin and any(re.search(rf"\b{re.escape(word)}(?!\w)", text) for word in twin["words"]):
        return str(twin["country"])
    return None


@cache
def _data() -> Any:
    return knowledge("places.yaml", _SHAPE)


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(_data()[name]) for name in _LISTS}


@cache
def _twins() -> dict[str, Any]:
    return {twin["name"]: twin for twin in _data()["twins"]}


@cache
def _larger_places() -> tuple[str, ...]:
    counties = [name for area in _data()["uk"] for name in area["county"]]
    states = [name for group in _data()["states"] for name in group["names"]]
    return (*counties, *(form for own in _data()["own_country"] for form in own["forms"]), *states)


@cache
def _gazetteer() -> dict[str, dict[str, _Entry]]:
    """Return every name by its first word, longest first; the first entry of a name wins."""
    names: dict[str, _Entry] = {}
    for name, entry in _entries():
        names.setdefault(name, entry)
    heads: dict[str, dict[str, _Entry]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        heads.setdefault(_WORD.findall(name)[0], {})[name] = names[name]
    return heads


def _entries() -> Iterator[tuple[str, _Entry]]:
    data = _data()
    yield from ((name, _Entry(name, "none", "")) for name in data["not_places"])
    for own in data["own_country"]:
        yield from ((form, _Entry(own["name"], own["kind"], own["nation"])) for form in own["forms"])
    for area in data["uk"]:
        for kind in KINDS:
            yield from ((name, _Entry(name, kind, area["nation"], area["region"])) for name in area[kind])
    for country in data["world"]:
        name = country["name"]
        yield from ((form, _Entry(name, "country", name)) for form in (name, *country["forms"]))
        yield from ((form, _Entry(name, "demonym", name)) for form in country["demonyms"])
        yield country["capital"], _Entry(country["capital"], "capital", name)
        yield from ((city, _Entry(city, "city", name)) for city in country["cities"])
    for group in data["states"]:
        yield from ((name, _Entry(name, "state", group["country"])) for name in group["names"])
    for side, country in (("british", "United Kingdom"), ("foreign", "")):
        yield from ((n, _Entry(n, "institution", country)) for n in data["institutions"][side])
