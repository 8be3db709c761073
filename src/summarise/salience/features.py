"""What the learned scorer sees of words and sentences: named numbers, grouped by what they speak of.

Nothing here needs a parse: lemmas, capitals, figures, marks and word lists suffice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from summarise import wording
from summarise.language import quoted_spans
from summarise.records import Document
from summarise.salience.background import Background
from summarise.salience.scorers import Scores, TextRankScorer

Table = NDArray[np.float32]

WORD_FEATURES = (
    "count", "count_of_100", "sentences", "first", "first_share", "rarity", "in_first", "in_second", "in_third",
    "in_first_five", "capital", "figure", "letters", "leaning", "all_sentences", "all_words", "weight",
)  # fmt: skip
"""What is known of a word of an article, in the order of the columns."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "position": ("place", "share", "sentences"),
    "length": ("length",),
    "facts": ("names", "figures", "sums", "name_share", "figure_share"),
    "speech": ("quoted", "first_person", "second_person", "says", "asks", "introduces", "opens_quotation"),
    "opening": ("opens_pronoun", "opens_connective", "pronouns", "unfinished"),
    "cues": ("decision", "cause", "consequence", "contrast"),
    "centrality": ("centroid", "forward", "backward", "textrank", "like_first", "like_second"),
    "novelty": ("like_before", "new"),
    "words": (
        "chance_sum", "chance_mean", "chance_top", "chance_top_three", "chance_a_word", "leaning_mean", "leaning_sum",
        "chance_before", "chance_after", "chance_of_best", "rank_by_sum", "rank_by_mean",
    ),
    "set": (
        "uncovered", "uncovered_share", "uncovered_mean", "overlap", "uncovered_words", "distance", "follows",
        "words_so_far", "lines_so_far", "first_line",
    ),
}  # fmt: skip
"""The features of a sentence by group, in the order of the columns; "set" depends on the sentences chosen before."""

NAMES = tuple(name for names in GROUPS.values() for name in names)
GROUP_OF = tuple(number for number, names in enumerate(GROUPS.values()) for _ in names)

_MARKS = "“”‘’\"'.,;:()?!"
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me)\b")
_SECOND_PERSON = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_CUES = ("decision", "cause", "consequence", "contrast")
_TEXTUAL = sum(len(GROUPS[name]) for name in ("position", "length", "facts", "speech", "opening", "cues"))
_FAR = 9
"""Sentences beyond which a distance is only far."""


def word_table(document: Document, background: Background) -> tuple[tuple[str, ...], Table]:
    """Return the content lemmas of an article and their features, a row each."""
    rows = document.lemmas
    counts = Counter(word for row in rows for word in row)
    spread = Counter(word for row in rows for word in set(row))
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        for word in row:
            first.setdefault(word, index)
    capitals, head = _capitals(document), [set(row) for row in rows[:5]]
    total, length = max(sum(counts.values()), 1), len(rows)
    table = np.zeros((len(counts), len(WORD_FEATURES)), dtype=np.float32)
    for place, (word, count) in enumerate(counts.items()):
        rarity = background.rarity(word)
        leading = [word in row for row in head]
        table[place] = (
            count,
            100 * count / total,
            spread[word],
            first[word],
            first[word] / length,
            rarity,
            *(leading[:3] + [False] * 3)[:3],
            sum(leading),
            capitals[word] / count,
            word[:1].isdigit(),
            len(word),
            background.leaning(word),
            length,
            total,
            count * rarity / total,
        )
    return tuple(counts), table


def _capitals(document: Document) -> Counter[str]:
    """Return how often each word stands with a capital inside a sentence."""
    found: Counter[str] = Counter()
    for sentence in document.sentences:
        for word in sentence.text.split()[1:]:
            bare = word.strip(_MARKS)
            if bare[:1].isupper():
                found[bare.lower().removesuffix("'s").removesuffix("’s")] += 1
    return found


