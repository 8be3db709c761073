"""Which sentences become the standfirst and the key points, in which wording and in which order.

Every sentence is first turned into its best line (house edits, cuts, names in full); one
that cannot be made to stand alone is passed over, with the reason kept for `explain`.
Then the set is chosen greedily by maximal marginal relevance (Carbonell & Goldstein 1998):
salience less likeness to what is already chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarise.compression import house_numbers, variants
from summarise.cut import Cut
from summarise.language import quoted_share
from summarise.names import Names, Person
from summarise.records import Document, Evidence, Fate, Line, Sentence, count_words, words
from summarise.salience import Salience
from summarise.settings import KeypointSettings
from summarise.standing import line_faults
from summarise.syntax import SUBJECTS, finite, is_reporting, subject, subtree

_SAME = 0.55
"""Cosine from which two sentences count as telling the same."""
_QUOTED = 0.5
"""Share of a sentence in quotation marks from which it is speech and not news."""
_MAIN = frozenset({"ccomp", "conj", "parataxis", "xcomp"})
"""Relations to the root in which parsers leave a main clause that a quotation or an attribution follows."""
_VERBS = frozenset(
    "is are was were be has have had will would could can may might must should does do did said says told made took went "
    "came won lost rose fell began found gave got held kept led left met paid put ran saw sent set sold spent stood became "
    "killed died hit cut faces face means says shows show".split()
)


_UNIQUE = frozenset(
    "government prime minister chancellor treasury king queen pope public police army navy economy internet weather world "
    "country nation parliament opposition church pound euro sun moon earth nhs bbc eu un us uk".split()
)
"""Nouns that "the" makes definite by themselves for a British reader."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence in the wording in which it could stand as a line of so many words."""

    sentence: Sentence
    cut: Cut
    score: float

    @property
    def text(self) -> str:
        """The line in house form."""
        return house_numbers(self.cut.text)


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen lines, and the fate of every sentence."""

    standfirst: tuple[Line, ...]
    key_points: tuple[Line, ...]
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Fewest and most words of a line."""

    fewest: int
    most: int


