"""Article → Document: sentences by rules, then spaCy's analysis of each of them.

Sentence boundaries come first and hold for any pipeline, so that neither a blank nor a
trained one decides what a sentence is. Labels of pipelines that were trained on ClearNLP
or Penn schemes are mapped to Universal Dependencies in one table, which is all that the
later stages know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.errors import UsageError
from summarise.records import Article, Document, Sentence
from summarise.sentences import split
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
# Entity labels of the usual schemes → the three that the later stages know.
ENTITY_LABELS = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "ORG",
    "LOC": "PLACE",
    "GPE": "PLACE",
    "FAC": "PLACE",
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
            return spacy.load(name, exclude=["senter", "sentencizer"])
        except (OSError, ValueError) as error:
            raise UsageError(f"language_model: the pipeline {name!r} does not load: {error}") from error

    @property
    def version(self) -> str:
        """Name and version of the pipeline, for the provenance of a draft."""
        meta = self.nlp.meta
        if not self.nlp.pipe_names:
            return "blank-en"
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def analyse(self, article: Article) -> Document:
        """Return the sentences of the article's prose with their analyses, one `Doc` a sentence."""
        sentences = tuple(_sentences(article))
        parses = tuple(self.nlp.pipe(self._make_docs(sentence.text for sentence in sentences)))
        parsed = bool(parses) and parses[0].has_annotation("DEP")
        if parsed:
            for doc in parses:
                normalise(doc)
        return Document(article=article, sentences=sentences, parses=parses, parsed=parsed)

    def parse(self, text: str) -> Doc:
        """Return the analysis of one sentence that is not in the article, such as a shortened one."""
        doc = next(iter(self.nlp.pipe(self._make_docs([text]))))
        if doc.has_annotation("DEP"):
            normalise(doc)
        return doc

    def _make_docs(self, texts: Iterable[str]) -> Iterable[Doc]:
        for text in texts:
            doc = self.nlp.make_doc(text)
            for token in doc:
                token.is_sent_start = token.i == 0
            yield doc


def _packaged_model() -> str:
    folder = models_folder() / _PACKAGED
    return str(folder) if (folder / "config.cfg").is_file() else BLANK


def _sentences(article: Article) -> Iterable[Sentence]:
    index = 0
    for number, paragraph in enumerate(article.paragraphs):
        if number in article.headings:
            continue
        for start, end in split(paragraph):
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


_QUOTE_PAIR = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<![\w])‘(?:[^’]|’(?=\w))*’(?!\w)|(?<![\w])'(?:[^']|'(?=\w))*'(?!\w)")
_OPEN_QUOTE = re.compile(r"“[^”]*$|(?<!\w)\"[^\"]*$")


def quoted_spans(paragraph: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of direct quotations, marks included; one left open runs to the end."""
    spans = [match.span() for match in _QUOTE_PAIR.finditer(paragraph)]
    rest = _QUOTE_PAIR.sub(lambda match: " " * len(match.group()), paragraph)
    opened = _OPEN_QUOTE.search(rest)
    if opened:
        spans.append((opened.start(), len(paragraph)))
    return spans


def quoted_share(sentence: Sentence, paragraph: str) -> float:
    """Return the share of a sentence's characters that stand in a direct quotation (0 to 1)."""
    length = max(sentence.end - sentence.start, 1)
    inside = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in quoted_spans(paragraph))
    return min(inside / length, 1.0)
