"""A sentence → a shorter sentence that stands alone, with the list of edits made.

House edits always apply (see `edits`). Cuts apply only where a line is still too long, and
then the least harmful set of removals that suffices (see `removals`), from the sentence or
from a clause of it that is as much stated as the main clause (see `promotion`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from summarise.cut import Cut
from summarise.edits import HOUSE_EDITS
from summarise.promotion import Promotion, promotions
from summarise.quotations import marks_of
from summarise.records import count_words
from summarise.removals import Removal, removals
from summarise.syntax import reported

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEAST = 4
"""Words below which a cut leaves no sentence."""
_CHOICES = 14
"""Phrases of a sentence, least harmful first, that are tried for removal."""
_TOGETHER = 4
"""Phrases that may go together."""
_STEPS = 400
"""Sets of phrases that are tried at most."""
_WORD = 0.1
"""The harm of losing any word: of two cuts that lose alike the longer comes first."""
_PROMOTED = 5.0
"""The harm of losing the main clause to one beside it."""

Precious = Callable[[str], float]


def variants(doc: Doc, max_words: int, precious: Precious = lambda word: 0.0) -> Iterator[Cut]:
    """Yield the sentence with house edits made, then its cuts to at most `max_words`, least harmful first.

    `precious` says how much the story loses with a word (0 for nothing): a cut needs both
    a syntax that allows it and words that matter little.
    """
    return Wordings(doc).up_to(max_words, precious)


class Wordings:
    """The wordings of one sentence; what does not hang on their length is found once and kept."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    def up_to(self, max_words: int, precious: Precious) -> Iterator[Cut]:
        """Yield the wordings of at most `max_words`, least harmful first (see `variants`)."""
        if self._edited.word_count <= max_words:
            yield self._edited
            return
        seen: set[str] = set()
        for shorter in _least_harmful(self._openings, max_words, precious):
            if shorter.text not in seen and _LEAST <= shorter.word_count <= max_words:
                seen.add(shorter.text)
                yield shorter

    @cached_property
    def _edited(self) -> Cut:
        cut = Cut.whole(self.doc)
        for edit in HOUSE_EDITS:
            cut = edit(cut)
        return cut

    @cached_property
    def _openings(self) -> list[_Opening]:
        return list(_openings(self._edited))


@dataclass(frozen=True, slots=True)
class _Opening:
    """A wording from which phrases can be removed, with the harm already done."""

    cut: Cut
    choices: tuple[Removal, ...]
    harm: float


def _openings(cut: Cut) -> Iterator[_Opening]:
    """Yield the whole sentence, and every clause of it that can stand instead."""
    yield _Opening(cut, _choices(cut, removals(cut.doc)), 0.0)
    for found in promotions(cut.doc):
        if "report-quotation" in cut.edits or _loses_the_speaker(cut, found):
            continue
        alone = cut.reordered(tuple(i for i in found.order if i in set(cut.order)), found.name)
        yield _Opening(alone, _choices(alone, removals(cut.doc, found.head)), _PROMOTED)


def _loses_the_speaker(cut: Cut, found: Promotion) -> bool:
    """Whether a clause holds words from which marks were taken, and not him whose words they are."""
    standing, spoken = set(cut.order), reported(cut.doc)
    marks = [t.i for t in cut.doc if t.text in {"“", "”", '"', "‘", "’", "'"} and t.i not in standing]
    inside = any(found.order[0] <= i <= found.order[-1] for i in marks)
    return "unquote" in cut.edits and inside and (spoken is None or spoken[0].i not in found.order)


def _standing_marks(cut: Cut) -> list[int]:
    """Return the tokens of a wording that open and close quoted words, in order."""
    return [i for i in marks_of(cut.doc) if i in cut.order and cut.doc[i].is_quote]


def _parts_marks(marks: list[int], indices: frozenset[int]) -> bool:
    """Whether of two marks around quoted words one would go and the other stay."""
    return any((left in indices) != (right in indices) for left, right in zip(marks[::2], marks[1::2], strict=False))


