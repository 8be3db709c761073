"""The spaCy components of the packaged pipeline: tokens, boundaries, figures, noun chunks."""

from __future__ import annotations

import itertools
import json
import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from summarise.nlp.figures import figures
from summarise.nlp.known_names import known_names
from summarise.nlp.noun_chunks import noun_chunks
from summarise.nlp.tokenizer import add_british_rules
from summarise.settings import models_folder

Entity = tuple[int, int, str]


@pytest.fixture(scope="module")
def british() -> Language:
    """A pipeline without weights: the tokenizer's rules and the components that need no model."""
    nlp = spacy.blank("en")
    add_british_rules(nlp)
    nlp.add_pipe("british_sentences")
    nlp.add_pipe("figures")
    return nlp


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("£2.5m or £5bn", ["£", "2.5", "m", "or", "£", "5", "bn"]),
        ("It cost £2m.", ["It", "cost", "£", "2", "m", "."]),
        ("£3.2million", ["£", "3.2", "million"]),
        ("at 10.30am", ["at", "10.30", "am"]),
        ("Cllr. Dunn", ["Cllr.", "Dunn"]),
        ("Det. Insp. Pell", ["Det.", "Insp.", "Pell"]),
        ("He sat. The mass.", ["He", "sat", ".", "The", "mass", "."]),
        ("the 19th", ["the", "19th"]),
    ],
)
def test_sums_times_and_abbreviations_are_split_as_the_treebanks_split_them(
    british: Language, text: str, tokens: list[str]
) -> None:
    assert [token.text for token in british.make_doc(text)] == tokens


def test_sentences_of_the_component_are_those_of_the_rules(british: Language) -> None:
    doc = british("‘We are sorry.’ Cllr. Dunn paid £2m.\nHe left at 10.30 a.m. on Monday. “Why?” she asked.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "‘We are sorry.’",
        "Cllr. Dunn paid £2m.",
        "He left at 10.30 a.m. on Monday.",
        "“Why?” she asked.",
    ]


@given(text=st.text(alphabet="aB .!?“”‘’'\n£3", max_size=60))
def test_the_first_word_always_begins_a_sentence_and_no_word_is_lost(british: Language, text: str) -> None:
    doc = british(text)
    assert "".join(token.text_with_ws for token in doc) == text
    words = [token for token in doc if not token.is_space]
    assert not words or words[0].is_sent_start


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fares rise by 5.6% on Sunday, 3 March 2024.", [("5.6%", "PERCENT"), ("Sunday, 3 March 2024", "DATE")]),
        ("It pays £300 a week, 20p a mile.", [("£300 a week", "MONEY"), ("20p", "MONEY")]),
        ("a million pounds and ten per cent", [("a million pounds", "MONEY"), ("ten per cent", "PERCENT")]),
        ("Some 1,200 homes, two million trees", [("1,200", "NUMBER"), ("two million", "NUMBER")]),
        ("In May Theresa May resigned.", [("May", "DATE")]),
        ("the mid-1990s, next month, 2023/24", [("mid-1990s", "DATE"), ("next month", "DATE"), ("2023/24", "DATE")]),
        ("Covid-19 closed the M25 for A-level pupils.", []),
    ],
)
def test_figures_are_found_by_kind(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], label) for start, end, label in sorted(figures(text))] == found


@given(st.text(alphabet="£1 2,.%pmbn-May/ofto", max_size=40))
def test_figures_never_overlap_and_never_are_empty(text: str) -> None:
    spans = sorted((start, end) for start, end, _ in figures(text))
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_a_figure_is_an_entity_and_takes_the_place_of_a_name_that_overlaps_it(british: Language) -> None:
    doc = british.make_doc("Tesco paid £3m to Leeds.")
    doc.set_ents([spacy.tokens.Span(doc, 2, 5, "ORG"), spacy.tokens.Span(doc, 6, 7, "PLACE")])
    doc = british.get_pipe("figures")(doc)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("£3m", "MONEY"), ("Leeds", "PLACE")]


