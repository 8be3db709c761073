"""Treebanks and entity corpora → spaCy `Doc`s, one a paragraph or run of sentences.

Universal Dependencies files are read with `conllu`. Entities come from GUM's `Entity` layer, from
Universal NER over EWT, and from two corpora without trees; where a text carries no entity layer, its
entities are marked as missing, so that no trainer takes "not annotated" for "no name here".
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import conllu
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

OPEN_GENRES = {"news", "interview", "bio", "voyage", "academic", "textbook", "speech", "court", "vlog"}
QUOTES = {'"', "``", "''", "“", "”"}
STYLES = {"single straight": ("'", "'", "'"), "single curly": ("‘", "’", "’"), "double curly": ("“", "”", "’")}

Entity = tuple[int, int, str]


@dataclass(frozen=True)
class Sentence:
    """One sentence of a treebank; `heads` are indices into it, a root's its own; `entities` None where unannotated."""

    document: str
    opens_paragraph: bool
    words: list[str]
    spaces: list[bool]
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[Entity] | None = None

    @property
    def genre(self) -> str:
        """The genre that the document's identifier names ("GUM_news_asylum" → "news")."""
        return self.document.split("_")[1] if self.document.startswith("GUM_") else self.document.split("-")[0]


def read_trees(path: Path, uner: Path | None = None) -> list[Sentence]:
    """Return the sentences of a CoNLL-U file, with Universal NER's entities where a file of them is named."""
    layer = _uner(uner) if uner else {}
    sentences, document = [], ""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for tree in conllu.parse_incr(file):
            starts_document = "newdoc id" in tree.metadata
            document = tree.metadata.get("newdoc id", document)
            starts_paragraph = starts_document or any(key.startswith("newpar") for key in tree.metadata)
            entities = layer.get(tree.metadata["sent_id"]) if uner else _gum_entities(tree)
            sentences.append(_sentence(tree, document, starts_paragraph, entities))
    return _spaced(sentences)


def _sentence(tree: conllu.TokenList, document: str, starts_paragraph: bool, entities: list[Entity] | None) -> Sentence:
    words = [token for token in tree if isinstance(token["id"], int)]
    joined = [token for token in tree if isinstance(token["id"], tuple) and token["id"][1] == "-"]
    unspaced = {token["id"][2]: token["misc"] for token in joined}
    inside = {number for token in joined for number in range(token["id"][0], token["id"][2])}
    spaces = []
    for token in words:
        misc = unspaced.get(token["id"], token["misc"]) or {}
        spaces.append(token["id"] not in inside and misc.get("SpaceAfter") != "No")
    return Sentence(
        document=document,
        opens_paragraph=starts_paragraph,
        words=[token["form"] for token in words],
        spaces=spaces,
        tags=[token["xpos"] for token in words],
        pos=[token["upos"] for token in words],
        morphs=["|".join(f"{key}={value}" for key, value in (token["feats"] or {}).items()) for token in words],
        lemmas=[token["lemma"] for token in words],
        heads=[token["head"] - 1 if token["head"] else index for index, token in enumerate(words)],
        deps=["ROOT" if token["deprel"] == "root" else token["deprel"] for token in words],
        entities=entities if entities is None or all(end <= len(words) for _, end, _ in entities) else None,
    )


def _spaced(sentences: list[Sentence]) -> list[Sentence]:
    """Give the last word of a paragraph the space that the corpora leave out only because a line ends."""
    return [
        replace(one, spaces=[*one.spaces[:-1], True]) if following.opens_paragraph else one
        for one, following in zip(sentences, [*sentences[1:], sentences[0]], strict=True)
    ]


# --- entities

