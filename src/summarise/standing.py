"""Whether a line stands alone: what in it leans on a sentence that its reader has not seen.

The checks read the line's text alone, so that selection, lint and evaluation judge by the
same rules. Each returns the faults it finds, in words for an editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from summarise import wording

VAGUE_OPENING = "begins with a definite noun and does not say which"
"""A milder fault than the others: the headline above the line often tells which."""
_WORD = re.compile(r"[\w'’-]+")
_NAME_WORD = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’-]+")
_POINTING = re.compile(
    r"\b(?:this|these|those|such) "
    r"(?!(?:who|with|aged|in|as|of|that|from|living|working|on|affected|whose|a|an)\b)([\w-]+)",
    re.I,
)
_GROUPS = re.compile(
    r"\b(?:the (?:pair|duo|trio|latter|aforementioned|following)|respectively"
    r"|the same (?:day|time|reason|way)|the same (?:period|point|week|month|year)(?=[,.]))\b"
    r"|\b(?:after|before|since|by|until) (?:that|then)(?=[,.])",
    re.I,
)
_BARE_ORDINAL = re.compile(
    r"^The (?:first|second|third|fourth|rest|others?|remainder|remaining|latter|former|same|two|three)"
    r" (?:is|was|were|are|has|have|had|will|can|could|would|may|must|came|comes|went|stands|said|of these|of those)\b"
    r"|^Of (?:that|this|those|these|the)\b"
)
_BARE_QUANTITY = re.compile(
    r"^(?:Most|Many|Some|All|None|Half|Several|A few|One|Two|Three|Four|Five|The other (?:two|three|four|five))"
    r" (?:is|are|was|were|has|have|had|will|can|could|would|may|must|said|say)\b"
)
_LATER = re.compile(
    r"^(?:(?:Just|Only|Barely|Some) (?=[a-z\d]))?"
    r"(?:[Aa]n?|One|Two|Three|Four|Five|Six|\d+|Some|Several|[Aa] few) (?:minute|hour|day|week|month|year)s? "
    r"(?:(?:later|earlier|afterwards)\b|(?:before|after|on),)"
)
_LEANING = re.compile(
    r"^(?:(?:Asked|Pressed|Quizzed|Questioned) (?:about|on|if|whether|why|how|what|when)\b"
    r"|(?:If|When|Once|Unless|Until|After|Before|Since|While|Although|Though|Because|As|Where) it\b"
    r"|What happened\b|(?:In|At|By|On|Since) (?:[\w’-]+ ){1,7}it (?:is|was|rose|fell|stood)(?: at| to| by)? [£$€]?\d"
    r"|At the end of it\b)"
)
_TITLE = re.compile(
    r"(?<!\w)(?<!said )(?<!says )‘[A-Z0-9][\w&-]*(?:’\w+)?(?:[ :-]+(?:[A-Z0-9][\w&-]*(?:’\w+)?|"
    r"an?|and|as|at|by|for|from|in|of|on|or|the|to|with|&)){0,9}’(?!\w)"
)
"""The title of a work or a name in single marks, which is no quotation (‘Once Upon a Time in Selby’)."""
_BOTH = re.compile(r"^Both (?!of\b)(?!(?:[\w’'-]+ ){1,4}and\b)")
_COUNTED = re.compile(
    r"^(?:The (?:two|three|four|five|six|other)|All (?:two|three|four|five|six)) (?!of\b)[a-z]+(?:s|en|ple)\b"
    r"(?! (?:who|which|that|of|from|in|at|with|aged|killed|named|held|accused|involved|charged|convicted)\b)"
)
"""A number of things that are not named ("The two leaders", "All five men")."""
_BOTH_OF = re.compile(r"\bboth (?!of\b|the\b|men\b|women\b)[a-z]+s\b(?! and\b)", re.I)
_OF_THEM = re.compile(
    r"\b(?:many|most|some|all|both|none|several|two|three|four|five|half) of (?:them|these|those)\b", re.I
)
_FRAGMENT = re.compile(r"^(?:Though|Although|Whereas|Unless)\b[^,]*$")
_YEAR_OLD = re.compile(r"^The (?:(?!\w+ed\b)\w+ )?\d+-year-old\b(?! [a-z]+ (?:who|from|of)\b)")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I’m|I'm|I’ve|I've|I’d|I'd|we|us|me|my|our|ours|we’re|we're|we’ve|we've|let’s|let's|myself|ourselves)\b"
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|you’re|you're|yourself)\b", re.I)
_THEY = re.compile(r"\b(?:they|them|their|theirs)\b", re.I)
_HE = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.I)
_EXISTENTIAL = re.compile(r"^There (?:is|are|was|were|will|has|have|had|would|could|may)\b")

_OPEN_QUESTION = re.compile(
    r"^It (?:is|was|remains|is still|is not yet|is not|was not|is yet to be) "
    r"(?:clear|unclear|known|unknown|uncertain|seen) (?:whether|how|what|why|when|if|who|which)\b"
)


def opening_faults(text: str) -> list[str]:
    """Return what is wrong with how the line begins: a pronoun, a demonstrative, a connective, a bare definite noun."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    if not found:
        return ["the line is empty"]
    first = found[0]
    if _EXISTENTIAL.match(text) or _OPEN_QUESTION.match(text) or text.startswith("US "):
        return []
    if first in wording.word_class("said_by_what_follows") and _says_which(found[1:2]):
        return []
    if first in wording.opening_pronouns() or _is_never_alone(found):
        return [f"begins with “{text.split()[0]}”, which points back"]
    if _BOTH.match(text):
        return ["begins with “Both”, which points back"]
    if _COUNTED.match(text):
        return [f"begins with “{' '.join(text.split()[:2])}”, which points back"]
    if _FRAGMENT.match(text):
        return [f"is only half a sentence, from “{text.split()[0]}” on"]
    if _BARE_QUANTITY.match(text) or _LATER.match(text) or _LEANING.match(text):
        return [f"begins with “{' '.join(text.split()[:2]).rstrip(',')}”, which points back"]
    connective = _opening_connective(found)
    if connective:
        return [f"begins with the connective “{connective}”"]
    return _bare_definite(text, found)


