"""`Page` → `Article`: trafilatura finds the body, named repair steps make it one that a desk can trust.

Every step is switched by evidence in the page, never by the name of a site. Where nothing
can be drafted from a page, the error says on what evidence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from summarise.errors import NoArticle, TooShort, WrongLanguage
from summarise.furniture import Passage, furniture_in, remove_furniture, without_repeats
from summarise.languages import detect_language, language_name
from summarise.pages import decode, is_plain_text
from summarise.records import Article, Page, count_words
from summarise.webpage.housepage import BULLET, HouseParts, is_labelled, read_house_page
from summarise.webpage.opening import (
    with_standfirst,
    without_author_lines,
    without_glued_byline,
    without_headline,
    without_loose_headings,
    without_publisher,
)
from summarise.webpage.refusals import (
    refuse_too_many_elements,
    refuse_too_many_tags,
    refuse_too_much_text,
    refuse_what_is_no_article,
)

MIN_WORDS = 80


def extract(page: Page, *, min_words: int = MIN_WORDS, any_language: bool = False) -> Article:
    """Return the article of a page, without its furniture.

    Raises NoArticle for an index, a wall or a stub, TooShort below `min_words` words of
    body, and WrongLanguage for a body that is not English unless `any_language` is set.
    """
    text = decode(page)
    article = _from_text(text, page) if is_plain_text(page, text) else _from_html(text, page)
    if not article.headline:
        raise NoArticle(f"{page.where} holds no headline: save the whole page, or put the headline on its first line.")
    length = sum(count_words(paragraph) for paragraph in article.body)
    if length < min_words:
        raise TooShort(
            f"{page.where} holds an article of {length} words, fewer than {min_words}: "
            "lower `min_words` to draft from it."
        )
    language = detect_language(article.body)
    if language != "en" and not any_language:
        raise WrongLanguage(
            f"{page.where} is written in {language_name(language)}, not in English: "
            "use --any-language to draft from it all the same."
        )
    return replace(article, language=language)


def _from_html(text: str, page: Page) -> Article:
    from trafilatura.utils import load_html

    from summarise.webpage.body import body_passages
    from summarise.webpage.breaks import paragraphs_from_breaks
    from summarise.webpage.byline import authors_in
    from summarise.webpage.facts import read_facts
    from summarise.webpage.hidden import without_hidden_words
    from summarise.webpage.particulars import kind_of
    from summarise.webpage.state import take_scripts

    refuse_too_many_tags(text, page)
    tree = load_html(text)
    if tree is None:
        raise NoArticle(f"{page.where} holds no HTML that can be parsed: save the page again.")
    refuse_too_many_elements(tree, page)
    without_hidden_words(tree)
    paragraphs_from_breaks(tree)
    facts = read_facts(tree, page.url)
    scripts = take_scripts(tree)
    refuse_too_much_text(int(tree.xpath("string-length(.)")), page)
    passages = body_passages(tree, facts, scripts)
    passages, byline = without_glued_byline(without_headline(passages, facts.headline.text))
    lines = [*([byline] if byline else []), *(passage.text for passage in passages)]
    authors = facts.authors or authors_in(lines, facts.publisher)
    passages = without_author_lines(passages, authors)
    passages = without_repeats(remove_furniture(without_publisher(passages, facts.publisher)))
    body, house = read_house_page(without_loose_headings(passages))
    refuse_what_is_no_article(tree, body, page)
    body, standfirst = with_standfirst(facts.standfirst, body)
    article = _article(
        body,
        house,
        headline=facts.headline.text,
        standfirst=standfirst,
        authors=authors,
        published=facts.published,
        site=facts.site,
        url=facts.url,
        kind=kind_of(facts.claims, facts.headline.text, facts.url, facts.particulars.section, body),
    )
    return replace(
        article,
        published_at=facts.published_at,
        modified=facts.modified,
        section=facts.particulars.section,
        keywords=facts.particulars.keywords,
        paywalled=facts.particulars.paywalled,
    )


def _article(
    body: list[Passage],
    house: HouseParts,
    *,
    headline: str,
    standfirst: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | None = None,
    site: str | None = None,
    url: str | None = None,
    kind: str = "article",
) -> Article:
    return Article(
        headline=headline,
        standfirst=standfirst,
        authors=authors,
        published=published,
        site=site,
        url=url,
        language="und",
        paragraphs=tuple(passage.text for passage in body),
        headings=frozenset(index for index, passage in enumerate(body) if passage.heading),
        kind="house" if house.why or house.you else kind,
        house_points=house.points,
        house_why=house.why,
        house_you=house.you,
    )


# Text pages ------------------------------------------------------------------------------------


def _from_text(text: str, page: Page) -> Article:
    """Read a text page: the first line or "# " line is the headline, blank lines part the paragraphs."""
    from summarise.webpage.markup import clean

    refuse_too_much_text(len(text), page)
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    passages = [part for block in blocks for part in _text_passages(block)]
    passages = [replace(passage, text=clean(passage.text)) for passage in passages]
    start = _headline_index(passages, blocks)
    if start is None:
        raise NoArticle(f"{page.where} holds no line of text: give a page with an article.")
    headline = passages[start].text
    passages = without_repeats(remove_furniture(without_headline(passages[start + 1 :], headline)))
    body, house = read_house_page(without_loose_headings(passages))
    standfirst = None
    if house.points and house.first_point > 0:
        standfirst, body = body[0].text, body[1:]
    return _article(body, house, headline=headline, standfirst=standfirst)


def _headline_index(passages: list[Passage], blocks: list[str]) -> int | None:
    """Return which passage is the headline of a text page, or None where it holds no text.

    It is the line above the standfirst of a house page, else the first Markdown heading, else
    the first line that is not in a block of labels, as site names and slogans are printed.
    """
    labelled = any(is_labelled(passage.text) for passage in passages)
    bullet = next((i for i, passage in enumerate(passages) if passage.item), 0)
    if labelled and bullet >= 2:
        return bullet - 2
    title = next((block.strip().split("\n")[0][2:] for block in blocks if block.lstrip().startswith("# ")), None)
    marked = next((i for i, passage in enumerate(passages) if passage.heading and passage.text == title), None)
    if marked is not None:
        return marked
    labels = blocks[0].count("\n") + 1 if blocks and len(blocks) > 1 and len(_text_passages(blocks[0])) > 1 else 0
    return next((i for i, passage in enumerate(passages) if i >= labels and furniture_in(passage.text) is None), None)


_MD_HEADING = re.compile(r"^#{1,6}\s+")


def _text_passages(block: str) -> list[Passage]:
    """Return the passages of one block: bullets and Markdown headings by line, anything else as one paragraph."""
    lines = block.split("\n")
    if any(BULLET.match(line) for line in lines) or (len(lines) > 1 and all(len(line) < 60 for line in lines)):
        return [Passage(BULLET.sub("• ", line), item=bool(BULLET.match(line))) for line in lines if line.strip()]
    if _MD_HEADING.match(block):
        return [Passage(_MD_HEADING.sub("", line), heading=bool(_MD_HEADING.match(line))) for line in lines]
    return [Passage(" ".join(lines))]
