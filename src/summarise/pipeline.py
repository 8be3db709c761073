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
from dataclasses import replace
from functools import cached_property

from summarise import __version__, extraction
from summarise.house import blocks, places, rules, style, topics
from summarise.house.story import Story
from summarise.house.title_case import title_case
from summarise.keypoints import Selection, Selector
from summarise.language import Analyser
from summarise.lines import LineMaker
from summarise.names import Names
from summarise.records import Article, Block, Document, Draft, Fate, Line, Page, Provenance, Source
from summarise.salience.scores import model_versions, score
from summarise.settings import Settings

_BRITISH = 0.5
"""Share of British evidence of place from which a story counts as one of this country."""


_LEAD = frozenset({0})
"""The sentence that tells the news, which is never why the news matters."""


class Summariser:
    """Drafts pages; the language model and the rules are loaded once and kept.

    `seconds` adds up the time of each stage over all pages, in seconds.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.analyser = Analyser(settings.language_model)
        self.rules = blocks.house_rules()
        self.seconds: dict[str, float] = defaultdict(float)

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
        with self._timed("what this means for you"):
            you = blocks.draft_block(story, "you", self.rules)
        with self._timed("why this matters"):
            why = blocks.draft_block(story.after(_LEAD | _evidence(you.sentences)), "why", self.rules)
        with self._timed("key points"):
            selection = selector.select(reserved=_told(why, you))
        with self._timed("why this matters"):
            points = _evidence(selection.key_points)
            if points & _evidence(why.sentences):
                why = blocks.draft_block(story.after(_LEAD | points | _evidence(you.sentences)), "why", self.rules)
        draft = self._assemble(page, story, selection, why, you)
        with self._timed("lint"):
            return replace(draft, findings=style.lint(draft))

    def explain(self, page: Page) -> tuple[Fate, ...]:
        """Return every sentence of a page with its score, the parts of it, and what became of it."""
        selector = Selector(self._maker(self.analyser.analyse(self._extract(page))), self.settings.keypoints)
        story = self._story(selector)
        you = blocks.draft_block(story, "you", self.rules)
        why = blocks.draft_block(story.after(_LEAD | _evidence(you.sentences)), "why", self.rules)
        return selector.select(reserved=_told(why, you)).fates

    @cached_property
    def provenance(self) -> Provenance:
        """The versions and hashes that a draft depends on, page aside."""
        return Provenance(
            summarise=__version__,
            models=(("language", self.analyser.version), *model_versions(self.settings.scorer)),
            rules=rules.digest(),
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
        article = selector.maker.document.article
        texts = [sentence.text for sentence in selector.maker.document.sentences]
        return Story(
            maker=selector.maker,
            topics=topics.classify(texts, article.headline),
            sober=topics.sober(texts, article.headline),
            british=places.is_british(texts, article.headline, article.url, article.site) >= _BRITISH,
            place=places.home_place(texts, article.headline),
            taken=frozenset(candidate.sentence.index for candidate in selector.standfirst),
        )

    def _assemble(self, page: Page, story: Story, selection: Selection, why: Block, you: Block) -> Draft:
        article = story.document.article
        return Draft(
            id=draft_id(article.headline, page.sha256),
            source=Source(page.path, article.url or page.url, article.site, page.sha256, page.member),
            article=article,
            headline=title_case(article.headline) if self.settings.title_case else article.headline,
            standfirst=selection.standfirst,
            key_points=selection.key_points,
            why_this_matters=why,
            what_this_means_for_you=you,
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
    return _evidence(line for block in drafted for line in block.sentences if "second-person" not in line.edits)


def draft_id(headline: str, sha256: str) -> str:
    """Return the id of a draft: a slug of the headline in lower-case ASCII, then 8 hex digits of the page's hash."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain.lower())).strip("-")
    return f"{slug[:60].strip('-') or 'page'}-{sha256[:8]}"
