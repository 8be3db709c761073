"""Metrics that hold a draft against what an editor wrote for the same article.

Each takes a draft and the gold and returns a number, or None where the gold gives nothing to
judge by. "Share" means 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from summarise.evaluation.gold import Gold, Pattern
from summarise.evaluation.rouge import rouge
from summarise.evaluation.words import folded, plain_tokens, share
from summarise.house.topics import subject
from summarise.records import Block, Draft, Line

SHINGLE = 4
"""Words in a shingle of the extraction score."""
FIRST_FACTS = 3

GoldMetric = Callable[[Draft, Gold], float | None]


# ---------------------------------------------------------------- wording


def bullets_rouge(name: str) -> GoldMetric:
    """Return the metric of one ROUGE score of the key points: F1 against the editor's bullets (0 to 1); 1 is best.

    Source: see `rouge.rouge`.
    """
    return lambda draft, gold: _rouge(name, gold.key_points, draft.key_points)


def standfirst_rouge(name: str) -> GoldMetric:
    """Return the metric of one ROUGE score of the standfirst: F1 against the editor's (0 to 1); 1 is best.

    Source: see `rouge.rouge`.
    """
    return lambda draft, gold: _rouge(name, gold.standfirst, draft.standfirst)


def _rouge(name: str, gold: Sequence[str], lines: Sequence[Line]) -> float | None:
    return rouge(gold, [line.text for line in lines])[name] if gold else None


# ---------------------------------------------------------------- facts and traps


def fact_recall(draft: Draft, gold: Gold) -> float | None:
    """Return the share of the facts that a draft must carry and that its standfirst and key points carry; 1 is best.

    A fact is carried when any of its patterns matches (case ignored, white space folded, straight
    apostrophes). Source: the pyramid method, Nenkova & Passonneau 2004, with one weight for all.
    """
    return _recall(draft, gold.facts)


def first_facts(draft: Draft, gold: Gold) -> float | None:
    """Return the share of the three most important facts carried; 1 is best. Source: as for `fact_recall`."""
    return _recall(draft, gold.facts[:FIRST_FACTS])


def _recall(draft: Draft, facts: Sequence[Sequence[Pattern]]) -> float | None:
    text = folded(" ".join(line.text for line in (*draft.standfirst, *draft.key_points)))
    return share(_matches(patterns, text) for patterns in facts)


def _matches(patterns: Sequence[Pattern], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def traps_avoided(draft: Draft, gold: Gold) -> float | None:
    """Return the share of traps that no drafted line falls into, each line tried by itself; 1 is best.

    A trap is a wrong statement that this article invites, such as a rumour told as a fact.
    Source: behavioural tests of Ribeiro et al. 2020, "Beyond Accuracy: CheckList".
    """
    lines = [folded(line.text) for _, line in draft.lines()]
    return share(not any(_matches(patterns, line) for line in lines) for patterns in gold.traps)


def points_filled(draft: Draft, gold: Gold) -> float | None:
    """Return the key points drafted per key point of the editor's, 1 at most; 1 is best. Source: the house style."""
    return min(len(draft.key_points) / len(gold.key_points), 1.0) if gold.key_points else None


# ---------------------------------------------------------------- blocks


def slot(block: str, name: str) -> GoldMetric:
    """Return the metric of one slot of a block: 1 where a pattern of the gold matches the drafted block, else 0.

    An open block scores 0 where the gold has the slot; None where the gold does not give it.
    Source: slot error rate of data-to-text, Dušek et al. 2020.
    """

    def found(draft: Draft, gold: Gold) -> float | None:
        patterns = gold.slots.get(block, {}).get(name, ())
        if not patterns or not gold.blocks[block]:
            return None
        return float(_matches(patterns, folded(_block(draft, block).text)))

    return found


def slots_right(draft: Draft, gold: Gold) -> float | None:
    """Return the share of all slots that the gold gives and that are right, both blocks together; 1 is best.

    Source: as for `slot`.
    """
    return share(
        bool(slot(block, name)(draft, gold))
        for block, names in gold.slots.items()
        if gold.blocks[block]
        for name in names
    )


