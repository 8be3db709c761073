"""The edits of one draft: each operation gives a new `Editing`, and every one can be undone.

The page as it stands is a `Draft` again, so that whatever reads drafts (the lint, the renderings) reads it.
Lines that an editor wrote carry "editor" among their edits and keep the evidence of the line before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from summarise.house import style
from summarise.house.style import KEY_POINT, STANDFIRST, WHY, YOU
from summarise.records import Block, Draft, Finding, Line, count_words, draft_from_json
from summarise.rendering import plain, to_dict
from summarise.review.decisions import Change
from summarise.sentences import split

Part = Literal["standfirst", "key_points", "why_this_matters", "what_this_means_for_you"]
BlockPart = Literal["why_this_matters", "what_this_means_for_you"]
Op = Literal["same", "removed", "added"]

LISTS: tuple[Part, ...] = ("standfirst", "key_points")
BLOCKS: tuple[BlockPart, ...] = ("why_this_matters", "what_this_means_for_you")
LIMITS: dict[str, tuple[int, int]] = {
    "standfirst": STANDFIRST,
    "key_points": KEY_POINT,
    "why_this_matters": WHY,
    "what_this_means_for_you": YOU,
}
"""Fewest and most words of a line of each part, and of a whole block."""

_KEPT = ("headline", *LISTS, *BLOCKS)
_PLACE = re.compile(r"(headline)|(standfirst|key_points)\[(\d+)\]|(why_this_matters|what_this_means_for_you)")
_TOKENS = re.compile(r"\s+|[^\W_]+(?:[.,'’\-–][^\W_]+)*|.", re.DOTALL)


class Length(NamedTuple):
    """How many words a place has, and how many it may have; the headline has no limits."""

    words: int
    fewest: int | None
    most: int | None

    @property
    def fits(self) -> bool:
        """Whether the words keep the limits of the house."""
        return (self.fewest or 0) <= self.words and (self.most is None or self.words <= self.most)


class Span(NamedTuple):
    """A piece of a paragraph, and whether the focused line comes from it."""

    text: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class Editing:
    """A draft on an editor's desk: as it was, as it is, and the steps between.

    Places are named "headline", "standfirst[0]", "key_points[2]", "why_this_matters" and
    "what_this_means_for_you"; an operation on a place that there is not raises KeyError.
    """

    original: Draft
    draft: Draft
    past: tuple[Draft, ...] = ()
    future: tuple[Draft, ...] = ()

    @classmethod
    def of(cls, draft: Draft, state: Mapping[str, Any] | None = None) -> Editing:
        """Open a draft, with the edits of an earlier `state()` if one is given."""
        if state is None:
            return cls(draft, draft)
        base = to_dict(draft)

        def page(kept: Mapping[str, Any]) -> Draft:
            read = draft_from_json({**base, **kept})
            return _with(draft, **{name: getattr(read, name) for name in _KEPT})

        return cls(draft, page(state["draft"]), tuple(map(page, state["past"])), tuple(map(page, state["future"])))

    # ------------------------------------------------------------ operations

    def edit(self, where: str, text: str) -> Editing:
        """Write a text at a place; an empty one deletes a line or leaves a block open."""
        text = plain(text)
        part, index = _place(where)
        if text == self.text(where):
            return self
        if part == "headline":
            return self._step(replace(self.draft, headline=text)) if text else self
        if index is None:
            return self.set_block(part, self._sentences(part, text))
        return self.replace_line(where, _edited(self.lines(part)[index], text)) if text else self.delete(where)

    def replace_line(self, where: str, line: Line) -> Editing:
        """Put another line, such as one of the ranked list, at a place of the standfirst or the key points."""
        part, index = self._in_list(where)
        lines = self.lines(part)
        return self._with(part, (*lines[:index], line, *lines[index + 1 :]))

    def insert(self, where: str, line: Line) -> Editing:
        """Put a line before a place; one past the last place adds it at the end."""
        part, index = _place(where)
        if index is None:
            raise KeyError(where)
        lines = self.lines(part)
        return self._with(part, (*lines[:index], line, *lines[index:]))

    def delete(self, where: str) -> Editing:
        """Take a line out of the standfirst or the key points, or leave a block open."""
        part, index = _place(where)
        if index is None:
            return self.set_block(part, ())
        self._in_list(where)
        lines = self.lines(part)
        return self._with(part, (*lines[:index], *lines[index + 1 :]))

    def move(self, where: str, by: int) -> Editing:
        """Move a line so many places down (up if negative) within its part, as far as it goes."""
        part, index = self._in_list(where)
        lines = list(self.lines(part))
        line = lines.pop(index)
        lines.insert(min(max(index + by, 0), len(lines)), line)
        return self._with(part, tuple(lines))

    def set_block(self, part: str, lines: Iterable[Line]) -> Editing:
        """Let a block consist of these lines, such as those of another rule; of none, it is open."""
        if part not in BLOCKS:
            raise KeyError(part)
        sentences = tuple(lines)
        block = Block("drafted", sentences) if sentences else Block("needs-editor", reason="left open by an editor")
        return self._step(_with(self.draft, **{part: block}))

    def undo(self) -> Editing:
        """Go one step back, if there is one."""
        if not self.past:
            return self
        return Editing(self.original, self.past[-1], self.past[:-1], (self.draft, *self.future))

    def redo(self) -> Editing:
        """Go again the step that was undone last, if there is one."""
        if not self.future:
            return self
        return Editing(self.original, self.future[0], (*self.past, self.draft), self.future[1:])

    # ------------------------------------------------------------ what to show

    def places(self) -> tuple[str, ...]:
        """Return every place of the page in page order, open blocks among them."""
        lists = (f"{part}[{i}]" for part in LISTS for i in range(len(self.lines(part))))
        return ("headline", *lists, *BLOCKS)

    def text(self, where: str) -> str:
        """Return the text at a place; empty for an open block."""
        part, index = _place(where)
        if part == "headline":
            return self.draft.headline
        lines = self.lines(part)
        return " ".join(line.text for line in lines) if index is None else _at(lines, index, where).text

    def lines(self, part: str) -> tuple[Line, ...]:
        """Return the lines of a part."""
        value = getattr(self.draft, part)
        found: tuple[Line, ...] = value.sentences if isinstance(value, Block) else value
        return found

    def lines_at(self, where: str) -> tuple[Line, ...]:
        """Return the line at a place, or all lines of a block; the headline has none."""
        part, index = _place(where)
        if part == "headline":
            return ()
        lines = self.lines(part)
        return lines if index is None else (_at(lines, index, where),)

    def length(self, where: str) -> Length:
        """Return how many words a place has and may have."""
        fewest, most = LIMITS.get(_place(where)[0], (None, None))
        return Length(count_words(self.text(where)), fewest, most)

    def findings(self) -> tuple[Finding, ...]:
        """Return what the style lint says about the page as it stands."""
        return style.lint(self.draft)

    def findings_at(self, where: str, findings: Iterable[Finding] | None = None) -> tuple[Finding, ...]:
        """Return the findings about one place, those on the sentences of a block among them."""
        found = self.findings() if findings is None else findings
        return tuple(f for f in found if f.where == where or (where in BLOCKS and f.where.startswith(f"{where}[")))

    def source(self, where: str) -> str:
        """Return the sentences of the article that a place comes from."""
        return " ".join(_source(self.draft, line) for line in self.lines_at(where))

    def source_diff(self, where: str) -> tuple[tuple[Op, str], ...]:
        """Return the source of a place with what was removed from it and added to it, word by word."""
        return diff(self.source(where), self.text(where))

    def score_parts(self, where: str) -> tuple[tuple[str, float], ...]:
        """Return the named parts of the score of a line, or of a block's first line."""
        lines = self.lines_at(where)
        return lines[0].parts if lines else ()

    def article(self, where: str | None = None) -> tuple[tuple[Span, ...], ...]:
        """Return the article paragraph by paragraph, with the evidence of a place marked."""
        lines = self.lines_at(where) if where else ()
        ranges: dict[int, list[tuple[int, int]]] = {}
        for evidence in (e for line in lines for e in line.evidence):
            ranges.setdefault(evidence.paragraph, []).append((evidence.start, evidence.end))
        return tuple(_spans(text, ranges.get(i, [])) for i, text in enumerate(self.draft.article.paragraphs))

    # ------------------------------------------------------------ what to keep

    @property
    def changed(self) -> bool:
        """Whether the page says anything else than the draft did."""
        return bool(self.changes())

    def changes(self) -> tuple[Change, ...]:
        """Return the lines that differ from the draft, place by place."""
        return changes_between(self.original, self.draft)

    def all_lines(self) -> tuple[tuple[str, str], ...]:
        """Return the page as it stands, place by place."""
        return page_lines(self.draft)

    def state(self) -> dict[str, Any]:
        """Return the edits as JSON can hold them, the steps that can be undone and redone among them."""
        return {
            "draft": _kept(self.draft),
            "past": [_kept(page) for page in self.past[-_STEPS:]],
            "future": [_kept(page) for page in self.future[:_STEPS]],
        }

    def _step(self, draft: Draft) -> Editing:
        return self if draft == self.draft else Editing(self.original, draft, (*self.past, self.draft))

    def _with(self, part: str, lines: tuple[Line, ...]) -> Editing:
        return self._step(_with(self.draft, **{part: lines}))

    def _in_list(self, where: str) -> tuple[str, int]:
        part, index = _place(where)
        if index is None or index >= len(self.lines(part)):
            raise KeyError(where)
        return part, index

    def _sentences(self, part: str, text: str) -> list[Line]:
        return lines_of(text, self.lines(part) or getattr(self.original, part).sentences)


