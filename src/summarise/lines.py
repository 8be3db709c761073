"""A sentence → the line that could stand for it: shortened, names in full, or passed over with a reason.

Standfirst, key points and blocks all take their sentences from here, so that one set of
rules decides what may stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from summarise import gender, wording
from summarise.captions import is_caption
from summarise.compression import Wordings, variants
from summarise.cut import Cut
from summarise.houseform import house_form
from summarise.language import quoted_share, quoted_spans
from summarise.leaning import leans_on
from summarise.names import Names
from summarise.people import Person, is_in_a_longer_name
from summarise.quotations import report_continued, speaker_of
from summarise.records import Document, Evidence, Line, Sentence, count_words, words
from summarise.removals import blind_removals
from summarise.salience.scores import Salience
from summarise.standing import VAGUE_OPENING, line_faults
from summarise.syntax import FINITE_TAGS, SUBJECTS, finite, is_reporting, root, subject, subtree
from summarise.wholeness import (
    bare_definites,
    broken_off,
    has_stray_comma,
    has_stray_dash,
    is_subordinate,
    points_out,
    says_a_phrase,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING = 8
"""Sentences at the head of an article that are worth a second parse when the first is no help."""
_QUOTED = 0.5
"""Share of a sentence in quotation marks from which it is speech and not news."""
_TOLD = 2.0
"""What a word is worth to its sentence that a summary is certain to tell."""
_WORDING = 0.1
"""What the worth of a wording counts for beside the salience of its sentence."""
_MAIN = frozenset({"ccomp", "conj", "parataxis", "xcomp"})
"""Relations to the root in which parsers leave a main clause that a quotation or an attribution follows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Fewest and most words of a line."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence in the wording in which it could stand as a line; `score` is what it is worth there."""

    sentence: Sentence
    cut: Cut
    score: float

    @property
    def text(self) -> str:
        """The line in house form."""
        return house_form(self.cut.text)


