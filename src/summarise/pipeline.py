"""The way of one page, every stage in order: read this file first.

Page → Article → Document → scores → lines → key points → blocks → Draft → findings.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from summarise import __version__, extraction
from summarise.house import blocks, rulebook, rules, style
from summarise.house.story import Story, story_of
from summarise.house.title_case import title_case
from summarise.keypoints import Selection, Selector
from summarise.language import Analyser
from summarise.lines import LineMaker
from summarise.names import Names
from summarise.records import Article, Block, Document, Draft, Fate, Line, Page, Provenance, RuleFate, Source
from summarise.salience.scores import model_versions, score
from summarise.settings import Settings

_LEAD = frozenset({0})
"""The sentence that tells the news, which is never why the news matters."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands below the headline; `before_why` are the sentences that were told before "Why this matters"."""

    you: Block
    why: Block
    selection: Selection
    before_why: frozenset[int]


class Summariser:
    """Drafts pages; the language model and the rules are loaded once and kept.

    `seconds` adds up the time of each stage over all pages, in seconds.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rules = blocks.house_rules(settings.own_rules)
        self.analyser = Analyser(settings.language_model)
        self.seconds: dict[str, float] = defaultdict(float)

    def load(self) -> None:
        """Load the models now instead of with the first page; raises UsageError where one is missing."""
        _ = self.analyser.nlp, self.provenance

    def draft(self, page: Page) -> Draft:
        """Return the draft of a page; raises a PageError where the page gives none."""
        with self._timed("extraction"):
            article = self._extract(page)
        with self._timed("language"):
            document = self.analyser.analyse(article)
        with self._timed("salience"):
            maker = self._maker(document)
        with self._timed("parsing"):
            selector = Selector(maker, self.settings.keypoints)
        with self._timed("standfirst"):
            story = self._story(selector)
        parts = self._parts(selector, story)
        draft = self._assemble(page, story, parts)
        with self._timed("lint"):
            return replace(draft, findings=style.lint(draft))

    def explain(self, page: Page) -> tuple[Fate, ...]:
        """Return every sentence of a page with its score, the parts of it, and what became of it."""
        selector = self._selector(page)
        return self._parts(selector, self._story(selector)).selection.fates

    def explain_rules(self, page: Page) -> tuple[RuleFate, ...]:
        """Return what every rule wrote on a page or could have written, from which sentences, or why it is silent."""
        return self._rule_fates(self._selector(page))

    def alternatives(self, article: Article) -> tuple[tuple[Line, ...], tuple[RuleFate, ...]]:
        """Return the sentences of an article as key points, best first, and what every rule wrote or could write."""
        selector = Selector(self._maker(self.analyser.analyse(article)), self.settings.keypoints)
        return selector.ranked(), self._rule_fates(selector)

    def _rule_fates(self, selector: Selector) -> tuple[RuleFate, ...]:
        story = self._story(selector)
        parts = self._parts(selector, story)
        told = {
            **dict.fromkeys(_LEAD, "the news itself"),
            **dict.fromkeys(_evidence(parts.you.sentences), "the block for readers"),
            **dict.fromkeys(_evidence(parts.selection.key_points), "the key points"),
            **dict.fromkeys(story.taken, "the standfirst"),
        }
        return (
            *rulebook.fates("why", parts.why, story.after(parts.before_why), self.rules, told),
            *rulebook.fates("you", parts.you, story, self.rules, told),
        )

    @cached_property
    def provenance(self) -> Provenance:
        """The versions and hashes that a draft depends on, page aside."""
        return Provenance(
            summarise=__version__,
            models=(("language", self.analyser.version), *model_versions(self.settings.scorer)),
            rules=rules.digest(self.settings.own_rules),
            settings=self.settings.digest(),
        )

    # ------------------------------------------------------------ stages

    def _extract(self, page: Page) -> Article:
        settings = self.settings
        return extraction.extract(page, min_words=settings.min_words, any_language=settings.any_language)

    def _maker(self, document: Document) -> LineMaker:
        scores = score(document, self.settings.scorer)
        return LineMaker(document, Names(document), scores, self.analyser.parse)

    @staticmethod
    def _story(selector: Selector) -> Story:
        return story_of(selector.maker, frozenset(candidate.sentence.index for candidate in selector.standfirst))

    def _selector(self, page: Page) -> Selector:
        return Selector(self._maker(self.analyser.analyse(self._extract(page))), self.settings.keypoints)

    def _parts(self, selector: Selector, story: Story) -> _Parts:
        """Return the blocks and the key points; each is written knowing what those before it tell."""
        with self._timed("what this means for you"):
            you = blocks.draft_block(story, "you", self.rules)
        with self._timed("why this matters"):
            told = _LEAD | _evidence(you.sentences)
            why = blocks.draft_block(story.after(told), "why", self.rules)
            if why.status != "drafted" and you.status == "drafted":
                why, you = self._shared(story, why, you)
                told = _LEAD | _evidence(you.sentences)
        with self._timed("key points"):
            selection = selector.select(reserved=_told(you))
        with self._timed("why this matters"):
            points = _evidence(selection.key_points)
            left = (
                blocks.draft_block(story.after(told | points), "why", self.rules)
                if points & _evidence(why.sentences)
                else why
            )
        if left.status == "drafted" or why.status != "drafted":
            return _Parts(you, left, selection, told | points)
        with self._timed("key points"):
            selection = selector.select(reserved=_told(why, you))
        return _Parts(you, why, selection, told)

    def _shared(self, story: Story, why: Block, you: Block) -> tuple[Block, Block]:
        """Return both blocks with "Why this matters" choosing first, where that leaves neither of them open."""
        first = blocks.draft_block(story.after(_LEAD), "why", self.rules)
        second = blocks.draft_block(story, "you", self.rules, without=_evidence(first.sentences))
        both = first.status == second.status == "drafted"
        return (first, second) if both else (why, you)

    def _assemble(self, page: Page, story: Story, parts: _Parts) -> Draft:
        article = story.document.article
        return Draft(
            id=draft_id(article.headline, page.sha256),
            source=Source(page.path, article.url or page.url, article.site, page.sha256, page.member),
            article=article,
            headline=title_case(article.headline) if self.settings.title_case else article.headline,
            standfirst=parts.selection.standfirst,
            key_points=parts.selection.key_points,
            why_this_matters=parts.why,
            what_this_means_for_you=parts.you,
            topics=story.topics,
            findings=(),
            provenance=self.provenance,
        )

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start


def _evidence(lines: Iterable[Line]) -> frozenset[int]:
    """Return the sentences from which lines were drafted."""
    return frozenset(evidence.sentence for line in lines for evidence in line.evidence)


def _told(*drafted: Block) -> frozenset[int]:
    """Return the sentences that blocks tell in the article's own person; what is turned to "you" may be told again."""
    return _evidence(line for block in drafted for line in block.sentences[:1] if "second-person" not in line.edits)


def draft_id(headline: str, sha256: str) -> str:
    """Return the id of a draft: a slug of the headline in lower-case ASCII, then 8 hex digits of the page's hash."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain.lower())).strip("-")
    return f"{slug[:60].strip('-') or 'page'}-{sha256[:8]}"