@dataclass(frozen=True)
class SentenceTable:
    """The features of an article's sentences; `chances` says how likely each word is told by a summary."""

    document: Document
    background: Background
    chances: Mapping[str, float]

    def beside(self, chosen: Sequence[int]) -> Table:
        """Return all features, a row a sentence, given those that are chosen already."""
        return np.hstack([self._static, self._set(chosen)])

    @cached_property
    def _static(self) -> Table:
        texts = np.array(self._textual(), dtype=np.float32).reshape(len(self.document.sentences), _TEXTUAL)
        return np.hstack([texts, self._central, self._novel, self._worded]).astype(np.float32)

    def _textual(self) -> list[tuple[float, ...]]:
        count = len(self.document.sentences)
        spans = [quoted_spans(paragraph) for paragraph in self.document.article.paragraphs]
        rows = []
        for sentence, lemmas in zip(self.document.sentences, self.document.lemmas, strict=True):
            words = sentence.text.split()
            lowered = [word.strip(_MARKS).lower() for word in words]
            length = max(len(words), 1)
            names = sum(word.lstrip(_MARKS)[:1].isupper() for word in words[1:])
            figures = sum(any(map(str.isdigit, word)) for word in words)
            held = {*lemmas, *lowered}
            inside = sum(
                max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in spans[sentence.paragraph]
            )
            opening = next((word for word in lowered if word), "")
            rows.append(
                (
                    sentence.index,
                    sentence.index / count,
                    count,
                    len(words),
                    names,
                    figures,
                    sum(word[:1] in "£$€" or word.endswith("%") for word in words),
                    names / length,
                    figures / length,
                    min(inside / max(sentence.end - sentence.start, 1), 1.0),
                    len(_FIRST_PERSON.findall(sentence.text)),
                    len(_SECOND_PERSON.findall(sentence.text)),
                    lowered.count("said") + lowered.count("says"),
                    "?" in sentence.text,
                    sentence.text.endswith(":"),
                    sentence.text[:1] in "“‘\"'",
                    opening in wording.opening_pronouns(),
                    opening in wording.word_class("opening_connectives"),
                    sum(word in wording.word_class("personal_pronouns") for word in lowered),
                    sentence.text[-1:] not in ".!?\"'”’",
                    *(len(held & wording.word_class(f"cues_of_{cue}")) for cue in _CUES),
                )
            )
        return rows

    @cached_property
    def _held(self) -> NDArray[np.float64]:
        """How often each sentence holds each word (sentences × words)."""
        table = np.zeros((len(self.document.lemmas), max(len(self._places), 1)))
        for index, row in enumerate(self.document.lemmas):
            for word in row:
                table[index, self._places[word]] += 1
        return table

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {word: place for place, word in enumerate(dict.fromkeys(w for row in self.document.lemmas for w in row))}

    @cached_property
    def _chance(self) -> Scores:
        return np.array([self.chances.get(word, 0.0) for word in self._places] or [0.0])

    @cached_property
    def _rarity(self) -> Scores:
        return np.array([self.background.rarity(word) for word in self._places] or [0.0])

    @cached_property
    def vectors(self) -> NDArray[np.float64]:
        """The TF-IDF vectors of the sentences on the background's document frequencies, rows of length 1 or 0."""
        weighed = np.log1p(self._held) * self._rarity
        lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
        return np.asarray(np.divide(weighed, lengths, out=np.zeros_like(weighed), where=lengths > 0))

    @cached_property
    def _likeness(self) -> NDArray[np.float64]:
        likeness = self.vectors @ self.vectors.T
        np.fill_diagonal(likeness, 0.0)
        return likeness

    @property
    def _central(self) -> NDArray[np.float64]:
        """Nearness to the whole: centroid, links forward and backward (Zheng & Lapata 2019, PacSum), TextRank, lead."""
        count, likeness = len(self._likeness), self._likeness
        if count == 0:
            return np.zeros((0, len(GROUPS["centrality"])))
        centre = self.vectors.mean(axis=0)
        upper = np.triu(likeness, 1)
        first, second = likeness[0].copy(), likeness[min(1, count - 1)].copy()
        first[0] = 1.0
        return np.column_stack(
            [
                self.vectors @ centre / max(float(np.linalg.norm(centre)), 1e-9),
                upper.sum(axis=1) / count,
                upper.sum(axis=0) / count,
                TextRankScorer().rank(likeness) * count,
                first,
                second,
            ]
        )

    @property
    def _novel(self) -> NDArray[np.float64]:
        """Likeness to the likest sentence before, and the share of the words' rarity that is new."""
        count = len(self._held)
        before = [float(self._likeness[i, :i].max()) if i else 0.0 for i in range(count)]
        seen, new = np.zeros(self._held.shape[1], dtype=bool), []
        for row in self._held > 0:
            total = float(self._rarity[row].sum())
            new.append(float(self._rarity[row & ~seen].sum()) / total if total else 0.0)
            seen |= row
        return np.column_stack([before, new]).reshape(count, 2)

    @property
    def _worded(self) -> NDArray[np.float64]:
        """What the chances and the leanings of a sentence's words come to, beside those of its neighbours."""
        held = self._held > 0
        distinct = np.maximum(held.sum(axis=1), 1)
        lengths = np.array([max(len(sentence.text.split()), 1) for sentence in self.document.sentences])
        sums, mean = held @ self._chance, held @ self._chance / distinct
        ordered = np.sort(held * self._chance, axis=1)
        leaning = held @ np.array([self.background.leaning(word) for word in self._places] or [0.0])
        shifted = np.concatenate([[0.0], mean, [0.0]])
        return np.column_stack(
            [
                sums,
                mean,
                ordered[:, -1:].sum(axis=1),
                ordered[:, -3:].sum(axis=1),
                sums / lengths,
                leaning / distinct,
                leaning,
                shifted[:-2],
                shifted[2:],
                sums / max(float(sums.max(initial=0.0)), 1e-9),
                np.argsort(np.argsort(-sums, kind="stable"), kind="stable"),
                np.argsort(np.argsort(-mean, kind="stable"), kind="stable"),
            ]
        )

    def _set(self, chosen: Sequence[int]) -> Table:
        """What a sentence adds to those chosen: chances not yet covered, overlap, distance."""
        held = self._held > 0
        count, distinct = len(held), held.sum(axis=1)
        covered = held[list(chosen)].any(axis=0) if chosen else np.zeros(held.shape[1], dtype=bool)
        new = held & ~covered
        fresh, total = new @ self._chance, held @ self._chance
        overlap, distance = np.zeros(count), np.full(count, float(_FAR))
        follows = np.zeros(count)
        for other in chosen:
            shared = (held & held[other]).sum(axis=1)
            overlap = np.maximum(overlap, shared / np.maximum(np.minimum(distinct, distinct[other]), 1))
            distance = np.minimum(distance, np.abs(np.arange(count) - other))
            follows[other + 1 : other + 2] = 1
        return np.column_stack(
            [
                fresh,
                fresh / np.maximum(total, 1e-6),
                fresh / np.maximum(distinct, 1),
                overlap,
                new.sum(axis=1) / np.maximum(distinct, 1),
                distance,
                follows,
                np.full(count, distinct[list(chosen)].sum() if chosen else 0),
                np.full(count, len(chosen)),
                np.full(count, min(chosen, default=_FAR)),
            ]
        ).astype(np.float32)