class LineMaker:
    """Makes the lines of one document; `parse` analyses a sentence that is not in it."""

    def __init__(self, document: Document, names: Names, salience: Salience, parse: Callable[[str], Doc]) -> None:
        self.document = document
        self.names = names
        self.salience = salience
        self.parse = parse
        self._introduced: dict[tuple[str, int], bool] = {}
        self._wordings_of: dict[int, Wordings] = {}
        self._best: dict[tuple[int, Limits, bool, bool], Candidate | str] = {}

    def best(
        self, sentence: Sentence, limits: Limits, *, strict: bool = True, pointing: bool = False
    ) -> Candidate | str:
        """Return the sentence's least changed wording that fits and stands alone, or the reason why there is none.

        With `pointing` a line may open with a noun that an earlier sentence introduced, without `strict` it may
        lean on its context in any way: for an article that offers nothing better.
        """
        asked = (sentence.index, limits, strict, pointing)
        if asked not in self._best:
            self._best[asked] = self._found(sentence, limits, strict=strict, pointing=pointing)
        return self._best[asked]

    def _found(self, sentence: Sentence, limits: Limits, *, strict: bool, pointing: bool) -> Candidate | str:
        reason = f"cannot be cut to {limits.most} words"
        if strict and self.document.parsed and is_caption(self.document.parses[sentence.index]):
            return "reads as a caption"
        if strict and sentence.text.rstrip().endswith(":"):
            return "only announces what follows"
        paragraph = self.document.article.paragraphs[sentence.paragraph]
        speech = quoted_share(sentence, paragraph) > _QUOTED
        for cut in self._wordings(sentence, limits.most, speech=speech):
            named = self._named(cut, sentence.index)
            if pointing:
                named = self._with_articles(named)
            worth = _substance(named) - self._vagueness(named, sentence.index) - self._emptiness(named)
            candidate = Candidate(sentence, named, float(self.salience.total[sentence.index]) + _WORDING * worth)
            reason = self._unfit(candidate, limits, speech=speech, strict=strict)
            if not reason and strict and not pointing and (noun := self._points_back(candidate)):
                reason = f"“the {noun}” was introduced by an earlier sentence"
            if not reason:
                return candidate
        return reason

    def _wordings(self, sentence: Sentence, most: int, *, speech: bool) -> Iterator[Cut]:
        """Yield a sentence's wordings; what continues a quotation is given to the quotation's speaker."""
        yield from self._variants(sentence.index, most)
        speaker = self._speaker_around(sentence) if speech and self.document.parsed else None
        reported = report_continued(self.document.parses[sentence.index], speaker) if speaker else None
        if reported is not None:
            yield reported

    def _speaker_around(self, sentence: Sentence) -> str | None:
        """Return who speaks in the paragraph of a quotation, by name, if it is one person or body and certain."""
        found: set[str] = set()
        paragraph = self._where_spoken(sentence.paragraph)
        for other in self.document.sentences:
            if other.paragraph != paragraph:
                continue
            head = speaker_of(self.document.parses[other.index])
            if head is None:
                continue
            if head.pos_ == "PRON":
                person = self.names.antecedent(other.index, head.lower_)
            else:
                person = self.names.person_in(head.doc, subtree(head))
            found.add(person.introduced if person else "")
        return found.pop() or None if len(found) == 1 else None

    def _where_spoken(self, paragraph: int) -> int:
        """Return the paragraph that names the speaker of another: the nearest before one that is all quotation."""
        paragraphs = self.document.article.paragraphs
        while paragraph > 0 and paragraph not in self.document.article.headings:
            text = paragraphs[paragraph].strip()
            if quoted_spans(text) != [(0, len(text))]:
                break
            paragraph -= 1
        return paragraph

    def _variants(self, index: int, most: int) -> Iterator[Cut]:
        """Yield a sentence's wordings; then those that only parse once the sentence is shorter."""
        doc = self.document.parses[index]
        if index not in self._wordings_of:
            self._wordings_of[index] = Wordings(doc)
        yield from self._wordings_of[index].up_to(most, self._precious)
        for removal in blind_removals(doc) if self.document.parsed and index < _OPENING else ():
            shorter = self.parse(Cut.whole(doc).without(removal.indices, removal.name).text)
            top = root(shorter)
            if top is not None and subject(top) is not None and finite(top) is not None:
                for cut in variants(shorter, most, self._precious):
                    yield replace(cut, edits=(removal.name, *cut.edits))

    def _unfit(self, candidate: Candidate, limits: Limits, *, speech: bool, strict: bool) -> str:
        text = candidate.text
        if speech and "report-quotation" not in candidate.cut.edits:
            return "is a quotation"
        if strict and (faults := [fault for fault in line_faults(text) if fault != VAGUE_OPENING]):
            return faults[0]
        if not self._is_statement(candidate.cut):
            return "is not a whole statement"
        if word := broken_off(candidate.cut):
            return f"breaks off after “{word}”"
        if has_stray_dash(candidate.cut):
            return "has one dash of two"
        if has_stray_comma(candidate.cut):
            return "has a comma between subject and predicate"
        if strict and (name := self._ambiguous_name(candidate.cut)):
            return f"“{name}” could be more than one person"
        if strict and (pointer := points_out(candidate.cut)):
            return f"“{pointer}” points out of the line"
        if strict and self.document.parsed and (leaning := leans_on(candidate.cut, self._headline)):
            return f"“{leaning}” leans on what the line does not name"
        if strict and (pronoun := self._mistakable(candidate.cut, candidate.sentence.index)):
            return f"“{pronoun}” is somebody whom the line does not name"
        length = count_words(text)
        if length < limits.fewest:
            return f"has {length} words, fewer than {limits.fewest}"
        return f"has {length} words, more than {limits.most}" if length > limits.most else ""

    def _is_statement(self, cut: Cut) -> bool:
        """Whether the line has a finite main predicate with its subject, both still standing."""
        if not self.document.parsed:
            return any(
                word.lower() in wording.word_class("common_finite_verbs") or word.endswith("ed")
                for word in words(cut.text)
            )
        standing, promoted = set(cut.order), "promote-clause" in cut.edits
        if says_a_phrase(cut):
            return False
        if "promote-predicate" in cut.edits:
            return any(token.dep_ in SUBJECTS and token.i in standing for token in cut.doc)
        return any(
            token.dep_ in SUBJECTS
            and {token.i, token.head.i} <= standing
            and (verb := finite(token.head)) is not None
            and verb.i in standing
            and not is_subordinate(token.head, standing)
            and (promoted or token.head.dep_ == "ROOT" or (token.head.head.dep_ == "ROOT" and token.head.dep_ in _MAIN))
            for token in cut.doc
        )

    def _ambiguous_name(self, cut: Cut) -> str | None:
        """Return a surname of the line that several people of the article share, where no first name tells which."""
        for i in cut.order:
            token = cut.doc[i]
            if i not in cut.replaced and self.names.is_shared(cut.doc, token):
                return str(token.text)
        return None

    # ------------------------------------------------------------ worth of words

    def _precious(self, word: str) -> float:
        """What the story loses with a word: much when headline or summaries tell it, or it is a sum."""
        known = 2.0 if len(word) > 3 and word[:5] in self._headline else 1.0 * word[:1].isdigit()
        return known + _TOLD * self.salience.chances.get(word, 0.0)

    @cached_property
    def _headline(self) -> frozenset[str]:
        return frozenset(word.lower()[:5] for word in words(self.document.article.headline) if len(word) > 3)

    def _vagueness(self, cut: Cut, index: int) -> float:
        """How much a line is worth less because of its definite nouns that do not say which.

        A noun that an earlier sentence introduced ("a crash" … "the crash") leans on that sentence wherever it
        stands; one that opens the line does so more. What is unique, or said more closely in the line, does not.
        """
        if not self.document.parsed:
            return 0.0
        worst = 0.0
        for noun, opens in bare_definites(cut):
            if noun.lower_[:5] in self._headline:
                worst = max(worst, 0.3 if opens else 0.0)
            elif self.is_introduced(noun.lower_, index):
                worst = max(worst, 1.0 if opens else 0.5)
            else:
                worst = max(worst, 0.7 if opens else 0.0)
        return worst

    def _points_back(self, candidate: Candidate) -> str | None:
        """Return the definite noun that opens a line and that an earlier sentence, not the headline, introduced."""
        if not self.document.parsed:
            return None
        for noun, opens in bare_definites(candidate.cut):
            unknown = noun.lower_[:5] not in self._headline
            person = noun.lemma_.lower() in wording.word_class("people_by_kind")
            if opens and unknown and (person or self.is_introduced(noun.lower_, candidate.sentence.index)):
                return str(noun.text)
        return None

    def is_introduced(self, noun: str, index: int) -> bool:
        """Whether a sentence before this one speaks of "a" or "its" noun, so that "the" noun points there."""
        if (noun, index) not in self._introduced:
            stem = re.escape(noun[:-1] if noun.endswith("s") and len(noun) > 4 else noun)
            pattern = re.compile(rf"{_INTRODUCING} (?:[\w'’-]+ ){{0,3}}{stem}(?:s|es)?\b", re.IGNORECASE)
            earlier = self.document.sentences[:index]
            self._introduced[noun, index] = any(pattern.search(sentence.text) for sentence in earlier)
        return self._introduced[noun, index]

    @staticmethod
    def _emptiness(cut: Cut) -> float:
        """How much a line is worth less because it only says that there is something ("There is a catch")."""
        first = cut.doc[cut.order[0]].lower_ if cut.order else ""
        return 0.7 if first == "there" and not any(cut.doc[i].like_num for i in cut.order) else 0.0

    # ------------------------------------------------------------ names

    def _named(self, cut: Cut, index: int) -> Cut:
        """Replace a bare "the council", or the "he" who speaks, by the one it certainly stands for."""
        if not cut.order:
            return cut
        first = cut.doc[cut.order[0]]
        if first.lower_ == "the" and len(cut.order) > 2:
            noun, after = cut.doc[cut.order[1]], cut.doc[cut.order[2]]
            body = (
                self.names.body(noun.text, index)
                if noun.text.islower() and after.text not in {"of", "’s", "'s"}
                else None
            )
            if body:
                return cut.with_words(noun.i, body, "name-for-noun").without({first.i}, "name-for-noun")
            if (aged := self._by_age(cut)) is not None:
                return aged
        if first.lower_ == "it" and first.dep_ == "nsubj" and first.head.dep_ == "ROOT":
            speaker = self.names.body_before(index, first.head)
            return cut.with_words(first.i, speaker, "name-for-pronoun") if speaker else cut
        pronoun = next((cut.doc[i] for i in cut.order if cut.doc[i].lower_ in {"he", "she"}), None)
        if pronoun is None or not (
            pronoun.i == first.i or is_reporting(pronoun.head) or self._is_another(cut, index, pronoun)
        ):
            return cut
        if self.names.mentioned(cut.doc, before=pronoun.i) and not self._is_another(cut, index, pronoun):
            return cut
        person = self.names.antecedent(index, pronoun.lower_)
        if person is None or any(token.text == person.full.split()[0] for token in cut.doc[: pronoun.i]):
            return cut
        return _with_a_name(cut, pronoun, person.introduced)

    def _with_articles(self, cut: Cut) -> Cut:
        """Write "the study" for "this study" where the headline, below which the line stands, speaks of it."""
        for i in cut.order:
            token = cut.doc[i]
            if token.lower_ not in {"this", "these"} or token.dep_ != "det" or i in cut.replaced:
                continue
            if token.head.lower_[:5] in self._headline and token.head.i == i + 1:
                cut = cut.with_words(i, "The" if i == cut.order[0] else "the", "article-for-pointer")
        return cut

    def _is_another(self, cut: Cut, index: int, pronoun: Token) -> bool:
        """Whether a pronoun of a line certainly stands for somebody whom the line does not name."""
        if cut.doc is not self.document.parses[index] or pronoun.lower_ not in wording.word_class("he_and_she"):
            return False
        before = cut.doc[: pronoun.i]
        if not self.names.mentioned(cut.doc, before=pronoun.i) and any(_is_somebody(token) for token in before):
            return False
        replaced = {word for text in cut.replaced.values() for word in text.split()}
        link = self.names.somebody_else(index, pronoun, set(cut.order))
        return link is not None and link.split()[-1] not in replaced

    def _mistakable(self, cut: Cut, index: int) -> str | None:
        """Return a pronoun of a line that a reader would take for the wrong person, or for nobody."""
        if not self.document.parsed:
            return None
        for i in cut.order:
            if i not in cut.replaced and (self._is_another(cut, index, cut.doc[i]) or self._fits_nobody(cut.doc[i])):
                return str(cut.doc[i].text)
        return None

    def _fits_nobody(self, pronoun: Token) -> bool:
        """Whether everybody whom a sentence names before a "her" is a "he", or the other way round."""
        told, before = gender.of_pronoun(pronoun.text), pronoun.doc[: pronoun.i]
        if told is None or pronoun.lower_ not in wording.word_class("he_and_she"):
            return False
        people = self.names.mentioned(pronoun.doc, before=pronoun.i)
        named = {word for person in people for word in person.full.split()}
        others = any(_is_somebody(token) and token.text not in named for token in before)
        return bool(people) and not others and all(gender.of_name(p.full) not in {None, told} for p in people)

    def _by_age(self, cut: Cut) -> Cut | None:
        """Return a cut that opens with "The 36-year-old" with the name of the one person of that age instead."""
        doc, opening = cut.doc, cut.order[:8]
        if len(opening) < 8 or [doc[i].lower_ for i in opening[2:6]] != ["-", "year", "-", "old"]:
            return None
        after = doc[opening[6]]
        noun = after if after.pos_ == "NOUN" and after.tag_ == "NN" else None
        verb = doc[opening[7]] if noun is not None else after
        person = self.names.by_age(doc[opening[1]].text, noun.lemma_ if noun is not None else "")
        if person is None or verb.pos_ not in {"VERB", "AUX"} or verb.tag_ not in FINITE_TAGS:
            return None
        if any(token.text == person.last_token for token in doc):
            return None
        head = opening[6] if noun is not None else opening[5]
        gone = set(opening[:7]) - {head, verb.i}
        return cut.with_words(head, person.introduced, "name-for-noun").without(gone, "name-for-noun")

    def introduced(self, cut: Cut, known: set[str], most: int) -> Cut:
        """Give each person the full name at the first mention in a part, where the line stays within `most` words.

        `known` holds the full names that the part has already introduced, and is added to.
        """
        for token in cut.doc:
            if token.i not in cut.order or token.i in cut.replaced or not token.text[:1].isupper():
                continue
            person, given = self.names.person(token.text), self.names.given(cut.doc, token)
            if (person := person or given) is None or person.full in known or is_in_a_longer_name(token):
                continue
            known.add(person.full)
            for name in (person.introduced, person.full):
                longer = (
                    _first_mention(cut, token.i, person, name)
                    if given is None
                    else cut.with_words(token.i, name, "name-in-full")
                )
                if longer is not None and longer.word_count <= most:
                    cut = longer
                    break
        return cut

    # ------------------------------------------------------------ lines

    def lines(self, chosen: Sequence[Candidate], rule: str, most: int) -> tuple[Line, ...]:
        """Return the lines of one part of the page from its chosen candidates, people introduced once."""
        known: set[str] = set()
        return tuple(self.line(replace(c, cut=self.introduced(c.cut, known, most)), rule) for c in chosen)

    def line(self, candidate: Candidate, rule: str) -> Line:
        """Return a candidate as a line with its evidence, edits and score."""
        text = candidate.text
        edits = list(dict.fromkeys(candidate.cut.edits))
        parts = self.salience.parts_of(candidate.sentence.index)
        total = sum(value for _, value in parts)
        if abs(candidate.score - total) > 1e-6:
            parts = (*parts, ("wording", round(candidate.score - total, 6)))
        return Line(
            text=text,
            evidence=(evidence(candidate.sentence),),
            edits=tuple(edits + ["house-form"] * (text != candidate.cut.text)),
            rule=rule,
            score=round(candidate.score, 6),
            parts=parts,
        )