def _says_which(following: list[str]) -> bool:
    """Whether what follows "those" or "anyone" says which ("anyone travelling", "those with a car")."""
    return bool(following) and (following[0] in wording.word_class("after_those") or following[0].endswith("ing"))


def _is_never_alone(found: list[str]) -> bool:
    """Whether a line opens with a word for one of several that it does not name ("Each", "Another man")."""
    if found[0] not in wording.word_class("never_alone"):
        return False
    follower = found[1] if len(found) > 1 else ""
    if found[0] == "another":
        return not follower.isdigit()
    return found[0] != "each" or not follower or follower in wording.word_class("common_finite_verbs") | {"of"}


def _opening_connective(found: list[str]) -> str | None:
    subordinates = found[0] in wording.word_class("subordinating")
    office = found[0] == "then" and wording.role_words() & set(found[1:3])
    for phrase in wording.connective_openings():
        parts = phrase.split()
        if found[: len(parts)] != parts:
            continue
        if len(parts) > 1 and "".join(found[len(parts) : len(parts) + 1]) not in {"of", "as"}:
            return phrase
        if len(parts) == 1 and not subordinates and not office:
            return phrase
    return None


def _bare_definite(text: str, found: list[str]) -> list[str]:
    if _BARE_ORDINAL.match(text):
        return [f"begins with “{' '.join(text.split()[:2])}”, which points back"]
    if _YEAR_OLD.match(text):
        return ["begins with an age instead of a name"]
    for phrase in wording.bare_definites():
        parts = phrase.split()
        if found[: len(parts)] == parts and not (
            len(found) > len(parts) and found[len(parts)] in wording.word_class("after_definite")
        ):
            return [VAGUE_OPENING]
    return []


@cache
def _human() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(wording.human_nouns() | wording.role_words()))})\b", re.I)


def _opens_with_name(text: str) -> bool:
    """Whether the first word reads as a surname ("Hartley admitted he"): no common opener, no plural."""
    first = text.split()[0] if text.split() else ""
    return (
        first[:1].isupper()
        and not first.endswith(("s", "ed", "ing", "ly"))
        and first.lower() not in wording.word_class("common_openers")
    )


def pronoun_faults(text: str) -> list[str]:
    """Return third-person pronouns for which the line itself names nobody before them."""
    he = _HE.search(text)
    if he:
        before = text[: he.start()]
        if not (
            _NAME_WORD.search(before)
            or re.search(r"\bwho\b", before)
            or _human().search(before)
            or _opens_with_name(before)
        ):
            return [f"“{he.group()}” has nobody to stand for"]
    they = _THEY.search(text)
    if they and not _has_plural(text[: they.start()]):
        return [f"“{they.group()}” has nobody to stand for"]
    return []


def _has_plural(text: str) -> bool:
    """Whether a text names several people or things, or a body, for which "they" can stand."""
    found = re.findall(
        r"\b(?:\w{2,}s|(?i:people|police|staff|men|women|children|anyone|everyone|team|family|couple|who|those)"
        r"|(?<!^)[A-Z]\w+)\b",
        text,
    )
    return any(
        word.lower() not in wording.word_class("spans_of_time") | wording.word_class("no_plurals") for word in found
    )