def names(words: str, tags: str, *entities: Entity) -> list[tuple[str, str]]:
    """The entities of a tagged text after the gazetteer has seen it; entities are (start, end, label)."""
    doc = Doc(spacy.blank("en").vocab, words=words.split(), tags=tags.split())
    doc.ents = [spacy.tokens.Span(doc, *entity) for entity in entities]
    return [(entity.text, entity.label_) for entity in known_names(doc).ents]


@pytest.mark.parametrize(
    ("words", "tags", "entities", "known"),
    [
        ("Ofgem fined them", "NNP VBD PRP", [], [("Ofgem", "ORG")]),
        ("the Bank of England said", "DT NNP IN NNP VBD", [(3, 4, "PLACE")], [("Bank of England", "ORG")]),
        ("in Leeds now", "IN NNP RB", [(1, 2, "PERSON")], [("Leeds", "PLACE")]),
        ("Leeds Sporting Trust said", "NNP NNP NNP VBD", [(0, 3, "ORG")], [("Leeds Sporting Trust", "ORG")]),
        ("at Marl Street Hospital", "IN NNP NNP NNP", [(1, 4, "ORG")], [("Marl Street Hospital", "PLACE")]),
        ("Americans caught Covid", "NNPS VBD NNP", [(0, 1, "PLACE"), (2, 3, "PERSON")], []),
        ("Reading is fun", "NNP VBZ NN", [], []),
        ("Ann Pell left", "NNP NNP VBD", [(0, 2, "PERSON")], [("Ann Pell", "PERSON")]),
    ],
)
def test_what_the_gazetteer_knows_for_certain_wins_and_what_it_does_not_stays(
    words: str, tags: str, entities: list[Entity], known: list[tuple[str, str]]
) -> None:
    assert names(words, tags, *entities) == known


def test_noun_chunks_read_labels_of_universal_dependencies(british: Language) -> None:
    words = ["The", "city", "council", "gave", "its", "three", "oldest", "libraries", "to", "Ann", "Pell"]
    heads = [2, 2, 3, 3, 7, 7, 7, 3, 9, 3, 9]
    deps = ["det", "compound", "nsubj", "ROOT", "nmod:poss", "nummod", "amod", "obj", "case", "obl", "flat"]
    pos = ["DET", "NOUN", "NOUN", "VERB", "PRON", "NUM", "ADJ", "NOUN", "ADP", "PROPN", "PROPN"]
    doc = Doc(british.vocab, words=words, heads=heads, deps=deps, pos=pos)
    chunks = [doc[start:end].text for start, end, _ in noun_chunks(doc)]
    assert chunks == ["The city council", "its three oldest libraries", "Ann Pell"]


def test_noun_chunks_of_a_document_without_a_parse_are_an_error(british: Language) -> None:
    with pytest.raises(ValueError, match="noun_chunks"):
        list(noun_chunks(british.make_doc("No parse here.")))


def test_the_packaged_pipeline_loads_with_spacy_alone_and_gives_noun_chunks_and_figures(packaged: Language) -> None:
    doc = packaged("The council paid £3m to Ann Pell. She left in May.")
    assert [sentence.text for sentence in doc.sents] == ["The council paid £3m to Ann Pell.", "She left in May."]
    assert [chunk.text for chunk in doc.noun_chunks][:1] == ["The council"]
    assert {("£3m", "MONEY"), ("Ann Pell", "PERSON"), ("May", "DATE")} <= {(e.text, e.label_) for e in doc.ents}


@pytest.fixture(scope="module")
def packaged() -> Language:
    """The pipeline of models/en_news, loaded as anybody would load it."""
    return spacy.load(models_folder() / "en_news")


def test_the_folder_of_the_pipeline_holds_no_word_of_its_training_texts_and_no_path() -> None:
    folder = models_folder() / "en_news"
    strings = json.loads((folder / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert [word for word in strings if re.search(r"\w@\w|https?:|www\.|\d{6}", word)] == []
    assert not {"Starmer", "Downing", "enron", "Manchester"} & set(strings)
    assert set(spacy.util.load_config(folder / "config.cfg")["paths"].values()) == {None}


def test_a_date_does_not_take_the_stop_of_its_sentence() -> None:
    text = "It ends on 3 March. Then it opens on 3 Sept. at noon."
    assert [text[start:end] for start, end, label in figures(text) if label == "DATE"] == ["3 March", "3 Sept."]
