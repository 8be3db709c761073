"""Article → Document: sentences and lemmas of all of it at once, spaCy's analysis of a sentence when it is asked for.

Sentence boundaries come first and hold for any pipeline, so that neither a blank nor a
trained one decides what a sentence is. Boundaries and lemmas are the cheap path: rules and
tables. Tags, dependencies and entities are the full path, which `Parses` takes in batches.
Labels of pipelines that were trained on ClearNLP or Penn schemes are mapped to Universal
Dependencies in one table, which is all that the later stages know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from summarise.errors import UsageError
from summarise.records import Article, Document, Sentence
from summarise.sentences import dateline_end, split
from summarise.settings import models_folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

BLANK = "blank"
_PACKAGED = "en_news"

# ClearNLP label → Universal Dependencies label, for pipelines such as en_core_web_sm.
UD_LABELS = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "neg": "advmod",
    "prt": "compound:prt",
    "npadvmod": "obl:unmarked",
    "acomp": "xcomp",
    "attr": "xcomp",
    "nummod": "nummod",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "agent": "case",
    "prep": "case",
    "pobj": "obl",
    "pcomp": "advcl",
    "intj": "discourse",
}
# Entity labels of the usual schemes → those that the later stages know: three of names, four of figures.
ENTITY_LABELS = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "ORG",
    "LOC": "PLACE",
    "GPE": "PLACE",
    "FAC": "PLACE",
    "PLACE": "PLACE",
    "DATE": "DATE",
    "TIME": "DATE",
    "MONEY": "MONEY",
    "PERCENT": "PERCENT",
    "NUMBER": "NUMBER",
    "CARDINAL": "NUMBER",
    "ORDINAL": "NUMBER",
    "QUANTITY": "NUMBER",
}


class Analyser:
    """Splits articles into sentences and runs one spaCy pipeline over them.

    `model` is a folder, the name of an installed pipeline, "blank" for spaCy's English
    tokenizer alone, or "" for the pipeline that the package ships, blank where it ships none.
    Raises UsageError when there is no such pipeline.
    """

    def __init__(self, model: str = "") -> None:
        self.model = model

    @cached_property
    def nlp(self) -> Language:
        """The loaded pipeline; sentence components are left out, since boundaries are set by rule."""
        import spacy

        name = self.model or _packaged_model()
        if name == BLANK:
            return spacy.blank("en")
        if not Path(name).is_dir() and not spacy.util.is_package(name):
            raise UsageError(
                f"language_model: there is no spaCy pipeline {name!r}: neither a folder nor an installed package. "
                'Install it, correct the name, or set language_model = "blank".'
            )
        try:
            return spacy.load(name, exclude=["senter", "sentencizer", "british_sentences"])
        except (OSError, ValueError) as error:
            raise UsageError(f"language_model: the pipeline {name!r} does not load: {error}") from error

    @property
    def _meta(self) -> dict[str, Any]:
        """What the pipeline says of itself; a folder tells it without being loaded."""
        try:
            meta: dict[str, Any] = json.loads((Path(self.model or _packaged_model()) / "meta.json").read_bytes())
        except (OSError, ValueError):
            return {**self.nlp.meta, "pipeline": self.nlp.pipe_names}
        return meta

    @property
    def version(self) -> str:
        """Name and version of the pipeline, for the provenance of a draft."""
        meta = self._meta
        if not meta.get("pipeline", meta.get("components")):
            return "blank-en"
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def analyse(self, article: Article) -> Document:
        """Return the sentences of the article's prose with their lemmas; each is parsed when it is first asked for."""
        sentences = tuple(_sentences(article))
        docs = list(self._make_docs(sentence.text for sentence in sentences))
        return Document(
            article=article,
            sentences=sentences,
            lemmas=tuple(self.lemmatiser.content(doc) for doc in docs),
            parses=Parses(docs, self._analysed),
            parsed=bool(docs) and self.parses,
        )

    @property
    def parses(self) -> bool:
        """Whether the pipeline gives dependencies, and not tokens alone."""
        return any("token.dep" in self.nlp.get_pipe_meta(name).assigns for name in self.nlp.pipe_names)

    @cached_property
    def lemmatiser(self) -> Lemmatiser:
        """The lemmatiser of the cheap path, on the tables of the pipeline's own."""
        return Lemmatiser.of(self.nlp)

    def parse(self, text: str) -> Doc:
        """Return the analysis of one sentence that is not in the article, such as a shortened one."""
        return next(self._analysed(self._make_docs([text])))

    def _analysed(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        for doc in self.nlp.pipe(docs):
            if doc.has_annotation("DEP"):
                normalise(doc)
            yield doc

    def _make_docs(self, texts: Iterable[str]) -> Iterable[Doc]:
        for text in texts:
            doc = self.nlp.make_doc(text)
            for token in doc:
                token.is_sent_start = token.i == 0
            yield doc


class Parses(Sequence["Doc"]):
    """The sentences of a document as `Doc`s, analysed in batches when they are first read.

    Whoever knows which sentences it will read asks for them with `prefetch`; whoever reads one gets those
    after it analysed along with it, since a batch costs little more than a sentence.
    """

    AHEAD = 12

    def __init__(self, docs: Iterable[Doc], analyse: Callable[[Iterable[Doc]], Iterable[Doc]]) -> None:
        self._docs = list(docs)
        self._waiting = set(range(len(self._docs)))
        self._analyse = analyse

    def prefetch(self, indices: Iterable[int]) -> None:
        """Analyse the sentences of these indices, those that still wait, in one batch."""
        wanted = sorted(self._waiting.intersection(indices))
        if not wanted:
            return
        for index, doc in zip(wanted, self._analyse([self._docs[i] for i in wanted]), strict=True):
            self._docs[index] = doc
        self._waiting.difference_update(wanted)

    @overload
    def __getitem__(self, index: int) -> Doc: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Doc]: ...
    def __getitem__(self, index: int | slice) -> Doc | Sequence[Doc]:
        """Return the analysis of one sentence, or of several."""
        wanted = range(len(self._docs))[index]
        if isinstance(wanted, range):
            self.prefetch(wanted)
        elif wanted in self._waiting:
            self.prefetch(range(wanted, wanted + self.AHEAD))
        return self._docs[index]

    def __iter__(self) -> Iterator[Doc]:
        """Yield the analyses of all sentences."""
        self.prefetch(range(len(self._docs)))
        return iter(self._docs)

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self._docs)


