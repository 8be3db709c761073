"""What a hostile page, archive, model or settings file cannot do; docs/security.md names the threats."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
import re
import socket
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.fuzz import html_faults, judged, markdown_faults, samples, smaller
from benchmarks.mutations import mutated
from fakes import draft, tree
from summarise import archives, batch
from summarise.cli import app
from summarise.errors import NoArticle, UnreadablePage, UsageError
from summarise.extraction import extract
from summarise.house.introductions import bare_surnames
from summarise.language import Analyser
from summarise.pages import decode, page_from_bytes, read_pages
from summarise.pipeline import Summariser, draft_id
from summarise.records import Article, Block, Fate, Page, Sentence
from summarise.removals import _removable
from summarise.rendering import plain, to_html, to_json, to_markdown
from summarise.salience.learned import WEIGHTS, LearnedScorer
from summarise.settings import Settings, load_settings
from summarise.store import Entry, Store
from summarise.tables import csv_bytes, draft_row
from summarise.terminal import fates_table, fates_tsv
from summarise.workers import Drafter

Make = Callable[[Settings], Drafter]

ROOT = Path(__file__).parents[1]
TITLE = "Ferry to run more often"
PROSE = "".join(
    f"<p>The harbour ferry at Port Merrin will run every {n} minutes from Monday after traders said that visitors were "
    "giving up and driving to the next town.</p>"
    for n in range(20, 26)
)
SECRET = "the secret of this computer"


def _page(body: str = PROSE, title: str = TITLE, head: str = "", before: str = "<!DOCTYPE html>") -> bytes:
    html = f"{before}<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    return html.encode()


def _article(content: bytes) -> Article:
    return extract(page_from_bytes(content, "page.html"))


# ------------------------------------------------------------ the network and other files


def _remote(address: str) -> bytes:
    body = (
        f"{PROSE}<iframe src='{address}'></iframe><img src='{address}'><script src='{address}'></script>"
        f"<object data='{address}'></object><embed src='{address}'><xi:include href='{address}'/>"
        f"<video poster='{address}'><source src='{address}'></video>"
    )
    head = (
        f"<base href='{address}'><link rel=stylesheet href='{address}'><link rel=canonical href='{address}'>"
        f"<meta http-equiv=refresh content='0;url={address}'><style>@import url({address})</style>"
        f"<link rel=amphtml href='{address}'><link rel='alternate' type='application/json' href='{address}'>"
    )
    return _page(body, head=head, before=f"<?xml-stylesheet href='{address}'?><!DOCTYPE html SYSTEM '{address}'>")


def test_drafting_opens_no_socket(monkeypatch: pytest.MonkeyPatch, real_make: Make) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the program tried to reach the network")

    class Refused(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            refuse()

    make = real_make(Settings())
    monkeypatch.setattr(socket, "socket", Refused)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    made = make.draft(page_from_bytes(_remote("http://evil.example/x"), "page.html"))
    assert made.article.paragraphs[0].startswith("The harbour ferry")


@pytest.mark.parametrize(
    "markup",
    [
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{file}">]>',
        '<!DOCTYPE html [<!ENTITY x SYSTEM "{file}">]>',
        '<!DOCTYPE html [<!ENTITY % y SYSTEM "{file}"> %y;]>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{file}">',
    ],
)
def test_no_entity_and_no_address_reads_a_file(tmp_path: Path, markup: str) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(f"<!ENTITY x '{SECRET}'>{SECRET}", encoding="utf-8")
    include = f'<p xmlns:xi="http://www.w3.org/2001/XInclude">Told: &x; <xi:include href="{file}" parse="text"/></p>'
    found = _article(_page(PROSE + include, before=markup.format(file=file.as_uri())))
    assert SECRET not in str(found)
    assert SECRET not in str(_article(_remote(file.as_uri())))


@pytest.mark.parametrize("opening", ["", '<?xml version="1.0"?>'])
def test_entities_are_not_expanded(opening: str) -> None:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    markup = f'{opening}<!DOCTYPE html [<!ENTITY a "lol">{entities}]>'
    assert "lollol" not in str(_article(_page(f"{PROSE}<p>Somebody told them &j; again.</p>", before=markup)))


# ------------------------------------------------------------ file names


@pytest.mark.parametrize(
    "headline",
    ["../../etc/passwd", "/etc/passwd", "C:\\x\\y", "a\x00b", "CON", "nul.txt", "😀😀", "x" * 5000, ".", "", "~/x", "$(x)`x`", "ＡＢ／Ｃ"],
)  # fmt: skip
def test_a_headline_becomes_a_file_name_of_letters_and_digits_alone(tmp_path: Path, headline: str) -> None:
    name = draft_id(headline, "a1b2c3d4" * 8)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*-a1b2c3d4", name)
    assert len(name) <= 69
    store = Store(tmp_path / "out")
    store.prepare()
    store.keep(Entry("a" * 64, "d", name), {"json": b"{}"})
    assert [path for path in tree(tmp_path) if path.startswith("out/drafts/")] == [f"out/drafts/{name}.json"]


def test_names_of_records_never_touch_the_disk(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.warc", _warc(_page()))
        archive.writestr("/tmp/absolute.warc", _warc(_page(title="Ferry to run less often")))
    rows = tmp_path / "in" / "b.jsonl"
    rows.write_text(json.dumps({"id": "../../row", "html": _page(title="Ferry sold").decode()}), encoding="utf-8")
    before = tree(tmp_path)
    report = batch.run(
        [str(tmp_path / "in")], Settings(language_model="blank"), tmp_path / "out", keep_duplicates=True, workers=0
    )
    assert report.drafted == 3
    assert {name for name in tree(tmp_path) if not name.startswith("out/")} == set(before)


# ------------------------------------------------------------ Markdown and HTML

INJECTED = (
    "---", "---\ntitle: owned\n---", "+++\nx=1\n+++", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
    "<https://evil.example>", "<javascript:alert(1)>", "https://evil.example", "www.evil.example", "a@evil.example", "Title\n===", "Title\n---",
    "===", "<script>alert(1)</script>", "<!-- x", "<img src=x onerror=alert(1)>", "[x]: https://evil.example\n\n[x]", "```\ncode", "~~~", "    code",
    "\tcode", "> quote", "- item", "* item", "+ item", "1) item", "# heading", "***", "| a | b |\n|---|---|", "&lt;script&gt;", "&#60;script&#62;",
    "a\\", "`code`", "**bold**", "line  \nbreak", "<?php x ?>", "<![CDATA[x]]>", "[^1]", "\u2028# x", "\x0b# x", "\x85# x", "$x$", "{{ site }}",
)  # fmt: skip


@pytest.mark.parametrize("text", INJECTED)
def test_markdown_holds_no_markup_that_a_page_put_there(text: str) -> None:
    made = draft(text, paragraphs=(text, text, text), why=Block("needs-editor", reason=text))
    made = replace(made, standfirst=(replace(made.standfirst[0], text=text),), key_points=(made.standfirst[0],) * 2)
    assert list(markdown_faults(to_markdown(made), len(made.article.headings))) == []


@pytest.mark.parametrize("text", [*INJECTED, "\"><a href='javascript:x'>", "' onload='x", "</title><script>x</script>"])
def test_html_holds_no_element_handler_or_address_that_a_page_put_there(text: str) -> None:
    made = draft(
        text, paragraphs=(text, text, text), why=Block("needs-editor", reason=text), url=f"https://x.example/{text}"
    )
    assert list(html_faults(to_html(made))) == []
    assert list(html_faults(to_html(draft(url=text)))) == []


# ------------------------------------------------------------ terminals and spreadsheets

OBEYED = "a\x1b[31mb\x1b]0;title\x07c\x9b2Jd\x08e\u202ef\u2066g\x85h\u2028i"
"""Colours, the title of the window, a cleared screen, a step back, text turned round, and new lines."""

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def test_what_a_terminal_obeys_never_reaches_it() -> None:
    fates = [Fate(Sentence(0, 0, 0, 9, OBEYED), 1.0, (), "key point", OBEYED)]
    screen = io.StringIO()
    Console(file=screen, width=200).print(fates_table(fates))
    made = draft(OBEYED, paragraphs=(OBEYED, OBEYED, OBEYED), why=Block("needs-editor", reason=OBEYED))
    for text in (plain(OBEYED), screen.getvalue(), fates_tsv(fates), to_json(made), to_markdown(made), to_html(made)):
        assert not FORBIDDEN.search(text)
    assert json.loads(to_json(made))["headline"] == OBEYED


def test_the_messages_of_a_command_are_free_of_escapes(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31m\u202eb.html"
    file.write_bytes(b"<p>x</p>")
    result = CliRunner().invoke(app, ["page", str(file)])
    assert result.exit_code == 1
    assert "b.html" in result.stderr
    assert not FORBIDDEN.search(result.stderr)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", "\t", "\r", "\n", " ", "\x00", "\u202e"])
def test_no_cell_of_the_table_is_a_formula(sign: str, before: str) -> None:
    text = f"{before}{sign}cmd|' /C calc'!A0"
    made = draft(text, paragraphs=(text,) * 3, url=text, path=text, why=Block("needs-editor", reason=text))
    lines = (replace(made.standfirst[0], text=text),)
    made = replace(made, standfirst=lines, key_points=lines, article=replace(made.article, authors=(text,)))
    rows = list(csv.reader(io.StringIO(csv_bytes([draft_row(json.loads(to_json(made)))]).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert sum(cell.startswith(f"'{sign}") for cell in rows[1]) >= 7
    assert not [cell for cell in rows[1] if cell.lstrip().startswith(sign)]


# ------------------------------------------------------------ archives


def _warc(*pages: bytes, packed: bool = False) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for number, content in enumerate(pages):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        address = f"https://a.example/{number}"
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(content), http_headers=http)
        )
    return target.getvalue()


def _packed(name: str, pages: list[bytes]) -> bytes:
    """Return the pages in an archive of the kind that a name tells."""
    if name.endswith(".wacz"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/data.warc.gz", _warc(*pages, packed=True))
        return target.getvalue()
    if ".warc" in name:
        return _warc(*pages, packed=name.endswith(".gz"))
    rows = b"\n".join(json.dumps({"html": page.decode()}).encode() for page in pages)
    return gzip.compress(rows) if name.endswith(".gz") else rows


def _until_refused(path: Path) -> tuple[list[Page], str]:
    """Return the pages that are read before an archive is refused, and the reason."""
    pages: list[Page] = []
    with pytest.raises(UnreadablePage) as refused:
        pages.extend(page for page in read_pages(path, 1_000_000) if isinstance(page, Page))
    return pages, str(refused.value)


KINDS = ["a.jsonl", "a.jsonl.gz", "a.warc", "a.warc.gz", "a.wacz"]


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_of_too_many_pages_gives_those_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(archives, "MAX_RECORDS", 3)
    path = tmp_path / name
    path.write_bytes(_packed(name, [_page(title=f"Ferry {n}") for n in range(5)]))
    found: list[Page | UnreadablePage] = []
    with pytest.raises(UnreadablePage, match=r"a\..* holds more than 3 pages"):
        for page in read_pages(path, 1_000_000):
            found.append(page)  # what was read before the error counts
    assert len(found) == 3


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 20_000)
    path = tmp_path / name
    path.write_bytes(_packed(name, [_page(title=f"Ferry {n}") for n in range(50)]))
    assert "unpacks to more than 20,000 bytes" in _until_refused(path)[1]
    assert str(path) in _until_refused(path)[1]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.warc.gz", "a.wacz"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 100_000)
    path = tmp_path / name
    path.write_bytes(_packed(name, [b"x" * 9_000_000]))
    assert "more than 200 times its size" in _until_refused(path)[1]


def test_a_bomb_of_one_page_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"x" * 30_000_000))
    (error,) = read_pages(path, 1_000_000)
    assert "larger than 1,000,000 bytes" in str(error)


def test_an_archive_in_an_archive_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(_warc(_packed("b.wacz", [_page()]), gzip.compress(_page()), _page()))
    found = list(read_pages(path, 1_000_000))
    assert [type(one) for one in found] == [UnreadablePage, UnreadablePage, Page]


# ------------------------------------------------------------ models and settings


class _Executed:
    """Leaves a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.mark,))


