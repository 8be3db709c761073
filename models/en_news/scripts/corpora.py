"""Treebanks and entity corpora → spaCy's binary corpora: `train` in several quotation styles, `dev`, and the tests."""

from __future__ import annotations

import random
from pathlib import Path

import spacy
import typer
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from treebanks import (
    Sentence,
    has_quotation,
    make_doc,
    paragraphs,
    read_names,
    read_trees,
    restyled,
    runs,
)

SEED = 7
COPIES = 3
"""How often the gold sentences stand in the training corpus, each time cut and styled anew."""


def write(docs: list[Doc], path: Path) -> None:
    """Write documents to a DocBin and say how many words it holds."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path.name}: {len(docs):,} documents, {sum(map(len, docs)):,} words")


def training(vocab: Vocab, sentences: list[Sentence], rng: random.Random) -> list[Doc]:
    """Return the sentences as training documents, quotations in mixed styles."""
    docs = []
    for run in runs(sentences, rng):
        styled = bool(run[0].tags) and rng.random() < (0.6 if has_quotation(run) else 0.2)
        docs.append(make_doc(vocab, restyled(run, rng) if styled else run))
    return docs


def main(ud: Path, output: Path) -> None:
    """Write the gold corpora from the treebanks in UD to OUTPUT."""
    rng, vocab = random.Random(SEED), spacy.blank("en").vocab
    output.mkdir(parents=True, exist_ok=True)
    (output / "train").mkdir(exist_ok=True)
    gum = {part: read_trees(ud / f"en_gum_open-{part}.conllu.gz") for part in ("train", "dev", "test")}
    ewt = {part: read_trees(ud / f"en_ewt-{part}.conllu.gz") for part in ("train",)}
    for part in ("dev", "test"):
        ewt[part] = read_trees(ud / f"en_ewt-{part}.conllu.gz", ud / f"uner_ewt-{part}.iob2.gz")
    # EWT dev gives its entities to training, except every fifth sentence; its trees only choose.
    entities = [one for i, one in enumerate(ewt["dev"]) if i % 5]
    names = [one for name in ("wikigold", "btc_a", "btc_b", "btc_g") for one in read_names(ud / f"{name}.txt.gz")]
    names += [Sentence(one.document, True, one.words, one.spaces, entities=one.entities) for one in entities]
    train = [doc for _ in range(COPIES) for doc in training(vocab, [*gum["train"], *ewt["train"]], rng)]
    write([*train, *training(vocab, names, rng)], output / "train" / "gold.spacy")
    chosen = list(gum["dev"]) + [one for i, one in enumerate(ewt["dev"]) if i % 5 == 0]
    write([make_doc(vocab, [one]) for one in chosen], output / "dev.spacy")
    news = [one for part in ("dev", "test") for one in gum[part] if one.genre == "news"]
    for name, sentences in {"gum_news": news, "gum_test": gum["test"], "ewt_test": ewt["test"]}.items():
        write([make_doc(vocab, paragraph) for paragraph in paragraphs(sentences)], output / f"{name}.spacy")


if __name__ == "__main__":
    typer.run(main)
