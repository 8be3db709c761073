"""Subjects and sober stories against what newsrooms and an editor said of them: `make bench-topics`.

The rows (`{id, title, article, category}`, JSONL) are filed under one section each; a section stands for one top-level
subject of IPTC Media Topics. Whoever mends the lexicon looks at rows with odd numbers, so that the even ones can
count. `--gold` measures on an editor's drafts, which name one to three subjects each and whether a story is sober.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from summarise.errors import PageError
from summarise.evaluation.corpora import Case, article_of, read_cases
from summarise.extraction import extract
from summarise.house import topics
from summarise.language import BLANK, Analyser
from summarise.records import Article

SECTIONS = {"business": "04", "entertainment": "01", "politics": "11", "sport": "15", "tech": "13"}
"""The sections of the rows, each with its top-level subject."""

Half = Literal["even", "odd", "all"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An article's subjects as they should be and as the program names them, best first, by number ("04")."""

    wanted: tuple[str, ...]
    found: tuple[str, ...]


def main(
    rows: Path,
    gold: Annotated[Path | None, typer.Option(help="A folder of an editor's drafts.")] = None,
    half: Annotated[Half, typer.Option(help="Rows with even or with odd numbers, or all.")] = "even",
) -> None:
    """Print every table."""
    console, analyser = Console(width=120), Analyser(BLANK)
    judged = list(_of_rows(rows, half, analyser))
    console.print(_accuracy(judged, half), _confusion(judged))
    if gold:
        console.print(_against_editor(gold, analyser))


# ------------------------------------------------------------ rows


def _of_rows(file: Path, half: Half, analyser: Analyser) -> Iterator[Judged]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            odd = int(row["id"].rpartition("-")[2]) % 2
            if half == "all" or odd == (half == "odd"):
                article = article_of(row["article"], row["title"])
                yield Judged((SECTIONS[row["category"]],), _subjects(article, analyser))


def _subjects(article: Article, analyser: Analyser) -> tuple[str, ...]:
    texts = [sentence.text for sentence in analyser.analyse(article).sentences]
    return tuple(dict.fromkeys(topics.subject(topic.code) for topic in topics.classify(texts, article.headline)))


def _accuracy(judged: Iterable[Judged], half: Half) -> Table:
    table = Table("section", "articles", "first subject", "among the subjects", "subjects named", title=f"Rows, {half}")
    all_judged = list(judged)
    for section, code in SECTIONS.items():
        _add_accuracy(table, section, [each for each in all_judged if each.wanted == (code,)])
    _add_accuracy(table, "all", all_judged)
    return table


def _add_accuracy(table: Table, name: str, judged: list[Judged]) -> None:
    first = sum(each.found[:1] == each.wanted for each in judged)
    among = sum(each.wanted[0] in each.found for each in judged)
    named = sum(len(each.found) for each in judged)
    count = max(len(judged), 1)
    shares = (f"{100 * first / count:.1f} %", f"{100 * among / count:.1f} %", f"{named / count:.2f}")
    table.add_row(name, str(len(judged)), *shares)


def _confusion(judged: Iterable[Judged]) -> Table:
    """Rows of the sections, columns of the first subject named; subjects of no section are added up."""
    counts = Counter((each.wanted[0], each.found[0] if each.found else "") for each in judged)
    others = {found for _, found in counts} - set(SECTIONS.values())
    table = Table("section", *SECTIONS, "another", "most often", title="First subject")
    for section, code in SECTIONS.items():
        other = Counter({found: counts[code, found] for found in others if counts[code, found]})
        most = ", ".join(f"{topics.subjects().get(found, 'none')} {count}" for found, count in other.most_common(2))
        table.add_row(section, *(str(counts[code, to]) for to in SECTIONS.values()), str(other.total()), most)
    return table


# ------------------------------------------------------------ an editor's drafts


def _against_editor(folder: Path, analyser: Analyser) -> Table:
    """Measure on every draft that names subjects and whose article can be read."""
    numbers = {name: number for number, name in topics.subjects().items()}
    judged: list[Judged] = []
    sober = Counter[tuple[bool, bool]]()
    for case in read_cases(folder):
        article = _article(case)
        if article is None or not case.gold or not case.gold.topics:
            continue
        judged.append(Judged(tuple(numbers[name] for name in case.gold.topics), _subjects(article, analyser)))
        wanted = bool(json.loads((folder / f"{case.slug}.json").read_text(encoding="utf-8"))["sober"])
        texts = [sentence.text for sentence in analyser.analyse(article).sentences]
        sober[wanted, topics.sober(texts, article.headline)] += 1
    table = Table("measure", "value", title=f"Against an editor, {len(judged)} articles")
    for measure, value in (*_subject_shares(judged), *_sober_shares(sober)):
        table.add_row(measure, value)
    return table


def _subject_shares(judged: list[Judged]) -> Iterator[tuple[str, str]]:
    first = sum(each.found[:1] == each.wanted[:1] for each in judged)
    among = sum(bool(set(each.found[:1]) & set(each.wanted)) for each in judged)
    both = sum(len(set(each.wanted) & set(each.found)) for each in judged)
    yield "first subject is the editor's first", _share(first, len(judged))
    yield "first subject is one of the editor's", _share(among, len(judged))
    yield "precision of subjects", _share(both, sum(len(each.found) for each in judged))
    yield "recall of subjects", _share(both, sum(len(each.wanted) for each in judged))


def _sober_shares(sober: Counter[tuple[bool, bool]]) -> Iterator[tuple[str, str]]:
    """Yield precision and recall of counts by what the editor says and what the program says."""
    yield "sober: precision", _share(sober[True, True], sober[True, True] + sober[False, True])
    yield "sober: recall", _share(sober[True, True], sober[True, True] + sober[True, False])


def _article(case: Case) -> Article | None:
    try:
        return case.article or extract(case.page)
    except PageError:
        return None


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} % ({part} of {whole})"


if __name__ == "__main__":
    typer.run(main)
