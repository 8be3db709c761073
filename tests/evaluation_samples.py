"""Drafts written by hand for the tests of the evaluation: an article, and lines that name its sentences as evidence."""

from __future__ import annotations

from dataclasses import replace

from fakes import draft as any_draft
from summarise.evaluation.gold import Gold, read_gold
from summarise.records import Block, Draft, Evidence, Line, Topic

ARTICLE = (
    "Borchester Council will not close the Felpersham library, its leader Ada Quayle has confirmed.",
    "The decision could save the library’s 14 jobs and keep a service that cost £1.2m last year and that "
    "towns nearby gave up.",
    "“We listened,” said Ms Quayle, who met 300 residents on 5 March.",
    "According to the union Unitas, two branches in Ambridge may shut in 2026.",
    "Readers who hold a card can borrow ten books free of charge from 1 May, and those who owe fines pay nothing.",
)
"""Five paragraphs of one sentence each, so that sentence and paragraph numbers agree."""

OPEN = Block("needs-editor", reason="nothing fits")


def line(text: str, *sentences: int, edits: tuple[str, ...] = ()) -> Line:
    """Return a line that names whole paragraphs of ARTICLE as its evidence."""
    return Line(text, tuple(Evidence(i, i, 0, len(ARTICLE[i])) for i in sentences), edits)


def draft(
    *points: Line,
    standfirst: tuple[Line, ...] = (),
    why: tuple[Line, ...] = (),
    you: tuple[Line, ...] = (),
    topics: tuple[Topic, ...] = (),
) -> Draft:
    """Return a draft of ARTICLE with the given lines; a block without lines is open."""
    base = any_draft("Library Saved", paragraphs=ARTICLE)
    return replace(
        base,
        article=replace(base.article, headline="Library saved", standfirst=None, headings=frozenset()),
        standfirst=standfirst,
        key_points=points,
        why_this_matters=Block("drafted", why) if why else OPEN,
        what_this_means_for_you=Block("drafted", you) if you else OPEN,
        topics=topics,
        findings=(),
    )


GOOD = draft(
    line("Ada Quayle met 300 residents on 5 March.", 2, edits=("name-in-full",)),
    line("According to the union Unitas, two branches in Ambridge may shut in 2026.", 3),
    standfirst=(
        line("Borchester Council will not close the Felpersham library, its leader Ada Quayle has confirmed.", 0),
    ),
    why=(
        line("The decision could save the library’s 14 jobs.", 1),
        line("It could keep a service that cost £1.2 million last year and that towns nearby gave up.", 1),
    ),
    you=(
        line("If you hold a card, you could borrow ten books free of charge from 1 May.", 4),
        line("If you owe fines, you could pay nothing.", 4),
    ),
    topics=(Topic("01000000", "arts, culture, entertainment and media", 0.6),),
)
"""A draft without a fault."""


def gold(**changes: object) -> Gold:
    """Return what an editor wrote for ARTICLE, in the form of the fixture corpus."""
    data: dict[str, object] = {
        "headline": "Library saved",
        "authors": ["Ada Scribe"],
        "published": "2024-03-05",
        "body": list(ARTICLE),
        "must_not_contain": ["Sign up to our newsletter", "Read more"],
        "draft": {
            "standfirst": ["Felpersham library will stay open, Borchester Council leader Ada Quayle has confirmed."],
            "key_points": ["Quayle met 300 residents on 5 March.", "Two Ambridge branches may close, Unitas said."],
            "why_this_matters": "Jobs and a service are at stake.",
            "what_this_means_for_you": "If you hold a card, you could borrow books.",
        },
        "block_slots": {
            "why": {"stake": ["14 jobs"]},
            "you": {"audience": ["hold a card"], "effect": ["borrow"], "date": ["1 May"], "sum": ["free of charge"]},
        },
        "topics": ["arts, culture, entertainment and media", "politics and government"],
        "facts": [{"accept": ["not close", "stay open"]}, {"accept": ["300 residents"]}, {"accept": ["£1\\.2 ?m"]}],
        "traps": [{"reject": ["will close"]}, {"reject": ["newsletter"]}],
    }
    return read_gold(data | changes, "gold.json")
