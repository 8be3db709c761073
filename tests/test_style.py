"""The style lint: a good draft passes it, and each fault is found at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakes
from summarise.errors import UsageError
from summarise.house import style
from summarise.house.checks import KINDS
from summarise.house.proof import Proof
from summarise.house.style import lint, rules
from summarise.house.stylebook import Rule, read
from summarise.records import Block, Draft, Evidence, Finding, Line
from summarise.wording import lists

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


def bodied(draft: Draft, *paragraphs: str) -> Draft:
    """Return the draft of an article that has more paragraphs."""
    return replace(draft, article=replace(draft.article, paragraphs=(*draft.article.paragraphs, *paragraphs)))


def told(draft: Draft, text: str, source: str) -> Draft:
    """Return the draft with a first key point from a paragraph of its own."""
    draft = bodied(draft, source)
    here = len(draft.article.paragraphs) - 1
    point = replace(fakes.line(text), evidence=(Evidence(here, here, 0, len(source)),))
    return replace(draft, key_points=(point, *draft.key_points[1:]))


def findings(draft: Draft, check: str) -> list[Finding]:
    return [finding for finding in lint(draft) if finding.check == check]


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
            "error",
            "key_points[0]",
            lambda d: points(d, "The county will pay a staggering sum from parking charges."),
        ),
        (
            "label",
            "error",
            "why_this_matters[0]",
            lambda d: replace(d, why_this_matters=block(line(6, f"Why this matters: {BODY[6]}"))),
        ),
        ("label", "warning", "body[9]", lambda d: bodied(d, "What this means for you: fares rise in June.")),
        (
            "hedge",
            "error",
            "why_this_matters[0]",
            lambda d: replace(d, why_this_matters=block(line(6, BODY[6].replace("could", "will")))),
        ),
        (
            "hedge",
            "error",
            "key_points[0]",
            lambda d: told(d, "The pier is 300 feet long.", "The pier is up to 300 feet long."),
        ),
        (
            "name",
            "warning",
            "key_points[0]",
            lambda d: told(
                d, "Nye said the pier would open.", "Harbour Master Tom Nye opened the pier. Nye said more."
            ),
        ),
        (
            "number-form",
            "error",
            "key_points[0]",
            lambda d: told(d, "The pier opens on March 5.", "The pier opens on March 5."),
        ),
    ],
)
def test_a_fault_is_found_at_its_place(check: str, severity: str, where: str, spoil: Callable[[Draft], Draft]) -> None:
    found = lint(spoil(good()))
    assert (check, severity, where) in [(f.check, f.severity, f.where) for f in found]
    assert all(f.message for f in found)


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
    assert findings(points(good(), text), "spelling") == []


def test_a_spelling_inside_quotation_marks_is_left_alone_and_the_same_outside_is_not() -> None:
    text = "The county organizes what its poster calls “a theater of color” on the quay."
    assert [f.message for f in findings(points(good(), text), "spelling")] == [
        "“organizes” is spelled as in America; write “organises”"
    ]


def test_the_first_word_of_a_line_is_a_name_where_the_article_writes_it_so_inside_a_sentence() -> None:
    text = "Gray skies kept the boats of the county in harbour."
    assert [f.message for f in findings(told(good(), text, text), "spelling")] == [
        "“gray” is spelled as in America; write “grey”"
    ]
    assert findings(told(good(), text, f"{text} The harbour belongs to Tom Gray."), "spelling") == []


@pytest.mark.parametrize(
    ("text", "check", "write"),
    [
        ("However, the county will pay for boats.", "stands-alone", "The county will pay for boats."),
        ("The county will pay for the the boats.", "stands-alone", "The county will pay for the boats."),
        ("Why this matters: fares rise.", "label", "Fares rise."),
        ("The change costs the county £1.2m a year.", "number-form", "£1.2 million"),
        ("Fares rise by ten per cent in June.", "number-form", "10%"),
        ("Fares rise on March 5 in the county.", "number-form", "5 March"),
        ("The county must practice its drill.", "spelling", "must practise"),
        ("The county lost its license in June.", "spelling", "its licence"),
    ],
)
def test_a_finding_carries_the_text_put_right(text: str, check: str, write: str) -> None:
    assert any(f.message.endswith(f"; write “{write}”") for f in findings(told(good(), text, text), check))


def test_a_connective_is_not_cut_off_a_line_that_would_still_lean_on_another() -> None:
    (message,) = [
        f.message
        for f in findings(points(good(), "However, it will pay for boats."), "stands-alone")
        if "However" in f.message or "however" in f.message
    ]
    assert "write" not in message


# ------------------------------------------------------------ names


def test_a_surname_may_stand_alone_once_the_part_has_named_its_bearer_in_full() -> None:
    source = "Mayor Tom Nye opened the pier. Nye said that boats would run all year."
    draft = told(good(), "Mayor Tom Nye opened the pier.", source)
    later = replace(draft.key_points[0], text="Nye said that boats would run all year.")
    assert findings(replace(draft, key_points=(draft.key_points[0], later)), "name") == []
    (finding,) = findings(replace(draft, key_points=(later, draft.key_points[0])), "name")
    assert (finding.where, finding.message) == (
        "key_points[0]",
        "“Nye” is first named here, by surname alone; write “Mayor Tom Nye”",
    )


def test_each_part_of_the_page_introduces_a_person_for_itself() -> None:
    draft = told(good(), "Mayor Tom Nye opened the pier.", "Mayor Tom Nye opened the pier.")
    alone = replace(draft.key_points[0], text="Nye opened the pier.")
    assert [f.where for f in findings(replace(draft, why_this_matters=block(alone)), "name")] == ["why_this_matters[0]"]


@pytest.mark.parametrize(
    ("source", "write"),
    [
        ("Tom Nye, chairman of the trust, opened it.", "Tom Nye, chairman of the trust,"),
        ("Batsman Tom Nye opened it.", "batsman Tom Nye"),
        ("It was opened by former prime minister Tom Nye.", "prime minister Tom Nye"),
        ("On Monday President Tom Nye opened it.", "President Tom Nye"),
    ],
)
def test_a_person_is_introduced_as_the_article_does_it(source: str, write: str) -> None:
    (finding,) = findings(told(good(), "Nye opened the pier.", source), "name")
    assert finding.message.endswith(f"write “{write}”")


# ------------------------------------------------------------ hedges


@pytest.mark.parametrize("hedge", ["could", "may", "might", "is expected to", "is likely to"])
def test_no_hedge_may_become_a_will(hedge: str) -> None:
    source = f"The yard {hedge} close in June."
    assert findings(told(good(), source, source), "hedge") == []
    (finding,) = findings(told(good(), "The yard will close in June.", source), "hedge")
    assert (finding.severity, f"“{hedge}” of “close”" in finding.message) == ("error", True)


def test_an_allegation_that_stands_behind_its_claim_may_not_be_cut_off() -> None:
    source = "The captain stole the boat, it is alleged."
    (finding,) = findings(told(good(), "The captain stole the boat.", source), "hedge")
    assert "it is alleged" in finding.message


def test_the_month_of_may_hedges_nothing() -> None:
    assert findings(told(good(), "The yard closed.", "In May the yard closed, and May brought rain."), "hedge") == []


@given(
    words=st.lists(
        st.sampled_from(
            ["yard", "boats", "could", "may", "reportedly", "closed", "June", "up to", "300", "is expected to"]
        ),
        max_size=14,
    )
)
def test_a_line_that_is_its_own_source_never_loses_a_hedge(words: list[str]) -> None:
    text = " ".join(words)
    assert findings(told(good(), text, text), "hedge") == []


# ------------------------------------------------------------ the file of rules


def example(text: str) -> Draft:
    """Return a draft whose first key point is the example of a rule ("line ← article"), and nothing else of it."""
    point, _, article = text.partition(" ← ")
    bare = replace(
        fakes.draft(paragraphs=()), headline=point, standfirst=(), key_points=(), why_this_matters=Block("needs-editor")
    )
    return told(bare, point, article or point)


def fires(rule: Rule, text: str) -> bool:
    return bool(list(style.found(Proof(example(text)), rule)))


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{i}") for rule in rules() for i, text in enumerate(rule.fires)],
)
def test_a_rule_fires_on_each_of_its_examples(rule: Rule, text: str) -> None:
    assert fires(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{i}") for rule in rules() for i, text in enumerate(rule.silent)],
)
def test_a_rule_is_silent_on_each_of_its_counter_examples(rule: Rule, text: str) -> None:
    assert not fires(rule, text)


def test_every_kind_of_check_has_a_rule() -> None:
    assert {rule.kind for rule in rules()} == set(KINDS)


GOOD = """\
- id: test
  check: test
  kind: pattern
  severity: error
  reason: A test needs one.
  pattern: 'boats?'
  message: "“{found}” floats"
  fires: [A boat ran.]
  silent: [A tram ran.]
