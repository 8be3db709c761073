"""A page becomes its article: the facts about it, its paragraphs and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.errors import NoArticle, PageError, TooShort, WrongLanguage
from summarise.extraction import extract
from summarise.pages import page_from_bytes
from summarise.records import Article, count_words

HEADLINE = "Ferry to run every 20 minutes after traders’ protest"
STANDFIRST = "Port Merrin council finds £1.2 million for two more boats, paid for by drivers who park on the quay."
BODY = (
    "The harbour ferry at Port Merrin will run every 20 minutes from Monday 3 June after traders said that "
    "visitors were giving up and driving to the next town.",
    "Councillor Ada Quayle, who chairs the transport committee, said the extra boats would cost £1.2 million a "
    "year and would be paid for by a rise in parking charges along the quay.",
    "“People should not have to wait an hour to cross half a mile of water,” she said after the vote, which was "
    "carried by nine votes to four on Friday evening.",
    "The ferry carried 412,000 passengers last year, 9% more than the year before, and was late on one day in "
    "four. Two new boats, built in Appledore, could enter service before the holidays.",
    "Residents of the north shore will be able to buy a monthly pass for £34 from the end of May, and those who "
    "have paid for a year will be given the difference back.",
)


def _page(body: str, *, head: str = "", top: str = f"<h1>{HEADLINE}</h1>", title: str = HEADLINE) -> Article:
    nav = "<nav><a href='/'>Home</a> <a href='/news'>News</a> <a href='/sign-in'>Sign in</a></nav>"
    html = f"<html><head><title>{title}</title>{head}</head><body>{nav}<article>{top}{body}</article></body></html>"
    return extract(page_from_bytes(html.encode("utf-8", "surrogatepass")))


def _paragraphs(texts: Sequence[str] = BODY) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def _json_ld(**facts: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


# Headline


@pytest.mark.parametrize(
    ("top", "head", "title", "headline"),
    [
        (f"<h1>{HEADLINE}</h1>", "", f"{HEADLINE} | Merrin Post", HEADLINE),
        (f"<h1>{HEADLINE}</h1>", '<meta property="og:title" content="Port Merrin ferry: new times">', "x", HEADLINE),
        (f'<h1><span class="kicker">Transport</span>{HEADLINE}</h1>', "", HEADLINE, HEADLINE),
        ("<h1>Transport news</h1>", f'<meta property="og:title" content="{HEADLINE}">', "Merrin Post", HEADLINE),
        (
            "<h1>Merrin Post</h1>",
            '<meta property="og:site_name" content="Merrin Post">',
            f"{HEADLINE} - Merrin Post",
            HEADLINE,
        ),
        (
            "",
            '<meta property="og:title" content="Ferry&amp;#8217;s new boats sail in June">',
            "x",
            "Ferry’s new boats sail in June",
        ),
        (
            "<h1>Local News | Ferry to run every 20 minutes</h1>",
            "",
            "Ferry to run every 20 minutes",
            "Ferry to run every 20 minutes",
        ),
    ],
    ids=["suffix", "seo-title", "kicker", "section-heading", "site-as-heading", "entities", "section-before"],
)
def test_the_headline_is_the_printed_one_without_site_and_section(
    top: str, head: str, title: str, headline: str
) -> None:
    assert _page(_paragraphs(), top=top, head=head, title=title).headline == headline


# Standfirst


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="article__standfirst">{}</p>',
        '<div class="c-head__sell">{}</div>',
        '<h2 itemprop="alternativeHeadline">{}</h2>',
        '<p data-testid="sub-headline">{}</p>',
        '<div class="story-dek"><p>{}</p></div>',
        "<h2>{}</h2>",
        "<h2></h2><h2>{}</h2>",
        '<div data-gu-name="standfirst"><div class="x1y2"><p>{}</p></div></div>',
    ],
)
def test_a_printed_standfirst_is_read_and_is_no_paragraph(markup: str) -> None:
    article = _page(markup.format(STANDFIRST) + _paragraphs())
    assert article.standfirst == STANDFIRST
    assert article.paragraphs == BODY


def test_a_description_stands_in_for_a_standfirst() -> None:
    article = _page(_paragraphs(), head=f'<meta name="description" content="{STANDFIRST}">')
    assert article.standfirst == STANDFIRST


@pytest.mark.parametrize(
    "description",
    [
        "Port Merrin council finds £1.2 million for two more boats, paid for by…",
        "Read the latest news from Port Merrin and the north shore.",
        "Get breaking news, sport and weather from Port Merrin, with video and analysis.",
        HEADLINE,
        BODY[0],
        BODY[0][:90],
        "Sign up to our free morning newsletter for more from Port Merrin.",
    ],
)
def test_a_stump_a_slogan_or_a_repeat_is_no_standfirst(description: str) -> None:
    assert _page(_paragraphs(), head=f'<meta name="description" content="{description}">').standfirst is None


def test_a_body_paragraph_that_repeats_the_standfirst_stays() -> None:
    article = _page(f'<p class="standfirst">{STANDFIRST}</p><div>{_paragraphs((STANDFIRST, *BODY))}</div>')
    assert (article.standfirst, article.paragraphs) == (STANDFIRST, (STANDFIRST, *BODY))


# Authors, date, site, address


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ({"@type": "Person", "name": "Ada Quayle"}, ("Ada Quayle",)),
        ([{"name": "Ada Quayle"}, {"name": "Tom Arkwright"}], ("Ada Quayle", "Tom Arkwright")),
        ("By Ada Quayle and Tom Arkwright", ("Ada Quayle", "Tom Arkwright")),
        ("Quayle, Ada", ("Ada Quayle",)),
        ("Quayle; Ada", ("Ada Quayle",)),
        ("ADA QUAYLE, Health Correspondent", ("Ada Quayle",)),
        ({"@type": "Organization", "name": "Merrin Post"}, ()),
        ({"@type": "Person", "name": "Merrin Post Staff"}, ()),
        ("https://merrin.example/ada", ()),
        ({"@type": "Organization", "name": "Reuters"}, ("Reuters",)),
    ],
)
def test_authors_are_people_and_not_the_publisher(author: object, authors: tuple[str, ...]) -> None:
    head = _json_ld(headline=HEADLINE, author=author, publisher={"@type": "Organization", "name": "Merrin Post"})
    assert _page(_paragraphs(), head=head).authors == authors


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline">By <a href="/ada">Ada Quayle</a> in Port Merrin</div>',
        '<a rel="author" href="/ada">Ada Quayle</a>',
        '<div class="author"><span>Ada Quayle</span><span>Local Democracy Reporter</span></div>',
        '<div class="author"><span>Ada</span> <span>Quayle</span></div>',
        '<div class="author"><span>By</span><a href="/ada">Ada Quayle</a><span>Thursday, May 3</span></div>',
        '<span itemprop="author">ByAda Quayle Friday, 3 May 2024</span>',
        "<p>By Ada Quayle, local democracy reporter</p>",
    ],
)
def test_a_printed_byline_names_the_author_and_is_no_paragraph(byline: str) -> None:
    article = _page(byline + _paragraphs())
    assert (article.authors, article.paragraphs) == (("Ada Quayle",), BODY)


@pytest.mark.parametrize(
    "head",
    [
        _json_ld(headline=HEADLINE, datePublished="2024-05-03T23:30:00+01:00"),
        '<meta property="article:published_time" content="2024-05-03T08:00:00Z">',
        '<meta name="date" content="3rd May 2024">',
        '<meta name="date" content="May 3, 2024">',
        '<meta name="pubdate" content="Fri, 03 May 2024 07:10:00 GMT">',
        '<meta name="dc.date" content="20240503">',
    ],
)
def test_the_day_of_publication_is_read_in_its_own_time_zone(head: str) -> None:
    assert _page(_paragraphs(), head=head).published == "2024-05-03"


def test_the_day_is_found_in_print_where_no_machine_is_told() -> None:
    printed = '<p>Published <time datetime="2024-05-03">3 May</time></p>'
    assert _page(printed + _paragraphs()).published == "2024-05-03"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("The plan has been on the table since 1998, she said.", None),
        ("Posted on 1 January 2024 at 10am", "2024-01-01"),
    ],
)
def test_a_bare_year_is_no_day_of_publication(line: str, day: str | None) -> None:
    assert _page(f"<div>{line}</div>{_paragraphs()}").published == day


def test_site_and_canonical_address_are_read() -> None:
    head = (
        '<meta property="og:site_name" content="Merrin Post | News"><link rel="canonical" href="/ferry">'
        '<meta property="og:url" content="https://www.merrin.example/ferry?utm=1">'
    )
    article = _page(_paragraphs(), head=head)
    assert (article.site, article.url) == ("Merrin Post", "https://www.merrin.example/ferry")


# Furniture


@pytest.mark.parametrize(
    "furniture",
    [
        f"<p>{HEADLINE}</p>",
        "<p>READ MORE: Seal pup rescued at the gare</p>",
        "<p><a href='/seal'>Seal pup rescued at the gare after a night on the rocks</a></p>",
        "<p>Sign up to our free newsletter to get the best of the coast in your inbox.</p>",
        "<p>Picture: Merrin Post</p>",
        "<figure><img src='a.jpg' alt=''><figcaption>The ferry at its berth on the north shore</figcaption></figure>",
        "<div class='related'><h3>Related stories</h3><p>The lighthouse that nobody wanted is sold at last.</p></div>",
        "<div class='box'><p>Type your postcode and we will find your nearest berth.</p><input><button>Go</button></div>",
        "<blockquote class='twitter-tweet'><p>What a day on the water for everybody in town today</p></blockquote>",
        "<p>Loading latest headlines…</p>",
        "<p>Advertisement</p>",
    ],
)
def test_furniture_in_the_middle_of_a_body_is_left_out(furniture: str) -> None:
    head = _json_ld(headline=HEADLINE, author="Ada Quayle")
    assert _page(_paragraphs(BODY[:2]) + furniture + _paragraphs(BODY[2:]), head=head).paragraphs == BODY


@pytest.mark.parametrize(
    "ending",
    [
        "<p>Ada Quayle covers the coast and has kept bees since 2009.</p>",
        "<h3>2 comments</h3><p><b>Old Salt</b> — I have rowed it in ten minutes, and so could they.</p>",
        "<p>© 2024 Merrin Post. All rights reserved.</p>",
        "<h3>Most read</h3><ul><li><a href='/a'>Seal pup rescued</a></li></ul>",
        "<h2>What happens next?</h2>",
    ],
    ids=["biography", "comments", "copyright", "most-read", "heading-of-nothing"],
)
def test_what_follows_the_last_paragraph_is_left_out(ending: str) -> None:
    head = _json_ld(headline=HEADLINE, author="Ada Quayle")
    assert _page(_paragraphs() + ending, head=head).paragraphs == BODY


def test_a_heading_whose_paragraphs_were_furniture_goes_with_them() -> None:
    letter = "<h2>News by email</h2><p>Sign up to our free newsletter to get the best of the coast in your inbox.</p>"
    article = _page(_paragraphs(BODY[:2]) + letter + "<h2>How to pay</h2>" + _paragraphs(BODY[2:]))
    assert article.paragraphs == (*BODY[:2], "How to pay", *BODY[2:])


def test_a_line_that_is_only_the_publisher_s_name_goes() -> None:
    head = '<meta property="og:site_name" content="Merrin Post">'
    assert _page(_paragraphs((*BODY, "Merrin Post")), head=head).paragraphs == BODY


def test_what_stands_above_the_headline_is_no_paragraph() -> None:
    above = "<section><p>Exclusive to all of our subscribers until noon</p>"
    assert _page(_paragraphs(), top=f"{above}<h1>{HEADLINE}</h1></section>").paragraphs == BODY


def test_the_tree_s_own_paragraphs_serve_where_trafilatura_finds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarise.webpage.body._base_passages", lambda tree: [])
    menu = "<aside><p>The lighthouse that nobody wanted is sold at last to a couple from the next town.</p></aside>"
    assert _page(menu + _paragraphs()).paragraphs == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up to the organ donor register before 5 May, the health secretary urged families on Friday.",
        "Read more widely than your rivals, the head teacher told the pupils who crossed with her that day.",
        "Anyone with information about the missing boat should call police on 101, the coastguard said.",
        "By Friday the queue of cars had grown to 300 and reached the old lighthouse on the point.",
        "“Share the road,” the sign by the slipway says, and for once everybody did what they were told.",
    ],
)
def test_a_sentence_of_news_that_sounds_like_furniture_stays(sentence: str) -> None:
    assert sentence in _page(_paragraphs((*BODY[:2], sentence, *BODY[2:]))).paragraphs


def test_names_of_furniture_around_the_article_do_not_empty_it() -> None:
    article = _page(f"<div class='sidebar-related'>{_paragraphs()}</div>")
    assert article.paragraphs == BODY


# Repairs


def test_a_lead_that_is_cut_off_from_the_body_is_put_back() -> None:
    lead = f'<div><p><a href="/port">Port Merrin</a> {BODY[0]}</p></div>'
    article = _page(lead + f"<div class='copy'>{_paragraphs(BODY[1:])}</div>")
    assert article.paragraphs == (f"Port Merrin {BODY[0]}", *BODY[1:])


def test_a_body_in_several_containers_comes_out_whole_and_in_order() -> None:
    parts = "".join(f"<div class='part'><p>{text}</p></div><div class='ad'>Advert</div>" for text in BODY)
    assert _page(parts).paragraphs == BODY


def test_paragraphs_made_of_bare_divisions_are_told_apart() -> None:
    divisions = "".join(f"<div class='para'>{text}</div>" for text in BODY)
    assert _page(f"<div class='rte'>{divisions}</div>").paragraphs == BODY


def test_a_body_that_only_machines_are_told_is_taken_from_them() -> None:
    article = _page("<p>Loading…</p>", head=_json_ld(headline=HEADLINE, articleBody="\n\n".join(BODY)))
    assert article.paragraphs == BODY


def test_a_body_without_line_ends_is_parted_where_sentences_collide() -> None:
    article = _page("<p>Loading…</p>", head=_json_ld(headline=HEADLINE, articleBody="".join(BODY)))
    assert article.paragraphs == BODY


def test_cross_headings_are_marked_and_repeats_are_dropped() -> None:
    article = _page(_paragraphs(BODY[:3]) + "<h2>How to pay</h2>" + _paragraphs((*BODY[3:], BODY[0])))
    assert article.paragraphs == (*BODY[:3], "How to pay", *BODY[3:])
    assert article.headings == {3}
    assert article.body == BODY


@pytest.mark.parametrize("markup", ["<h3>{}</h3>", "<blockquote>{}</blockquote>", "<p class='pull'>{}</p>"])
def test_a_pull_quote_that_a_paragraph_holds_is_no_paragraph(markup: str) -> None:
    quote = markup.format("“People should not have to wait an hour”")
    article = _page(_paragraphs(BODY[:3]) + quote + _paragraphs(BODY[3:]))
    assert article.paragraphs == BODY


def test_nested_inline_markup_is_read_in_order() -> None:
    nested = (
        BODY[0].replace("Port Merrin", "<a href='/p'>Port <em>Merr<b>i</b>n</em></a>").replace("20", "<b><i>2</i>0</b>")
    )
    assert _page(_paragraphs((nested, *BODY[1:]))).paragraphs == BODY
    top = f"<h1>{HEADLINE.replace('20 minutes', '<span>20 <em>minutes</em></span>')}</h1>"
    assert _page(_paragraphs(), top=top).headline == HEADLINE


def test_white_space_is_single_and_characters_are_kept() -> None:
    article = _page(_paragraphs((BODY[0].replace("Port Merrin", "Port&nbsp;\n  Merrin"), *BODY[1:])))
    assert article.paragraphs == BODY


# House pages


@pytest.mark.parametrize("label", ["What this means for you: ", "What this means for you: What this means for you: "])
def test_a_house_page_gives_up_its_bullets_and_blocks(label: str) -> None:
    points = ("The council doubled the ferry service.", "Drivers on the quay will pay for it.")
    bullets = "".join(f"<div>• {point}</div>" for point in points)
    blocks = f"<p>Why this matters: It tests who pays.</p><p>{label}If you park on the quay, you could pay more.</p>"
    article = _page(f'<div class="sell">{STANDFIRST}</div>{bullets}{_paragraphs()}{blocks}')
    assert article.kind == "house"
    assert article.house_points == points
    assert article.house_why == "It tests who pays."
    assert article.house_you == "If you park on the quay, you could pay more."
    assert (article.standfirst, article.paragraphs) == (STANDFIRST, BODY)


def test_a_house_page_as_text_is_read_past_the_site_s_own_lines() -> None:
    lines = "Merrin Post\nNews All Day\nBREAKING\nLoading latest headlines…"
    bullets = "  • The council doubled the ferry service.\n  • Drivers will pay for it."
    blocks = "Why this matters: It tests who pays.\n\nWhat this means for you: What this means for you: You could pay."
    foot = "Get the news that matters.\n\nJoin thousands of readers getting the best of the coast in their inbox."
    text = "\n\n".join((lines, HEADLINE, STANDFIRST, bullets, *BODY, blocks, foot))
    article = extract(page_from_bytes(text.encode(), "house.txt"))
    assert (article.headline, article.standfirst, article.paragraphs) == (HEADLINE, STANDFIRST, BODY)
    assert article.house_points == ("The council doubled the ferry service.", "Drivers will pay for it.")
    assert (article.house_why, article.house_you) == ("It tests who pays.", "You could pay.")


# Text pages


@pytest.mark.parametrize("first", [HEADLINE, f"# {HEADLINE}"])
def test_a_text_page_is_a_headline_and_paragraphs(first: str) -> None:
    wrapped = "\n".join(BODY[0][i : i + 70] for i in range(0, len(BODY[0]), 70))
    text = "\n\n".join((first, wrapped, "## How to pay", *BODY[1:]))
    article = extract(page_from_bytes(text.encode(), "page.md"))
    assert article.headline == HEADLINE
    assert article.paragraphs[1:] == ("How to pay", *BODY[1:])
    assert article.headings == {1}


# Refusals


def _refused(html: str, **options: bool) -> PageError:
    with pytest.raises(PageError) as caught:
        extract(page_from_bytes(html.encode()), **options)
    return caught.value


def test_a_page_of_links_is_an_index() -> None:
    links = "".join(f"<li><a href='/{i}'>Ferry story number {i} of the week</a></li>" for i in range(60))
    error = _refused(f"<html><head><title>News</title></head><body><h1>News</h1><ul>{links}</ul></body></html>")
    assert isinstance(error, NoArticle)
    assert "60 links" in str(error)


@pytest.mark.parametrize("wall", ["Sign in to continue reading this story", "Subscribe to read the rest of it"])
def test_a_wall_is_no_article_and_the_message_quotes_it(wall: str) -> None:
    error = _refused(f"<html><head><title>x</title></head><body><h1>{HEADLINE}</h1><p>{wall}</p></body></html>")
    assert isinstance(error, NoArticle)
    assert wall.split(" to ")[0] in str(error)


def test_a_short_article_is_refused_with_its_length() -> None:
    error = _refused(f"<html><head><title>x</title></head><body><h1>{HEADLINE}</h1><p>{BODY[0]}</p></body></html>")
    assert isinstance(error, TooShort)
    assert f"{count_words(BODY[0])} words" in str(error)


WELSH = (
    "Bydd y fferi yn Port Merrin yn rhedeg bob ugain munud o ddydd Llun ymlaen ar ôl i fasnachwyr ddweud bod "
    "ymwelwyr yn rhoi’r gorau iddi ac yn gyrru i’r dref nesaf, meddai’r cyngor tref nos Wener. "
)


@pytest.mark.parametrize(("text", "code", "name"), [(WELSH, "cy", "Welsh")])
def test_the_language_is_told_by_the_text_and_not_by_the_page(text: str, code: str, name: str) -> None:
    paragraphs = _paragraphs([f"{text} {number}." for number in range(4)])
    html = f"<html lang='en'><head><title>x</title></head><body><h1>Fferi</h1>{paragraphs}</body></html>"
    error = _refused(html)
    assert isinstance(error, WrongLanguage)
    assert name in str(error)
    assert extract(page_from_bytes(html.encode()), any_language=True).language == code


def test_a_foreign_declaration_does_not_make_an_english_page_foreign() -> None:
    html = f"<html lang='fr'><head><title>x</title></head><body><h1>{HEADLINE}</h1>{_paragraphs()}</body></html>"
    assert extract(page_from_bytes(html.encode())).language == "en"


# Hostile pages

HOSTILE = {
    "nested": "<div>" * 200_000 + _paragraphs(),
    "one long word": f"<p>{'a' * 200_000}</p>" + _paragraphs(),
    "digits in a share row": f"<p>{'1' * 200} x</p>" + _paragraphs(),
    "bars": f"<h1>{'a | ' * 50_000}</h1>" + _paragraphs(),
    "links": "<a href='/'>link</a> " * 100_000 + _paragraphs(),
    "script": _paragraphs() + "<p>Before <script>alert(1)</script> after.</p>",
    "surrogates": _paragraphs([text.replace("Port", "P&#xD800;ort") for text in BODY]),
    "deep json": f'<script type="application/ld+json">{"[" * 20_000}</script>' + _paragraphs(),
    "lone surrogate in json": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud800 b"}'
    f"</script>{_paragraphs()}",
    "broken breaks": "<div>" + "text<br><br>" * 5_000 + _paragraphs(),
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_gives_an_article_or_a_record(markup: str) -> None:
    try:
        article = _page(markup)
    except PageError:
        return
    for text in (article.headline, *article.paragraphs):
        assert text.encode("utf-8").decode("utf-8") == text
        assert "alert(1)" not in text


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    html = f"{bomb}<html><head><title>x</title></head><body><h1>{HEADLINE}</h1><p>&b;</p>{_paragraphs()}</body></html>"
    assert "haha" not in " ".join(extract(page_from_bytes(html.encode())).paragraphs)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br><br>", "<h2>", "<li>", "<ul>", "<table><td>", "<a href='/'>"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TAGS, st.sampled_from(BODY), st.text(max_size=30)), max_size=30))
def test_any_markup_gives_an_article_or_a_record(parts: list[str]) -> None:
    try:
        article = _page("".join(parts))
    except PageError:
        return
    assert article.paragraphs
    assert all(text == " ".join(text.split()) and text for text in article.paragraphs)
    assert len(set(article.paragraphs)) == len(article.paragraphs)


# Cross-headings and what is glued


def test_bold_lines_of_their_own_are_cross_headings() -> None:
    bold = "<p><strong>How to pay</strong></p>"
    article = _page(
        _paragraphs(BODY[:2]) + bold + _paragraphs(BODY[2:4]) + "<p><b>Who pays</b> </p>" + _paragraphs(BODY[4:])
    )
    assert article.paragraphs == (*BODY[:2], "How to pay", *BODY[2:4], "Who pays", *BODY[4:])
    assert article.headings == {2, 5}


@pytest.mark.parametrize(
    "lines",
    [
        ("<p><b>The vote was lost.</b></p>",),
        ("<p><b>“We shall be back”</b></p>",),
        ("<p>The <b>vote</b></p>",),
        ("<p><b>Ada Quayle</b></p>", "<p><b>Tom Arkwright</b></p>"),
        ("<p><b>Why now?</b></p>", f"<p>{STANDFIRST}</p>", "<p><b>Who pays?</b></p>"),
        ("<li><b>A monthly pass for residents</b></li>",),
    ],
    ids=["sentence", "quotation", "word", "two-in-a-row", "interview", "item"],
)
def test_other_bold_lines_are_not(lines: tuple[str, ...]) -> None:
    assert not _page(_paragraphs(BODY[:2]) + "".join(lines) + _paragraphs(BODY[2:])).headings


@pytest.mark.parametrize(
    "glued",
    [
        '<p><span class="image-caption">The quay at dusk</span>{}</p>',
        '<div><figure><img src="a" alt=""><figcaption>The quay at dusk</figcaption></figure>{}</div>',
        '<div><div class="media__caption">The quay at dusk <span class="credit">M. Post</span></div>{}</div>',
        "<p>{}</p><p>Scroll down for video</p>",
        "<p>{}</p><p>Ada Quayle, pictured with the ferry's crew in 2019</p>",
    ],
)
def test_a_caption_is_not_run_into_its_paragraph(glued: str) -> None:
    assert _page(_paragraphs(BODY[:2]) + glued.format(BODY[2]) + _paragraphs(BODY[3:])).paragraphs == BODY


def test_a_popup_outside_the_article_is_left_out_however_long() -> None:
    popup = "".join(
        f"<p>The academy was founded in 18{n}0 on a hill above the town, and its cadets march there.</p>"
        for n in range(9)
    )
    html = f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>{_paragraphs()}</article><div class='pop pop-overlay'><div class='content'>{popup}</div></div></body></html>"
    assert extract(page_from_bytes(html.encode())).paragraphs == BODY


@pytest.mark.parametrize("author", ["Quayle; Ada", "Ada Quayle; Tom Arkwright", "Quayle, Ada; Arkwright, Tom"])
def test_a_semicolon_parts_people_or_a_person_s_names(author: str) -> None:
    authors = ("Ada Quayle",) if author == "Quayle; Ada" else ("Ada Quayle", "Tom Arkwright")
    assert _page(_paragraphs(), head=f'<meta name="author" content="{author}">').authors == authors


@pytest.mark.parametrize(
    ("description", "kept"),
    [
        (
            "Drivers who park along the quay in Port Merrin face higher charges from June, after councillors agreed to find the money for two more boats from the moto",
            False,
        ),
        (
            "Drivers who park along the quay in Port Merrin face higher charges from June, after councillors agreed to find the money for two more boats from parking",
            True,
        ),
        (
            "The ferry at Port Merrin will run every 20 minutes from Monday after traders said visitors were giving up.",
            False,
        ),
    ],
    ids=["cut-off", "no-stop", "first-sentence-shortened"],
)
def test_a_description_that_is_cut_off_or_tells_the_first_sentence_again_is_no_standfirst(
    description: str, kept: bool
) -> None:
    article = _page(_paragraphs(), head=f'<meta name="description" content="{description}">')
    assert (article.standfirst == description) is kept


def test_a_description_that_opens_the_body_without_a_full_stop_is_the_standfirst() -> None:
    line = STANDFIRST.rstrip(".")
    head = f'<meta name="description" content="{line}">'
    article = _page(f"<header><p>{line}</p></header>{_paragraphs()}", head=head)
    assert (article.standfirst, article.paragraphs) == (line, BODY)


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("By Ada Quayle: ", ("Ada Quayle",)),
        ("By Ada Quayle, senior reporter — ", ("Ada Quayle",)),
        ("By Monday: ", ()),
        ("By and by: ", ()),
    ],
)
def test_a_byline_run_into_the_first_paragraph_is_cut_off(opening: str, authors: tuple[str, ...]) -> None:
    article = _page(_paragraphs((opening + BODY[0], *BODY[1:])))
    assert article.authors == authors
    assert article.paragraphs[0] == (BODY[0] if authors else opening + BODY[0])


@pytest.mark.parametrize(
    "part",
    [
        "<blockquote>“People should not have to wait an hour”<cite>Ada Quayle</cite></blockquote>",
        f'<div class="fact-box"><h3>The ferry in figures</h3><p>{STANDFIRST}</p><ul><li>Built in 1931</li></ul></div>',
        f"<details class='transcript'><p>{BODY[0]}</p><p>{BODY[1]}</p></details>",
    ],
    ids=["pull-quote-with-speaker", "factbox", "transcript"],
)
def test_what_doubles_the_text_is_left_out(part: str) -> None:
    assert _page(_paragraphs(BODY[:3]) + part + _paragraphs(BODY[3:])).paragraphs == BODY


@pytest.mark.parametrize(
    "quote",
    [
        "“We have rowed it in ten minutes, and so could they” Old Salt",
        "“People should not have to wait an hour to cross half a mile of water, and nor should their dogs,” said her brother.",
    ],
)
def test_a_quotation_that_stands_nowhere_else_stays(quote: str) -> None:
    assert quote in _page(_paragraphs((*BODY[:3], quote, *BODY[3:]))).paragraphs


def test_the_first_of_the_body_s_own_divisions_is_no_standfirst() -> None:
    article = _page("".join(f"<div class='p'><span>{text}</span></div>" for text in BODY))
    assert (article.standfirst, article.paragraphs) == (None, BODY)


def test_a_byline_s_date_is_no_part_of_the_name() -> None:
    byline = '<div class="byline">Posted by <a rel="author">Ada Quayle</a> on 3rd May 2024</div>'
    assert _page(byline + _paragraphs()).authors == ("Ada Quayle",)