def drafted_where_open(block: str) -> GoldMetric:
    """Return the metric of blocks that should be open: 1 where it is drafted although the editor left it open, else 0.

    None where the editor wrote the block; 0 is best. Source: the house style, "An open block is better
    than an invented one".
    """

    def drafted(draft: Draft, gold: Gold) -> float | None:
        return None if gold.blocks[block] else float(_block(draft, block).status == "drafted")

    return drafted


def open_where_written(block: str) -> GoldMetric:
    """Return the metric of blocks that should be there: 1 where it is open although the editor wrote it, else 0.

    None where the editor left it open too; 0 is best. Source: the house style, "the share of open
    blocks is measured".
    """

    def left_open(draft: Draft, gold: Gold) -> float | None:
        return float(not _block(draft, block).text) if gold.blocks[block] else None

    return left_open


def _block(draft: Draft, name: str) -> Block:
    return draft.why_this_matters if name == "why" else draft.what_this_means_for_you


# ---------------------------------------------------------------- topics


def topic_found(draft: Draft, gold: Gold) -> float | None:
    """Return 1 where the gold's first subject is among the draft's subjects of the top level, else 0; 1 is best.

    Source: recall at the few subjects that a draft names; subjects are IPTC Media Topics.
    """
    return float(gold.topics[0] in _subjects(draft)) if gold.topics else None


def topic_first(draft: Draft, gold: Gold) -> float | None:
    """Return 1 where the draft's first subject of the top level is the gold's first, else 0; 1 is best.

    Source: accuracy of the first answer.
    """
    return float(_subjects(draft)[:1] == [gold.topics[0]]) if gold.topics else None


def _subjects(draft: Draft) -> list[str]:
    """Return the names of a draft's subjects of the top level, whose codes end in six noughts."""
    return [topic.name for topic in draft.topics if topic.code == subject(topic.code) + "000000"]


# ---------------------------------------------------------------- extraction


def extraction_f1(draft: Draft, gold: Gold) -> float | None:
    """Return the F1 of the extracted body against the true one, over multisets of four-word shingles; 1 is best.

    Source: the article extraction benchmark of Zyte (Korobov & Konushin 2020).
    """
    if gold.body is None:
        return None
    found, wanted = _shingles(draft.article.body), _shingles(gold.body)
    common = (found & wanted).total()
    return 2 * common / (found.total() + wanted.total()) if wanted else None


def _shingles(paragraphs: Sequence[str]) -> Counter[tuple[str, ...]]:
    tokens = [token for text in paragraphs for token in plain_tokens(text) if token[0].isalnum()]
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(len(tokens) - SHINGLE + 1, 1)))


def furniture_left(draft: Draft, gold: Gold) -> float | None:
    """Return the share of the page's known pieces of furniture that are left in the body; 0 is best.

    Source: the `must_not_contain` segments of trafilatura's evaluation (Barbaresi 2021).
    """
    body = folded(" ".join(draft.article.paragraphs))
    return share(folded(piece) in body for piece in gold.furniture)


def headline_right(draft: Draft, gold: Gold) -> float | None:
    """Return 1 where the article's headline is the page's to the letter (white space folded), else 0; 1 is best.

    Source: exact match, as for `date_right` and `authors_right`.
    """
    return None if gold.headline is None else float(folded(draft.article.headline) == folded(gold.headline))


def date_right(draft: Draft, gold: Gold) -> float | None:
    """Return 1 where the day of publication is the page's, else 0; 1 is best. Source: exact match."""
    return None if gold.published is None else float((draft.article.published or "")[:10] == gold.published)


def authors_right(draft: Draft, gold: Gold) -> float | None:
    """Return 1 where the authors are the page's, in any order, else 0; 1 is best. Source: exact match."""
    if gold.authors is None:
        return None
    return float(sorted(map(folded, draft.article.authors)) == sorted(map(folded, gold.authors)))