KINDS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
SHORT = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
NAME_TAGS = {"NNP", "NNPS"}
JOINERS = {"of", "for", "the", "and", "&", "-", "'s", "’s", "de", "van", "al"}
TITLES = {
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "dr",
    "dr.",
    "president",
    "prime",
    "minister",
    "sir",
    "dame",
    "lord",
    "lady",
    "professor",
    "prof.",
    "judge",
    "justice",
    "senator",
    "sen.",
    "rep.",
    "gen.",
    "general",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "captain",
    "saint",
    "chancellor",
    "secretary",
    "chief",
    "congressman",
    "director",
    "mayor",
    "pope",
    "bishop",
    "detective",
    "inspector",
    "superintendent",
    "sergeant",
    "constable",
    "councillor",
    "cllr",
    "cllr.",
    "baroness",
    "reverend",
    "rev.",
    "the",
}
_BRACKET = re.compile(r"\((?P<open>\d+)-(?P<kind>[a-z]+)(?:-[^()]*)?(?P<closed>\))?|(?P<close>\d+)\)")


def _gum_entities(tree: conllu.TokenList) -> list[Entity] | None:
    """Return the names among GUM's mentions of people, bodies and places; None where a file has no such layer."""
    words = [token for token in tree if isinstance(token["id"], int)]
    if not any("Entity" in (token["misc"] or {}) for token in words):
        return [] if "s_type" in tree.metadata else None
    mentions: list[Entity] = []
    opened: list[tuple[str, int, str]] = []
    for index, token in enumerate(words):
        for piece in _BRACKET.finditer((token["misc"] or {}).get("Entity", "")):
            if piece["close"] is None and piece["closed"]:
                mentions.append((index, index + 1, piece["kind"]))
            elif piece["close"] is None:
                opened.append((piece["open"], index, piece["kind"]))
            else:
                match = next((entry for entry in reversed(opened) if entry[0] == piece["close"]), None)
                if match:
                    opened.remove(match)
                    mentions.append((match[1], index + 1, match[2]))
    names = [name for mention in mentions if mention[2] in KINDS for name in _name_in(words, mention)]
    return _outermost(names)


def _name_in(words: list[conllu.Token], mention: Entity) -> Iterator[Entity]:
    """Yield the run of capitalised words round the head of a mention, if its head is a proper noun."""
    start, end, kind = mention
    heads = [i for i in range(start, end) if not start <= words[i]["head"] - 1 < end]
    if not heads or words[heads[0]]["xpos"] not in NAME_TAGS:
        return

    def named(index: int) -> bool:
        word = words[index]
        return word["xpos"] in NAME_TAGS or (word["form"][:1].isupper() and word["upos"] in {"ADJ", "NOUN", "VERB"})

    def joins(index: int) -> bool:
        form = words[index]["form"].lower()
        return form in JOINERS if kind != "person" else form in {"-", "de", "van", "al"}

    first = last = heads[0]
    while (found := next((i for i in range(first - 1, max(start, first - 3) - 1, -1) if named(i)), None)) is not None:
        if not all(joins(i) for i in range(found + 1, first)):
            break
        first = found
    while (found := next((i for i in range(last + 1, min(end, last + 4)) if named(i)), None)) is not None:
        if not all(joins(i) for i in range(last + 1, found)):
            break
        last = found
    titles = {*TITLES, "the"} if kind == "person" else {"the"}
    while first < last and words[first]["form"].lower() in titles:
        first += 1
    if words[first]["form"].lower() not in {*TITLES, "the"}:
        yield first, last + 1, KINDS[kind]


def _outermost(entities: Iterable[Entity]) -> list[Entity]:
    taken: set[int] = set()
    kept = []
    for entity in sorted(set(entities), key=lambda one: (one[0] - one[1], one[0])):
        if taken.isdisjoint(range(*entity[:2])):
            taken.update(range(*entity[:2]))
            kept.append(entity)
    return sorted(kept)


def _uner(path: Path) -> dict[str, list[Entity]]:
    layer: dict[str, list[Entity]] = {}
    name, labels = "", []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in [*file, "\n"]:
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif line.strip() and not line.startswith("#"):
                labels.append(line.split("\t")[2])
            elif not line.strip() and labels:
                layer[name] = spans(labels)
                labels = []
    return layer