class Lemmatiser:
    """Lemmas without context, from the tables of spaCy's rule lemmatizer: fast, and the same for all forms of a word.

    A form that can be of several parts of speech takes the first lemma that differs from it, nouns before
    verbs before adjectives. Without tables a lemma is the word in lower case. At most `KEPT` words are remembered.
    """

    KEPT = 50_000

    def __init__(self, tables: dict[str, Any]) -> None:
        self._tables = tables
        self._known: dict[str, str] = {}

    @classmethod
    def of(cls, nlp: Language) -> Lemmatiser:
        """Return the lemmatiser on the tables of a pipeline's lemmatizer, if it has one."""
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
        names = ("lemma_exc", "lemma_rules", "lemma_index")
        if lookups is None or not all(lookups.has_table(name) for name in names):
            return cls({})
        return cls({name: lookups.get_table(name) for name in names})

    def content(self, doc: Doc) -> tuple[str, ...]:
        """Return the lemmas of the words of a sentence that carry meaning."""
        return tuple(
            self(token.lower_)
            for token in doc
            if not (token.is_stop or token.is_punct or token.is_space) and len(token.text) > 1
        )

    def __call__(self, word: str) -> str:
        """Return the lemma of a word in lower case."""
        if word not in self._known:
            if len(self._known) >= self.KEPT:
                self._known.clear()
            self._known[word] = next((lemma for lemma in self._readings(word) if lemma != word), word)
        return self._known[word]

    def _readings(self, word: str) -> Iterator[str]:
        for pos in ("noun", "verb", "adj") if self._tables else ():
            yield from self._tables["lemma_exc"].get(pos, {}).get(word, ())
            index = self._tables["lemma_index"].get(pos, ())
            for old, new in self._tables["lemma_rules"].get(pos, ()):
                if word.endswith(old) and word[: len(word) - len(old)] + new in index:
                    yield word[: len(word) - len(old)] + new