def _with_closing_mark(doc: Doc, marks: list[int], removal: Removal) -> Removal:
    """Return a removal with the mark that closes its quoted words where only the full stop follows it."""
    closing = {
        right
        for left, right in zip(marks[::2], marks[1::2], strict=False)
        if left in removal.indices and right not in removal.indices
        if right - 1 in removal.indices and all(token.is_punct for token in doc[right:])
    }
    return replace(removal, indices=removal.indices | closing) if closing else removal


def _choices(cut: Cut, found: Iterator[Removal]) -> tuple[Removal, ...]:
    """Return the removals that touch a wording; what an edit has worded anew stays."""
    standing, marks = set(cut.order), _standing_marks(cut)
    first = next((i for i in cut.order if cut.doc[i].text == ","), -1)
    kept = {i for i, text in cut.replaced.items() if text.rstrip(",") != cut.doc[i].text}
    closed = cut.replaced.keys() - kept  # with the comma that closes an apposition, which may go as a whole
    whole = [
        r
        for r in (_with_closing_mark(cut.doc, marks, removal) for removal in found)
        if r.indices & standing
        and not _parts_marks(marks, r.indices)
        and not r.indices & kept
        and (not r.indices & closed or (min(r.indices) == first and r.name in {"drop-apposition", "drop-relative"}))
    ]
    return tuple(sorted(whole, key=lambda removal: removal.harm)[:_CHOICES])


def _least_harmful(openings: list[_Opening], max_words: int, precious: Precious) -> Iterator[Cut]:
    """Yield what is short enough, in the order of the harm done: uniform-cost search over sets of removals."""
    lengths, lowered = _lengths(openings[0].cut), [token.lower_ for token in openings[0].cut.doc]
    heap: list[tuple[float, int, int, tuple[int, ...]]] = []

    def push(number: int, chosen: tuple[int, ...]) -> None:
        opening = openings[number]
        gone = frozenset[int]().union(*(opening.choices[i].indices for i in chosen))
        left = [i for i in opening.cut.order if i not in gone]
        harm = opening.harm + sum(opening.choices[i].harm for i in chosen) + _loss(lowered, left, precious)
        length = sum(lengths[i] for i in left)
        heappush(heap, (harm - _WORD * length, length, number, chosen))

    for number in range(len(openings)):
        push(number, ())
    for _ in range(_STEPS):
        if not heap:
            return
        _, length, number, chosen = heappop(heap)
        if length <= max_words + 1:  # the estimate may be a word off; who asks counts exactly
            yield _without(openings[number], chosen)
        for following in range(chosen[-1] + 1 if chosen else 0, len(openings[number].choices)):
            if len(chosen) < _TOGETHER and _adds(openings[number], chosen, following):
                push(number, (*chosen, following))


def _adds(opening: _Opening, chosen: tuple[int, ...], following: int) -> bool:
    """Whether neither a removal nor one of those before it takes all that the other takes."""
    new = opening.choices[following].indices
    others = [opening.choices[i].indices for i in chosen]
    return not any(new <= other or other <= new for other in others)


def _without(opening: _Opening, chosen: tuple[int, ...]) -> Cut:
    cut = opening.cut
    for i in chosen:
        cut = cut.without(opening.choices[i].indices, opening.choices[i].name)
    return cut


def _lengths(cut: Cut) -> dict[int, int]:
    """Return how many words each token adds to a line: 0 for a mark, and for what is written on to a word."""
    lengths = {}
    for token in cut.doc:
        text = cut.replaced.get(token.i, token.text)
        joined = token.i > 0 and not token.nbor(-1).whitespace_ and token.i not in cut.replaced
        after_dash = joined and token.nbor(-1).text in {"–", "—", "--", "“", '"', "‘", "(", "£", "$", "€"}
        lengths[token.i] = 0 if joined and not after_dash else count_words(text)
    return lengths


def _loss(lowered: list[str], left: list[int], precious: Precious) -> float:
    """Return what the story loses with the words that go and do not stand elsewhere in the sentence."""
    return sum(precious(word) for word in set(lowered) - {lowered[i] for i in left})
