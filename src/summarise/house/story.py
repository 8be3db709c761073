"""What the rules of the two blocks know of an article: its document, its subject, its place, its tone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from summarise import wording
from summarise.house import places, topics
from summarise.lines import Candidate, Limits, LineMaker
from summarise.records import Document, Sentence, Topic, count_words
from summarise.wholeness import bare_definites

_BRITISH = 0.5
"""Share of British evidence of place from which a story counts as one of this country."""


MOST_WORDS = 40
"""Words beyond which a sentence leaves no room for another in a block."""
_RELEVANCE = (0.5, 0.8, 0.95, 1.0)
"""What a line is worth by the number of words that it shares with the opening of its story."""


def stems(text: str) -> frozenset[str]:
    """Return the first five letters of the words of a text that carry matter."""
    small = wording.word_class("words_without_matter")
    return frozenset(word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in small)


@dataclass(frozen=True)
class Story:
    """One article as the rules see it.

    `taken` holds the sentences that a part of the page above already tells;
    `place` the British place that the story is about, if it is about one.
    """

    maker: LineMaker
    topics: tuple[Topic, ...]
    sober: bool
    british: bool
    place: str | None
    taken: frozenset[int] = frozenset()
    _lines: dict[tuple[int, int], Candidate | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def document(self) -> Document:
        """The article's sentences with their analyses."""
        return self.maker.document

    @property
    def topic_codes(self) -> frozenset[str]:
        """The first two digits of the codes of the story's top-level subjects."""
        return frozenset(topics.subject(topic.code) for topic in self.topics)

    def after(self, told: frozenset[int]) -> Story:
        """Return the story with more sentences told."""
        return replace(self, taken=self.taken | told)

    def free_sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that no line of the draft tells yet."""
        return (sentence for sentence in self.document.sentences if sentence.index not in self.taken)

    @cached_property
    def _opening_stems(self) -> frozenset[str]:
        opening = (self.document.article.headline, *(s.text for s in self.document.sentences[:2]))
        return frozenset(stem for text in opening for stem in stems(text))

    def relevance(self, text: str) -> float:
        """Return how far a line shares its matter with the headline and the opening: 0.5 not at all, up to 1."""
        shared = len(stems(text) & self._opening_stems)
        return _RELEVANCE[min(shared, len(_RELEVANCE) - 1)]

    def statement(self, sentence: Sentence, most: int) -> Candidate | None:
        """Return a sentence as a line of at most `most` words that stands alone, if it can be made one.

        A line may open with a noun that an earlier sentence introduced: a block stands below the whole page.
        """
        line = self._made(sentence, MOST_WORDS)
        if line is None or count_words(line.text) <= most:
            return line
        return self._made(sentence, most)

    def _made(self, sentence: Sentence, most: int) -> Candidate | None:
        key = (sentence.index, most)
        if key not in self._lines:
            best = self.maker.best(sentence, Limits(7, most), pointing=True)
            line = best if isinstance(best, Candidate) and not self._points_into_the_body(best) else None
            if line is not None:
                line = replace(line, cut=self.maker.introduced(line.cut, set(), most))
            self._lines[key] = line
        return self._lines[key]

    def _points_into_the_body(self, line: Candidate) -> bool:
        """Whether "the speech" or "the owner" of a line is known from the body alone, not from the head of the page."""
        if not self.document.parsed:
            return False
        return any(
            opens
            and noun.lower_[:5] not in self._opening_stems
            and self.maker.is_introduced(noun.lower_, line.sentence.index)
            for noun, opens in bare_definites(line.cut)
        )


def story_of(maker: LineMaker, taken: frozenset[int] = frozenset()) -> Story:
    """Return an article's story, of which the sentences `taken` are told already."""
    article = maker.document.article
    texts = [sentence.text for sentence in maker.document.sentences]
    return Story(
        maker=maker,
        topics=topics.classify(texts, article.headline),
        sober=topics.sober(texts, article.headline),
        british=places.is_british(texts, article.headline, article.url, article.site) >= _BRITISH,
        place=places.home_place(texts, article.headline),
        taken=taken,
    )
