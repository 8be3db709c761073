"""What is known of words before an article is read: how common each is, and how often editors keep it.

Both are counted in the texts that the scorer is trained on; a word that was not met there is
rare and leans neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

_RARE = 3
"""Articles below which a word is not kept."""
_PRIOR = 8.0
"""Articles that the prior of a word's leaning counts for."""

Lemmas = Sequence[Sequence[str]]
"""The content lemmas of an article, sentence by sentence."""


@dataclass(frozen=True)
class Background:
    """Tables of the words met in training.

    The rarity of a word is its inverse document frequency; its leaning is the log of how much likelier than
    the average word it is told again by the editor's summary of an article that holds it.
    """

    articles: int
    words: tuple[str, ...]
    rarities: NDArray[np.float32]
    leanings: NDArray[np.float32]
    _place: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", {word: i for i, word in enumerate(self.words)})

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a lemma."""
        place = self._place.get(word)
        return float(np.log(self.articles)) if place is None else float(self.rarities[place])

    def leaning(self, word: str) -> float:
        """Return how editors lean towards a lemma: 0 for the average word, and for one not met before."""
        place = self._place.get(word)
        return 0.0 if place is None else float(self.leanings[place])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the tables as arrays to be stored."""
        text = "\n".join(self.words).encode()
        return {
            "background.articles": np.array([self.articles]),
            "background.words": np.frombuffer(text, dtype=np.uint8),
            "background.rarities": self.rarities.astype(np.float16),
            "background.leanings": self.leanings.astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Background:
        """Return the tables that `arrays` stored; raises KeyError or ValueError where there are none."""
        words = tuple(arrays["background.words"].tobytes().decode().split("\n"))
        tables = (arrays["background.rarities"], arrays["background.leanings"])
        if any(len(table) != len(words) or not np.isfinite(table).all() for table in tables):
            raise ValueError("its table of words is incomplete")
        return cls(
            articles=max(int(arrays["background.articles"][0]), 1),
            words=words,
            rarities=arrays["background.rarities"].astype(np.float32),
            leanings=arrays["background.leanings"].astype(np.float32),
        )


@dataclass
class Counts:
    """Articles that hold each word, and those of them whose summary tells it again."""

    articles: int = 0
    summarised: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)
    telling: Counter[str] = field(default_factory=Counter)

    def add(self, lemmas: Lemmas, told: Iterable[str] | None) -> None:
        """Count an article; `told` are those of its words that its summary tells, None where it has no summary."""
        words = {word for row in lemmas for word in row}
        self.articles += 1
        self.holding.update(words)
        if told is not None:
            self.summarised.update(words)
            self.telling.update(told)

    def without(self, other: Counts) -> Counts:
        """Return the counts less those of a part of the same articles."""
        return Counts(
            self.articles - other.articles,
            self.summarised - other.summarised,
            self.holding - other.holding,
            self.telling - other.telling,
        )

    def background(self) -> Background:
        """Return the tables of the words met in several articles."""
        words = tuple(sorted(word for word, count in self.holding.items() if count >= _RARE and "\n" not in word))
        holding = np.array([self.holding[word] for word in words], dtype=np.float64)
        summarised = np.array([self.summarised[word] for word in words], dtype=np.float64)
        telling = np.array([self.telling[word] for word in words], dtype=np.float64)
        average = telling.sum() / max(summarised.sum(), 1.0)
        share = (telling + _PRIOR * average) / (summarised + _PRIOR)
        return Background(
            articles=self.articles,
            words=words,
            rarities=_storable(np.log(self.articles / (holding + 1))),
            leanings=_storable(np.log(np.maximum(share, 1e-9) / max(average, 1e-9))),
        )


def _storable(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return values as they come back from the file, in half precision: what is learnt on them holds when loaded."""
    return values.astype(np.float16).astype(np.float32)
