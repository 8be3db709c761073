"""Whom a "he" or "she" of an article stands for, with confidence.

Every pronoun is asked of everybody mentioned before it who can be meant, in reading order. Each of them, and
"nobody of these", has a score, a weighted sum of named features; the softmax over all scores is the confidence
(a mention-ranking model: Denis and Baldridge, 2008). The weights are data (`data/antecedents.yaml`), learnt on
GUM's coreference by `benchmarks/names_weights.py`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from summarise import gender
from summarise.gender import Gender
from summarise.mentions import AMBIGUOUS, Mention
from summarise.records import Document
from summarise.syntax import SUBJECTS, is_reporting
from summarise.wording import read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]

NOBODY = ""
"""The answer that a pronoun stands for nobody who is mentioned before it."""
DOUBTFUL = 0.9
"""The same where somebody else who is named can be meant and stands as near, or where the name is a single word."""
_ARGUMENTS = SUBJECTS | {"obj", "iobj", "obl", "obl:agent"}
CERTAIN = 0.7
"""Confidence from which a link is an answer; below it a pronoun is left as it is (docs/names.md: how chosen)."""
_FAR = 4
"""Sentences after which an office or kind ("the minister") is no longer meant by a pronoun."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pronoun with whom it stands for, `confidence` from 0 to 1, and the features that led there.

    `who` is a full name, a single name or a noun, as in `Mention.who`; `named` tells a name from a noun, and
    `contested` whether another named person of the same or unknown gender is mentioned as near as this one.
    """

    mention: Mention
    who: str
    named: bool
    confidence: float
    contested: bool = False
    features: Mapping[str, float] = field(compare=False, default_factory=dict)

    @property
    def is_certain(self) -> bool:
        """Whether the pronoun may be replaced by the name."""
        doubtful = self.contested or " " not in self.who
        return self.named and self.confidence >= (DOUBTFUL if doubtful else CERTAIN)


@dataclass
class Somebody:
    """What is known of one person, or of one pronoun that stands for nobody known, up to a place in the article.

    `trust` is the least confidence of the pronouns since the last name, `contested` whether one of them was.
    """

    who: str
    named: bool
    gender: Gender | None
    told: bool
    mentions: list[Mention] = field(default_factory=list)
    trust: float = 1.0
    contested: bool = False

    @property
    def last(self) -> Mention:
        """The latest mention."""
        return self.mentions[-1]


class Reading:
    """A document read from its first mention to its last; `links` are its pronouns' antecedents."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...], weights: Weights | None = None) -> None:
        self.document = document
        self.weights = weights if weights is not None else published_weights()
        self.known: dict[str, Somebody] = {}
        self.links: dict[tuple[int, int], Link] = {}
        self.last_link: dict[Gender, str] = {}
        self.asked: list[tuple[Mention, dict[str, Features]]] = []
        self._names_of_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.kind == "name":
                self._names_of_sentence[mention.sentence].append(mention)
        for mention in mentions:
            if mention.kind == "pronoun":
                self._ask(mention)
            else:
                self._meet(mention)

    def _meet(self, mention: Mention) -> None:
        """Remember a mention by name or noun."""
        named = mention.kind == "name" and not mention.who.startswith(f"{AMBIGUOUS} ")
        told = mention.gender or (gender.of_name(mention.who) if mention.who[:1].isupper() else None)
        somebody = self.known.get(mention.who)
        if somebody is None or (mention.indefinite and not somebody.named):
            self.known.pop(mention.who, None)
            somebody = self.known[mention.who] = Somebody(mention.who, named, told, told is not None)
        if told is not None and not somebody.told:
            somebody.gender, somebody.told = told, True
        somebody.named = somebody.named or named
        somebody.mentions.append(mention)
        somebody.trust, somebody.contested = 1.0, False

    def _ask(self, pronoun: Mention) -> None:
        """Link a pronoun, and remember it as a mention of whom it stands for."""
        asked = {who: self.features(pronoun, somebody) for who, somebody in self._candidates(pronoun)}
        asked[NOBODY] = self._features_of_nobody(pronoun, asked)
        self.asked.append((pronoun, asked))
        shares = softmax(asked, self.weights[case_of(pronoun)])
        who = max(shares, key=lambda name: (shares[name], name))
        if who == NOBODY:
            who = f"{pronoun.text.lower()} {pronoun.sentence} {pronoun.start}"
            self.known[who] = Somebody(who, False, pronoun.gender, True)
        else:
            somebody = self.known[who]
            somebody.trust = min(somebody.trust, shares[who])
            somebody.contested = somebody.contested or self._is_contested(pronoun, somebody)
            link = Link(pronoun, who, somebody.named, somebody.trust, somebody.contested, asked[who])
            self.links[pronoun.place] = link
        somebody = self.known[who]
        somebody.gender = somebody.gender or pronoun.gender
        somebody.mentions.append(replace(pronoun, who=who))
        if pronoun.gender is not None:
            self.last_link[pronoun.gender] = who

    def _candidates(self, pronoun: Mention) -> Iterable[tuple[str, Somebody]]:
        """Yield everybody whom the pronoun can stand for by gender, place and clause."""
        for who, somebody in self.known.items():
            if somebody.gender not in (None, pronoun.gender):
                continue
            if not somebody.named and pronoun.sentence - somebody.last.sentence > _FAR:
                continue
            if self._in_one_clause(somebody.last, pronoun) or self._is_named_below(who, pronoun):
                continue
            if pronoun.direct and (self._speaks(pronoun, somebody) or self._is_far_from_quotation(pronoun, somebody)):
                continue
            yield who, somebody

    def _in_one_clause(self, mention: Mention, pronoun: Mention) -> bool:
        """Whether a subject or object pronoun and a mention hang on one verb, and so are two people (principle B)."""
        if mention.sentence != pronoun.sentence or pronoun.role == "possessive" or mention.role == "possessive":
            return False
        if pronoun.text.lower() in {"himself", "herself"}:
            return False
        doc = self.document.parses[pronoun.sentence]
        pair = (doc[mention.head], doc[pronoun.head])
        return pair[0].head == pair[1].head and all(token.dep_ in _ARGUMENTS for token in pair)

    def _is_named_below(self, who: str, pronoun: Mention) -> bool:
        """Whether the pronoun's own clause goes on to name somebody, who then is another person (principle C)."""
        doc = self.document.parses[pronoun.sentence]
        verb = doc[pronoun.head].head
        opens = any(child.dep_ in {"mark", "advmod"} and child.i < pronoun.start for child in verb.children)
        if pronoun.role != "subject" or opens:
            return False
        return any(
            m.start > pronoun.start and verb.is_ancestor(doc[m.head])
            for m in self._names_of_sentence.get(pronoun.sentence, ())
            if m.who == who
        )

    def _speaks(self, pronoun: Mention, somebody: Somebody) -> bool:
        """Whether somebody is the speaker of the quotation around the pronoun, and so would say "I"."""
        paragraph = self._paragraph(pronoun)
        return any(
            m.quotation is None
            and m.role == "subject"
            and self._paragraph(m) == paragraph
            and is_reporting(_verb_of(self.document.parses[m.sentence][m.head]))
            for m in (*somebody.mentions[-3:], *self._later_in(pronoun, somebody.who))
        )

    @staticmethod
    def _is_far_from_quotation(pronoun: Mention, somebody: Somebody) -> bool:
        """Whether nobody spoke of somebody right before a quotation, whose "he" is of the speaker's world."""
        last = somebody.last
        return pronoun.quotation != last.quotation and pronoun.sentence - last.sentence > 1

    def _later_in(self, pronoun: Mention, who: str) -> tuple[Mention, ...]:
        """Return who is named after the pronoun in its sentence."""
        return tuple(
            m for m in self._names_of_sentence.get(pronoun.sentence, ()) if m.who == who and m.start > pronoun.start
        )

    # ------------------------------------------------------------ features

    def features(self, pronoun: Mention, somebody: Somebody) -> Features:
        """Return what speaks for and against a candidate, by name."""
        last = somebody.last
        stated = next((m for m in reversed(somebody.mentions) if m.kind != "pronoun"), last)
        distance = pronoun.sentence - last.sentence
        since = [
            other.last
            for other in self.known.values()
            if other is not somebody and other.gender in (None, pronoun.gender) and other.last.place > last.place
        ]
        before = [m for m in somebody.mentions if m.sentence == pronoun.sentence - 1]
        found = {
            "named": float(somebody.named),
            "noun": float(not somebody.named and stated.kind == "noun"),
            "single name": float(somebody.named and " " not in somebody.who),
            "same sentence": float(distance == 0),
            "one sentence before": float(distance == 1),
            "two sentences before": float(distance == 2),
            "log distance": math.log1p(distance),
            "log distance of name": math.log1p(pronoun.sentence - stated.sentence),
            "last is subject": float(last.role == "subject"),
            "last is main subject": float(last.main),
            "subject of last sentence": float(any(m.main for m in somebody.mentions if m.sentence == last.sentence)),
            "last is object": float(last.role == "object"),
            "last is possessive": float(last.role == "possessive"),
            "last is pronoun": float(last.kind == "pronoun"),
            "main subject before": float(any(m.main for m in before)),
            "opens after main subject": float(pronoun.start <= 1 and any(m.main for m in before)),
            "gender told": float(somebody.told),
            "gender by pronoun": float(not somebody.told and somebody.gender is not None),
            "gender unknown": float(somebody.gender is None),
            "same as last pronoun": float(
                pronoun.gender is not None and self.last_link.get(pronoun.gender) == somebody.who
            ),
            "others since": math.log1p(len(since)),
            "another subject since": float(any(m.main and m.sentence < pronoun.sentence for m in since)),
            "log mentions": math.log1p(len(somebody.mentions)),
            "most mentioned": float(self._is_most_mentioned(somebody, pronoun)),
            "same paragraph": float(self._paragraph(last) == self._paragraph(pronoun)),
            "quotation entered": float(pronoun.direct and pronoun.quotation != last.quotation),
            "quotation left": float(last.direct and pronoun.quotation != last.quotation),
            "alone in sentence before": float(
                bool(before)
                and not any(
                    other is not somebody
                    and other.gender in (None, pronoun.gender)
                    and any(m.sentence == pronoun.sentence - 1 for m in other.mentions[-3:])
                    for other in self.known.values()
                )
            ),
            "speaker speaks on": float(self._says(pronoun) and self._says(_last_subject(somebody))),
            "governs clause": float(self._governs(pronoun, last)),
            "indefinite": float(stated.indefinite),
        }
        return {name: value for name, value in found.items() if value}

    def _features_of_nobody(self, pronoun: Mention, asked: Mapping[str, Features]) -> Features:
        named = sum(1 for features in asked.values() if "named" in features)
        near = sum(1 for features in asked.values() if features.get("log distance", 0.0) < math.log1p(3))
        found = {
            "nobody": 1.0,
            "nobody, quoted": float(pronoun.quotation is not None),
            "nobody, log named": math.log1p(named),
            "nobody, log near": math.log1p(near),
            "nobody, none near": float(near == 0),
            "nobody, opening clause": float(not pronoun.main and pronoun.role == "subject" and pronoun.start <= 2),
        }
        return {name: value for name, value in found.items() if value}

    def _is_contested(self, pronoun: Mention, somebody: Somebody) -> bool:
        """Whether somebody else who is named and can be meant stands in the same sentence or since.

        Or whether the pronoun's own sentence has another name for its subject before it, whatever that names.
        """
        rival = any(
            other.named
            and other is not somebody
            and other.gender in (None, pronoun.gender)
            and other.last.sentence >= somebody.last.sentence
            for other in self.known.values()
        )
        own = {m.head for m in somebody.mentions if m.sentence == pronoun.sentence}
        before = self.document.parses[pronoun.sentence][: pronoun.start]
        return rival or any(t.pos_ == "PROPN" and t.dep_ in SUBJECTS and t.i not in own for t in before)

    def _is_most_mentioned(self, somebody: Somebody, pronoun: Mention) -> bool:
        rivals = (s for s in self.known.values() if s.gender in (None, pronoun.gender) and s is not somebody)
        return all(len(rival.mentions) < len(somebody.mentions) for rival in rivals)

    def _paragraph(self, mention: Mention) -> int:
        return self.document.sentences[mention.sentence].paragraph

    def _says(self, mention: Mention | None) -> bool:
        """Whether a mention is the subject of a verb of saying."""
        if mention is None or mention.role != "subject":
            return False
        return is_reporting(_verb_of(self.document.parses[mention.sentence][mention.head]))

    def _governs(self, pronoun: Mention, last: Mention) -> bool:
        """Whether a mention is the subject of a verb on which the pronoun's clause hangs: "Khan said he …"."""
        if last.sentence != pronoun.sentence or last.role != "subject":
            return False
        doc = self.document.parses[pronoun.sentence]
        verb = _verb_of(doc[last.head])
        return bool(verb.is_ancestor(doc[pronoun.head]) and verb != _verb_of(doc[pronoun.head]))


