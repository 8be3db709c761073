"""How treebanks become training documents for the packaged pipeline (models/en_news/scripts)."""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path

import pytest
import spacy
from spacy.vocab import Vocab

SCRIPTS = Path(__file__).parent.parent / "models" / "en_news" / "scripts"
sys.path.insert(0, str(SCRIPTS))

import treebanks  # noqa: E402

GUM = """\
# newdoc id = GUM_news_invented
# newpar
# sent_id = GUM_news_invented-1
# s_type = decl
# text = Mayor Ann Pell of Selby said "no".
1	Mayor	mayor	NOUN	NNP	Number=Sing	6	nsubj	_	Entity=(1-person-new-x-cf1-1-sgl
2	Ann	Ann	PROPN	NNP	Number=Sing	1	flat	_	_
3	Pell	Pell	PROPN	NNP	Number=Sing	1	flat	_	_
4	of	of	ADP	IN	_	5	case	_	_
5	Selby	Selby	PROPN	NNP	Number=Sing	1	nmod	_	Entity=(2-place-new-x-cf2-1-sgl)1)
6	said	say	VERB	VBD	Tense=Past	0	root	_	_
7	"	"	PUNCT	``	_	8	punct	_	SpaceAfter=No
8	no	no	INTJ	UH	_	6	obj	_	SpaceAfter=No
9	"	"	PUNCT	''	_	8	punct	_	SpaceAfter=No
10	.	.	PUNCT	.	_	6	punct	_	_

# sent_id = GUM_news_invented-2
# s_type = decl
# text = The city can't pay.
1	The	the	DET	DT	_	2	det	_	Entity=(2-place-giv-x-cf1-2-coref
2	city	city	NOUN	NN	Number=Sing	5	nsubj	_	Entity=2)
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	pay	pay	VERB	VB	_	0	root	_	SpaceAfter=No
6	.	.	PUNCT	.	_	5	punct	_	_

"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[treebanks.Sentence]:
    """The two sentences of an invented file in GUM's format."""
    path = tmp_path / "invented.conllu.gz"
    path.write_bytes(gzip.compress(GUM.encode()))
    return treebanks.read_trees(path)


@pytest.fixture
def vocab() -> Vocab:
    """The vocabulary of a blank pipeline."""
    return spacy.blank("en").vocab


def test_a_document_has_the_text_of_the_treebank_and_no_space_at_its_end(
    sentences: list[treebanks.Sentence], vocab: Vocab
) -> None:
    doc = treebanks.make_doc(vocab, sentences)
    assert doc.text == 'Mayor Ann Pell of Selby said "no". The city can\'t pay.'
    assert [sentence.root.text for sentence in doc.sents] == ["said", "pay"]


def test_of_mentions_only_names_become_entities_and_titles_stay_outside(sentences: list[treebanks.Sentence]) -> None:
    named = [[(" ".join(one.words[a:b]), kind) for a, b, kind in one.entities or []] for one in sentences]
    assert named == [[("Ann Pell", "PERSON"), ("Selby", "PLACE")], []]


def test_what_has_no_entity_layer_is_missing_and_not_free_of_names(
    sentences: list[treebanks.Sentence], vocab: Vocab
) -> None:
    from dataclasses import replace

    bare = treebanks.make_doc(vocab, [replace(sentences[0], entities=None)])
    assert not bare.has_annotation("ENT_IOB")
    assert treebanks.make_doc(vocab, sentences[:1]).has_annotation("ENT_IOB")


def test_a_restyled_quotation_opens_and_closes_with_marks_of_one_style(sentences: list[treebanks.Sentence]) -> None:
    styles = {
        tuple(treebanks.restyled(sentences[:1], random.Random(seed))[0].words[index] for index in (6, 8))
        for seed in range(20)
    }
    assert styles == {("'", "'"), ("‘", "’"), ("“", "”")}


def test_labels_of_entities_become_spans_of_the_known_kinds() -> None:
    labels = ["B-PER", "I-PER", "O", "I-ORG", "I-MISC", "B-LOC", "B-LOC"]
    assert treebanks.spans(labels) == [(0, 2, "PERSON"), (3, 4, "ORG"), (5, 6, "PLACE"), (6, 7, "PLACE")]
