"""The style lint: a good draft passes it, and each fault is found at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import fakes
from summarise.house.style import CHECKS, lint
from summarise.records import Block, Draft, Evidence, Line

BODY = (
    "Borchester ferry will run every 20 minutes from 5 March, the county council said.",
    "Traders on the quay had asked for more boats in a petition signed by 3,400 people.",
    "The change will cost £1.2m a year, which the county will pay from parking charges.",
    "Captain Ada Quayle said the old timetable had left passengers waiting for an hour in winter.",
    "The operator plans to hire 14 people and to buy a second boat from a yard in Cornwall.",
    "A review of fares is due to be published in June, before the summer season begins.",
    "The extra boats could bring more visitors to the quay, where six shops have closed since 2021.",
    "Ministers will decide in the autumn whether the county may borrow money for a new pier.",
    "Passengers will need a new ticket from 5 March, which they can order from the harbour office.",
)


def line(number: int, text: str | None = None) -> Line:
    """Return a line whose evidence is the body's paragraph of that number."""
    source = BODY[number]
    return replace(
        fakes.line(text or source.replace("£1.2m", "£1.2 million")),
        evidence=(Evidence(number, number, 0, len(source)),),
    )


def good() -> Draft:
    return replace(
        fakes.draft(paragraphs=BODY),
        standfirst=(line(0), line(1)),
        key_points=(line(2), line(3), line(4), line(5), line(7)),
        why_this_matters=Block("drafted", (line(6), line(5, "A review of fares is due to be published in June."))),
        what_this_means_for_you=Block(
            "drafted",
            (
                line(
                    8,
                    "If you travel by boat, you will need a new ticket from 5 March, which you can order from the harbour "
                    "office.",
                ),
            ),
        ),
        findings=(),
    )


def points(draft: Draft, text: str, number: int = 2) -> Draft:
    """Return the draft with another first key point."""
    return replace(draft, key_points=(line(number, text), *draft.key_points[1:]))


def block(*lines: Line) -> Block:
    return Block("drafted", lines)


def test_a_good_draft_has_no_finding() -> None:
    assert lint(good()) == ()


@pytest.mark.parametrize(
    ("check", "severity", "where", "spoil"),
    [
        ("headline", "error", "headline", lambda d: replace(d, headline="")),
        ("headline", "warning", "headline", lambda d: replace(d, headline="Ferry Doubled | The Echo")),
        ("headline", "warning", "headline", lambda d: replace(d, headline="Ferry Doubled After Appeal.")),
        ("headline", "info", "headline", lambda d: replace(d, headline="Ferry doubled after appeal")),
        ("count", "warning", "standfirst", lambda d: replace(d, standfirst=d.standfirst[:1])),
        ("count", "info", "key_points", lambda d: replace(d, key_points=d.key_points[:4])),
        ("count", "warning", "key_points", lambda d: replace(d, key_points=d.key_points[:2])),
        (
            "open-block",
            "info",
            "why_this_matters",
            lambda d: replace(d, why_this_matters=Block("needs-editor", (), "x")),
        ),
        ("length", "error", "key_points[0]", lambda d: points(d, "The county will pay for it.")),
        ("length", "error", "key_points[0]", lambda d: points(d, f"The county will pay {'and pay ' * 12}for boats.")),
        (
            "length",
            "error",
            "standfirst[1]",
            lambda d: replace(d, standfirst=(d.standfirst[0], line(1, "Traders had asked for more boats."))),
        ),
        ("length", "error", "why_this_matters", lambda d: replace(d, why_this_matters=block(line(5)))),
        (
            "length",
            "error",
            "what_this_means_for_you",
            lambda d: replace(d, what_this_means_for_you=block(line(8, "You will need a new ticket from 5 March."))),
        ),
        (
            "stands-alone",
            "error",
            "key_points[0]",
            lambda d: points(d, "It will be paid from parking charges in town."),
        ),
        (
            "stands-alone",
            "error",
            "key_points[0]",
            lambda d: points(d, "However, the county will pay for boats from parking charges."),
        ),
        (
            "stands-alone",
            "error",
            "key_points[0]",
            lambda d: points(d, "The county said: “Parking charges will pay for all boats.”"),
        ),
        (
            "stands-alone",
            "error",
            "key_points[0]",
            lambda d: points(d, "Parking charges will pay for boats that you use in town."),
        ),
        (
            "stands-alone",
            "warning",
            "key_points[0]",
            lambda d: points(d, "The move will be paid for by the county from parking charges."),
        ),
        (
            "support",
            "error",
            "key_points[0]",
            lambda d: points(d, "The change will cost the county £1.3 million a year."),
        ),
        (
            "support",
            "error",
            "key_points[0]",
            lambda d: replace(d, key_points=(replace(d.key_points[0], evidence=()), *d.key_points[1:])),
        ),
        (
            "repetition",
            "error",
            "key_points[1]",
            lambda d: replace(d, key_points=(line(2), line(2), *d.key_points[2:])),
        ),
        (
            "repetition",
            "error",
            "key_points[0]",
            lambda d: points(d, "Traders on the quay had asked for boats in a petition signed by 3,400 people.", 1),
        ),
        (
            "comment",
            "warning",
            "headline",
            lambda d: replace(d, article=replace(d.article, kind="opinion")),
        ),
        (
            "number-form",
            "error",
            "key_points[0]",
            lambda d: points(d, "The change will cost £1.2m a year to the county."),
        ),
        (
            "spelling",
            "warning",
            "key_points[0]",
            lambda d: points(d, "The county will organize boats and pay from parking charges."),
        ),
        (
            "wording",
            "error",
            "key_points[0]",
            lambda d: points(d, "The county will pay from parking charges and here's why it matters."),
        ),
        (
            "wording",
            "warning",
            "key_points[0]",
            lambda d: points(d, "The county will pay a staggering sum from parking charges."),
        ),
    ],
)
def test_a_fault_is_found_at_its_place(check: str, severity: str, where: str, spoil: Callable[[Draft], Draft]) -> None:
    findings = lint(spoil(good()))
    assert (check, severity, where) in [(f.check, f.severity, f.where) for f in findings]
    assert all(f.message for f in findings)


