"""How often names, pronouns and bodies are linked to the right name, measured on GUM's coreference.

    make bench-names DATA=folder          (python -m benchmarks.names_on_gum FOLDER [--model PIPELINE])

The program's own pipeline reads the raw text of every document. A link is right when the gold chain of the
mention holds a name with the last word of the answered name (for a body, the last before "of"). Counted are

- "he" and "she" as subjects, by `antecedents.Reading`, answered where `Link.is_certain`;
- "it" and "they" as subjects, by `Names.body_before`;
- "the council" and its like, by `Names.body`, where the annotators see a body;
- surnames and first names alone, by `mentions.People`: right when the chain also holds the first name.

The share answered is of those whose gold chain has a name earlier in the prose (headings are not prose). Answers
to others are wrong, and are shown in a column of their own. `--folds 5` measures "he" and "she" on the train split
by cross-validation over documents, with weights learnt on the other folds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold_links import Case, cases, subject_pronouns
from summarise.antecedents import CERTAIN, Weights
from summarise.language import Analyser
from summarise.names import Names

THRESHOLDS = (0.5, 0.6, CERTAIN, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Answer:
    """One mention that was asked about: whether it has an answer, what came back, and how sure that was."""

    answerable: bool
    name: str | None
    right: bool = False
    confidence: float = 1.0
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a row of the table."""

    asked: int
    answerable: int
    answered: int
    answered_answerable: int
    right: int

    @classmethod
    def of(cls, answers: Sequence[Answer], threshold: float | None = None) -> Tally:
        """Count the certain answers, or those of some confidence or more."""
        given = [
            a for a in answers if a.name is not None and (a.certain if threshold is None else a.confidence >= threshold)
        ]
        return cls(
            asked=len(answers),
            answerable=sum(a.answerable for a in answers),
            answered=len(given),
            answered_answerable=sum(a.answerable for a in given),
            right=sum(a.right for a in given),
        )

    def row(self, label: str) -> str:
        """Return the counts as a row of a Markdown table."""
        cells = (
            label,
            str(self.asked),
            str(self.answerable),
            _share(self.answered_answerable, self.answerable),
            _share(self.right, self.answered),
            f"{self.answered - self.right} of {self.answered}",
            str(self.answered - self.answered_answerable),
        )
        return f"| {' | '.join(cells)} |"


HEAD = """| mentions | all | named before | of these answered | answers right | wrong answers | answers to others |
|---|--:|--:|--:|--:|--:|--:|"""


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def he_or_she(case: Case, weights: Weights | None = None) -> Iterator[Answer]:
    """Ask whom every subject "he" and "she" stands for."""
    reading = case.read(weights)
    for pronoun in subject_pronouns(case.mentions):
        answerable = case.is_answerable(pronoun)
        link = reading.links.get(pronoun.place)
        if link is None or not link.named:
            yield Answer(answerable, None)
        else:
            right = case.bears_name(case.chain(pronoun), link.who)
            yield Answer(answerable, link.who, right, link.confidence, link.is_certain)


def it_or_they(case: Case, pronoun: str) -> Iterator[Answer]:
    """Ask which body every subject "it" or "they" stands for."""
    names = Names(case.document)
    for index, doc in enumerate(case.document.parses):
        for token in doc:
            if token.lower_ != pronoun or token.dep_ not in {"nsubj", "nsubj:pass"}:
                continue
            chain = case.chain_at(index, token.i, token.i + 1, token.i)
            body = names.body_before(index, token.head) if pronoun == "it" else None
            yield _named(case, chain, case.place_of(index, token.i), body)