class Selector:
    """Chooses the lines of one document."""

    def __init__(self, document: Document, names: Names, salience: Salience, settings: KeypointSettings) -> None:
        self.document = document
        self.names = names
        self.salience = salience
        self.settings = settings
        self.reasons: dict[int, str] = {}

    def select(self) -> Selection:
        """Return the standfirst and the key points of the document."""
        bullets = self._candidates(Limits(self.settings.min_words, self.settings.max_words))
        openers = self._candidates(Limits(self.settings.standfirst_min_words, self.settings.standfirst_max_words))
        if not bullets:
            bullets = self._candidates(Limits(self.settings.min_words, 2 * self.settings.max_words), strict=False)
        standfirst = self._standfirst(openers, len(bullets))
        taken = [candidate.sentence.index for candidate in standfirst]
        points = self._ordered(self._choose(bullets, self.settings.bullets, taken))
        return Selection(
            standfirst=self._lines(standfirst, "standfirst", self.settings.standfirst_max_words),
            key_points=self._lines(points, "key-point", self.settings.max_words),
            fates=self._fates(standfirst, points),
        )

    # ------------------------------------------------------------ candidates

    def _candidates(self, limits: Limits, *, strict: bool = True) -> dict[int, Candidate]:
        found = {}
        for sentence in self.document.sentences:
            candidate = self._candidate(sentence, limits, strict=strict)
            if candidate is not None:
                found[sentence.index] = candidate
        return found

    def _candidate(self, sentence: Sentence, limits: Limits, *, strict: bool) -> Candidate | None:
        """Return the sentence's first wording that fits and stands alone; the reason why none does is kept."""
        reason = f"cannot be cut to {limits.most} words"
        paragraph = self.document.article.paragraphs[sentence.paragraph]
        speech = quoted_share(sentence, paragraph) > _QUOTED
        for cut in variants(self.document.parses[sentence.index], limits.most, self._precious):
            named = self._named(cut, sentence.index)
            score = float(self.salience.total[sentence.index]) - self._vagueness(named)
            candidate = Candidate(sentence, named, score)
            reason = self._unfit(candidate, limits, speech=speech, strict=strict)
            if not reason:
                return candidate
        self.reasons[sentence.index] = reason
        return None

    def _precious(self, word: str) -> float:
        """What the story loses with a word: much when it is one of the headline's, or a sum."""
        return 2.0 if len(word) > 3 and word[:5] in self._headline else 0.5 * word[:1].isdigit()

    @cached_property
    def _headline(self) -> frozenset[str]:
        return frozenset(word.lower()[:5] for word in words(self.document.article.headline) if len(word) > 3)

    def _vagueness(self, cut: Cut) -> float:
        """How much a line is worth less because it opens with "the …" and does not say which."""
        tokens = [cut.doc[i] for i in cut.order]
        if not self.document.parsed or tokens[0].lower_ != "the" or tokens[0].i in cut.replaced:
            return 0.0
        phrase = []
        for token in tokens[1:]:
            if token.pos_ in {"VERB", "AUX", "PUNCT"}:
                break
            phrase.append(token)
        if any(token.pos_ in {"PROPN", "ADP", "PRON", "PART"} or token.i in cut.replaced for token in phrase):
            return 0.0
        if any(token.lower_ in _UNIQUE for token in phrase):
            return 0.0
        return 0.3 if any(token.lower_[:5] in self._headline for token in phrase) else 0.7

    def _unfit(self, candidate: Candidate, limits: Limits, *, speech: bool, strict: bool) -> str:
        text = candidate.text
        if speech and "report-quotation" not in candidate.cut.edits:
            return "is a quotation"
        if strict and (faults := line_faults(text)):
            return faults[0]
        if not self._is_statement(candidate.cut):
            return "is not a whole statement"
        if strict and (pointer := self._points_out(candidate.cut)):
            return f"“{pointer}” points out of the line"
        length = count_words(text)
        if length < limits.fewest:
            return f"has {length} words, fewer than {limits.fewest}"
        return f"has {length} words, more than {limits.most}" if length > limits.most else ""

    def _is_statement(self, cut: Cut) -> bool:
        """Whether the line has a finite predicate with its subject, both still standing."""
        if not self.document.parsed:
            return any(word.lower() in _VERBS or word.endswith("ed") for word in words(cut.text))
        standing = set(cut.order)
        return any(
            token.dep_ in SUBJECTS
            and token.i in standing
            and token.head.i in standing
            and (verb := finite(token.head)) is not None
            and verb.i in standing
            and (token.head.dep_ == "ROOT" or token.head.head.dep_ == "ROOT" and token.head.dep_ in _MAIN)
            for token in cut.doc
        )

    def _points_out(self, cut: Cut) -> str | None:
        """Return a pronoun or determiner of the line for which the line holds nothing to stand for."""
        for i in cut.order:
            token = cut.doc[i]
            if token.lower_ in {"that", "those", "these"} and token.dep_ == "det":
                return f"{token.text} {token.head.text}"
            if token.lower_ in {"it", "them"} and token.dep_ in {"obj", "obl"} and i not in cut.replaced:
                who = subject(token.head)
                own = set(subtree(who)) if who is not None else set()
                earlier = [cut.doc[j] for j in cut.order if j < i and j not in own and cut.doc[j].pos_ in {"NOUN", "PROPN"}]
                if not earlier:
                    return token.text
        return None

    # ------------------------------------------------------------ names

    def _named(self, cut: Cut, index: int) -> Cut:
        """Replace a pronoun or a bare "the council" at the head of a line by the one it certainly stands for."""
        if not cut.order:
            return cut
        first = cut.doc[cut.order[0]]
        if first.lower_ == "the" and len(cut.order) > 2:
            noun, after = cut.doc[cut.order[1]], cut.doc[cut.order[2]]
            body = self.names.body(noun.text) if noun.text.islower() and after.text not in {"of", "’s", "'s"} else None
            if body:
                return cut.with_words(noun.i, body, "name-for-noun").without({first.i}, "name-for-noun")
        pronoun = next((cut.doc[i] for i in cut.order if cut.doc[i].lower_ in {"he", "she"}), None)
        if pronoun is None or not (pronoun.i == first.i or is_reporting(pronoun.head)) or self.names.mentioned(cut.doc[: pronoun.i].as_doc()):
            return cut
        person = self.names.antecedent(index, pronoun.lower_)
        return cut.with_words(pronoun.i, person.full, "name-for-pronoun") if person else cut

    def _introduced(self, cut: Cut, known: set[str], most: int) -> Cut:
        """Give each person the full name, and the role where it fits, at the first mention in a part."""
        for token in cut.doc:
            if token.i not in cut.order or token.i in cut.replaced or not token.text[:1].isupper():
                continue
            person = self.names.person(token.text)
            if person is None or person.full in known:
                continue
            known.add(person.full)
            longer = self._first_mention(cut, token.i, person)
            if longer is not None and longer.word_count <= most:
                cut = longer
        return cut

    def _first_mention(self, cut: Cut, index: int, person: Person) -> Cut | None:
        """Return the cut with a bare surname, titled or not, written out in full."""
        doc = cut.doc
        before = doc[index - 1] if index else None
        if before is not None and before.text in person.full.split():
            return None
        titled = before is not None and before.text.rstrip(".") in {"Mr", "Mrs", "Ms", "Miss"}
        if before is not None and not titled and before.pos_ in {"PROPN", "NOUN", "ADJ", "DET"}:
            return None
        cut = cut.with_words(index, person.full, "name-in-full")
        return cut.without({index - 1}, "drop-title") if titled else cut

    # ------------------------------------------------------------ choice

    def _standfirst(self, openers: dict[int, Candidate], available: int) -> list[Candidate]:
        """Return the news and the sentence that adds most to it; bullets come first where there is little."""
        if not openers:
            return []
        early = [c for c in openers.values() if c.sentence.index < 4] or list(openers.values())
        first = max(early, key=lambda c: (c.score, -c.sentence.index))
        rest = {i: c for i, c in openers.items() if i != first.sentence.index}
        if available < 5:
            return [first, *self._ordered(self._choose(rest, 1, [first.sentence.index]))]
        second = self._choose(rest, 1, [first.sentence.index])
        return self._ordered([first, *second])

    def _choose(self, candidates: dict[int, Candidate], count: int, taken: Sequence[int]) -> list[Candidate]:
        """Return the best set of so many candidates, none of which tells again what is taken or chosen."""
        chosen: list[Candidate] = []
        used = list(taken)
        pool = {index: c for index, c in candidates.items() if index not in used}
        while pool and len(chosen) < count:
            gains = {index: self._gain(c, used) for index, c in pool.items()}
            best = max(gains, key=lambda index: (gains[index], -index))
            candidate = pool.pop(best)
            if self._repeats(candidate, used):
                self.reasons[best] = "tells again what another line tells"
                continue
            chosen.append(candidate)
            used.append(best)
        return chosen

    def _gain(self, candidate: Candidate, used: Iterable[int]) -> float:
        likeness = max((self.salience.similarity(candidate.sentence.index, other) for other in used), default=0.0)
        return candidate.score - self.settings.diversity * likeness

    def _repeats(self, candidate: Candidate, used: Iterable[int]) -> bool:
        return any(self.salience.similarity(candidate.sentence.index, other) >= _SAME for other in used)

    @staticmethod
    def _ordered(chosen: Iterable[Candidate]) -> list[Candidate]:
        """Return the chosen in the order of the article: news, then reason, background and consequence."""
        return sorted(chosen, key=lambda candidate: candidate.sentence.index)

    # ------------------------------------------------------------ lines

    def _lines(self, chosen: Sequence[Candidate], rule: str, most: int) -> tuple[Line, ...]:
        known: set[str] = set()
        lines = []
        for candidate in chosen:
            cut = self._introduced(candidate.cut, known, most)
            lines.append(self._line(candidate, cut, rule))
        return tuple(lines)

    def _line(self, candidate: Candidate, cut: Cut, rule: str) -> Line:
        sentence = candidate.sentence
        text = house_numbers(cut.text)
        edits = list(dict.fromkeys(cut.edits))
        return Line(
            text=text,
            evidence=(evidence(sentence),),
            edits=tuple(edits + ["number-form"] * (text != cut.text)),
            rule=rule,
            score=round(candidate.score, 6),
            parts=self.salience.parts_of(sentence.index),
        )

    def _fates(self, standfirst: Sequence[Candidate], points: Sequence[Candidate]) -> tuple[Fate, ...]:
        fate = {c.sentence.index: "standfirst" for c in standfirst} | {c.sentence.index: "key point" for c in points}
        rows = []
        for sentence in self.document.sentences:
            chosen = fate.get(sentence.index)
            reason = "" if chosen else self.reasons.get(sentence.index, "scores less than those chosen")
            rows.append(
                Fate(
                    sentence=sentence,
                    score=round(float(self.salience.total[sentence.index]), 6),
                    parts=self.salience.parts_of(sentence.index),
                    fate=chosen or ("passed over" if sentence.index in self.reasons else "not chosen"),
                    reason=reason,
                )
            )
        return tuple(rows)


def evidence(sentence: Sentence) -> Evidence:
    """Return the place of a sentence as the evidence of a line."""
    return Evidence(sentence.index, sentence.paragraph, sentence.start, sentence.end)