def _last_subject(somebody: Somebody) -> Mention | None:
    """Return the latest mention that is a subject."""
    return next((mention for mention in reversed(somebody.mentions) if mention.role == "subject"), None)


def _verb_of(head: Token) -> Token:
    """Return the verb whose subject or object a name or pronoun is, as itself or beside others."""
    token = head
    while token.dep_ in {"flat", "compound", "nmod:desc", "appos", "conj"} and token.head != token:
        token = token.head
    return token.head


def case_of(pronoun: Mention) -> str:
    """Return which weights a pronoun takes: those of subjects, or those of all other cases."""
    return "subject" if pronoun.role == "subject" else "other"


def softmax(asked: Mapping[str, Features], weights: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each candidate in the belief, all shares adding up to 1."""
    scores = {
        who: sum(weights.get(name, 0.0) * value for name, value in features.items()) for who, features in asked.items()
    }
    top = max(scores.values())
    powers = {who: math.exp(score - top) for who, score in scores.items()}
    total = sum(powers.values())
    return {who: power / total for who, power in powers.items()}


@cache
def published_weights() -> Weights:
    """Return the weights of `data/antecedents.yaml`, by the pronoun's case and the feature's name."""
    text = resources.files("summarise").joinpath("data/antecedents.yaml").read_text(encoding="utf-8")
    weights: Weights = read_yaml(text)["weights"]
    return weights