def definite_bodies(case: Case) -> Iterator[Answer]:
    """Ask which body "the" and one noun stand for, where the annotators see an organisation."""
    names = Names(case.document)
    kinds = {gold.chain: gold.kind for gold in case.gum.mentions}
    for index, doc in enumerate(case.document.parses):
        for token in doc[1:]:
            if token.pos_ != "NOUN" or doc[token.i - 1].lower_ != "the":
                continue
            chain = case.chain_at(index, token.i - 1, token.i + 1, token.i)
            if chain is not None and kinds[chain] == "organization":
                yield _named(case, chain, case.place_of(index, token.i - 1), names.body(token.text))


def single_names(case: Case) -> Iterator[Answer]:
    """Ask for the full name of every person who is named by one word."""
    for mention in case.mentions:
        if mention.kind != "name" or mention.end - mention.start > 1:
            continue
        chain = case.chain(mention)
        words = case.names.get(chain, set()) if chain is not None else set()
        full = mention.who if " " in mention.who and mention.who[:1].isupper() else None
        right = full is not None and {full.split()[0], full.split()[-1].split("-")[-1]} <= words
        yield Answer(len(words) > 1 and case.is_answerable(mention), full, right)


def _named(case: Case, chain: int | None, place: tuple[int, int], name: str | None) -> Answer:
    answerable = chain in case.first_named and case.first_named[chain] < place
    return Answer(answerable, name, name is not None and case.bears_name(chain, name.split(" of ")[0]))


QUESTIONS: dict[str, Callable[[Case], Iterable[Answer]]] = {
    "he, she": he_or_she,
    "it": lambda case: it_or_they(case, "it"),
    "they": lambda case: it_or_they(case, "they"),
    "the + noun for a body": definite_bodies,
    "surname or first name alone": single_names,
}


def print_split(split: str, found: Sequence[Case]) -> None:
    """Print the tables of one split: every question, for news and for all genres; then the curve of he and she."""
    print(f"\n## {split}: {len(found)} documents, certain answers\n\n{HEAD}")
    for genre, chosen in (("news", [c for c in found if c.gum.genre == "news"]), ("all genres", found)):
        for label, ask in QUESTIONS.items():
            answers = [answer for case in chosen for answer in ask(case)]
            print(Tally.of(answers).row(f"{genre}: {label}"))
    print_curve([answer for case in found for answer in he_or_she(case)])


def print_curve(answers: Sequence[Answer]) -> None:
    """Print what each threshold would give."""
    print(f"\nhe, she by threshold:\n\n{HEAD}")
    for threshold in THRESHOLDS:
        print(Tally.of(answers, threshold).row(f"{threshold:.2f}"))


def print_folds(found: Sequence[Case], folds: int) -> None:
    """Print he and she on the train split, every document read with weights learnt on the other folds."""
    from benchmarks.names_weights import learn

    news, answers = [], []
    for fold in range(folds):
        weights = learn([case for i, case in enumerate(found) if i % folds != fold])
        for case in found[fold::folds]:
            given = list(he_or_she(case, weights))
            answers += given
            news += given if case.gum.genre == "news" else []
    print(f"\n## train, {folds} folds: {len(found)} documents, certain answers\n\n{HEAD}")
    print(Tally.of(news).row("news: he, she"))
    print(Tally.of(answers).row("all genres: he, she"))
    print_curve(answers)


def main() -> None:
    """Read the files, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where en_gum_open-{train,dev,test}.conllu.gz lie")
    parser.add_argument("--model", default="", help="a spaCy pipeline; the one that the package ships when left out")
    parser.add_argument("--splits", nargs="*", default=["dev", "test"])
    parser.add_argument("--folds", type=int, default=0)
    given = parser.parse_args()
    if not given.folder.is_dir():
        print(f"No treebanks in {given.folder}: nothing can be measured. models/en_news/README.md names them.")
        return
    analyser = Analyser(given.model)
    print(f"Pipeline: {analyser.version}")
    for split in given.splits:
        print_split(split, cases(given.folder, split, analyser))
    if given.folds:
        print_folds(cases(given.folder, "train", analyser), given.folds)


if __name__ == "__main__":
    main()