def _object_array(mark: Path) -> bytes:
    target = io.BytesIO()
    np.savez(target, features=np.array([_Executed(mark)], dtype=object))
    return target.getvalue()


@pytest.mark.parametrize("make", [_object_array, lambda mark: pickle.dumps(_Executed(mark))], ids=["array", "pickle"])
def test_a_scorer_that_would_run_code_is_refused_unread(tmp_path: Path, make: Callable[[Path], bytes]) -> None:
    mark = tmp_path / "executed"
    (tmp_path / WEIGHTS).write_bytes(make(mark))
    with pytest.raises(UsageError, match=r"scorer: .*no file of plain arrays"):
        LearnedScorer.load(tmp_path)
    assert not mark.exists()


def _pipeline(folder: Path, config: str) -> Path:
    model = folder / "model"
    model.mkdir()
    (model / "meta.json").write_text('{"lang": "en", "name": "x", "version": "1"}', encoding="utf-8")
    (model / "config.cfg").write_text(config, encoding="utf-8")
    (model / "__init__.py").write_text(f"open({str(folder / 'executed')!r}, 'w')", encoding="utf-8")
    (model / "functions.py").write_text(f"open({str(folder / 'executed')!r}, 'w')", encoding="utf-8")
    (model / "tokenizer").write_bytes(pickle.dumps(_Executed(folder / "executed")))
    (model / "vocab").mkdir()
    (model / "vocab" / "vectors").write_bytes(pickle.dumps(_Executed(folder / "executed")))
    return model


