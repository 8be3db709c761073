"""The bodies that an article names, and which of them "the council", "the force", "HMRC" or "it" stands for.

Precision comes before recall: there is an answer only where the article leaves a single reading. "They" has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from summarise import gender, wording
from summarise.records import Document
from summarise.syntax import is_reporting, root, subject, subtree, text_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = r"[A-Z][\w'’&.-]+"
_BEFORE_A_NAME = re.compile(r"^(?:A|An|But|And|In|At|However|While|When|After) ")
_SHORT_FORM = re.compile(rf"(?P<name>{_WORD}(?: (?:of|for|and|the|&|to|in|{_WORD}))*) \((?P<short>[A-Z][\w&]*[A-Z])\)")
_NO_PART_OF_A_NAME = frozenset({"ADJ", "ADV", "NOUN", "VERB", "PRON", "NUM"})
_THE_NAME = re.compile(r"\bthe ([A-Z][a-zé]+)(?! [A-Z])\b")
_LONGEST = 8
"""Words of the longest subject that is taken for a name."""


class Bodies:
    """The bodies of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _by_noun(self) -> dict[str, set[str]]:
        """Bodies by the noun of their kind: "council" → {"Leeds City Council"}; with "the" where it has one."""
        table: dict[str, set[str]] = defaultdict(set)
        pattern = re.compile(
            rf"(?:\b[Tt]he )?(?:{_WORD}(?: (?:(?:of|for)(?: the)?|and|&|{_WORD}))*? )"
            rf"(?P<noun>{'|'.join(wording.body_nouns())})\b(?: of (?:the )?{_WORD}(?: {_WORD})*)?"
        )
        for sentence in self.document.sentences:
            for match in pattern.finditer(sentence.text):
                name = re.sub(r"^The ", "the ", _BEFORE_A_NAME.sub("", match.group()))
                name = re.sub(r"['’]s?$", "", name)
                if len(name.split()) > 1 + name.startswith("the "):
                    table[match["noun"].lower()].add(name)
        return table

    def named_before(self, noun: str, index: int) -> str | None:
        """Return the body that "the <noun>" of a sentence stands for: named before, and not overshadowed by another.

        A body is overshadowed where the sentences before speak more often of another that may be of the same kind
        ("the Louvre" is a museum), or where "the road department" in lower case is another one.
        """
        name = self.named_by(noun)
        if name is None:
            return None
        earlier = self.document.sentences[:index]
        pattern = re.compile(rf"\b[Tt]he (?:[a-z][\w-]+ ){{1,2}}{re.escape(noun)}\b")
        own = sum(_bare(name) in sentence.text for sentence in earlier)
        if not own or any(pattern.search(sentence.text) for sentence in self.document.sentences):
            return None
        return None if self._rival(name, index) > own else name

    def _rival(self, name: str, index: int) -> int:
        """Return how many of the sentences before speak of the bare "the <Name>" that they speak of most often."""
        counts: dict[str, int] = defaultdict(int)
        for sentence in self.document.sentences[:index]:
            for found in set(_THE_NAME.findall(sentence.text)):
                if found not in name and found not in {"UK", "US", "EU", "NHS", "BBC"}:
                    counts[found] += 1
        return max(counts.values(), default=0)

    def named_by(self, noun: str) -> str | None:
        """Return the one body that "the <noun>" can stand for: "the council", "the force", "the Met"."""
        names = self._by_noun.get(noun.lower(), set())
        if not names and noun.lower() == "force":
            names = set().union(*(self._by_noun.get(kind, set()) for kind in ("police", "constabulary")))
        if not names and noun[:1].isupper() and len(noun) > 2:
            names = {name for found in self._by_noun.values() for name in found if _bare(name).startswith(noun)}
        return _only_one(names)

    def written_out(self, short: str) -> str | None:
        """Return what an abbreviation stands for where the article says so in brackets: "HM Courts Service (HMCS)"."""
        found = {
            name
            for sentence in self.document.sentences
            for match in _SHORT_FORM.finditer(sentence.text)
            if match["short"] == short and (name := _with_initials(match["name"], short))
        }
        return found.pop() if len(found) == 1 else None

    def before(self, index: int, verb: Token) -> str | None:
        """Return the body that "it" as the subject of `verb` stands for: the sole subject of the sentence before.

        The verb tells that a body is meant, by reporting what it says or by an act that only bodies do. Where the
        sentence before is about "it" too, in the same paragraph or the one before, its own "it" is looked up.
        """
        if index == 0 or not _is_act_of_body(verb):
            return None
        before = root(self.document.parses[index - 1])
        who = subject(before) if before is not None else None
        if before is None or who is None:
            return None
        if who.lower_ == "it" and who.i == 0:
            here, there = (self.document.sentences[i].paragraph for i in (index, index - 1))
            return self.before(index - 1, before) if here - there <= 1 else None
        return _name_of(who)


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _only_one(names: set[str]) -> str | None:
    """Return the longest of several forms of one name, with "the" where it has one; None for several names."""
    if not names:
        return None
    longest = max(sorted(_bare(name) for name in names), key=len)
    if not all(longest.endswith(_bare(name)) or longest.startswith(_bare(name)) for name in names):
        return None
    return longest if longest in names else f"the {longest}"


def _with_initials(name: str, short: str) -> str | None:
    """Return the last words of a name whose initials make an abbreviation: small words may count or not."""
    words = name.split()
    for start in range(len(words) - 1, -1, -1):
        initials = "".join(word if word.isupper() else word[0] for word in words[start:] if word[0].isupper())
        every = "".join(word if word.isupper() else word[0] for word in words[start:]).upper()
        if short.upper() in {initials.upper(), every} and words[start][0].isupper():
            return " ".join(words[start:])
    return None


def _is_act_of_body(verb: Token) -> bool:
    return is_reporting(verb) or (verb.pos_ == "VERB" and verb.lemma_.lower() in wording.word_class("acts_of_a_body"))


def _name_of(who: Token) -> str | None:
    """Return the name that a subject is, if it is one body's and nothing but a name."""
    if (
        who.pos_ != "PROPN"
        or who.ent_type_ == "PERSON"
        or gender.of_first_name(who.doc[subtree(who).start].text) is not None
        or any(child.dep_ in {"conj", "acl:relcl", "appos", "obl:unmarked"} for child in who.children)
    ):
        return None
    span = subtree(who)
    small = [token for token in who.doc[span.start : span.stop] if token.text[:1].islower()]
    text = text_of(who.doc, span)
    if len(span) > _LONGEST or "," in text or "(" in text or any(token.pos_ in _NO_PART_OF_A_NAME for token in small):
        return None
    return text
