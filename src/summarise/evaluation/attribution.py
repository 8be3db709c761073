"""Whether a line says who says a thing, where its evidence does.

It reads the two texts alone: a verb of saying beside somebody who can speak, or "according to".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from summarise import wording
from summarise.evaluation.words import content_stems, folded, is_content, knowledge, plain_tokens

_SPOKEN_SHARE = 0.5
"""Share of a line's content words in the reported part of its evidence from which the line reports speech."""


def attribution_faults(line: str, evidence: str, *, may_hedge: bool = False) -> list[str]:
    """Return a fault where the evidence says who says a thing, and the line says the thing as a fact.

    With `may_hedge` (the two blocks) a "could" or "would" stands for the source.
    """
    reported = _reported_part(evidence)
    if reported is None or _names_a_source(line):
        return []
    if may_hedge and set(plain_tokens(line)) & {"could", "may", "might", "would"}:
        return []
    own, spoken = content_stems(line), set(content_stems(reported))
    if not own or sum(word in spoken for word in own) / len(own) < _SPOKEN_SHARE:
        return []
    return ["the source of what is said is gone"]


def _names_a_source(line: str) -> bool:
    """Whether a line says where it comes from; any verb of reporting will do here ("the watchdog found that")."""
    return any(pattern.search(folded(line)) for pattern in (_reporting(), _according()))


def _reported_part(evidence: str) -> str | None:
    """Return what somebody in the evidence says: the text after the verb of saying, or before a closing attribution."""
    text = folded(evidence)
    if found := _according().search(text):
        return text[: found.start()] + " " + re.sub(r"^[^,]*,", "", text[found.end() :])
    for found in _said().finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if _opens_with_speaker(after) and re.search(r"[,”\"']\s*$", before):
            return before
        if _ends_with_speaker(before, found.group(), after):
            closing = re.search(r"[,”\"']\s+(?:\w+[\s-]+){1,6}$", before)
            if closing and _closes(after):
                return before[: closing.start()]
            return after.split(",")[0] if re.search(r"\b(?:who|which)\s+(?:\w+\s+)?$", before) else after
    return None


def _closes(text: str) -> bool:
    """Whether what follows a verb of saying holds nothing said: the sentence ends, or only tells when and where."""
    return re.match(r"\s*(?:$|[.,;:]|(?:in|on|at|to|during|after|last|earlier|yesterday|today)\b)", text) is not None


def _opens_with_speaker(text: str) -> bool:
    return re.match(r"\s+(?:[A-Z]|an?\b|the\b|his\b|her\b|its\b|one\b|\w+ [A-Z])", text) is not None


def _ends_with_speaker(text: str, verb: str, after: str) -> bool:
    """Whether the words before a verb of saying are those of somebody who speaks: a name, a pronoun, "the council".

    After a common noun, a verb with a preposition behind it reads as a participle ("cases confirmed in the city").
    """
    words = re.findall(r"[\w'-]+|[,;:]", text)
    while words and words[-1].lower() in _between():
        words.pop()
    if not words:
        return False
    last = words[-1]
    if last == "," or last[:1].isupper() or last.lower() in _pronouns():
        return True
    participle = verb not in {"said", "says"} and re.match(
        r"\s+(?:in|by|at|on|as|to|since|for|during|with|of)\b", after
    )
    return not participle and _in_noun_phrase(words)


def _in_noun_phrase(words: Sequence[str]) -> bool:
    last = words[-1].lower()
    phrase = [word.lower() for word in words[-6:-1]]
    return is_content(last) and (
        bool({"the", "a", "an", "its", "their", "his", "her"} & set(phrase)) or last.endswith("s")
    )


@cache
def _between() -> frozenset[str]:
    return frozenset({"has", "have", "had", "also", "who", "which", "then", "later", "previously", "earlier", "been"})


@cache
def _pronouns() -> frozenset[str]:
    return frozenset({"he", "she", "they", "it", "i", "we", "one", "some", "many", "others"})


def _forms() -> set[str]:
    """Return the finite forms of the verbs of reporting; base forms ("claim", "report") are nouns as often."""
    return {form for row in wording.reporting_forms() for form in row[2:4]} | {"say"}


@cache
def _reporting() -> re.Pattern[str]:
    return _any_of(_forms())


@cache
def _said() -> re.Pattern[str]:
    return _any_of(_forms() - set(knowledge()["not_saying"]))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")


@cache
def _according() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, knowledge()["attribution"]))
    return re.compile(rf"\b(?:{phrases})\b", re.I)
