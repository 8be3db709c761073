"""The people and bodies that an article names, and which mention stands for whom.

Precision comes before recall: a surname, "the council" or "he" is resolved only where the
article leaves a single reading, and otherwise is left to the caller, who passes the
sentence over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from summarise import gender
from summarise.antecedents import Reading
from summarise.bodies import Bodies
from summarise.mentions import Mention, People, mentions_of
from summarise.people import Person, bare, people_of
from summarise.records import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Names:
    """Resolves the mentions of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.bodies = Bodies(document)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody the article names in full, in order of first mention."""
        return people_of(self.document)

    @cached_property
    def _by_surname(self) -> dict[str, list[Person]]:
        table: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            table[person.last_token].append(person)
        return table

    def person(self, mention: str) -> Person | None:
        """Return the one person whom a surname, titled or bare, or a full name can stand for."""
        name = bare(mention)
        candidates = self._by_surname.get(name.split()[-1].split("-")[-1] if name else "", [])
        if " " in name:
            candidates = [person for person in candidates if person.full == name]
        return candidates[0] if len(candidates) == 1 else None

    @cached_property
    def _by_first_name(self) -> dict[str, list[Person]]:
        table: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            table[person.full.split()[0]].append(person)
        return table

    def given(self, doc: Doc, token: Token) -> Person | None:
        """Return the one person whose first name stands alone at a token."""
        people = self._by_first_name.get(token.text, [])
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
        alone = not any(
            other.text[:1].isupper() and (other.pos_ == "PROPN" or other.i > token.i or not self.document.parsed)
            for other in beside
        ) and not any(other.text == "-" for other in beside)
        genitive = beside[-1].text in {"'", "’"} and beside[-1].i > token.i
        if len(people) != 1 or genitive or not alone:
            return None
        if token.text in self._by_surname or token.ent_type_ in {"ORG", "PLACE"}:
            return None
        return people[0]

    def by_age(self, age: str, noun: str = "") -> Person | None:
        """Return the one person of that age, whom "the 36-year-old" stands for; a noun of the other gender forbids."""
        who = {person for found, person in self._ages if found == age}
        person = who.pop() if len(who) == 1 else None
        told, known = gender.of_noun(noun) if noun else None, gender.of_name(person.full) if person else None
        return None if told and known and told != known else person

    @cached_property
    def _ages(self) -> tuple[tuple[str, Person], ...]:
        """The ages that the article gives beside names: "Ann Lee, 36," and "36-year-old Ann Lee"."""
        found = []
        for person in self.people:
            name = re.escape(person.full)
            pattern = (
                rf"{name}, (?:who is )?(\d{{1,3}})(?=[,.;) ]|$)(?! ?%)|\b(\d{{1,3}})-year-old (?:[\w-]+ ){{0,4}}{name}"
            )
            for sentence in self.document.sentences:
                found += [(a or b, person) for a, b in re.findall(pattern, sentence.text)]
        return tuple(dict.fromkeys(found))

    def body(self, noun: str, index: int | None = None) -> str | None:
        """Return the one body of the article that "the <noun>" (of a sentence) stands for, such as "the council"."""
        return self.bodies.named_by(noun) if index is None else self.bodies.named_before(noun, index)

    def antecedent(self, index: int, pronoun: str) -> Person | None:
        """Return whom "he" or "she" in a sentence certainly stands for, else None.

        Certain means: wherever the pronoun is a subject of the sentence, it is linked to one person whom the
        article names in full, with a confidence of `antecedents.CERTAIN` or more.
        """
        links = [
            self._reading.links.get(mention.place)
            for mention in self._mentions
            if mention.sentence == index and mention.role == "subject" and mention.text.lower() == pronoun
        ]
        who = {link.who if link is not None and link.is_certain else "" for link in links}
        return self._by_full_name.get(who.pop()) if len(who) == 1 else None

    def somebody_else(self, index: int, pronoun: Token, standing: set[int]) -> str | None:
        """Return whom a "he" or "his" certainly stands for where the standing words of its sentence do not name him."""
        link = self._reading.links.get((index, pronoun.i))
        if link is None or not link.is_certain:
            return None
        beside = (mention for mention in self._mentions if mention.sentence == index and mention.kind != "pronoun")
        named = any(mention.who == link.who and standing & {*range(mention.start, mention.end)} for mention in beside)
        return None if named or any(pronoun.doc[i].text in link.who.split() for i in standing) else link.who

    @cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        return mentions_of(self.document, People(self.document)) if self.document.parsed else ()

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.document, self._mentions)

    @cached_property
    def _by_full_name(self) -> dict[str, Person]:
        return {person.full: person for person in self.people}

    def body_before(self, index: int, verb: Token) -> str | None:
        """Return the body that "it" as the subject of `verb` stands for, if that is certain."""
        return self.bodies.before(index, verb)

    def mentioned(self, doc: Doc, before: int | None = None) -> list[Person]:
        """Return the people whom a sentence mentions by name, each once, in order, up to a token."""
        found: list[Person] = []
        for token in doc[:before]:
            if token.text[:1].isupper() and token.text in self._by_surname:
                person = self._at(doc, token)
                if person is not None and person not in found:
                    found.append(person)
        return found

    def _at(self, doc: Doc, token: Token) -> Person | None:
        """Return the person whose surname stands at this token, by full name where one is given."""
        for person in self._by_surname[token.text]:
            first = token.i - len(re.findall(r"[^\s-]+|-", person.full)) + 1
            if first >= 0 and doc[first : token.i + 1].text == person.full:
                return person
        if len(self._by_surname[token.text]) > 1:
            return None
        return self._by_surname[token.text][0]

    def person_in(self, doc: Doc, span: range) -> Person | None:
        """Return the one person who is named within a stretch of a sentence."""
        found = [token for token in doc[span.start : span.stop] if token.text in self._by_surname]
        people = {person for token in found if (person := self._at(doc, token)) is not None}
        return people.pop() if len(people) == 1 else None

    def is_shared(self, doc: Doc, token: Token) -> bool:
        """Whether a token is a surname that several people share and that no full name around it makes certain."""
        people = self._by_surname.get(token.text, []) if token.text[:1].isupper() else []
        return len(people) > 1 and self._at(doc, token) is None
