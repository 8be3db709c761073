"""Articles, makers of lines and stories built from a few sentences, as the pipeline builds them from a page."""

from __future__ import annotations

from summarise.house.rulebook import example
from summarise.house.story import Story
from summarise.language import Analyser
from summarise.lines import LineMaker
from summarise.names import Names
from summarise.records import Article
from summarise.salience.scores import score


def article(headline: str, *paragraphs: str, standfirst: str | None = None) -> Article:
    """Return an article of which nothing is known but its words."""
    return Article(
        headline=headline,
        standfirst=standfirst,
        authors=(),
        published=None,
        site=None,
        url=None,
        language="en",
        paragraphs=paragraphs,
    )


def maker(analyser: Analyser, source: Article) -> LineMaker:
    """Return the maker of an article's lines, with the scores of the default scorer."""
    document = analyser.analyse(source)
    scores = score(document, "learned")
    return LineMaker(document, Names(document), scores, analyser.parse)


def story(analyser: Analyser, text: str) -> Story:
    """Return the story of a text whose first sentence is the headline and whose others are the body."""
    return example(text, analyser)
