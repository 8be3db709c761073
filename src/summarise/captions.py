"""Captions of pictures among an article's sentences: what a picture shows, told to somebody who sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarise.syntax import complement, finite, is_reporting, root

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PLACE = (
    r"(?:far |second |third |top |bottom |front |back |main |inset )?"
    r"(?:left|right|cent(?:re|er)|above|below|pictured|inset)"
)
_IN_BRACKETS = re.compile(rf"\([^()]*\b{_PLACE}\b[^()]*\)", re.I)
_SHOWN = re.compile(
    r"\b(?:pictured|photographed|seen|shown) (?:here|above|below|left|right|together|with|at|in|on|during|outside)\b"
    r"|^(?:Scroll|Swipe) |\b(?:Picture|Photo|Image)s? (?:by|credit|courtesy)\b|\bincluding this\b",
    re.I,
)
_UNSTOPPED = re.compile(r"\b(?:pictured|photographed|on the (?:left|right))\b", re.I)
"""What tells a caption where no full stop ends the sentence."""
_FUSED = re.compile(r"[a-z)’'”\"] (?:It|He|She|They|There|But|However|This|His|Her|A|An|The) (?=[a-z])")


def is_caption(doc: Doc) -> bool:
    """Whether a sentence tells what a picture shows: no full stop, and a place in the picture or an act in the present.

    A caption that a page runs into the sentence after it counts as one.
    """
    text = doc.text.strip()
    if _FUSED.search(text) and not re.search(r"[.!?]", text.rstrip(".!?”’\"'")):
        return _parts(text)
    stopped = text.rstrip("”’\"')").endswith((".", "!", "?", "…"))
    if stopped:
        return _IN_BRACKETS.search(text) is not None and _acts_now(doc)
    return _acts_now(doc) or _SHOWN.search(text) is not None or _UNSTOPPED.search(text) is not None


def _parts(text: str) -> bool:
    """Whether a capital in the middle of a text begins a sentence, and is no part of a title."""
    match = _FUSED.search(text)
    return match is not None and not re.search(r"[A-Z]\w* ?$", text[: match.start() + 1].rsplit(" ", 1)[-1])


def _acts_now(doc: Doc) -> bool:
    """Whether the main verb tells an act in the present, as captions do ("Pell holds up the cup")."""
    top = root(doc)
    if top is None or top.pos_ != "VERB" or (is_reporting(top) and complement(top) is not None):
        return False
    verb = finite(top)
    return verb == top and verb.tag_ in {"VBZ", "VBP"}
