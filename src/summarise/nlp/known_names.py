"""Names that the gazetteer knows for certain, over what the entity recogniser found.

Only the longest run of proper nouns at a place is looked up, joined by small words ("Bank of England"), so that
no part of a longer name is taken for a name of its own. What may mean something else is left to the recogniser.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from summarise.gazetteer import Gazetteer
from summarise.wording import read_yaml

_JOINERS = frozenset({"of", "for", "and", "&", "the", "on", "upon", "-", "'s", "’s"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_LONGEST = 9


@Language.component("known_names", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def known_names(doc: Doc) -> Doc:
    """Set the entities that the gazetteer knows; it wins where its name is as long as the recogniser's or longer."""
    gazetteer = Gazetteer.load()
    found = [entity for entity in doc.ents if not _is_no_name(entity, gazetteer)]
    known = [span for start, end in _runs(doc) if (span := _known(doc, start, end, gazetteer)) is not None]
    known += [span for one in found if (span := _known(doc, one.start, one.end, gazetteer)) is not None]
    covered = {token.i for span in known for token in span}
    kept = [one for one in found if covered.isdisjoint(range(one.start, one.end)) or _holds_more(one, known)]
    known = [span for span in known if not any(_holds_more(one, [span]) for one in kept)]
    doc.ents = tuple(filter_spans([*known, *map(_by_its_head, kept)]))
    return doc


def _known(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> Span | None:
    """Return a stretch of a document as the entity that the gazetteer knows it to be, if it does for certain."""
    text = doc[start:end].text
    if gazetteer.is_ambiguous(text) or gazetteer.is_demonym(text):
        return None
    entry = gazetteer.find(text)
    return Span(doc, start, end, label=entry.label) if entry is not None and entry.label else None


def _is_no_name(entity: Span, gazetteer: Gazetteer) -> bool:
    return entity.text in _heads()["neither"] or (len(entity) == 1 and gazetteer.is_demonym(entity.text))


def _by_its_head(entity: Span) -> Span:
    """Return an entity of several words with the kind that its last word tells, if it tells one."""
    last = entity[-1].text
    if len(entity) > 1 and entity.label_ in {"ORG", "PLACE"}:
        for label in ("ORG", "PLACE"):
            if last in _heads()[label] and label != entity.label_:
                return Span(entity.doc, entity.start, entity.end, label=label)
    return entity


@cache
def _heads() -> dict[str, frozenset[str]]:
    text = resources.files("summarise").joinpath("data/name_heads.yaml").read_text(encoding="utf-8")
    return {kind: frozenset(map(str, words)) for kind, words in read_yaml(text).items()}


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of proper nouns, with the small words between them."""
    start = None
    last = -1
    for token in [*doc, None]:
        if token is not None and token.tag_ in _NAME_TAGS:
            start, last = (token.i, token.i) if start is None else (start, token.i)
        elif start is not None and (token is None or token.lower_ not in _JOINERS or token.i - last > 2):
            if last - start < _LONGEST:
                yield start, last + 1
            start = None


def _holds_more(entity: Span, others: list[Span]) -> bool:
    """Whether an entity holds a name of the list and more."""
    return any(entity.start <= span.start and span.end <= entity.end and len(entity) > len(span) for span in others)