_INTRODUCING = (
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|both|another|new|his|her|its|their)\b"
)


def _substance(cut: Cut) -> float:
    """How much a line is worth more for what it holds: up to 1 for its length, up to 1 for two figures.

    Readers of a bullet want its figures; the weights were chosen by the share of facts that editors
    named which standfirst and key points carry.
    """
    figures = sum(1 for i in cut.order if cut.doc[i].like_num and cut.doc[i].text[:1].isdigit())
    return min(cut.word_count, _FULL) / _FULL + 0.5 * min(figures, 2)


_FULL = 22
"""Words of a full line."""
_COURTESY = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx"})


def _is_somebody(token: Token) -> bool:
    """Whether a word can be the antecedent of a "he" without naming anybody ("the striker", "the 32-year-old")."""
    if token.lower_ in {"who", "old"} or token.ent_type_ == "PERSON":
        return True
    if token.text.capitalize() in wording.body_nouns():
        return False
    kinds = wording.human_nouns() | wording.role_words() | wording.word_class("people_by_kind")
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return token.lower_ in kinds or token.lemma_.lower() in kinds or (token.pos_ == "NOUN" and token.dep_ in SUBJECTS)


def _with_a_name(cut: Cut, pronoun: Token, name: str) -> Cut:
    """Return the cut with a name for a pronoun; "she's" becomes "Ann Lee has" or "is", not "Ann Lee's"."""
    cut = cut.with_words(pronoun.i, name, "name-for-pronoun")
    verb = pronoun.nbor() if pronoun.i + 1 < len(pronoun.doc) else None
    if verb is None or verb.lower_ not in {"'s", "’s"}:
        return cut
    perfect = verb.dep_ == "aux" and verb.head.tag_ == "VBN"
    return cut.with_words(verb.i, " has" if perfect else " is", "name-for-pronoun")


