"""Checks of the style lint that read one line alone: how it begins, its words, their spelling, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from summarise.house.proof import Hit, Proof, excused
from summarise.house.stylebook import Rule
from summarise.houseform import americanisms, house_dates, house_numbers
from summarise.standing import VAGUE_OPENING, opening_faults
from summarise.wording import connective_openings, read_yaml

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


def standing(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """The line leans on another, holds direct speech, or is a fragment."""
    for printed in proof.texts(rule):
        for fault in proof.faults[printed.where]:
            if fault != VAGUE_OPENING:
                yield Hit(printed.where, {"fault": fault}, _put_right(printed.text, fault))


def vague_opening(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """The line begins with "the …" and does not say which."""
    for printed in proof.texts(rule):
        if VAGUE_OPENING in proof.faults[printed.where]:
            yield Hit(printed.where, {"fault": VAGUE_OPENING})


def _put_right(text: str, fault: str) -> str:
    if fault == "says a word twice":
        return re.sub(r"\b(\w+)( \1\b)+", r"\1", text, flags=re.I)
    if not fault.startswith("begins with the connective"):
        return ""
    phrase = next(phrase for phrase in connective_openings() if f"“{phrase}”" in fault)
    rest = _capitalised(text[len(phrase) :].lstrip(" ,"))
    return rest if rest and not opening_faults(rest) else ""


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def label(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A line holds the label of a block, which the page prints once before the block."""
    printed_label = _labels(rule.phrases)
    for printed in proof.texts(rule):
        if printed.part != "body" and (match := printed_label.search(printed.text)):
            rest = re.sub(r"\s{2,}", " ", printed_label.sub(" ", printed.text)).strip()
            yield Hit(printed.where, {"found": match.group().strip()}, _capitalised(rest))
        elif printed.part == "body" and (match := printed_label.match(printed.text)) and ":" in match.group():
            yield Hit(printed.where, {"found": match.group().strip()})


@cache
def _labels(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return the labels as a line can hold them: at its start, with their capital, or with their colon."""
    any_of = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?:^\W{{0,3}}(?i:{any_of})\b|\b(?:{any_of})\b|\b(?i:{any_of})(?=:))\s*[:–—-]?\s*")


def pattern(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A text holds what the rule's pattern looks for."""
    assert rule.pattern is not None
    for printed in proof.texts(rule):
        for match in rule.pattern.finditer(printed.text):
            if not excused(printed.text, match, rule):
                yield Hit(printed.where, {"found": match.group()}, match.expand(rule.write) if rule.write else "")


def words(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A line holds a word of the rule, as no name."""
    for printed in proof.texts(rule):
        for match in _common(printed.text, rule.phrases, rule):
            yield Hit(printed.where, {"found": match.group()})


def added_words(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A line holds a word of the rule that its article does not hold."""
    for printed in proof.texts(rule):
        for match in _common(printed.text, rule.phrases, rule):
            if match.group().lower() not in proof.article.lower():
                yield Hit(printed.where, {"found": match.group()})


def _common(text: str, phrases: tuple[str, ...], rule: Rule) -> Iterator[re.Match[str]]:
    """Yield the words of a list in a text; one with a capital inside the line is a name."""
    plain = text.lower().replace("’", "'")
    heads = _by_head(phrases)
    if not any(phrase in plain for head in heads.keys() & _words(plain) for phrase in heads[head]):
        return
    for match in _any_of(phrases).finditer(text):
        if not (match.start() and match.group()[0].isupper()) and not excused(text, match, rule):
            yield match


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


@cache
def _by_head(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    """Return phrases by their first words: most texts hold none of these, which is quickly told."""
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        heads.setdefault(_WORD.findall(phrase.lower())[0], []).append(phrase.lower())
    return heads


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(phrase).replace("'", "['’]") for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'-])(?:{any_of})(?![\w-])", re.I)


def house_form(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A number or a date is not as the house writes it."""
    for printed in proof.texts(rule):
        if not _DIGIT.search(printed.text):
            continue
        for formed in (house_numbers, house_dates):
            if (right := formed(printed.text)) != printed.text:
                found, write = _difference(printed.text, right)
                yield Hit(printed.where, {"found": found}, write)


def percent(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A share is not written with the sign %; the words of the rule are the numbers from one on."""
    assert rule.pattern is not None
    numbers = {word: number for number, word in enumerate(rule.phrases, 1)}
    for printed in proof.texts(rule):
        for match in rule.pattern.finditer(printed.text):
            number = numbers.get(match.group(1), match.group(1))
            if not excused(printed.text, match, rule):
                yield Hit(printed.where, {"found": match.group()}, f"{number}%" if str(number).isdigit() else "")


def _difference(text: str, right: str) -> tuple[str, str]:
    """Return the words in which two texts differ, without what they share at either end."""
    old, new = text.split(" "), right.split(" ")
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    same = next((i for i, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), 0)
    same = min(same, len(old) - start - 1, len(new) - start - 1)
    return " ".join(old[start : len(old) - same]), " ".join(new[start : len(new) - same])


def spelling(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A word has an American spelling; one with a capital is a name, unless it only opens the line."""
    for printed in proof.texts(rule):
        text = printed.text
        if _only_opens(text, proof):
            text = text[0].lower() + text[1:]
        for american, british in americanisms(text):
            if not (rule.unless and rule.unless.fullmatch(american)):
                yield Hit(printed.where, {"found": american}, british)


def _only_opens(text: str, proof: Proof) -> bool:
    """Whether the first word of a line has its capital from its place alone: the article never writes it so inside."""
    match = re.match(r"[A-Z][a-z]+(?= [a-z])", text)
    return (
        match is not None
        and any(americanisms(match.group().lower()))
        and re.search(rf"(?<=[\w,;] ){match.group()}\b", proof.article) is None
    )


def american_words(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A line holds a word that British English has another word for."""
    words = _spellings()["words"]
    for printed in proof.texts(rule):
        for match in _common(printed.text, tuple(words), rule):
            yield Hit(printed.where, {"found": match.group()}, words[match.group().lower()])


def phrases(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A word is American in the company that it keeps: "program" on television, not in a computer.

    An article that holds a word of the rule speaks of the other sense.
    """
    known = _spellings()["phrases"]
    for printed in proof.texts(rule):
        for match in _common(printed.text, tuple(known), rule):
            before, after = printed.text[: match.start()], printed.text[match.end() :]
            if _in_company(known[match.group().lower()], before, after) and not _holds(proof, rule.phrases):
                yield Hit(printed.where, {"found": match.group()}, known[match.group().lower()]["british"])


def _holds(proof: Proof, phrases: tuple[str, ...]) -> bool:
    return bool(phrases) and _any_of(phrases).search(proof.article) is not None


def _in_company(entry: Mapping[str, Any], before: str, after: str) -> bool:
    """Whether the words around a phrase are such that its British form is another."""
    follows, precedes = tuple(f"{word} " for word in entry["unless_after"]), tuple(entry["unless_before"])
    if before.endswith(follows) or after.lstrip().startswith(precedes):
        return False
    only = [before.endswith(f" {word} ") for word in entry["only_after"]]
    only += [after.lstrip().startswith(word) for word in entry["only_before"]]
    return not only or any(only)


@cache
def _spellings() -> dict[str, Any]:
    text = resources.files("summarise").joinpath("data/spelling.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return {"words": data["words"], "phrases": {entry["word"]: entry for entry in data["phrases"]}}
