"""How well people, bodies and places are found in articles: precision, recall and F by kind, exact span and label.

    python -m benchmarks.mentions PAGES... [--model MODEL] [-v]

PAGES are the folders with the pages that `tests/language/mentions.jsonl` marks. That file holds no text: a page is
known by the SHA-256 of its bytes, a paragraph by the SHA-256 of its text as our extraction gives it, and a mention
is (start, end, kind) in characters of the paragraph. Every mention in a marked paragraph is marked; paragraphs
without any are among them. A page or paragraph that is not found is counted and said.

What is marked, by reading:

- Names only: no "the council", "the city", "ministers", and no pronouns.
- The name alone: no "the" ("the Bank of England": Bank of England), no title or office ("Sir Keir Starmer", "Cllr
  Hughes", "Judge Ford": Keir Starmer, Hughes, Ford), no possessive ("London's": London), no letters after a name.
- PERSON: people, also by first name, surname or nickname, and families ("the Anderson family": Anderson).
- ORG: bodies, firms, councils, governments with a name ("Welsh Government"), parties (also before a noun, "Labour
  MP"; also Tory), clubs, leagues, courts, newspapers, broadcasters, schools, universities (also by their town,
  "Exeter and Cardiff have …"), services by which a firm is known (Twitter), houses of parliament.
- PLACE: countries, regions, towns, districts, constituencies, rivers, islands, roads, also where they act ("Spain
  recorded …"); buildings, parks, hospitals and museums, also where they act ("the White House has said"). A trust or
  board that runs hospitals is an ORG.
- An acronym in brackets is a mention of its own: "Immigration, Refugees and Citizenship Canada (IRCC)" is two.
- A name within a name is not marked: "University of Reading" is one ORG. "Bath, Somerset" is two places.
- Not marked: nationalities and languages (British, Chicagoans), works, products, schemes, laws, events, awards,
  storms, illnesses. A body in the name of an event is marked ("SAG awards": SAG).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from summarise.errors import PageError
from summarise.extraction import extract
from summarise.language import ENTITY_LABELS, Analyser
from summarise.pages import find_inputs, read_page
from summarise.records import Article

MARKS = Path(__file__).parent.parent / "tests" / "language" / "mentions.jsonl"
KINDS = ("PERSON", "ORG", "PLACE")


class Mention(NamedTuple):
    """A name in a paragraph: character offsets, and one of KINDS."""

    start: int
    end: int
    kind: str


class Marked(NamedTuple):
    """A paragraph found again: its text, the mentions marked in it, and those that a pipeline finds."""

    text: str
    marked: frozenset[Mention]
    found: frozenset[Mention]


def read_marks(path: Path = MARKS) -> dict[str, dict[str, frozenset[Mention]]]:
    """Return the mentions by page (sha256 of its bytes) and paragraph (sha256 of its text)."""
    marks: dict[str, dict[str, frozenset[Mention]]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks[row["sha256"]][row["paragraph_sha256"]] = frozenset(Mention(*mention) for mention in row["mentions"])
    return dict(marks)


def find_marked(
    inputs: Sequence[str], marks: Mapping[str, Mapping[str, frozenset[Mention]]], analyser: Analyser
) -> Iterator[Marked]:
    """Yield the marked paragraphs of the pages that are found, each with what the pipeline finds in it."""
    for article, wanted in _articles(inputs, marks):
        texts = [text for text in dict.fromkeys(article.paragraphs) if _digest(text) in wanted]
        found = _entities(replace(article, paragraphs=tuple(texts), headings=frozenset()), analyser)
        for number, text in enumerate(texts):
            yield Marked(text, wanted[_digest(text)], frozenset(found[number]))


def _articles(
    inputs: Sequence[str], marks: Mapping[str, Mapping[str, frozenset[Mention]]]
) -> Iterator[tuple[Article, Mapping[str, frozenset[Mention]]]]:
    done = set()
    for path in find_inputs(inputs):
        try:
            page = read_page(path)
            if page.sha256 in marks and page.sha256 not in done:
                done.add(page.sha256)
                yield extract(page), marks[page.sha256]
        except PageError as error:
            print(f"not read: {error}")


def _entities(article: Article, analyser: Analyser) -> dict[int, list[Mention]]:
    document = analyser.analyse(article)
    found = defaultdict(list)
    for sentence, doc in zip(document.sentences, document.parses, strict=True):
        for entity in doc.ents:
            if (kind := ENTITY_LABELS.get(entity.label_, "")) in KINDS:
                start, end = sentence.start + entity.start_char, sentence.start + entity.end_char
                found[sentence.paragraph].append(Mention(start, end, kind))
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def table(paragraphs: Sequence[Marked]) -> Iterator[str]:
    """Yield the lines of a table: each kind, all kinds, and all kinds by span alone."""
    for kind in KINDS:
        marked = [{mention for mention in each.marked if mention.kind == kind} for each in paragraphs]
        found = [{mention for mention in each.found if mention.kind == kind} for each in paragraphs]
        yield _row(kind, marked, found)
    yield _row("all", [set(each.marked) for each in paragraphs], [set(each.found) for each in paragraphs])
    yield _row("span alone", [_spans(each.marked) for each in paragraphs], [_spans(each.found) for each in paragraphs])


def _spans(mentions: Iterable[Mention]) -> set[Mention]:
    return {mention._replace(kind="") for mention in mentions}


def _row(name: str, marked: Sequence[set[Mention]], found: Sequence[set[Mention]]) -> str:
    both = sum(len(one & other) for one, other in zip(marked, found, strict=True))
    true, guessed = sum(map(len, marked)), sum(map(len, found))
    precision, recall, f = both / max(guessed, 1), both / max(true, 1), 2 * both / max(true + guessed, 1)
    return f"{name:<10} {true:5} marked {guessed:5} found  P {precision:6.1%}  R {recall:6.1%}  F {f:6.1%}"


def errors(paragraphs: Iterable[Marked]) -> Iterator[str]:
    """Yield the mentions that are missed, each with "-", and those that are made up, each with "+"."""
    for each in paragraphs:
        for mention in sorted(each.marked ^ each.found):
            around = each.text[max(0, mention.start - 30) : mention.end + 30].replace("\n", " ")
            sign = "-" if mention in each.marked else "+"
            yield f"{sign} {mention.kind:<6} {each.text[mention.start : mention.end]}  | {around}"


def main() -> None:
    """Score one pipeline on the marked pages that are found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--model", default="", help="as the setting language_model")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    marks, analyser = read_marks(), Analyser(given.model)
    paragraphs = list(find_marked(given.pages, marks, analyser))
    print(f"{analyser.version}: {len(paragraphs)} of {sum(map(len, marks.values()))} marked paragraphs found")
    print("\n".join(table(paragraphs)))
    if given.verbose:
        print("\n".join(errors(paragraphs)))


if __name__ == "__main__":
    main()
