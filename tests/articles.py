"""Articles, makers of lines and stories built from a few sentences, as the pipeline builds them from a page."""

from __future__ import annotations

from summarise.house import places, topics
from summarise.house.story import Story
from summarise.language import Analyser
from summarise.lines import LineMaker
from summarise.names import Names
from summarise.records import Article
from summarise.salience.scores import score
from summarise.sentences import split

BRITISH = 0.5


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
    headline, *body = (text[start:end] for start, end in split(text))
    source = article(headline.rstrip("."), " ".join(body))
    lines = maker(analyser, source)
    texts = [sentence.text for sentence in lines.document.sentences]
    return Story(
        maker=lines,
        topics=topics.classify(texts, source.headline),
        sober=topics.sober(texts, source.headline),
        british=places.is_british(texts, source.headline, source.url, source.site) >= BRITISH,
        place=places.home_place(texts, source.headline),
        taken=frozenset(),
    )
