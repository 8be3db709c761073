"""A sentence → a shorter sentence that stands alone, with the list of edits made.

House edits always apply (see `edits`). Cuts apply only where a line is still too long, and
then the least harmful set of removals that suffices (see `removals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from summarise.cut import Cut
from summarise.edits import HOUSE_EDITS
from summarise.removals import factive_clauses, removals

if TYPE_CHECKING:
    from spacy.tokens import Doc


def variants(doc: Doc, max_words: int, precious: Callable[[str], float] = lambda word: 0.0) -> Iterator[Cut]:
    """Yield the sentence with house edits made, then its cuts to at most `max_words`, least harmful first.

    `precious` says how much the story loses with a word (0 for nothing): a cut needs both
    a syntax that allows it and words that matter little.
    """
    cut = Cut.whole(doc)
    for edit in HOUSE_EDITS:
        cut = edit(cut)
    if cut.word_count <= max_words:
        yield cut
        return
    cuts = [*_shortened(cut, max_words, precious), *_promoted(cut, max_words, precious)]
    seen: set[str] = set()
    for _, _, shorter in sorted(cuts, key=lambda row: row[:2]):
        if shorter.text not in seen and shorter.word_count >= _LEAST:
            seen.add(shorter.text)
            yield shorter


_LEAST = 4
"""Words below which a cut leaves no sentence."""
_Ranked = tuple[float, int, Cut]
"""A cut with its harm and its length, by which the cuts of a sentence are ranked."""


def _shortened(cut: Cut, max_words: int, precious: Callable[[str], float]) -> Iterator[_Ranked]:
    """Yield the cut without every set of up to three removals that makes it short enough."""
    # What an edit has worded anew stays: the words around it were chosen to fit.
    whole = (removal for removal in removals(cut.doc) if not removal.indices & cut.replaced.keys())
    choices = sorted(whole, key=lambda removal: removal.harm)[:8]
    for size in range(1, min(len(choices), 3) + 1):
        for group in combinations(choices, size):
            shorter = cut
            for removal in group:
                shorter = shorter.without(removal.indices, removal.name)
            if shorter.word_count <= max_words:
                gone = frozenset[int]().union(*(removal.indices for removal in group))
                harm = sum(removal.harm for removal in group) + _loss(cut.doc, gone, precious)
                yield harm, -shorter.word_count, shorter


def _promoted(cut: Cut, max_words: int, precious: Callable[[str], float]) -> Iterator[_Ranked]:
    """Yield the clause after "as", "after" or "while" as a sentence of its own, where the news stands in it.

    What such a clause says is as much stated as what the main clause says ("Villagers cheered
    as planners approved a reservoir").
    """
    for clause in factive_clauses(cut.doc):
        kept = tuple(i for i in cut.order if i in clause)
        gone = frozenset(cut.order) - frozenset(kept)
        alone = cut.reordered(kept, "promote-clause")
        for shorter in (alone, *(found for _, _, found in _shortened(alone, max_words, precious))):
            if shorter.word_count <= max_words:
                yield 5 + _loss(cut.doc, gone, precious), -shorter.word_count, shorter


def _loss(doc: Doc, gone: frozenset[int], precious: Callable[[str], float]) -> float:
    """Return what the story loses with the words that go and do not stand elsewhere in the sentence."""
    standing = {token.lower_ for token in doc if token.i not in gone}
    return sum(precious(word) for word in {doc[i].lower_ for i in gone} - standing)
