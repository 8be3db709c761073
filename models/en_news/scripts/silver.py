"""News text → silver training documents: sentences by rule, tokens by the pipeline's tokenizer, the rest by a teacher.

The articles are those of the summarisation corpora; only their sentences are used. A sentence of whose tree the
teacher is not sure is left out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import spacy
import torch
import typer
from names import Namer
from spacy.tokens import DocBin
from teacher import WORDS_A_BATCH, Annotator, bucketed
from treebanks import Sentence, has_quotation, make_doc, restyled

from summarise.nlp.tokenizer import add_british_rules
from summarise.sentences import split

FEWEST, MOST = 3, 60
BATCH = 4096


def texts(data: Path) -> Iterator[str]:
    """Yield the article texts of the corpora in a folder, British ones first."""
    for name in ("bbc", "xsum", "cnndm.train"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        for row in sorted(rows, key=lambda row: row.get("outlet") == "cnn"):
            yield row.get("article") or row["text"]


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of an article that read as prose."""
    for line in text.splitlines():
        line = re.sub(r"\s+", " ", line).strip()
        for start, end in split(line):
            sentence = line[start:end]
            if sentence[:1].isupper() or sentence[:1] in "“‘\"'£":
                yield sentence


def main(
    data: Path, teacher: Path, output: Path, shard: int = 0, of: int = 1, words: int = 6_000_000, least: float = -0.5
) -> None:
    """Annotate about WORDS words of every OF-th article of DATA and write them to OUTPUT as a DocBin."""
    torch.set_num_threads(1)
    nlp = spacy.blank("en")
    add_british_rules(nlp)
    annotator, namer, rng = Annotator(teacher), Namer(nlp), random.Random(shard)
    seen: set[bytes] = set()
    taken = kept = 0
    store = DocBin(store_user_data=False)
    waiting: list[Sentence] = []

    def flush() -> None:
        nonlocal kept
        done: dict[int, Sentence] = {}
        for group in bucketed(waiting, WORDS_A_BATCH):
            analyses = annotator.annotate([waiting[index].words for index in group])
            for index, analysis in zip(group, analyses, strict=True):
                if analysis.sureness >= least:
                    layers = {name: value for name, value in vars(analysis).items() if name != "sureness"}
                    done[index] = replace(waiting[index], lemmas=waiting[index].words, **layers)
        kept += sum(len(one.words) for one in done.values())
        run: list[Sentence] = []
        for i in range(len(waiting)):
            if run and (i not in done or waiting[i].opens_paragraph or rng.random() < 0.7):
                store.add(namer(make_doc(nlp.vocab, styled(run))))
                run = []
            if i in done:
                run.append(done[i])
        if run:
            store.add(namer(make_doc(nlp.vocab, styled(run))))
        waiting.clear()

    def styled(run: list[Sentence]) -> list[Sentence]:
        return restyled(run, rng) if rng.random() < (0.5 if has_quotation(run) else 0.3) else run

    for number, text in enumerate(texts(data)):
        if number % of != shard:
            continue
        opens = True
        for sentence in sentences(text):
            key = hashlib.blake2b(sentence.encode(), digest_size=8).digest()
            doc = nlp.make_doc(sentence)
            if key in seen or not FEWEST <= len(doc) <= MOST or any(token.is_space for token in doc):
                opens = True
                continue
            seen.add(key)
            spaces = [bool(token.whitespace_) for token in doc[:-1]] + [True]
            waiting.append(Sentence(str(number), opens, [token.text for token in doc], spaces))
            opens = False
            taken += len(doc)
        if len(waiting) >= BATCH:
            flush()
            print(f"{taken:,} words read, {kept:,} kept", flush=True)
        if taken >= words:
            break
    flush()
    store.to_disk(output)
    print(f"{taken:,} words read, {kept:,} kept, {len(store):,} documents")


if __name__ == "__main__":
    typer.run(main)
