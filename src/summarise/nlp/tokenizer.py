"""British news in spaCy's English tokenizer: abbreviations keep their stop, sums and times part from their unit.

The result is Universal Dependencies' tokenization, on which the pipeline is trained: "£3.2m" is three
tokens, "10.30am" two, "Cllr." one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacy.util import compile_suffix_regex, registry

from summarise.sentences import abbreviations

if TYPE_CHECKING:
    from spacy.language import Language

_UNITS = ("bn", "tn", "k", "p", "million", "billion", "trillion", "am", "pm")
_SUFFIXES = [rf"(?<=[0-9])(?:{'|'.join(_UNITS)})"]
_ORDINARY_WORDS = frozenset({"Mass", "Sat", "Sun", "Wed", "Wash", "Ill", "Mar", "Con", "Ore", "Ch"})


@registry.callbacks("summarise.british_tokenizer.v1")  # type: ignore[untyped-decorator]
def british_tokenizer() -> Callable[[Language], None]:
    """Return the callback that gives a new pipeline's tokenizer these rules; they are saved with the tokenizer."""
    return add_british_rules


def add_british_rules(nlp: Language) -> None:
    """Add the abbreviations of data/abbreviations.yaml and the units to the tokenizer of a pipeline."""
    tokenizer: Any = nlp.tokenizer
    suffixes = list(nlp.Defaults.suffixes or ())
    lists = abbreviations()
    for word in sorted(lists.never | lists.sometimes):
        if word not in _ORDINARY_WORDS and (word[:1].isupper() or "." in word):
            tokenizer.add_special_case(f"{word}.", [{"ORTH": f"{word}."}])
    # "m." is a special case of spaCy's, for an initial; it would swallow the stop of "£2m."
    tokenizer.rules = {text: rule for text, rule in tokenizer.rules.items() if text not in {"m.", "k.", "p.", "C."}}
    tokenizer.suffix_search = compile_suffix_regex([*suffixes, *_SUFFIXES]).search
