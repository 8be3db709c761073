"""The packaged language pipeline against its goals: accuracy on treebanks, speed, start and memory.

`make bench-language` runs it. The treebanks lie outside the project (see models/en_news/README.md), and what needs
them is left out, with a word, where they are not found. Scores are computed by spaCy's own scorers on raw text.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import spacy
import typer
from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from summarise import syntax
from summarise.language import ENTITY_LABELS, Analyser
from summarise.records import Article
from summarise.settings import models_folder

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "models" / "en_news" / "scripts"))

from treebanks import (  # noqa: E402
    Sentence,
    make_doc,
    paragraphs,
    read_trees,
)

LABELS = ("appos", "parataxis", "advcl", "acl:relcl", "ccomp", "nsubj", "obj", "ROOT")
ROUNDS = 5


def treebank_scores(nlp: Language, sentences: Iterable[Sentence]) -> dict[str, Any]:
    """Return spaCy's scores of a pipeline on the paragraphs of a treebank, from raw text."""
    gold = [make_doc(nlp.vocab, paragraph) for paragraph in paragraphs(list(sentences))]
    return nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])


def attribution_scores(analyser: Analyser, sentences: Iterable[Sentence]) -> tuple[float, int]:
    """Return (F, number in gold) of attributions, a verb of saying with its subject, that `syntax.reported` finds.

    Gold is what the rule finds in the treebank's own tree, guess what it finds in ours.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        doc = make_doc(analyser.nlp.vocab, [sentence])
        gold, guess = (_attribution(tree) for tree in (doc, analyser.parse(doc.text)))
        counts["gold"] += gold is not None
        counts["guess"] += guess is not None
        counts["right"] += gold is not None and gold == guess
    return 200 * counts["right"] / max(counts["gold"] + counts["guess"], 1), counts["gold"]


def _attribution(doc: Doc) -> tuple[int, int] | None:
    found = syntax.reported(doc)
    return (found[0].idx, found[1].idx) if found is not None else None


def entity_scores(nlp: Language, sentences: Iterable[Sentence]) -> dict[str, float]:
    """Return precision, recall and F of names by kind, exact spans, on sentences whose entities are annotated."""
    counts: Counter[tuple[str, str]] = Counter()
    for paragraph in paragraphs([one for one in sentences if one.entities is not None]):
        gold = make_doc(nlp.vocab, paragraph)
        wanted = {(entity.start_char, entity.end_char, entity.label_) for entity in gold.ents}
        found = {
            (entity.start_char, entity.end_char, ENTITY_LABELS[entity.label_])
            for entity in nlp(gold.text).ents
            if ENTITY_LABELS.get(entity.label_) in syntax.NAMES
        }
        for kind in ("all", *sorted(syntax.NAMES)):
            of_kind = {one for one in wanted if kind in ("all", one[2])}
            guessed = {one for one in found if kind in ("all", one[2])}
            counts[kind, "gold"] += len(of_kind)
            counts[kind, "guess"] += len(guessed)
            counts[kind, "right"] += len(of_kind & guessed)
    return {
        kind: 200 * counts[kind, "right"] / max(counts[kind, "gold"] + counts[kind, "guess"], 1)
        for kind in ("all", *sorted(syntax.NAMES))
    }


def speeds(analyser: Analyser, texts: list[str]) -> tuple[float, float]:
    """Return words a second on one core: boundaries and lemmas alone, and the full parse; medians of rounds."""
    articles = [_article(text) for text in texts]
    words = sum(len(text.split()) for text in texts)
    list(analyser.analyse(articles[0]).parses)
    cheap, full = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        documents = [analyser.analyse(article) for article in articles]
        cheap.append(words / (time.process_time() - began))
        began = time.process_time()
        for document in documents:
            document.parses.prefetch(range(len(document.sentences)))  # type: ignore[attr-defined]
        full.append(words / (time.process_time() - began + words / cheap[-1]))
    return statistics.median(cheap), statistics.median(full)


def _article(text: str) -> Article:
    fields = dict.fromkeys(Article.__slots__)
    fields |= {"headline": "", "authors": (), "paragraphs": tuple(text.split("\n")), "headings": frozenset()}
    return Article(**fields)  # type: ignore[arg-type]


_START = """
import re, time
import spacy
began = time.perf_counter()
nlp = spacy.load({model!r})
print(time.perf_counter() - began)
nlp("The council will close the pool in June.")
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def start(model: str) -> tuple[float, float]:
    """Return (seconds to load the pipeline once spaCy is imported, peak memory of the process in MB); Linux only."""
    command = [sys.executable, "-c", _START.format(model=model)]
    rows = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(ROUNDS)]
    return statistics.median(float(row[0]) for row in rows), max(float(row[1]) for row in rows) / 1024