def _packaged_model() -> str:
    folder = models_folder() / _PACKAGED
    return str(folder) if (folder / "config.cfg").is_file() else BLANK


def _sentences(article: Article) -> Iterable[Sentence]:
    index = 0
    for number, paragraph in enumerate(article.paragraphs):
        if number in article.headings:
            continue
        for start, end in split(paragraph):
            start += dateline_end(paragraph[start:end])
            yield Sentence(index, number, start, end, paragraph[start:end])
            index += 1


def normalise(doc: Doc) -> None:
    """Rewrite dependency and entity labels in place to the names that the later stages know."""
    for token in doc:
        token.dep_ = UD_LABELS.get(token.dep_, token.dep_)
    for token in doc:
        _agree(token)
    entities = [_relabelled(doc, entity) for entity in doc.ents if entity.label_ in ENTITY_LABELS]
    doc.ents = tuple(entities)


_FINITE = {"VBN": "VBD", "VB": "VBP"}


def _agree(token: Token) -> None:
    """Let tagger and parser agree: a verb with a subject and no auxiliary is finite ("Explosions damaged/VBN")."""
    if token.tag_ not in _FINITE or token.dep_ in {"acl", "xcomp", "amod"}:
        return
    relations = {child.dep_ for child in token.children}
    helped = relations & {"aux", "aux:pass", "cop", "mark"}
    if relations & {"nsubj"} and not helped and not any(child.lower_ == "to" for child in token.children):
        token.tag_ = _FINITE[token.tag_]


def _relabelled(doc: Doc, entity: Any) -> Any:
    from spacy.tokens import Span

    return Span(doc, entity.start, entity.end, label=ENTITY_LABELS[entity.label_])


_DOUBLE = re.compile('[“”"]')
_SINGLE_PAIR = re.compile(r"(?<!\w)‘(?!\d0s)(?:[^’]|’(?=\w))*’(?!\w)|(?<!\w)'(?!\d0s)(?:[^']|'(?=\w))*'(?!\w)")
_SINGLE_OPEN = re.compile(r"(?:^|(?<=: )|(?<=, ))[‘'](?=[A-Z])[^’']*(?:[’'](?=\w)[^’']*)*$")
_BEFORE_AN_OPENING = " \t\n([—–-‘'"


def quoted_spans(paragraph: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of direct quotations, marks included; one left open runs to the end.

    A mark that opens where one is open already goes on with the same quotation, as papers open every
    paragraph of a long one anew.
    """
    spans: list[tuple[int, int]] = []
    start = None
    for match in _DOUBLE.finditer(paragraph):
        if _opens(paragraph, match.start()):
            start = match.start() if start is None else start
        elif start is not None:
            spans.append((start, match.end()))
            start = None
    if start is not None:
        spans.append((start, len(paragraph)))
    rest = list(paragraph)
    for low, high in spans:
        rest[low:high] = " " * (high - low)
    singles = _SINGLE_PAIR.sub(lambda match: " " * len(match.group()), "".join(rest))
    spans += [match.span() for match in _SINGLE_PAIR.finditer("".join(rest))]
    if opened := _SINGLE_OPEN.search(singles):
        spans.append((opened.start(), len(paragraph)))
    return sorted(spans)


def _opens(text: str, index: int) -> bool:
    """Whether the double mark at an index opens a quotation; of a straight one the spaces around it tell."""
    if text[index] != '"':
        return text[index] == "“"
    before, after = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
    return (not before or before in _BEFORE_AN_OPENING) and bool(after) and not after.isspace()


def quoted_share(sentence: Sentence, paragraph: str) -> float:
    """Return the share of a sentence's characters that stand in a direct quotation (0 to 1)."""
    length = max(sentence.end - sentence.start, 1)
    inside = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in quoted_spans(paragraph))
    return min(inside / length, 1.0)