def spans(labels: list[str]) -> list[Entity]:
    """Return the people, bodies and places of a sequence of BIO or IO labels."""
    found, start, kind = [], None, ""
    for index, label in enumerate([*labels, "O"]):
        prefix, _, name = label.strip().partition("-")
        if start is not None and (prefix != "I" or name != kind):
            found.append((start, index, SHORT.get(kind, kind)))
            start = None
        if prefix in {"B", "I"} and start is None:
            start, kind = index, name
    return [entity for entity in found if entity[2] in KINDS.values()]


_CLOSING = set(".,;:!?)%]}'’") | {"'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "''", "..."}


def read_names(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a two-column entity corpus, spaces put back by rule."""
    words: list[str] = []
    labels: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in [*file, "\n"]:
            columns = line.split()
            if len(columns) >= 2 and columns[0] != "-DOCSTART-":
                words.append(columns[0])
                labels.append(columns[-1])
            elif words:
                following = [*words[1:], ""]
                spaces = [
                    after not in _CLOSING and word not in {"(", "[", "``", "$", "£", "@", "#"}
                    for word, after in zip(words, following, strict=True)
                ]
                yield Sentence(path.name, True, words, spaces, entities=spans(labels))
                words, labels = [], []


# --- documents


def restyled(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Return the sentences with their quotation marks and apostrophes in a style of British news pages."""
    opening, closing, apostrophe = STYLES[rng.choice(sorted(STYLES))]
    restyled = []
    for sentence in sentences:
        words, is_open = [], False
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            if word in QUOTES:
                is_open = tag == "``" or (tag != "''" and not is_open)
                words.append(opening if is_open else closing)
            else:
                words.append(word.replace("'", apostrophe))
        restyled.append(replace(sentence, words=words))
    return restyled


def has_quotation(sentences: list[Sentence]) -> bool:
    """Whether any of the sentences holds a quotation mark."""
    return any(word in QUOTES for sentence in sentences for word in sentence.words)


def paragraphs(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences paragraph by paragraph."""
    current: list[Sentence] = []
    for sentence in sentences:
        if current and (sentence.opens_paragraph or sentence.document != current[-1].document):
            yield current
            current = []
        current.append(sentence)
    if current:
        yield current


def runs(sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Yield training texts: half the sentences alone, half in runs of two to five of one document."""
    rest = list(sentences)
    while rest:
        length = 1 if rng.random() < 0.75 else rng.randint(2, 5)
        run = [one for one in rest[:length] if one.document == rest[0].document]
        yield run
        rest = rest[len(run) :]


def make_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Return one annotated `Doc`; its last word carries no space, as in any text that has been stripped."""
    words = [word for sentence in sentences for word in sentence.words]
    spaces = [space for sentence in sentences for space in sentence.spaces]
    spaces[-1] = False
    offsets = []
    total = 0
    for sentence in sentences:
        offsets.append(total)
        total += len(sentence.words)
    layers: dict[str, Any] = {}
    if sentences[0].heads:
        layers = {
            "tags": [tag for sentence in sentences for tag in sentence.tags],
            "pos": [tag for sentence in sentences for tag in sentence.pos],
            "morphs": [morph for sentence in sentences for morph in sentence.morphs],
            "lemmas": [lemma for sentence in sentences for lemma in sentence.lemmas],
            "heads": [offset + head for offset, one in zip(offsets, sentences, strict=True) for head in one.heads],
            "deps": [dep for sentence in sentences for dep in sentence.deps],
        }
    else:
        layers = {"sent_starts": [index in offsets for index in range(total)]}
    doc = Doc(vocab, words=words, spaces=spaces, **layers)
    if any(sentence.entities is None for sentence in sentences):
        doc.set_ents([], default="missing")
    else:
        doc.set_ents(
            [
                Span(doc, offset + start, offset + end, label=label)
                for offset, sentence in zip(offsets, sentences, strict=True)
                for start, end, label in sentence.entities or []
            ],
            default="outside",
        )
    return doc