def _first_mention(cut: Cut, index: int, person: Person, name: str) -> Cut | None:
    """Return the cut with a bare surname, titled or not, written out as `name`."""
    doc = cut.doc
    first = index if doc[index].text == person.surname else index - 2 * person.surname.count("-")
    if first < 0 or doc[first : index + 1].text != person.surname:
        return None
    before = doc[first - 1] if first else None
    if before is not None and (before.text in person.full.split() or before.text == "-"):
        return None
    if doc[index].ent_type_ == "PLACE":
        return None
    if any(token.text == person.full.split()[0] for token in doc):
        return None  # the first name stands elsewhere: somebody else may be meant
    if before is not None and before.is_punct and before.text not in {",", "–", "—", "(", ";", ":"}:
        return None  # a nickname in marks stands between the names
    titled = before is not None and before.text.rstrip(".") in _COURTESY | {"Dr", "Prof", "Professor"}
    if before is not None and not titled and before.pos_ in {"PROPN", "NOUN", "ADJ", "DET"}:
        return None
    cut = cut.with_words(index, name, "name-in-full")
    if first < index:
        cut = replace(cut, order=tuple(i for i in cut.order if not first <= i < index))
    return cut.without({first - 1}, "drop-title") if titled else cut


def evidence(sentence: Sentence) -> Evidence:
    """Return the place of a sentence as the evidence of a line."""
    return Evidence(sentence.index, sentence.paragraph, sentence.start, sentence.end)
