"""Articles analysed by a trained, a blank and a foreign spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from articles import article
from summarise.errors import UsageError
from summarise.language import Analyser, Lemmatiser, Parses, quoted_share, quoted_spans
from summarise.records import Sentence

PARAGRAPHS = (
    "The council will close the pool in June. Ann Pell, who runs it, said no.",
    "What happens next",
    "“We are sorry,” she said. “It was not our choice.”",
)


@Language.component("clearnlp_stub", assigns=["token.dep"])
def clearnlp_stub(doc: Doc) -> Doc:
    """Label any five tokens as a pipeline of the ClearNLP scheme would."""
    labels = ["nsubjpass", "ROOT", "dobj", "relcl", "neg"]
    for token in doc:
        token.dep_ = labels[token.i % len(labels)]
        token.head = doc[min(1, len(doc) - 1)]
    if len(doc) > 3:
        doc.ents = [
            Span(doc, 0, 1, "GPE"),
            Span(doc, 1, 2, "PERSON"),
            Span(doc, 2, 3, "CARDINAL"),
            Span(doc, 3, 4, "LAW"),
        ]
    return doc


@pytest.mark.parametrize("name", ["analyser", "blank_analyser"])
def test_sentences_are_the_same_whatever_the_pipeline(name: str, request: pytest.FixtureRequest) -> None:
    analyser: Analyser = request.getfixturevalue(name)
    source = article("Pool to close", *PARAGRAPHS)
    document = analyser.analyse(source)
    assert [sentence.text for sentence in document.sentences] == [
        "The council will close the pool in June.",
        "Ann Pell, who runs it, said no.",
        "What happens next",
        "“We are sorry,” she said.",
        "“It was not our choice.”",
    ]
    assert len(document.parses) == len(document.sentences)
    assert [sentence.index for sentence in document.sentences] == list(range(5))
    for sentence in document.sentences:
        assert source.paragraphs[sentence.paragraph][sentence.start : sentence.end] == sentence.text


def test_cross_headings_are_no_sentences_and_keep_their_paragraph_number(blank_analyser: Analyser) -> None:
    source = article("Pool to close", *PARAGRAPHS)
    headed = type(source)(**{name: getattr(source, name) for name in source.__slots__} | {"headings": frozenset({1})})
    document = blank_analyser.analyse(headed)
    assert "What happens next" not in [sentence.text for sentence in document.sentences]
    assert {sentence.paragraph for sentence in document.sentences} == {0, 2}


def test_the_packaged_pipeline_parses_and_speaks_universal_dependencies(analyser: Analyser) -> None:
    document = analyser.analyse(article("Pool to close", "The pool, which the council owns, was closed by Ann Pell."))
    labels = {token.dep_ for token in document.parses[0]}
    assert document.parsed
    assert {"nsubj:pass", "aux:pass", "acl:relcl", "ROOT"} <= labels
    assert [(ent.text, ent.label_) for ent in document.parses[0].ents] == [("Ann Pell", "PERSON")]


def test_a_blank_pipeline_gives_tokens_and_says_that_it_does_not_parse(blank_analyser: Analyser) -> None:
    document = blank_analyser.analyse(article("Pool to close", *PARAGRAPHS))
    assert not document.parsed
    assert [token.text for token in document.tokens(0)][:3] == ["The", "council", "will"]


def test_an_article_without_a_sentence_gives_an_empty_document(analyser: Analyser) -> None:
    document = analyser.analyse(article("Nothing"))
    assert (document.sentences, tuple(document.parses), document.parsed) == ((), (), False)


def test_labels_of_the_clearnlp_scheme_are_mapped(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("clearnlp_stub")
    nlp.meta["name"] = "stub"
    nlp.to_disk(tmp_path / "stub")
    stub = Analyser(str(tmp_path / "stub"))
    document = stub.analyse(article("Pool to close", "Leeds pools were not closed yesterday."))
    assert document.parsed
    assert [token.dep_ for token in document.parses[0]][:5] == ["nsubj:pass", "ROOT", "obj", "acl:relcl", "advmod"]
    entities = [(entity.text, entity.label_) for entity in document.parses[0].ents]
    assert entities == [("Leeds", "PLACE"), ("pools", "PERSON"), ("were", "NUMBER")]
    assert stub.version.startswith("en_stub-")


def test_an_unknown_pipeline_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(UsageError) as caught:
        _ = Analyser("en_core_web_nowhere").nlp
    message = str(caught.value)
    assert "en_core_web_nowhere" in message
    assert "Install it" in message
    assert 'language_model = "blank"' in message


def test_a_folder_that_holds_no_pipeline_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not load") as caught:
        _ = Analyser(str(tmp_path)).nlp
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("paragraph", "quotations"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('He said "no" twice.', ['"no"']),
        ("He said ‘it doesn’t work’ twice.", ["‘it doesn’t work’"]),
        ("The council’s pool isn’t open.", []),
        ("“It is over.", ["“It is over."]),
    ],
)
def test_direct_quotations_are_found_with_their_marks(paragraph: str, quotations: list[str]) -> None:
    assert [paragraph[start:end] for start, end in quoted_spans(paragraph)] == quotations


def test_the_quoted_share_counts_the_sentence_and_not_its_paragraph() -> None:
    paragraph = "“It is over,” he said. Nobody spoke."
    first, second = Sentence(0, 0, 0, 22, paragraph[:22]), Sentence(1, 0, 23, 36, paragraph[23:])
    assert 0.5 < quoted_share(first, paragraph) < 0.7
    assert quoted_share(second, paragraph) == 0.0


def test_a_sentence_is_parsed_when_it_is_asked_for_and_not_before(
    analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[str]] = []
    pipe = analyser.nlp.pipe

    def counted(docs: Iterable[Doc]) -> Iterator[Doc]:
        held = list(docs)
        batches.append([doc.text for doc in held])
        return pipe(held)

    monkeypatch.setattr(analyser.nlp, "pipe", counted)
    document = analyser.analyse(article("Pool to close", *PARAGRAPHS))
    assert batches == []
    assert isinstance(document.parses, Parses)
    document.parses.prefetch([1, 0])
    assert document.parses[1].has_annotation("DEP")
    assert [len(batch) for batch in batches] == [2]
    assert all(doc.has_annotation("DEP") for doc in document.parses)
    assert [len(batch) for batch in batches] == [2, 3]


def test_the_order_of_asking_does_not_change_an_analysis(analyser: Analyser) -> None:
    forwards, backwards = (analyser.analyse(article("Pool to close", *PARAGRAPHS)).parses for _ in range(2))
    late = [backwards[index] for index in reversed(range(len(backwards)))][::-1]
    assert [doc.to_json() for doc in forwards] == [doc.to_json() for doc in late]


def test_lemmas_of_the_cheap_path_join_the_forms_of_a_word_and_leave_out_small_words(analyser: Analyser) -> None:
    document = analyser.analyse(
        article("Buses", "Leaves fell on the buses.", "The bus left and a leaf falls, driving drivers mad.")
    )
    assert document.lemmas == (("leaf", "fall", "bus"), ("bus", "leave", "leaf", "fall", "drive", "driver", "mad"))


def test_without_tables_a_lemma_is_the_word_in_lower_case(blank_analyser: Analyser) -> None:
    assert blank_analyser.analyse(article("Buses", "Leaves fell.")).lemmas == (("leaves", "fell"),)


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ('He said: "It is bad. "It is worse. "We go on." She left.', ['"It is bad. "It is worse. "We go on."']),
        ('"One," he said. "Two," she said.', ['"One,"', '"Two,"']),
        ("“It is bad. “It is worse.” She left.", ["“It is bad. “It is worse.”"]),
        ('He called it "fair" and "open", as "ever".', ['"fair"', '"open"', '"ever"']),
        ("'We are sorry. It was not our choice.", ["'We are sorry. It was not our choice."]),
        ("She said: 'We're sorry. It's over.", ["'We're sorry. It's over."]),
        ("The workers' rights of the '90s are the drivers' rights.", []),
    ],
)
def test_a_quotation_runs_over_the_marks_that_only_open_it_again(paragraph: str, quoted: list[str]) -> None:
    assert [paragraph[start:end] for start, end in quoted_spans(paragraph)] == quoted


def test_a_dateline_is_no_part_of_the_sentence_that_it_opens(analyser: Analyser) -> None:
    paragraph = "HULL (AP) — The storm has not killed anyone. By noon it had passed."
    first, second = analyser.analyse(article("Storm", paragraph)).sentences
    assert first.text == "The storm has not killed anyone."
    assert paragraph[first.start : first.end] == first.text
    assert second.text == "By noon it had passed."


def test_the_lemmatiser_remembers_a_bounded_number_of_words() -> None:
    looked_up: list[str] = []

    class Counting(Lemmatiser):
        KEPT = 3

        def _readings(self, word: str) -> Iterator[str]:
            looked_up.append(word)
            return iter(())

    lemma = Counting({})
    assert [lemma(word) for word in ("ash", "bay", "cod", "ash", "dun", "ash")] == [
        "ash",
        "bay",
        "cod",
        "ash",
        "dun",
        "ash",
    ]
    assert looked_up == ["ash", "bay", "cod", "dun", "ash"]