def test_every_check_has_a_bad_draft_of_its_own() -> None:
    assert len(CHECKS) == 8, "a new check needs a draft that it finds fault with"


def test_the_block_for_the_reader_may_say_you_and_the_other_may_not() -> None:
    spoilt = replace(good(), why_this_matters=block(line(6), line(8, "If you sail, you will need a ticket.")))
    assert [f.where for f in lint(spoilt) if f.message == "speaks to the reader"] == ["why_this_matters[1]"]


def test_more_broadly_may_open_a_sentence_of_the_block_for_the_reader() -> None:
    spoilt = replace(
        good(),
        what_this_means_for_you=block(
            *good().what_this_means_for_you.sentences, line(6, "More broadly, extra boats could bring more visitors.")
        ),
    )
    assert [f for f in lint(spoilt) if f.check == "stands-alone"] == []


def test_a_block_may_tell_again_what_a_key_point_tells() -> None:
    retold = replace(good(), why_this_matters=block(line(5), line(7)))
    assert [f for f in lint(retold) if f.check == "repetition"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The county will hire the Color Line to run its boats in winter.",
        "The county will advertise prize boats and exercise its rights.",
        "The size of the boats was a surprise to the county in winter.",
    ],
)
def test_names_and_words_that_are_british_already_are_no_spelling_mistakes(text: str) -> None:
    assert [f for f in lint(points(good(), text)) if f.check == "spelling"] == []


def test_a_thousand_that_was_written_short_is_supported() -> None:
    body = (*BODY[:2], "The change will cost £50k a year from parking charges.", *BODY[3:])
    draft = replace(good(), article=replace(good().article, paragraphs=body))
    told = replace(line(2, "The change will cost £50,000 a year from parking charges."))
    told = replace(told, evidence=(Evidence(2, 2, 0, len(body[2])),))
    assert [f for f in lint(replace(draft, key_points=(told, *draft.key_points[1:]))) if f.check == "support"] == []


def test_findings_come_in_the_order_of_the_checks() -> None:
    spoilt = replace(points(good(), "It cost £9m."), headline="")
    first, *_, last = lint(spoilt)
    assert (first.check, last.check) == ("headline", "number-form")
