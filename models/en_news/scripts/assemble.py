"""The trained student + rules → the pipeline that is shipped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import spacy
import typer
import yaml
from spacy.language import Language

COMPONENTS = (
    "british_sentences",
    "tok2vec",
    "tagger",
    "morphologizer",
    "lemmatizer",
    "parser",
    "ner",
    "known_names",
    "figures",
    "ud_noun_chunks",
)


def strings(nlp: Language) -> list[str]:
    """Return the strings that the pipeline needs: none of the words that it met in training."""
    needed = set(spacy.blank("en").vocab.strings)
    for name in nlp.pipe_names:
        needed.update(label for label in getattr(nlp.get_pipe(name), "labels", ()))
    needed.update(part for label in nlp.get_pipe("morphologizer").labels for part in label.split("|"))  # type: ignore[attr-defined]
    needed.update(
        move.split("-", 1)[1] for name in ("parser", "ner") for move in nlp.get_pipe(name).move_names if "-" in move
    )  # type: ignore[attr-defined]
    return sorted(needed)


def main(student: Path, sources: Path, output: Path, version: str = "0.2.0") -> None:
    """Put the student of STUDENT and the rule components together and write the pipeline to OUTPUT."""
    nlp = spacy.load(student)
    nlp.add_pipe("british_sentences", first=True)
    nlp.add_pipe("lemmatizer", config={"mode": "rule"}, after="morphologizer").initialize()  # type: ignore[attr-defined]
    nlp.add_pipe("known_names")
    nlp.add_pipe("figures")
    nlp.add_pipe("ud_noun_chunks")
    if tuple(nlp.pipe_names) != COMPONENTS:
        raise typer.BadParameter(f"components are {nlp.pipe_names}, not {list(COMPONENTS)}")
    nlp.meta.update(
        name="news",
        version=version,
        description="English pipeline for British news with labels of Universal Dependencies, for one CPU core.",
        author="the authors of summarise",
        license="CC BY-SA 4.0",
        sources=yaml.safe_load(sources.read_text(encoding="utf-8")),
    )
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    for name in ("senter", *COMPONENTS):
        shutil.rmtree(output / name, ignore_errors=True)
    nlp.to_disk(output)
    (output / "vocab" / "strings.json").write_text(json.dumps(strings(nlp), indent=0), encoding="utf-8")
    meta = json.loads((output / "meta.json").read_text(encoding="utf-8"))
    print(f"{meta['lang']}_{meta['name']} {meta['version']} in {output}: {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    typer.run(main)