@pytest.mark.parametrize(
    "config",
    [
        '[nlp]\nlang = "en"\npipeline = []\n',
        '[nlp]\nlang = "en"\npipeline = []\nbefore_creation = {"@callbacks": "functions.run"}\n',
        '[nlp]\nlang = "en"\npipeline = ["x"]\n[components.x]\nfactory = "functions.run"\n',
        '[nlp]\nlang = "en"\npipeline = []\n[nlp.tokenizer]\n@tokenizers = "os.system"\n',
    ],
    ids=["pickles", "callback", "factory", "tokenizer"],
)
def test_a_language_model_that_would_run_code_is_refused_or_harmless(tmp_path: Path, config: str) -> None:
    with pytest.raises(UsageError, match=r"language_model: the pipeline .* does not load"):
        _ = Analyser(str(_pipeline(tmp_path, config))).nlp
    assert not (tmp_path / "executed").exists()


def test_settings_and_rules_are_data_alone(tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    call = f"!!python/object/apply:os.mkdir ['{mark}']"
    settings = tmp_path / "summarise.toml"
    settings.write_text(f"scorer = {call}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not valid TOML"):
        load_settings(settings)
    rules = tmp_path / "rules" / "why.yaml"
    rules.parent.mkdir()
    rules.write_text(f"- {call}\n", encoding="utf-8")
    with pytest.raises(UsageError):
        Summariser(Settings(rules=str(rules.parent), language_model="blank"))
    assert not mark.exists()


# ------------------------------------------------------------ what the fuzz run found


@pytest.mark.parametrize("letter", ["&#27;", "&#x1B;", "&#0;", "&#8;", "&#xFFFE;", "&#xD800;", "&#99999999999;", "\ufffe", "\x07", "\u202e", "&#x202e;", "&#8294;"])  # fmt: skip
@pytest.mark.parametrize("around", ["<br><br>", "<svg></svg>", "<span class='visually-hidden'>x</span>", ""])
def test_a_character_that_no_tree_holds_is_no_fault_and_no_text(letter: str, around: str) -> None:
    body = PROSE.replace("Monday", f"Mon{letter}day")
    found = _article(_page(f"<div>{body}{around}They met on Mon{letter}day.{around}The end{letter}.</div>"))
    assert "from Monday after" in found.paragraphs[0]
    assert not any(FORBIDDEN.search(text) or "\ufffe" in text for text in found.paragraphs)


@pytest.mark.parametrize(("written", "read"), [("&#146;", "’"), ("&#x93;", "“"), ("\x92", "’"), ("\x81", ""), ("&#10;", "&#10;"), ("&#8217;", "&#8217;"), ("&#" + "9" * 5000 + ";", "")])  # fmt: skip
def test_a_c1_control_is_read_as_browsers_read_it(written: str, read: str) -> None:
    assert decode(page_from_bytes(f"a{written}b".encode())) == f"a{read}b"


def test_a_page_without_a_headline_is_refused() -> None:
    with pytest.raises(NoArticle, match="no headline"):
        _article(f"<html><body>{PROSE}</body></html>".encode())


@pytest.mark.parametrize("number", ["²", "①71", "³4", "9" * 5000])
def test_a_digit_that_is_no_number_is_no_age(number: str, analyser: Analyser) -> None:
    doc = analyser.nlp(f"Arthur Bell {number} said that the ferry would run more often.")
    top = next(token for token in doc if token.dep_ == "ROOT")
    digits = next(token for token in doc if token.text == number)
    assert (_removable(digits, top) or ("",))[0] != "drop-age"


def test_a_sentence_that_ends_in_but_is_drafted(real_make: Make) -> None:
    text = (
        "The council has approved the plan for a new ferry at Port Merrin, which will run every day from May "
        "and cost the town £2 million a year, but"
    )
    assert real_make(Settings()).draft(page_from_bytes(_page(f"<p>{text}</p>{PROSE}"), "page.html")).headline


def test_a_role_does_not_go_on_in_the_next_paragraph() -> None:
    article = "“I told them,” said Gary Lathbury, the Li\nfeboat manager, on Tuesday."
    assert not [bare for bare in bare_surnames(["Lathbury told them."], article) if "\n" in bare[2]]
    assert list(bare_surnames(["Lathbury told them."], article.replace("\n", "")))


@pytest.mark.parametrize(
    "address", ["https://news.example/a\nb", "https://news.example/\x1b[2J", "https://e.example\u202e/x"]
)
def test_an_address_that_cannot_be_printed_is_none(address: str) -> None:
    found = _article(_page(head=f'<meta property="og:url" content="{address}">'))
    assert not found.url or found.url.isprintable()


# ------------------------------------------------------------ the fuzz run itself


def test_a_few_mutated_pages_give_drafts_or_reasons(real_make: Make) -> None:
    pages = samples([ROOT / "data" / "raw"])
    summariser = real_make(Settings())
    assert isinstance(summariser, Summariser)
    outcomes = [judged(summariser, mutated(5, number, pages)) for number in range(8)]
    assert [found for _, found in outcomes if found] == []


def test_a_mutated_page_hangs_on_its_seed_and_number_alone() -> None:
    pages = [_page()]
    made = [mutated(1, number, pages) for number in range(20)]
    assert made == [mutated(1, number, pages) for number in range(20)]
    assert len(set(made)) > 15


def test_the_page_of_a_finding_is_made_small() -> None:
    assert smaller(b"aaaaaaaaBUGaaaaaaaaa", lambda content: b"BUG" in content) == b"BUG"


def test_faults_of_rendered_pages_are_seen() -> None:
    assert list(markdown_faults("---\nx\n---\n\n# a\n\n[x](https://a.example)", 0))
    assert list(html_faults("<p onclick=x><script></script><a href='javascript:x'>x</a></p>"))
