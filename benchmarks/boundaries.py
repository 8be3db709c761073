"""How well sentence boundaries are found: precision, recall and F of whole sentences, as character spans.

    python -m benchmarks.boundaries tests/language/british_sentences.yaml --half dev -v
    python -m benchmarks.boundaries en_gum_open-dev.conllu.gz en_gum_open-test.conllu.gz --documents GUM_news

A paragraph is a list of its sentences; its text is the sentences set apart by one space. A sentence counts as
found when a splitter returns its very start and end. --prose leaves out paragraphs in which a sentence before the
last ends without any stop: captions, datelines and lists that a treebank runs into one paragraph. With -v every
sentence missed (-) and made up (+) is shown.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from summarise import sentences

if TYPE_CHECKING:
    import conllu

Split = Callable[[str], list[tuple[int, int]]]
Paragraph = Sequence[str]


_STOPPED = re.compile(r"[.?!…][\W_]*$")


class Score(NamedTuple):
    """Shares from 0 to 1."""

    precision: float
    recall: float
    f: float


def score(split: Split, paragraphs: Sequence[Paragraph]) -> Score:
    """Return how many of the spans that a splitter returns are sentences, and how many sentences it returns."""
    both = found = true = 0
    for paragraph in paragraphs:
        text, spans = _joined(paragraph)
        guesses = set(split(text))
        both, found, true = both + len(guesses & spans), found + len(guesses), true + len(spans)
    return Score(both / max(found, 1), both / max(true, 1), 2 * both / max(found + true, 1))


def errors(split: Split, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the sentences that a splitter misses, each with "-", and those that it makes up, each with "+"."""
    for paragraph in paragraphs:
        text, spans = _joined(paragraph)
        guesses = set(split(text))
        for start, end in sorted(spans ^ guesses):
            yield f"{'-' if (start, end) in spans else '+'} {text[start:end]}"


def _joined(paragraph: Paragraph) -> tuple[str, set[tuple[int, int]]]:
    starts = accumulate((len(sentence) + 1 for sentence in paragraph), initial=0)
    return " ".join(paragraph), {(start, start + len(text)) for start, text in zip(starts, paragraph, strict=False)}


def read(path: Path, half: str = "", documents: str = "") -> list[Paragraph]:
    """Return the paragraphs of one of our YAML files, or of a CoNLL-U file (also gzipped)."""
    if path.suffix == ".yaml":
        halves = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [paragraph for name in halves if half in ("", name) for paragraph in halves[name]]
    return list(_conllu(path, documents))


def _conllu(path: Path, documents: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of the documents whose id begins so; sentence texts come from tokens and SpaceAfter."""
    import conllu

    paragraph: list[str] = []
    document = ""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for sentence in conllu.parse_incr(lines):
            document = sentence.metadata.get("newdoc id", document)
            if any(key.startswith(("newpar", "newdoc")) for key in sentence.metadata) and paragraph:
                yield paragraph
                paragraph = []
            if document.startswith(documents):
                paragraph.append(_text(sentence))
    if paragraph:
        yield paragraph


def _text(sentence: conllu.TokenList) -> str:
    parts = []
    covered = 0
    for token in sentence:
        number = token["id"]
        if isinstance(number, tuple) and number[1] == "-":
            covered = number[2]  # the words of a multiword token are not written again
        elif isinstance(number, tuple) or number <= covered:
            continue
        parts.append(token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " "))
    return "".join(parts).strip()


def splitters() -> dict[str, Split]:
    """Return our splitter and those of other libraries that are installed, by name."""
    import spacy

    sentencizer = spacy.blank("en")
    sentencizer.add_pipe("sentencizer")
    found: dict[str, Split] = {
        "summarise": sentences.split,
        "sentencizer": lambda text: [(sent.start_char, sent.end_char) for sent in sentencizer(text).sents],
    }
    try:
        import pysbd
    except ImportError:
        return found
    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    found["pysbd"] = lambda text: [
        (span.start, span.start + len(span.sent.rstrip())) for span in segmenter.segment(text)
    ]
    return found


def main() -> None:
    """Score every splitter on every file named; errors of ours only, with -v."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", choices=("dev", "test"), default="")
    parser.add_argument("--documents", default="", help="CoNLL-U: only documents whose id begins so")
    parser.add_argument("--prose", action="store_true", help="only paragraphs whose sentences end with a stop")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    paragraphs = [each for path in given.files for each in read(path, given.half, given.documents)]
    if given.prose:
        paragraphs = [each for each in paragraphs if all(_STOPPED.search(sentence) for sentence in each[:-1])]
    print(f"{len(paragraphs)} paragraphs, {sum(map(len, paragraphs))} sentences")
    for name, split in splitters().items():
        result = score(split, paragraphs)
        print(f"{name:<12} P {result.precision:6.2%}  R {result.recall:6.2%}  F {result.f:6.2%}")
    if given.verbose:
        sys.stdout.writelines(f"{line}\n" for line in errors(sentences.split, paragraphs))


if __name__ == "__main__":
    main()
