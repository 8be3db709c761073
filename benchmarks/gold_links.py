"""Our mentions beside GUM's: which chain a mention belongs to, and whether a candidate is the right one.

Mentions are matched by their characters in the paragraph, so that tokens and pipelines may differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.gum import GoldMention, GumDocument, documents
from summarise.antecedents import Reading, Weights
from summarise.language import Analyser
from summarise.mentions import Mention, People, mentions_of
from summarise.records import Document


@dataclass
class Case:
    """One document with its analysis and what the annotators say about our mentions."""

    gum: GumDocument
    document: Document
    mentions: tuple[Mention, ...] = field(default=())

    def __post_init__(self) -> None:
        """Find the mentions, unless they were given."""
        self.mentions = self.mentions or mentions_of(self.document, People(self.document))

    @cached_property
    def names(self) -> dict[int, set[str]]:
        """The words of all names of each chain; headings, which the program does not read as prose, left out."""
        found: dict[int, set[str]] = defaultdict(set)
        for gold in self._prose:
            found[gold.chain] |= gold.name
        return found

    @cached_property
    def first_named(self) -> dict[int, tuple[int, int]]:
        """Paragraph and character of the first named mention of each chain that has one."""
        found: dict[int, tuple[int, int]] = {}
        for gold in self._prose:
            if gold.name:
                found.setdefault(gold.chain, (gold.paragraph, gold.start))
        return found

    @property
    def _prose(self) -> Iterator[GoldMention]:
        return (gold for gold in self.gum.mentions if gold.paragraph not in self.gum.headings)

    @cached_property
    def _by_paragraph(self) -> dict[int, list[GoldMention]]:
        found: dict[int, list[GoldMention]] = defaultdict(list)
        for gold in self.gum.mentions:
            found[gold.paragraph].append(gold)
        return found

    @cached_property
    def _chains(self) -> dict[tuple[int, int], int | None]:
        return {
            mention.place: self.chain_at(mention.sentence, mention.start, mention.end, mention.head)
            for mention in self.mentions
        }

    def chain(self, mention: Mention) -> int | None:
        """Return the gold chain of one of our mentions."""
        if mention.place in self._chains:
            return self._chains[mention.place]
        return self.chain_at(mention.sentence, mention.start, mention.end, mention.head)

    def chain_at(self, index: int, start: int, end: int, head: int) -> int | None:
        """Return the gold chain of some tokens: the same characters, else the smallest mention with the same head."""
        sentence, doc = self.document.sentences[index], self.document.parses[index]
        first, last = sentence.start + doc[start].idx, sentence.start + doc[end - 1].idx + len(doc[end - 1])
        at = sentence.start + doc[head].idx
        golds = self._by_paragraph[sentence.paragraph]
        same = [gold for gold in golds if (gold.start, gold.end) == (first, last)]
        around = [gold for gold in golds if gold.head[0] <= at < gold.head[1]] if end - start > 1 or not same else []
        best = min(same or around, key=lambda gold: gold.end - gold.start, default=None)
        return best.chain if best is not None else None

    def place(self, mention: Mention) -> tuple[int, int]:
        """Return paragraph and character of a mention."""
        return self.place_of(mention.sentence, mention.start)

    def place_of(self, index: int, token: int) -> tuple[int, int]:
        """Return paragraph and character of a token of a sentence."""
        sentence = self.document.sentences[index]
        return sentence.paragraph, sentence.start + self.document.parses[index][token].idx

    def is_answerable(self, mention: Mention) -> bool:
        """Whether the annotators link a mention to a name that stands before it in the prose."""
        chain = self.chain(mention)
        return chain in self.first_named and self.first_named[chain] < self.place(mention)

    def bears_name(self, chain: int | None, name: str) -> bool:
        """Whether the last word of a name is a word of the names of a chain."""
        if chain is None:
            return False
        last = name.split()[-1]
        return bool({last, last.split("-")[-1]} & self.names.get(chain, set()))

    def is_right(self, reading: Reading, pronoun: Mention, who: str) -> bool:
        """Whether a candidate is whom the pronoun stands for, by name, or for nouns by a mention they share."""
        chain = self.chain(pronoun)
        somebody = reading.known.get(who)
        if chain is None or somebody is None:
            return False
        if somebody.named:
            return self.bears_name(chain, who)
        return any(m.place < pronoun.place and self.chain(m) == chain for m in somebody.mentions)

    def read(self, weights: Weights | None = None) -> Reading:
        """Return what the resolver makes of the document."""
        return Reading(self.document, self.mentions, weights)


def cases(folder: Path, split: str, analyser: Analyser) -> list[Case]:
    """Return the documents of one split of GUM, analysed."""
    path = folder / f"en_gum_open-{split}.conllu.gz"
    return [Case(gum, analyser.analyse(gum.article)) for gum in documents(path)]


def subject_pronouns(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield every "he" or "she" that is a subject."""
    return (m for m in mentions if m.kind == "pronoun" and m.role == "subject" and m.text.lower() in {"he", "she"})
