"""The teacher's names and the gazetteer's agreed: what the treebanks teach too little of is known as a fact."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from summarise.gazetteer import Gazetteer


class Namer:
    """Corrects the entities of analysed documents by the unambiguous names of the gazetteer."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab)
        by_label: dict[str, list[Doc]] = {}
        for pattern in Gazetteer.load().patterns():
            by_label.setdefault(pattern.label, []).append(nlp.make_doc(pattern.phrase))
        for label, docs in by_label.items():
            self.matcher.add(label, docs)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities: a gazetteer name wins where it is as long as the teacher's or longer, or stands free."""
        known = filter_spans(self.matcher(doc, as_spans=True))
        found = list(doc.ents)
        kept: list[Span] = []
        for span in known:
            rivals = [entity for entity in found if entity.start < span.end and span.start < entity.end]
            inside = all(span.start <= entity.start and entity.end <= span.end for entity in rivals)
            if inside and (rivals or _stands_free(span)):
                kept.append(span)
                found = [entity for entity in found if entity not in rivals]
        doc.ents = tuple(filter_spans([*kept, *found]))
        return doc


def _stands_free(span: Span) -> bool:
    """Whether no other proper noun touches a name, which would make it part of a longer one."""
    doc = span.doc
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    touching = [token for token in (before, after) if token is not None]
    return not any(token.tag_ in {"NNP", "NNPS"} or token.text == "-" for token in touching)
