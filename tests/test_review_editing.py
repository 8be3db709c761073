"""Edits can be undone and kept, the page is linted as it stands, and its Markdown reads back as the same lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_samples import Time, sample, write
from summarise.errors import UsageError
from summarise.records import Block, Draft, Line
from summarise.rendering import plain, to_markdown
from summarise.review.decisions import Decisions
from summarise.review.editing import Editing, diff, page_lines, with_lines
from summarise.review.importing import read_markdown, take, unescape
from summarise.review.queue import Queue, counts, filtered, progress, sort

TEXTS = st.text(
    st.one_of(st.sampled_from("ab .,*_`<>&;#-+=|:~$[]()!\\\"'’“£1w/"), st.characters(codec="utf-8")), max_size=40
).map(lambda text: " ".join(plain(text).split()))
LINES = TEXTS.filter(bool)


def test_an_edited_line_is_counted_and_linted_at_once() -> None:
    editing = Editing.of(sample()).edit("key_points[0]", "However, it is  short!")
    assert editing.text("key_points[0]") == "However, it is short!"
    assert editing.length("key_points[0]") == (4, 8, 22)
    assert not editing.length("key_points[0]").fits
    found = {finding.check for finding in editing.findings_at("key_points[0]")}
    assert len(found) >= 2
    assert editing.lines("key_points")[0].edits[-1] == "editor"
    assert editing.lines("key_points")[0].evidence == sample().key_points[0].evidence


def test_a_block_is_edited_as_one_text_and_linted_by_sentence() -> None:
    editing = Editing.of(sample())
    assert editing.text("what_this_means_for_you") == ""
    editing = editing.edit("what_this_means_for_you", "If you take the ferry, this could help. However, it costs more.")
    block = editing.draft.what_this_means_for_you
    assert (block.status, len(block.sentences)) == ("drafted", 2)
    assert editing.findings_at("what_this_means_for_you")
    assert editing.edit("what_this_means_for_you", "").draft.what_this_means_for_you.status == "needs-editor"


def test_moving_deleting_and_replacing_are_changes_by_place() -> None:
    editing = Editing.of(sample())
    first, second = editing.text("key_points[0]"), editing.text("key_points[1]")
    moved = editing.move("key_points[0]", 1)
    assert [(c.where, c.before, c.after) for c in moved.changes()] == [
        ("key_points[0]", first, second),
        ("key_points[1]", second, first),
    ]
    assert editing.move("key_points[1]", 9).draft == editing.draft
    assert [(c.where, c.after) for c in editing.delete("key_points[1]").changes()] == [("key_points[1]", None)]
    other = Line("Another sentence altogether.", ())
    assert editing.replace_line("key_points[1]", other).lines("key_points")[1] is other
    assert editing.insert("key_points[2]", other).changes()[0].before is None


@pytest.mark.parametrize("where", ["key_points[9]", "nowhere", "standfirst", "headline[0]"])
def test_a_place_that_there_is_not_is_an_error(where: str) -> None:
    with pytest.raises(KeyError):
        Editing.of(sample()).edit(where, "A text.")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 9), TEXTS),
        st.tuples(st.just("delete"), st.integers(0, 9), st.just("")),
        st.tuples(st.just("move"), st.integers(0, 9), st.sampled_from(["-1", "1"])),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just("")),
    ),
    max_size=12,
)


def _play(editing: Editing, steps: list[tuple[str, int, str]]) -> Editing:
    for step, at, text in steps:
        places = editing.places()
        where = places[at % len(places)]
        if step == "undo":
            editing = editing.undo()
        elif step == "redo":
            editing = editing.redo()
        elif step == "edit":
            editing = editing.edit(where, text)
        elif "[" in where:
            editing = editing.delete(where) if step == "delete" else editing.move(where, int(text))
    return editing


@given(STEPS)
@settings(max_examples=80, deadline=None)
def test_any_edits_are_kept_undone_and_applied_again(steps: list[tuple[str, int, str]]) -> None:
    draft = sample()
    editing = _play(Editing.of(draft), steps)
    assert Editing.of(draft, editing.state()) == editing
    again = with_lines(draft, editing.all_lines())
    assert page_lines(again) == editing.all_lines()
    back = editing
    while back.past:
        assert back.undo().redo().draft == back.draft
        back = back.undo()
    assert back.draft == draft and not back.changes()


@given(TEXTS, TEXTS)
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    found = diff(before, after)
    assert "".join(text for op, text in found if op != "added") == before
    assert "".join(text for op, text in found if op != "removed") == after


def test_the_evidence_of_a_line_is_marked_in_the_article() -> None:
    spans = Editing.of(sample()).article("key_points[0]")
    assert ["".join(span.text for span in paragraph) for paragraph in spans] == list(sample().article.paragraphs)
    assert [span.evidence for span in spans[0]] == [True]
    assert not any(span.evidence for paragraph in Editing.of(sample()).article() for span in paragraph)


# ---------------------------------------------------------------- Markdown


@given(TEXTS)
@settings(max_examples=300)
def test_escaped_markdown_reads_back(text: str) -> None:
    draft = replace(sample(), headline=text or "x")
    first = to_markdown(draft).split("\n\n")[0]
    assert unescape(first[2:]) == " ".join((text or "x").split())


@given(LINES, st.lists(LINES, max_size=2), st.lists(LINES, max_size=5), st.lists(LINES, max_size=2))
@settings(max_examples=150, deadline=None)
def test_a_page_in_markdown_reads_back(head: str, standfirst: list[str], points: list[str], why: list[str]) -> None:
    def lines(texts: list[str]) -> tuple[Line, ...]:
        return tuple(Line(text, ()) for text in texts)

    block = Block("drafted", lines(why)) if why else Block("needs-editor", reason="no _evidence_ for *it*")
    draft: Draft = replace(
        sample(), headline=head, standfirst=lines(standfirst), key_points=lines(points), why_this_matters=block
    )
    assert read_markdown(to_markdown(draft), draft) == page_lines(draft)


def test_markdown_edited_by_hand_is_a_decision_once(tmp_path: Path) -> None:
    draft, other = sample(), sample("Another Story Altogether")
    folder = write(tmp_path / "out", draft, other)
    edited = tmp_path / "edited"
    edited.mkdir()
    text = to_markdown(draft).replace(
        "- Traders welcomed the change.", "* Traders on the quay\n  welcomed it \\*all\\*."
    )
    (edited / f"{draft.id}.md").write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    (edited / f"{other.id}.md").write_text(to_markdown(other), encoding="utf-8")
    (edited / "unknown-00000000.md").write_text("# What is this?\n", encoding="utf-8")
    taken = {one.path.stem: one for one in take(edited, folder, "Ada")}
    decision = taken[draft.id].decision
    assert decision is not None
    assert [(c.where, c.after) for c in decision.changes] == [
        ("key_points[1]", "Traders on the quay welcomed it *all*.")
    ]
    assert taken[other.id].message == "unchanged"
    assert taken["unknown-00000000"].failed
    assert take(edited, folder, "Ada")[0].decision is None or take(edited, folder, "Ada")[1].decision is None
    assert len(Decisions(folder).rows()) == 1


def test_a_page_without_a_headline_is_refused() -> None:
    with pytest.raises(UsageError, match="no headline"):
        read_markdown("Some text.\n", sample())


# ---------------------------------------------------------------- the queue


def test_the_worst_comes_first_and_what_is_decided_last(tmp_path: Path) -> None:
    good = sample("A Good Story", findings=())
    bad = sample("A Bad Story", key_points=())
    done = sample("A Done Story", key_points=(), standfirst=())
    folder = write(tmp_path, good, bad, done)
    queue = Queue(folder, Time())
    queue.decisions.record(done, "ada", "spiked")
    rows = queue.rows()
    assert [row.headline for row in rows] == ["A Bad Story", "A Good Story", "A Done Story"]
    assert 0 <= rows[0].confidence < rows[1].confidence <= 1
    assert (rows[1].subject, rows[1].open_blocks, round(rows[1].age, 1)) == ("transport", 1, 1.3)
    assert progress(rows) == (1, 3)
    assert counts(rows)["spiked"] == 1
    assert [r.headline for r in filtered(rows, search="GOOD ferry")] == ["A Good Story"]
    assert [r.headline for r in filtered(rows, status=["spiked"])] == ["A Done Story"]
    assert sort(rows, "headline", descending=True)[0].headline == "A Good Story"
    upcoming = queue.next(bad.id)
    assert upcoming is not None and upcoming.id == good.id
    queue.claims.take(good.id, "bo")
    assert queue.next(bad.id, editor="ada") is None
    assert queue.rows()[1].claimed_by == "bo"


def test_a_draft_made_anew_keeps_its_decision_with_a_warning(tmp_path: Path) -> None:
    draft = sample()
    queue = Queue(write(tmp_path, draft), Time())
    queue.decisions.record(draft, "ada", "approved")
    assert queue.rows()[0].warning == ""
    rescored = tuple(replace(line, score=9.0, parts=(("position", 9.0),)) for line in draft.key_points)
    write(tmp_path, replace(draft, findings=(), key_points=rescored))
    assert queue.rows()[0].warning == "", "findings and scores are nothing that an editor approved"
    write(tmp_path, replace(draft, key_points=draft.key_points[:1]))
    (row,) = queue.rows()
    assert row.status == "approved" and "made anew" in row.warning


def test_a_file_that_is_no_draft_does_not_stop_the_queue(tmp_path: Path) -> None:
    folder = write(tmp_path, sample())
    (folder / "drafts" / "broken.json").write_text('{"id": 1')
    queue = Queue(folder)
    assert len(queue.rows()) == 1
    assert queue.unreadable == ["broken.json"]