_STEPS = 50
"""Steps that are kept for undoing over a restart."""


def page_lines(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the texts of a draft by place: the headline, each line of the lists, each block that is written."""
    lists = ((f"{part}[{i}]", line.text) for part in LISTS for i, line in enumerate(getattr(draft, part)))
    blocks = ((part, getattr(draft, part).text) for part in BLOCKS if getattr(draft, part).sentences)
    return (("headline", draft.headline), *lists, *blocks)


def changes_between(before: Draft, after: Draft) -> tuple[Change, ...]:
    """Return the places at which two pages differ, in the order of the page."""
    old, new = dict(page_lines(before)), dict(page_lines(after))
    order = {"headline": 0, "standfirst": 1, "key_points": 2, BLOCKS[0]: 3, BLOCKS[1]: 4}

    def rank(where: str) -> tuple[int, int]:
        part, index = _place(where)
        return order[part], index or 0

    places = sorted(old.keys() | new.keys(), key=rank)
    return tuple(Change(w, old.get(w), new.get(w)) for w in places if old.get(w) != new.get(w))


def with_lines(draft: Draft, lines: Iterable[tuple[str, str]]) -> Draft:
    """Return a draft that says these texts at their places; each keeps what is known of the line that it was."""
    texts = dict(lines)
    page = replace(draft, headline=texts.get("headline", draft.headline))
    for part in LISTS:
        known = getattr(draft, part)
        written = [text for where, text in texts.items() if where.startswith(f"{part}[")]
        page = _with(page, **{part: tuple(_matched(text, known, i) for i, text in enumerate(written))})
    for block in BLOCKS:
        was: Block = getattr(draft, block)
        if texts.get(block, "") != was.text:
            sentences = tuple(lines_of(texts.get(block, ""), was.sentences))
            made = Block("drafted", sentences) if sentences else Block("needs-editor", reason="left open by an editor")
            page = _with(page, **{block: made})
    return page


def lines_of(text: str, known: tuple[Line, ...]) -> list[Line]:
    """Return a text as lines, sentence by sentence; each keeps what is known of the line that it was."""
    texts: list[str] = []
    rest = text
    for line in known:  # lines left as they were keep their bounds, whatever the splitter makes of them
        if rest == line.text or rest.startswith(f"{line.text} "):
            texts.append(line.text)
            rest = rest[len(line.text) :].lstrip()
        else:
            break
    texts += [rest[start:end] for start, end in split(rest)]
    return [_matched(sentence, known, i) for i, sentence in enumerate(texts)]


def diff(before: str, after: str) -> tuple[tuple[Op, str], ...]:
    """Return how one text becomes another, word by word: what is the same, removed and added, in order."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    found: list[tuple[Op, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(("removed", "".join(old[a:b])))
        if c < d:
            found.append(("added", "".join(new[c:d])))
    return tuple(found)


def _matched(text: str, known: tuple[Line, ...], index: int) -> Line:
    same = next((line for line in known if line.text == text), None)
    if same is not None:
        return same
    return _edited(known[index], text) if index < len(known) else Line(text, (), ("editor",), "editor")


def _edited(line: Line, text: str) -> Line:
    return (
        line
        if line.text == text
        else replace(line, text=text, edits=(*(e for e in line.edits if e != "editor"), "editor"))
    )


def _with(draft: Draft, **parts: Any) -> Draft:
    return replace(draft, **parts)


def _place(where: str) -> tuple[str, int | None]:
    match = _PLACE.fullmatch(where)
    if match is None:
        raise KeyError(where)
    headline, part, index, block = match.groups()
    return (part, int(index)) if part else (headline or block, None)


def _at(lines: tuple[Line, ...], index: int, where: str) -> Line:
    if index >= len(lines):
        raise KeyError(where)
    return lines[index]


def _source(draft: Draft, line: Line) -> str:
    paragraphs = draft.article.paragraphs
    return " ".join(paragraphs[e.paragraph][e.start : e.end] for e in line.evidence if e.paragraph < len(paragraphs))


def _spans(text: str, ranges: list[tuple[int, int]]) -> tuple[Span, ...]:
    spans, at = [], 0
    for start, end in sorted(ranges):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        spans += [Span(text[at:start], False)] if start > at else []
        spans.append(Span(text[start:end], True))
        at = end
    return (*spans, Span(text[at:], False)) if at < len(text) else tuple(spans)


def _kept(draft: Draft) -> dict[str, Any]:
    data = to_dict(draft)
    return {name: data[name] for name in _KEPT}