"""


def rules_of(text: str) -> tuple[Rule, ...]:
    return read({name: kind.shape for name, kind in KINDS.items()}, text)


def test_a_good_rule_is_read() -> None:
    (rule,) = rules_of(GOOD)
    assert (rule.id, rule.severity, rule.fires) == ("test", "error", ("A boat ran.",))


@pytest.mark.parametrize(
    ("text", "number", "says"),
    [
        (GOOD.replace("severity:", "severty:"), 4, "unknown key 'severty'; the nearest is 'severity'"),
        (GOOD.replace("error", "fatal"), 4, "the severity 'fatal' is not one of error, warning, info"),
        (
            GOOD.replace("kind: pattern", "kind: patern"),
            3,
            "the kind 'patern', which there is not; the nearest is 'pattern'",
        ),
        (GOOD.replace("boats?", "boats("), 6, "'pattern' of 'test' is no regular expression"),
        (GOOD.replace("{found}", "{word}"), 7, "the slot 'word', which 'pattern' does not give"),
        (GOOD + "  bounds: [1, 2]\n", 10, "the kind 'pattern' does not read 'bounds'"),
        (GOOD + "  write: '\\1'\n", 10, "names the group 1"),
        (GOOD + "  parts: [body, foot]\n", 10, "there is no part 'foot'"),
        (GOOD + "  kind: words\n", 10, "the key 'kind' stands twice"),
        (GOOD.replace("[A boat ran.]", "A boat ran."), 8, "'fires' of the rule 'test' is no list of texts"),
        (GOOD.replace("  silent: [A tram ran.]\n", ""), 1, "the rule 'test' has no silent"),
        (GOOD.replace("  check: test\n", ""), 1, "the rule 'test' has no check"),
        (
            GOOD.replace("pattern: 'boats?'", "lists: [banned.boats]").replace("kind: pattern", "kind: words"),
            6,
            "wording.yaml has no list 'banned.boats'",
        ),
        (GOOD + GOOD, 10, "there are two rules with the id 'test'"),
        ("- test\n", 1, "a rule is a mapping"),
        ("id: test\n", 1, "a list of rules"),
        (GOOD + "- {\n", 11, "not YAML"),
        (
            "- {id: a, check: a, kind: count, severity: info, reason: r, message: m, parts: [body],\n   bounds: [3, 2]}\n",
            2,
            "are not the fewest and the most",
        ),
        (
            "- {id: a, check: a, kind: repetition, severity: info, reason: r, message: m,\n   share: 7}\n",
            2,
            "is no number from 0 to 1",
        ),
    ],
)
def test_a_mistake_in_the_rules_is_told_with_file_and_line(text: str, number: int, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        rules_of(text)
    assert str(caught.value).startswith(f"style.yaml:{number}: ")
    assert says in str(caught.value)


def test_the_rule_that_the_manual_shows_is_one(request: pytest.FixtureRequest) -> None:
    manual = (request.config.rootpath / "docs" / "house-style.md").read_text(encoding="utf-8")
    (rule,) = rules_of(manual.split("```yaml\n")[1].split("```")[0])
    assert all(fires(rule, text) for text in rule.fires) and not any(fires(rule, text) for text in rule.silent)


def test_a_rule_takes_its_words_from_the_words_of_the_house_without_what_it_excepts() -> None:
    (rule,) = rules_of(
        GOOD.replace("kind: pattern", "kind: words").replace(
            "pattern: 'boats?'", "lists: [banned.clickbait]\n  excepted: [banned.tolerated]\n  words: [boat]"
        )
    )
    banned = lists()["banned"]
    assert set(rule.phrases) == {"boat", *banned["clickbait"]} - set(banned["tolerated"])


# ------------------------------------------------------------ the whole


def test_a_thousand_that_was_written_short_is_supported() -> None:
    body = (*BODY[:2], "The change will cost £50k a year from parking charges.", *BODY[3:])
    draft = replace(good(), article=replace(good().article, paragraphs=body))
    point = replace(line(2, "The change will cost £50,000 a year from parking charges."))
    point = replace(point, evidence=(Evidence(2, 2, 0, len(body[2])),))
    assert [f for f in lint(replace(draft, key_points=(point, *draft.key_points[1:]))) if f.check == "support"] == []


def test_findings_come_in_the_order_of_the_checks() -> None:
    spoilt = replace(points(good(), "It cost £9m."), headline="")
    first, *_, last = lint(spoilt)
    assert (first.check, last.check) == ("headline", "number-form")


def test_a_source_sentence_that_the_article_does_not_have_supports_nothing() -> None:
    astray = replace(good().key_points[0], evidence=(Evidence(99, 99, 0, 9),))
    assert "support" in {f.check for f in lint(replace(good(), key_points=(astray,)))}


def test_a_headline_without_title_case_comes_with_it() -> None:
    (finding,) = findings(replace(good(), headline="Ferry doubled after appeal"), "headline")
    assert finding.message == "is not in Title Case; write “Ferry Doubled After Appeal”"


@given(text=st.text(alphabet="aA £%.,’“”‘[]()|\\~1 \n", max_size=60))
def test_the_lint_reads_any_line_and_names_only_places_that_the_page_has(text: str) -> None:
    draft = told(replace(good(), headline=text), text, text)
    places = {"headline", "standfirst", "key_points", "why_this_matters", "what_this_means_for_you"}
    places |= {where for where, _ in draft.lines()} | {f"body[{i}]" for i in range(len(draft.article.paragraphs))}
    assert {finding.where for finding in lint(draft)} <= places
    assert lint(draft) == lint(draft)
