"""`Page` → `Article`: trafilatura finds the body, named repair steps make it one that a desk can trust.

Every step is switched by evidence in the page, never by the name of a site. Where nothing
can be drafted from a page, the error says on what evidence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summarise.errors import NoArticle, TooShort, WrongLanguage
from summarise.furniture import Passage, furniture_in, remove_furniture, without_repeats
from summarise.pages import decode, is_plain_text
from summarise.records import Article, Page, count_words, words
from summarise.webpage.housepage import BULLET, HouseParts, is_labelled, read_house_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_WORDS = 80

MAX_ELEMENTS = 60_000
"""Elements of a page that is still looked at: large news pages have a tenth of them; time grows with them."""

MAX_LETTERS = 1_500_000
"""Characters of text of a page that is still looked at, scripts apart: the longest articles have a fifth of them."""

MARKS = 5
"""Tags' opening marks that an element has at most, comments and scripts included."""

FIRST_LINES, LAST_LINES = 4, 4
"""How far from either end of a body a line about its author is looked for."""

BYLINE_WORDS = 25


def extract(page: Page, *, min_words: int = MIN_WORDS, any_language: bool = False) -> Article:
    """Return the article of a page, without its furniture.

    Raises NoArticle for an index, a wall or a stub, TooShort below `min_words` words of
    body, and WrongLanguage for a body that is not English unless `any_language` is set.
    """
    text = decode(page)
    article = _from_text(text, page) if is_plain_text(page, text) else _from_html(text, page)
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

    if text.count("<") > MARKS * MAX_ELEMENTS:  # known before a tree of that size is built
        raise NoArticle(
            f"{page.where} holds {text.count('<'):,} tags, more than any article: save the article's own page."
        )
    tree = load_html(text)
    if tree is None:
        raise NoArticle(f"{page.where} holds no HTML that can be parsed: save the page again.")
    elements = int(tree.xpath("count(.//*)"))
    if elements > MAX_ELEMENTS:
        raise NoArticle(
            f"{page.where} holds {elements:,} elements, more than any article: save the article's own page."
        )
    without_hidden_words(tree)
    paragraphs_from_breaks(tree)
    facts = read_facts(tree, page.url)
    scripts = take_scripts(tree)
    letters = int(tree.xpath("string-length(.)"))
    if letters > MAX_LETTERS:
        raise NoArticle(f"{page.where} holds {letters:,} characters of text, more than any article: give one article.")
    standfirst = facts.standfirst
    passages = body_passages(tree, facts, scripts)
    passages, byline = without_glued_byline(without_headline(passages, facts.headline.text))
    lines = [*([byline] if byline else []), *(passage.text for passage in passages)]
    authors = facts.authors or authors_in(lines, facts.publisher)
    passages = without_author_lines(passages, authors)
    passages = without_repeats(remove_furniture(without_publisher(passages, facts.publisher)))
    body, house = read_house_page(without_loose_headings(passages))
    refuse_what_is_no_article(tree, body, page)
    if standfirst and is_opening_line(standfirst.text, body):
        standfirst, body = standfirst._replace(printed=True), body[1:]
    if standfirst and not standfirst.printed and repeats_opening(standfirst.text, body):
        standfirst = None
    if standfirst and not standfirst.printed and is_cut_off(standfirst.text, body):
        standfirst = None
    article = _article(
        body,
        house,
        headline=facts.headline.text,
        standfirst=standfirst.text if standfirst else None,
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

    if len(text) > MAX_LETTERS:
        raise NoArticle(
            f"{page.where} holds {len(text):,} characters of text, more than any article: give one article."
        )
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


# The body's own steps --------------------------------------------------------------------------


def without_headline(passages: list[Passage], headline: str) -> list[Passage]:
    """Leave out lines that repeat the headline exactly: templates print it again above the body."""
    from summarise.webpage.markup import folded

    key = folded(headline)
    return [passage for passage in passages if folded(passage.text) != key]


def without_publisher(passages: list[Passage], publisher: frozenset[str]) -> list[Passage]:
    """Leave out lines that are only the publisher's name, and a label above the first sentence."""
    from summarise.webpage.markup import folded

    kept = [passage for passage in passages if folded(passage.text) not in publisher]
    while kept and count_words(kept[0].text) <= 2 and kept[0].text[-1].isalnum():
        kept = kept[1:]
    return kept


def without_author_lines(passages: list[Passage], authors: tuple[str, ...]) -> list[Passage]:
    """Leave out a first line that is the byline and a last one about the author, both known by the author's name."""
    if not authors:
        return passages
    named = "|".join(map(re.escape, authors))
    byline = re.compile(rf"\W*(?:by\s+)?(?:{named})(?:$|\s*[,|•·–—-]|\s+(?:and|in|at|for)\b)", re.IGNORECASE)
    biography = re.compile(rf"(?:{named})\s+(?:is|was|has|covers|writes|works|joined|reports|can)\b")
    kept = []
    for index, passage in enumerate(passages):
        opens = index < FIRST_LINES and count_words(passage.text) <= BYLINE_WORDS and byline.match(passage.text)
        closes = index >= len(passages) - LAST_LINES and biography.match(passage.text)
        if not opens and not closes:
            kept.append(passage)
    return kept


def without_loose_headings(passages: list[Passage]) -> list[Passage]:
    """Leave out cross-headings with no paragraph of their own: what they headed was furniture."""
    kept: list[Passage] = []
    for passage in reversed(passages):
        if passage.heading and (not kept or kept[-1].heading):
            continue
        kept.append(passage)
    return kept[::-1]


def is_opening_line(description: str, body: list[Passage]) -> bool:
    """Say whether the body opens with the very description and no full stop: then that line is the standfirst."""
    from summarise.webpage.markup import folded

    opening = body[0].text if len(body) > 2 else ""
    return bool(opening) and opening[-1].isalnum() and folded(opening) == folded(description)


_GLUED_BYLINE = re.compile(
    r"By ((?:[A-Z][\w'’.-]*\s){1,3}[A-Z][\w'’-]+)(?:,?(?:\s[a-z]+){1,3})?\s?[:|–—]\s+(?=[A-Z“‘\"'])"
)


def without_glued_byline(passages: list[Passage]) -> tuple[list[Passage], str | None]:
    """Cut a byline off the first paragraph that it is run into, as in "By Ada Quayle: The ferry"; and return it."""
    match = _GLUED_BYLINE.match(passages[0].text) if passages else None
    if match is None or count_words(passages[0].text) <= BYLINE_WORDS:
        return passages, None
    return [replace(passages[0], text=passages[0].text[match.end() :]), *passages[1:]], f"By {match[1]}"


OPENING_WORDS = 70
"""Words of an opening paragraph beyond which its words prove nothing."""


def repeats_opening(description: str, body: list[Passage]) -> bool:
    """Say whether a description is only a piece of the body's opening, as it stands or with words left out."""
    from summarise.webpage.markup import folded

    opening = [passage.text for passage in body[:3]]
    if any(folded(description) in folded(text) for text in opening):
        return True
    told = {word.casefold() for word in words(description)}
    short = [text for text in opening[:2] if count_words(text) <= OPENING_WORDS]
    return any(len(told & {word.casefold() for word in words(text)}) * 10 >= len(told) * 9 for text in short)


CUT = (130, 330)
"""Characters at which programs cut descriptions off."""


def is_cut_off(description: str, body: list[Passage]) -> bool:
    """Say whether a description of such a length ends without a stop in what is no word of the body: a piece of one."""
    if description[-1] in ".!?”’\"')" or not CUT[0] <= len(description) <= CUT[1]:
        return False
    last = words(description)[-1:]
    return not last or not any(last[0] in words(passage.text) for passage in body if last[0] in passage.text)


# Refusals --------------------------------------------------------------------------------------

_WALL = re.compile(
    r"\b(?:(?:log|sign)\s?in|subscribe|register|create an account|accept (?:all )?cookies|your privacy"
    r"|subscribers? only|to continue reading|verify (?:that )?you are (?:a )?human|enable javascript)\b",
    re.IGNORECASE,
)
STUB = 60
"""Words below which a body beside the words of a wall is a stub."""


def refuse_what_is_no_article(tree: HtmlElement, body: list[Passage], page: Page) -> None:
    """Raise NoArticle for a wall, a page of links, or nothing; the message names the evidence."""
    prose = [count_words(passage.text) for passage in body if not passage.heading and not passage.item]
    length = sum(count_words(passage.text) for passage in body)
    if length >= 150 and max(prose, default=0) >= 25:
        return
    wall = _WALL.search(_prominent_text(tree)) if length < STUB else None
    if wall:
        raise NoArticle(f'{page.where} is a wall or a stub: {length} words of text and "{wall[0]}" on the page.')
    links = len(tree.findall(".//a"))
    if not body:
        raise NoArticle(f"{page.where} holds no article: no paragraph of prose among {links} links.")
    if max(prose, default=0) < 20 and links > 20:
        raise NoArticle(f"{page.where} is an index: {links} links and no paragraph over {max(prose, default=0)} words.")


def _prominent_text(tree: HtmlElement) -> str:
    """Return the page's title, headings and paragraphs as one text, without its menus."""
    parts = [element.text_content() for element in tree.iter("title", "h1", "h2", "h3", "p", "label")]
    return " ".join(parts)[:20_000]


# Language --------------------------------------------------------------------------------------

_LANGUAGES = {
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "it": "Italian", "ja": "Japanese",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


_ENGLISH = frozenset(
    ("the", "of", "and", "to", "that", "for", "with", "from", "this", "which", "have", "has", "had", "been", "they",
     "their", "would", "by", "at", "it", "be", "are", "were", "said", "but", "not", "who")
)  # fmt: skip
"""Words that make up a quarter of English prose; no other language has more than a few of them."""


def detect_language(paragraphs: tuple[str, ...]) -> str:
    """Return the ISO 639-1 code of the language that the body is written in, by its text alone.

    A text of which a fifth are English function words, eight of them different, is English without more ado.
    """
    opening = " ".join(paragraphs)[:800]
    listed = opening.casefold().split()
    found = [word for word in listed if word in _ENGLISH]
    if len(found) * 5 >= len(listed) and len(set(found)) >= 8:
        return "en"
    import py3langid

    return str(py3langid.classify(opening)[0])


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where the table has none."""
    return _LANGUAGES.get(code, f'a language with the code "{code}"')
