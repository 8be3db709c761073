"""Pages broken on purpose: what a mutated page is, decided by a seed and a number alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, str, Sequence[bytes]], str]

_TAG = re.compile(r"<[^<>]{1,400}>")
_VALUE = re.compile(r'"[^"<>]{0,200}"')
_NUMBER = re.compile(r"\d+")
_TEXT = re.compile(r">([^<>]{20,})<")
_JSON = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.S | re.I)
_UNICODE = (
    "\x00",
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "\x85",
    "\u202e",
    "\u2066",
    "\u2028",
    "\u2029",
    "\u200b",
    "\ufeff",
    "\ufffe",
    "\U000e0001",
    "\u0301" * 40,
    "👩‍👩‍👧‍👦",
    "ﷺ",
    "İ",
    "ß",
    "ǆ",
    "①",
    "٣",
    "\u00a0",
    "\r",
    "\x0b",
    "\x1c",
    "＝１＋１",
    "ﬀ",
    "’",
    "“",
    "”",
    "—",
)
_ENTITIES = (
    "&#0;",
    "&#27;[2J",
    "&#x9b;",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "&amp;lt;script&amp;gt;",
    "&lol9;",
    "&#x202e;",
    "&nbsp;",
    "&",
    "&#",
    "&#x85;",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#10;# x",
    "&#13;---",
)
_NUMBERS = ("9" * 400, "-1", "0", "1e999", "٣٤", "1.2.3.4", "£" + "9" * 40 + "m", "0x7f", "١", "²", "½")
_MARKUP = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x)",
    "---\ntitle: x\n---\n",
    "\n===\n",
    "<svg onload=alert(1)>",
    "=cmd|' /C calc'!A0",
    "<base href='javascript:'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<iframe src='file:///etc/passwd'></iframe>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<xi:include href='file:///etc/passwd'/>",
    "<template>",
    "<textarea>",
    "<plaintext>",
    "<table><tr><td>",
    "</body>",
    "</html>",
    "<math><mi>",
)
_DOCTYPE = (
    '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE html SYSTEM "https://evil.example/x.dtd">',
    '<?xml version="1.0" encoding="utf-7"?>',
)
_JSON_VALUES = (
    "null",
    "[]",
    "{}",
    "1e999",
    "-0",
    '"\\ud800"',
    '"\\u001b[2J"',
    "[[[[]]]]",
    "true",
    '"' + "x" * 5000 + '"',
    "NaN",
    '{"@id": 1}',
)
_CHARSETS = (
    "utf-7",
    "utf-16",
    "cp1252",
    "shift_jis",
    "idna",
    "punycode",
    "hex",
    "rot13",
    "unicode_escape",
    "zlib",
    "no-such",
    "utf-8",
)


def mutated(seed: int, number: int, pages: Sequence[bytes]) -> bytes:
    """Return the page of a number: a sample broken in its structure up to six times, one in three in its bytes."""
    rng = random.Random(f"{seed}-{number}")
    text = rng.choice(pages).decode("utf-8", "replace")
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(MUTATIONS)(rng, text, pages)
    content = text.encode(rng.choice(("utf-8",) * 8 + ("utf-16", "cp1252")), "replace")
    return _bytes(rng, content) if rng.random() < 1 / 3 else content


def _at(rng: random.Random, pattern: re.Pattern[str], text: str, replacement: Callable[[str], str]) -> str:
    """Replace one to eight of the places that a pattern finds."""
    found = [match.span() for match in pattern.finditer(text)]
    chosen = sorted(rng.sample(found, min(len(found), rng.randint(1, 8))), reverse=True)
    for start, end in chosen:
        text = text[:start] + replacement(text[start:end]) + text[end:]
    return text


def _insert(rng: random.Random, text: str, pieces: Sequence[str]) -> str:
    """Write pieces into the page, half of them inside its words."""
    for _ in range(rng.randint(1, 8)):
        spans = [match.span(1) for match in _TEXT.finditer(text)] if rng.random() < 0.5 else []
        start, end = rng.choice(spans) if spans else (0, len(text))
        place = rng.randint(start, end)
        text = text[:place] + rng.choice(pieces) + text[place:]
    return text


def _drop_tags(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    return _at(rng, _TAG, text, lambda tag: "")


def _double_tags(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    times = rng.choice((2, 3, 50, 500))
    return _at(rng, _TAG, text, lambda tag: tag * times)


def _swap_tags(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    tags = _TAG.findall(text) or [""]
    return _at(rng, _TAG, text, lambda tag: str(rng.choice(tags)))


def _break_attributes(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    values = ("", '"', '"\x00"', "'", '"javascript:alert(1)"', '"' + "a " * 2000 + '"', '"http://[bad"', '"2024-99-99"')
    return _at(rng, _VALUE, text, lambda value: rng.choice(values))


def _splice(rng: random.Random, text: str, pages: Sequence[bytes]) -> str:
    other = rng.choice(pages).decode("utf-8", "replace")
    return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]


def _repeat(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    start = rng.randint(0, len(text))
    part = text[start : start + rng.randint(1, 2000)]
    return text[:start] + part * rng.choice((2, 5, 20)) + text[start:]


def _nest(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    tag = rng.choice(("div", "p", "b", "span", "blockquote", "ul", "article", "table", "a"))
    return _insert(rng, text, (f"<{tag}>" * rng.choice((10, 300, 3000)),))


def _numbers(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    return _at(rng, _NUMBER, text, lambda number: rng.choice(_NUMBERS))


def _json(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    scripts = [match.span(1) for match in _JSON.finditer(text)]
    if not scripts:
        keys = ("headline", "articleBody", "author", "datePublished", "publisher", "keywords")
        told = ",".join(f'"{key}":{rng.choice(_JSON_VALUES)}' for key in keys)
        return f'<script type="application/ld+json">{{"@type":"NewsArticle",{told}}}</script>{text}'
    start, end = rng.choice(scripts)
    broken = _at(rng, _VALUE, text[start:end], lambda value: rng.choice(_JSON_VALUES))
    return text[:start] + broken + text[end:]


def _words(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    """Shuffle, join or case the words of a few passages."""

    def change(passage: str) -> str:
        words = passage[1:-1].split()
        rng.shuffle(words)
        return f">{rng.choice((' ', '', ', ', '. ', '” “'))[:9].join(words)}<"

    return _at(rng, _TEXT, text, change)


def _cut(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    return text[: rng.randint(0, len(text))]


def _charset(rng: random.Random, text: str, _: Sequence[bytes]) -> str:
    return f'<meta charset="{rng.choice(_CHARSETS)}">{text}'


MUTATIONS: tuple[Mutation, ...] = (
    _drop_tags,
    _double_tags,
    _swap_tags,
    _break_attributes,
    _splice,
    _repeat,
    _nest,
    _numbers,
    _json,
    _words,
    _cut,
    _charset,
    lambda rng, text, _: _insert(rng, text, _UNICODE),
    lambda rng, text, _: _insert(rng, text, _ENTITIES),
    lambda rng, text, _: _insert(rng, text, _MARKUP),
    lambda rng, text, _: rng.choice(_DOCTYPE) + text,
)


def _bytes(rng: random.Random, content: bytes) -> bytes:
    """Flip, drop and insert single bytes, or cut the page short."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 10, 200))):
        if not changed:
            break
        place = rng.randrange(len(changed))
        changed[place : place + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
    return bytes(changed[: rng.randint(0, len(changed))] if rng.random() < 0.1 else changed)
