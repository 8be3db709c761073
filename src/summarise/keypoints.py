"""Which lines become the standfirst and the key points, and in which order.

The set is chosen greedily: each line by what its sentence is worth beside those chosen, less its likeness to them
(maximal marginal relevance, Carbonell & Goldstein 1998). A sentence that cannot be made to stand
alone was passed over before, with the reason kept for `explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarise.language import Parses
from summarise.lines import Candidate, Limits, LineMaker
from summarise.records import Fate, Line
from summarise.settings import KeypointSettings

_SAME = 0.55
"""Cosine from which two sentences count as telling the same."""
_FEW = 3
"""Key points below which an article counts as offering little."""
_LONGER = 6
"""Words by which a key point may be longer where an article offers nothing shorter; the lint says so."""
_REPETITION = 0.3
"""What full likeness to a line that is chosen takes from a sentence, beside what the scorer takes."""
_LEAD = 4
"""Sentences among which the news is looked for first."""
_AT_ONCE, _TOLD = 0.1, 0.2
"""What the first sentence is worth more as the first line, and one that tells the headline, on the scale of scores."""
_CONSIDERED = 48
"""Sentences, best first, that are parsed and shortened to be chosen from; of most articles all."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen lines, and the fate of every sentence."""

    standfirst: tuple[Line, ...]
    key_points: tuple[Line, ...]
    fates: tuple[Fate, ...]


class Selector:
    """Chooses the lines of one document."""

    def __init__(self, maker: LineMaker, settings: KeypointSettings) -> None:
        self.maker = maker
        self.salience = maker.salience
        self.settings = settings
        self.reasons: dict[int, str] = {}
        document = maker.document
        ranked = sorted(range(len(document.sentences)), key=lambda index: -self.salience.total[index])
        self._considered = frozenset({*ranked[:_CONSIDERED], *range(min(_LEAD, len(ranked)))})
        if isinstance(document.parses, Parses):
            document.parses.prefetch(self._considered)

    @cached_property
    def standfirst(self) -> tuple[Candidate, ...]:
        """The news, and the sentence that adds most to it; empty where the article has too little."""
        limits = Limits(self.settings.standfirst_min_words, self.settings.standfirst_max_words)
        openers = self._candidates(limits)
        if not openers or len(self._bullets) < _FEW:
            return ()
        early = [c for c in openers.values() if c.sentence.index < _LEAD] or list(openers.values())
        first = max(early, key=lambda c: (self._opening_worth(c), -c.sentence.index))
        return tuple(_ordered([first, *self._choose(openers, 1, [first.sentence.index])]))

    def _opening_worth(self, candidate: Candidate) -> float:
        """What a candidate is worth as the first line: the news stands at once, unless a scene is set before it."""
        index = candidate.sentence.index
        return candidate.score + _AT_ONCE * (index == 0) + _TOLD * float(self.salience.told[index])

    @cached_property
    def _bullets(self) -> Mapping[int, Candidate]:
        """Every sentence as a key point; longer and dependent ones only where there are few others."""
        fewest, most = self.settings.min_words, self.settings.max_words
        found = self._candidates(Limits(fewest, most))
        if len(found) < _FEW + 2:
            found = self._candidates(Limits(fewest, most), pointing=True) | found
        if len(found) < _FEW:
            found = self._candidates(Limits(fewest, most + _LONGER), pointing=True) | found
        return found or self._candidates(Limits(fewest, 2 * most), strict=False)

    def select(self, reserved: frozenset[int] = frozenset()) -> Selection:
        """Return the standfirst and the key points; sentences that are reserved for a block come last."""
        taken = [candidate.sentence.index for candidate in self.standfirst]
        free = {index: c for index, c in self._bullets.items() if index not in reserved}
        points = self._choose(free, self.settings.bullets, [*taken, *sorted(reserved)])
        if len(points) < _FEW:
            told = [*taken, *(candidate.sentence.index for candidate in points)]
            points += self._choose(self._bullets, min(_FEW, self.settings.bullets) - len(points), told)
        points = _ordered(points)
        return Selection(
            standfirst=self.maker.lines(self.standfirst, "standfirst", self.settings.standfirst_max_words),
            key_points=self.maker.lines(points, "key-point", self.settings.max_words),
            fates=self._fates({"standfirst": self.standfirst, "key point": points}),
        )

    def ranked(self) -> tuple[Line, ...]:
        """Return every sentence as the key point it could be: those fit to print, best first, then the others."""
        fewest, most = self.settings.min_words, self.settings.max_words
        found = self._candidates(Limits(fewest, 2 * most), strict=False) | dict(self._bullets)
        fit = self._bullets.keys()
        best = sorted(found.values(), key=lambda c: (c.sentence.index not in fit, -c.score, c.sentence.index))
        return self.maker.lines(best, "key-point", most)

    def _candidates(self, limits: Limits, *, strict: bool = True, pointing: bool = False) -> dict[int, Candidate]:
        found = {}
        for index in sorted(self._considered):
            sentence = self.maker.document.sentences[index]
            best = self.maker.best(sentence, limits, strict=strict, pointing=pointing)
            if isinstance(best, Candidate):
                found[sentence.index] = best
            else:
                self.reasons.setdefault(sentence.index, best)
        return found

    def _choose(self, candidates: Mapping[int, Candidate], count: int, taken: Sequence[int]) -> list[Candidate]:
        """Return the best set of so many candidates, none of which tells again what is taken or chosen."""
        chosen: list[Candidate] = []
        used = list(taken)
        pool = {index: c for index, c in candidates.items() if index not in used}
        total = self.salience.total
        while pool and len(chosen) < count:
            beside = self.salience.beside(used)
            gains = {
                index: c.score - total[index] + beside[index] - _REPETITION * self._likeness(index, used)
                for index, c in pool.items()
            }
            best = max(gains, key=lambda index: (gains[index], -index))
            if self._likeness(best, used) < _SAME:
                chosen.append(pool[best])
                used.append(best)
            del pool[best]
        for index in (index for index in candidates if index not in used and self._likeness(index, used) >= _SAME):
            self.reasons[index] = "tells again what another line tells"
        return chosen

    def _likeness(self, index: int, others: Iterable[int]) -> float:
        return max((self.salience.similarity(index, other) for other in others), default=0.0)

    def _fates(self, parts: Mapping[str, Sequence[Candidate]]) -> tuple[Fate, ...]:
        chosen = {c.sentence.index: name for name, candidates in parts.items() for c in candidates}
        rows = []
        for sentence in self.maker.document.sentences:
            index = sentence.index
            passed_over = index in self.reasons
            rows.append(
                Fate(
                    sentence=sentence,
                    score=round(float(self.salience.total[index]), 6),
                    parts=self.salience.parts_of(index),
                    fate=chosen.get(index) or ("passed over" if passed_over else "not chosen"),
                    reason="" if index in chosen else self.reasons.get(index, "adds less than those chosen"),
                )
            )
        return tuple(rows)


def _ordered(chosen: Iterable[Candidate]) -> list[Candidate]:
    """Return the chosen in the order of the article: news, then reason, background and consequence."""
    return sorted(chosen, key=lambda candidate: candidate.sentence.index)