def pointing_faults(text: str) -> list[str]:
    """Return demonstratives and group words that point out of the line ("these measures", "the pair")."""
    faults = [
        f"“{match.group()}” points back"
        for match in _POINTING.finditer(text)
        if match.group(1).lower() not in wording.word_class("times") and match.start() >= 0
    ]
    faults += [f"“{match.group()}” points back" for match in _GROUPS.finditer(text)]
    faults += [
        f"“{match.group()}” points back"
        for pattern in (_BOTH_OF, _OF_THEM)
        for match in pattern.finditer(text)
        if not _has_plural(text[: match.start()])
    ]
    do_so = re.search(r"\b(?:do|does|did|done|doing) so\b", text)
    if do_so and not re.search(r"\b(?:to|if|who|can|will) ", text[: do_so.start() - 3], re.I):
        faults.append(f"“{do_so.group()}” points back")
    return faults


def speech_faults(text: str) -> list[str]:
    """Return traces of direct speech: quotation marks, first or second person, a question, an exclamation."""
    faults = []
    if re.search(r"[“”\"]", text):
        faults.append("holds a direct quotation")
    text = _TITLE.sub("A Title", text)
    if re.search(r"\b(?:said|says|told [\w’' ]{2,30}|added) [‘'][A-Z]", text):
        faults.append("holds a direct quotation")
    if re.search(r"(?<!\w)[‘'][^’']{25,}[’'](?!\w)|[:,] [‘']\w|^[‘']|[^sz][’']\.?$", text):
        faults.append("holds a direct quotation")
    if _FIRST_PERSON.search(text):
        faults.append("speaks in the first person")
    if _SECOND_PERSON.search(text):
        faults.append("speaks to the reader")
    if re.search(r"[?!]", text):
        faults.append("asks or exclaims")
    return faults


def form_faults(text: str) -> list[str]:
    """Return traces of a fragment: brackets or marks left open, an ellipsis, a link, a colon or list number."""
    faults = []
    if text.count("(") != text.count(")") or text.count("[") or text.count("‘") > text.count("’"):
        faults.append("a bracket or mark is left open")
    if re.search(r"\b(an?|the|was|were|is|are|to|of|in|and|for|with) \1\b", text, re.I):
        faults.append("says a word twice")
    if re.match(r"(?!(?:In|On|At)\b)[A-Z][\w’'&-]*(?: [\w’'&-]+){0,3}: ", text) and not re.match(
        r"[^:]*\b(?:said|says)\b", text
    ):
        faults.append("reads as a caption or a heading")
    if re.search(r"(?<!\w)'(?!em\b|til\b|n\b)[A-Za-z][^']*$", text):
        faults.append("a bracket or mark is left open")
    if text.startswith("("):
        faults.append("is an aside")
    if re.match(r"\d{1,3} ?[-–—.)] ", text):
        faults.append("begins with the number of a list")
    if re.search(r": [^:]*;[^;]*;", text):
        faults.append("holds a list")
    if other := re.search(r"\bthe other (?:thing|one|two|three|four|man|woman|side|option|half)\b", text):
        faults.append(f"“{other.group()}” points back")
    if re.search(r"\bas (?:many|much)\.$", text):
        faults.append("compares and does not say with what")
    if "…" in text or "..." in text:
        faults.append("is broken off")
    if re.search(
        r"\b(?:bought|purchased|booked|found|read|seen|viewed|available|online) here\b|\bclick(?:ing)?\b", text
    ):
        faults.append("points to a link that a draft does not have")
    if re.search(r"https?:|www\.|@\w|#\w", text):
        faults.append("holds a link or a handle")
    if re.search(r"\b(?:is|was|are|were|by|from|to) [£$€]?\d[\d,.]*\.$", text) and not re.search(
        r"[£$€%]|\b(?:19|20)\d\d\.$|\b[Nn]umber of \w+", text
    ):
        faults.append("ends with a number and does not say of what")
    if re.search(
        r"\b(?:even|and|or|but|with|of|to|as|than|such|the|an?|from|by|that|which|who|including|for|at|into|because)\.$",
        text,
    ):
        faults.append("breaks off")
    if re.match(r"(?:No|Yes|Well|Oh|OK|Okay|Sorry|Look|Hello)[,:] ", text):
        faults.append("is talk")
    if re.match(r"(?:Said|Says|Added|Was|Were|Has|Had|Is|Are) ", text):
        faults.append("has no subject before its verb")
    if re.match(r"(?:How|Why) ", text):
        faults.append("reads as a caption or a heading")
    if re.search(r":\.?$|^\d+[.)] ", text) or (re.match(r"[a-z•*-]", text) and not re.match(r"(?:i|e)[A-Z]", text)):
        faults.append("reads as a fragment")
    return faults


CHECKS: tuple[Callable[[str], list[str]], ...] = (opening_faults, pronoun_faults, pointing_faults)


def context_faults(text: str) -> list[str]:
    """Return every way in which the line leans on what its reader has not seen."""
    return [fault for check in CHECKS for fault in check(text)]


def line_faults(text: str) -> list[str]:
    """Return everything that keeps a line out of the standfirst and the key points."""
    return [*context_faults(text), *speech_faults(text), *form_faults(text)]
