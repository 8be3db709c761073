"""Metrics that need no editor's draft: they run on any draft with its article.

Each takes a draft (or a batch of them) and returns a number, or None where there is
nothing to judge. "Share" means 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarise.evaluation.lines import CheckedLine, check_lines
from summarise.evaluation.words import article_text, content_stems, evidence_text, mean, share
from summarise.house.style import KEY_POINT, STANDFIRST, WHY, YOU, lint
from summarise.records import Block, Draft, count_words

# ---------------------------------------------------------------- lines and their evidence


def support(draft: Draft) -> float | None:
    """Return the share of lines whose every number, name and place is supported; 1 is best.

    A number must stand in the line's evidence (scales and marks read: "£1.2m" = "£1.2 million");
    a name or place must stand in the article, and in the evidence too unless an edit put it in
    full; neighbouring words of a name must be neighbours in the article. A line without evidence
    fails. Source: entity and number precision of Nan et al. 2021, "Entity-level Factual
    Consistency of Abstractive Text Summarization", made strict for extracts.
    """
    return _passing(draft, "support")


def content_support(draft: Draft) -> float | None:
    """Return the mean over lines of the share of content words (by stem) that their evidence holds; 1 is best.

    Source: coverage of extractive fragments, Grusky et al. 2018, "Newsroom", by word.
    """
    return mean(line.content for line in check_lines(draft))


def polarity(draft: Draft) -> float | None:
    """Return the share of lines that lose no negation in front of a word that they keep, and add none; 1 is best.

    Source: predicate errors of Pagnoni et al. 2021, "FRANK".
    """
    return _passing(draft, "polarity")


def modality(draft: Draft) -> float | None:
    """Return the share of lines that keep "could", "must", "allegedly", "is expected to" … and add none; 1 is best.

    In the two blocks a line may hedge more than its evidence, as the house wants, never less.
    Source: as for `polarity`.
    """
    return _passing(draft, "modality")


def attribution(draft: Draft) -> float | None:
    """Return the share of lines that name a source where at least half of what they say is somebody's word; 1 is best.

    The evidence must hold a speaker with a verb of saying, or "according to". In the two blocks a
    "could" or "would" stands for the source. Source: the house style, "Reported speech".
    """
    return _passing(draft, "attribution")


def context(draft: Draft) -> float | None:
    """Return the share of the standfirst's sentences and key points without a context fault; 1 is best.

    Faults are those of `standing.context_faults`: a pronoun, connective or definite noun that
    leans on what the reader has not seen. Source: Zhang et al. 2023, "Extractive is not Faithful",
    which finds such faults in 30 % of extractive summaries.
    """
    return _passing(draft, "context", blocks=False)


def _passing(draft: Draft, check: str, *, blocks: bool = True) -> float | None:
    lines: tuple[CheckedLine, ...] = check_lines(draft)
    return share(not line.faults[check] for line in lines if blocks or not line.where.startswith(("why_", "what_")))


# ---------------------------------------------------------------- the draft as a whole


def repetition(draft: Draft) -> float | None:
    """Return how much the standfirst's sentences and key points repeat each other: 0 not at all, 1 word for word.

    For each line from the second on: the largest share of the shorter line's content words that
    an earlier line holds (overlap coefficient); the mean of these. Source: the redundancy of
    Peyrard et al. 2017, "Learning to Score System Summaries", by overlap coefficient.
    """
    bags = [set(content_stems(line.text)) for line in (*draft.standfirst, *draft.key_points)]
    return mean(max(_overlap(bag, other) for other in bags[:i]) for i, bag in enumerate(bags) if i)


def _overlap(left: set[str], right: set[str]) -> float:
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def compression(draft: Draft) -> float | None:
    """Return the words of standfirst and key points per word of their evidence; 1 means whole sentences.

    Below 1 for cuts, above 1 where names in full outweigh them; neither is better in itself.
    Source: Knight & Marcu 2002, "Summarization beyond sentence extraction".
    """
    lines = (*draft.standfirst, *draft.key_points)
    words = sum(count_words(line.text) for line in lines)
    source = sum(count_words(evidence_text(draft, line)) for line in lines)
    return words / source if source else None


def length(draft: Draft) -> float | None:
    """Return the share of parts within the house's bounds (words); 1 is best.

    Each sentence of the standfirst (12 to 26), each key point (8 to 22), and each drafted block as
    a whole (why 20 to 45, you 20 to 55) is one part. Source: the house style.
    """
    parts = [(line.text, STANDFIRST) for line in draft.standfirst] + [
        (line.text, KEY_POINT) for line in draft.key_points
    ]
    blocks = ((draft.why_this_matters, WHY), (draft.what_this_means_for_you, YOU))
    parts += [(block.text, bounds) for block, bounds in blocks if block.status == "drafted"]
    return share(fewest <= count_words(text) <= most for text, (fewest, most) in parts)


def lint_errors(draft: Draft) -> float | None:
    """Return the number of errors that the house's style lint finds in a draft (0 and up); 0 is best.

    Source: the house style, as `house.style` checks it.
    """
    return float(sum(finding.severity == "error" for finding in lint(draft)))


def specificity(draft: Draft) -> float | None:
    """Return the share of content words (by stem) of the drafted blocks that stand in the article; 1 is best.

    A block that would fit any article of its topic has a low share. None where both are open.
    Source: the house style, "Both must be about this article".
    """
    known = set(content_stems(article_text(draft.article)))
    stems = [word for block in _blocks(draft) if block.status == "drafted" for word in content_stems(block.text)]
    return sum(word in known for word in stems) / len(stems) if stems else None


def _blocks(draft: Draft) -> tuple[Block, Block]:
    return (draft.why_this_matters, draft.what_this_means_for_you)


def why_open(draft: Draft) -> float | None:
    """Return 1 where "Why this matters" is left open, else 0; the mean over a batch is the share left open."""
    return float(draft.why_this_matters.status != "drafted" or not draft.why_this_matters.text)


def you_open(draft: Draft) -> float | None:
    """Return 1 where "What this means for you" is left open, else 0; the mean over a batch is the share left open."""
    return float(draft.what_this_means_for_you.status != "drafted" or not draft.what_this_means_for_you.text)


# ---------------------------------------------------------------- a batch of drafts


def repeated_openings(drafts: Sequence[Draft]) -> float | None:
    """Return the largest share of a batch's drafted blocks that begin with the same three words.

    From 1/n (all differ) to 1 (all alike) for n blocks; low is good. None where no block is drafted.
    Source: the house style, "the same opening on every page of a batch".
    """
    openings = Counter(
        tuple(block.text.lower().split()[:3])
        for draft in drafts
        for block in _blocks(draft)
        if block.status == "drafted"
    )
    return max(openings.values()) / openings.total() if openings else None
