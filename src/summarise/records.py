"""The frozen values that flow through the pipeline, one stage's output being the next one's input.

No record holds an object of another library, with one exception: `Document.parses`
keeps spaCy's `Doc` objects for the stages that read syntax, and is never written out.
Tuples stand where a list would be natural, so that a value cannot change once it is made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Severity = Literal["error", "warning", "info"]
BlockStatus = Literal["drafted", "needs-editor"]

BULLETS = 5
"""Key points on a full page of the house (HOUSE_STYLE: exactly five, three to five for short articles)."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’\-–][^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text as an editor counts them: "23-year-old", "£1.2m" and "it's" are one each."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Return the number of words of a text, counted as in `words`."""
    return len(words(text))


@dataclass(frozen=True, slots=True)
class Page:
    """One raw page as it was found, before anything is decoded.

    `path` is where it was read from, `member` the record inside an archive, `sha256` the
    hex digest of `content`, and `url` the address the input itself gives for the page.
    """

    content: bytes
    path: str
    sha256: str
    url: str | None = None
    member: str | None = None

    @property
    def where(self) -> str:
        """The file, and the record in it if the page is one of several: what messages name."""
        return f"{self.path}#{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class Article:
    """An article without its furniture: what the page's author wrote, and the facts about it.

    `paragraphs` is the body in reading order; `headings` are the indices of those
    paragraphs that are cross-headings. `published` is an ISO 8601 date, `published_at` and
    `modified` are moments with the zone that the page gives. `kind` is "article", "live blog",
    "opinion", "listicle", "video page" or "house"; `paywalled` is None where the page does not
    say. `house_points`, `house_why` and `house_you` hold what a page of the house already carries.
    """

    headline: str
    standfirst: str | None
    authors: tuple[str, ...]
    published: str | None
    site: str | None
    url: str | None
    language: str
    paragraphs: tuple[str, ...]
    headings: frozenset[int] = frozenset()
    kind: str = "article"
    house_points: tuple[str, ...] = ()
    house_why: str | None = None
    house_you: str | None = None
    published_at: str | None = None
    modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    paywalled: bool | None = None

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs that are prose, cross-headings left out."""
        return tuple(text for index, text in enumerate(self.paragraphs) if index not in self.headings)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body; `start` and `end` are character offsets in its paragraph."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str

    @property
    def word_count(self) -> int:
        """The number of words, counted as in `words`."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """An article split into sentences; `parses[i]` is spaCy's analysis of `sentences[i]`.

    `lemmas[i]` are the lemmas of its words that carry meaning, lower case. `parsed` says whether
    the pipeline gives parts of speech and dependencies (labels are Universal Dependencies
    whatever the pipeline), or tokens alone.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    lemmas: tuple[tuple[str, ...], ...] = ()
    parses: Sequence[Doc] = field(repr=False, compare=False, default=())
    parsed: bool = False

    def tokens(self, index: int) -> tuple[Token, ...]:
        """Return the tokens of one sentence."""
        return tuple(self.parses[index])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a drafted line comes from: a sentence and its character offsets in its paragraph."""

    sentence: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One drafted sentence with the reason why it stands there.

    `edits` names the changes made to the source, in order; `rule` the rule that made the
    line; `parts` the named parts of `score`, which add up to it.
    """

    text: str
    evidence: tuple[Evidence, ...]
    edits: tuple[str, ...] = ()
    rule: str = ""
    score: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One of the two labelled blocks; an open one ("needs-editor") has no sentences but a reason."""

    status: BlockStatus
    sentences: tuple[Line, ...] = ()
    reason: str | None = None

    @property
    def text(self) -> str:
        """The block's sentences as one paragraph."""
        return " ".join(line.text for line in self.sentences)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject in IPTC Media Topics, with the share of the article's evidence for it (0 to 1)."""

    code: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about a draft; `where` names the part, such as "key_points[2]"."""

    check: str
    severity: Severity
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which program, models, rules and settings made a draft: versions and content hashes."""

    summarise: str
    models: tuple[tuple[str, str], ...]
    rules: str
    settings: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the page of a draft came from."""

    path: str
    url: str | None
    site: str | None
    sha256: str
    member: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A page of the house as the program drafts it: the contract `summarise/draft/1`."""

    id: str
    source: Source
    article: Article
    headline: str
    standfirst: tuple[Line, ...]
    key_points: tuple[Line, ...]
    why_this_matters: Block
    what_this_means_for_you: Block
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance

    def lines(self) -> list[tuple[str, Line]]:
        """Return every drafted line with the name of its place, in page order."""
        named: list[tuple[str, tuple[Line, ...]]] = [
            ("standfirst", self.standfirst),
            ("key_points", self.key_points),
            ("why_this_matters", self.why_this_matters.sentences),
            ("what_this_means_for_you", self.what_this_means_for_you.sentences),
        ]
        return [(f"{name}[{i}]", line) for name, lines in named for i, line in enumerate(lines)]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one sentence and why: the row that `summarise explain` prints."""

    sentence: Sentence
    score: float
    parts: tuple[tuple[str, float], ...]
    fate: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleFate:
    """What became of one rule on a page, and why: a row of `summarise rules explain`.

    `text` is what it wrote, or would have written, from the sentences of `evidence`; both are empty for a silent rule.
    """

    rule: str
    block: str
    fate: Literal["taken", "not taken", "silent"]
    reason: str
    text: str = ""
    evidence: tuple[Sentence, ...] = ()


def draft_from_json(data: dict[str, Any]) -> Draft:
    """Return the draft that a dictionary of the contract describes; the inverse of `rendering.to_json`.

    Raises KeyError or TypeError where the dictionary does not keep the contract.
    """
    return Draft(
        id=data["id"],
        source=Source(**data["source"]),
        article=Article(
            headline=data["article"]["headline"],
            standfirst=data["article"]["standfirst"],
            authors=tuple(data["article"]["authors"]),
            published=data["article"]["published"],
            site=data["source"]["site"],
            url=data["source"]["url"],
            language=data["article"]["language"],
            paragraphs=tuple(data["article"]["paragraphs"]),
        ),
        headline=data["headline"],
        standfirst=_lines(data["standfirst"]["sentences"]),
        key_points=_lines(data["key_points"]),
        why_this_matters=_block(data["why_this_matters"]),
        what_this_means_for_you=_block(data["what_this_means_for_you"]),
        topics=tuple(Topic(**topic) for topic in data["topics"]),
        findings=tuple(Finding(**finding) for finding in data["findings"]),
        provenance=Provenance(
            summarise=data["provenance"]["summarise"],
            models=tuple(data["provenance"]["models"].items()),
            rules=data["provenance"]["rules"],
            settings=data["provenance"]["settings"],
        ),
    )


def _lines(rows: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=row["text"],
            evidence=tuple(Evidence(**evidence) for evidence in row["evidence"]),
            edits=tuple(row["edits"]),
            rule=row["rule"],
            score=row["score"],
            parts=tuple(row["parts"].items()),
        )
        for row in rows
    )


def _block(data: dict[str, Any]) -> Block:
    return Block(status=data["status"], sentences=_lines(data["sentences"]), reason=data["reason"])