def main(
    ud: Annotated[Path, typer.Option(help="Folder of the treebanks.")] = ROOT / "data" / "training" / "ud",
    model: Annotated[str, typer.Option(help="A pipeline's folder or name.")] = str(models_folder() / "en_news"),
) -> None:
    """Print the table of scores."""
    console = Console(width=110)
    table = Table("measure", "set", "value", title=f"{Path(model).name} {spacy.load(model).meta['version']}")
    nlp, analyser = spacy.load(model), Analyser(model)
    if ud.is_dir():
        gum = [one for part in ("dev", "test") for one in read_trees(ud / f"en_gum_open-{part}.conllu.gz")]
        sets = {
            "GUM news, dev + test": [one for one in gum if one.genre == "news"],
            "GUM open genres, test": read_trees(ud / "en_gum_open-test.conllu.gz"),
            "EWT test": read_trees(ud / "en_ewt-test.conllu.gz", ud / "uner_ewt-test.iob2.gz"),
        }
        for name, sentences in sets.items():
            scores = treebank_scores(nlp, sentences)
            for measure, key in (
                ("tags", "tag_acc"),
                ("UAS", "dep_uas"),
                ("LAS", "dep_las"),
                ("sentence F", "sents_f"),
            ):
                table.add_row(measure, name, f"{100 * scores[key]:.1f}")
            if "news" in name:
                for label in LABELS:
                    value = scores["dep_las_per_type"].get(label.lower(), scores["dep_las_per_type"].get(label))
                    table.add_row(f"F of {label}", name, f"{100 * value['f']:.1f}" if value else "–")
        said, number = attribution_scores(analyser, gum)
        table.add_row("F of attribution by rule", f"GUM open genres, dev + test ({number})", f"{said:.1f}")
        news_said, number = attribution_scores(analyser, sets["GUM news, dev + test"])
        table.add_row("F of attribution by rule", f"GUM news, dev + test ({number})", f"{news_said:.1f}")
        for kind, value in entity_scores(nlp, sets["EWT test"]).items():
            table.add_row(f"F of names, {kind}", "UNER EWT test", f"{value:.1f}")
        texts = ["\n".join(make_doc(nlp.vocab, p).text for p in paragraphs(of)) for of in _by_document(gum)]
    else:
        console.print(f"No treebanks in {ud}: accuracy is left out.")
        golds = sorted((ROOT / "tests" / "corpus").glob("*/gold.json"))
        texts = ["\n".join(json.loads(gold.read_text(encoding="utf-8"))["body"]) for gold in golds]
    cheap, full = speeds(analyser, texts)
    table.add_row("words a second", "boundaries and lemmas", f"{cheap:,.0f}")
    table.add_row("words a second", "full parse", f"{full:,.0f}")
    seconds, memory = start(model)
    table.add_row("seconds to load", "median of 5", f"{seconds:.2f}")
    table.add_row("peak memory, MB", "a process with spaCy and the pipeline", f"{memory:.0f}")
    console.print(table)


def _by_document(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    names = dict.fromkeys(one.document for one in sentences)
    for name in names:
        yield [one for one in sentences if one.document == name]


if __name__ == "__main__":
    typer.run(main)
