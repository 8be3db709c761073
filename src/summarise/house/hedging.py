"""Whether a line still hedges what its source sentence hedges: "could close" must not become "will close".

Text alone is read. A hedge is lost where the line keeps the word that it stands before, and has nothing before
that word any more that keeps the statement open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summarise import wording

_REACH = 5
"""Words beside a hedge among which the word that it governs is looked for."""
_BEFORE = 8
"""Words before a claim in a line among which a hedge still governs it."""
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:()–—“”\"]")
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_A_NUMBER = r"[£$€]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


class Lost(NamedTuple):
    """A hedge that a line has lost, the word that it governs, and the line with the hedge, where that can be told."""

    hedge: str
    claim: str
    write: str = ""


def lost_hedges(line: str, source: str, hedges: tuple[str, ...], open_words: tuple[str, ...] = ()) -> Iterator[Lost]:
    """Yield the hedges of a source sentence whose claim a line tells as a fact.

    `open_words` are more words that keep a claim open, though their loss is none.
    """
    if _heads(hedges).isdisjoint(source.lower().split()):
        return
    line, source = _lowered(line), _lowered(source)
    gone = [m for m in _any_of(hedges).finditer(source) if line.count(m.group()) < source.count(m.group())]
    stems = [_stem(word) for word in _WORDS.findall(source)] if gone else []
    for match in gone:
        ahead = _claim(_WORDS.findall(source[match.end() :])[:_REACH])
        claim = ahead or _claim_behind(source[: match.start()], match.group())
        if (
            claim
            and stems.count(_stem(claim)) == 1
            and _is_certain(line, claim, (*hedges, *open_words), whole=not ahead)
        ):
            yield Lost(match.group(), claim, _restored(line, match.group(), claim) if ahead else "")


def _claim_behind(before: str, hedge: str) -> str:
    """Return the word that a hedge set behind its claim governs ("…, it is alleged", "… reportedly")."""
    if not hedge.startswith("it ") and not hedge.endswith("ly"):
        return ""
    return _claim(_WORDS.findall(before.rstrip(" ,–—"))[: -_REACH - 1 : -1])


def _is_certain(line: str, claim: str, open_words: tuple[str, ...], *, whole: bool) -> bool:
    """Whether a line keeps a claim with nothing before it, or nothing in the whole line, that leaves it open."""
    words = list(_WORDS.finditer(line))
    at = next((i for i, word in enumerate(words) if _stem(word.group()) == _stem(claim)), None)
    if at is None:
        return False
    before = line if whole else line[words[max(0, at - _BEFORE)].start() : words[at].start()]
    return _verbs_of_opinion().search(before) is None and _any_of(open_words).search(before) is None


def lost_approximations(line: str, source: str, words: tuple[str, ...]) -> Iterator[Lost]:
    """Yield "about", "up to" … where a source sentence has one before a number and a line gives the number alone."""
    for match in _approximate(words).finditer(source):
        number = match.group(2)
        if number not in line or match.group() in line:
            continue
        bare = re.compile(rf"(?<![\w.,£$€]){re.escape(number)}(?!\d|[.,]\d)")
        here = bare.search(line)
        if here and len(bare.findall(source)) == 1 and not _approximate(words).search(line[: here.end()]):
            yield Lost(match.group(1), number, f"{match.group(1).lower()} {number}")


@cache
def _approximate(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b((?i:{_alternatives(words)})) ({_A_NUMBER})")


@cache
def _verbs_of_opinion() -> re.Pattern[str]:
    """Return the forms of the verbs that tell a statement as somebody's: "fears", "planned", "suggesting"."""
    verbs = wording.lists()["hedges"]["verbs"]
    forms = "|".join(rf"{re.escape(verb.rstrip('ey'))}(?:e|y)?(?:s|d|ed|n?ing|n?ed|ied|ies)?" for verb in verbs)
    return re.compile(rf"\b(?:{forms})(?!\w)")


@cache
def _heads(phrases: tuple[str, ...]) -> frozenset[str]:
    """Return the first words of phrases: a text without any of them has none of the phrases."""
    heads = {phrase.split()[0] for phrase in phrases}
    return frozenset([*heads, *(f"{mark}{head}" for mark in "“‘\"'(" for head in heads)])


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(phrases)})(?!\w)")


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _lowered(text: str) -> str:
    """Return a text with its first letter lower case: a capital inside it marks a name or the month of May."""
    return text[:1].lower() + text[1:]


def _claim(words: Iterable[str]) -> str:
    """Return the first word with content, within the clause."""
    for word in words:
        if not word[0].isalnum():
            return ""
        if len(word) > 2 and word.islower() and word not in _empty() and not word.endswith("ly"):
            return word
    return ""


@cache
def _empty() -> frozenset[str]:
    """Return words that a hedge can stand before and that make no claim of their own."""
    classes = ("common_openers", "common_finite_verbs", "negations", "future_and_possible", "he_and_she", "pointers")
    own = {"been", "being", "having", "get", "the", "their", "more", "also", "still", "even", "make", "take", "than"}
    return frozenset(own).union(*(wording.word_class(name) for name in classes))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Return as much of a word as its inflected forms share."""
    word = word.lower()
    return str(_ENDING.sub("", word)) if len(word) > 4 else word


def _restored(line: str, hedge: str, claim: str) -> str:
    """Return the words of the line with the hedge before its claim, where an adverb or adjective can be put back."""
    here = re.search(rf"\b{re.escape(claim)}\b", line)
    return f"{hedge} {claim}" if here and hedge.endswith(("ly", "alleged", "suspected", "likely")) else ""
