"""Who is compared by `make bench`: each contender turns a page into the sentences of a summary.

Every one is driven as its own documentation says, and asked for five sentences. What it would download is
replaced, and `replaced` says with what. Libraries are imported when a contender is made, so that a process pays
for its own alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Any

from summarise.records import Page

if TYPE_CHECKING:
    from trafilatura.settings import Document

SENTENCES = 5
REFERENCE = "trafilatura"

Summarise = Callable[[Page], Sequence[str]]
"""A page to the sentences of its summary; none, or an exception, where it has none."""

_PUNKT = "NLTK's trained Punkt tables by its untrained splitter with the abbreviations of this program"


@dataclass(frozen=True, slots=True)
class Contender:
    """One row of the comparison: `make` loads what it needs, `packages` are those whose versions are told."""

    name: str
    packages: tuple[str, ...]
    make: Callable[[], Summarise]
    replaced: str = ""

    @property
    def missing(self) -> str:
        """Why it cannot take part; empty where it can."""
        absent = [package for package in self.packages if version(package) is None]
        return f"not installed: {', '.join(absent)}" if absent else ""


def version(package: str) -> str | None:
    """Return the installed version of a package, if it is there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _summarise() -> Summarise:
    from summarise.pipeline import Summariser
    from summarise.settings import Settings

    drafter = Summariser(Settings())

    def work(page: Page) -> list[str]:
        draft = drafter.draft(page)
        return [line.text for line in (*draft.standfirst, *draft.key_points)]

    return work


def _trafilatura() -> Summarise:
    def work(page: Page) -> list[str]:
        return _paragraphs(page)

    return work


def _lead() -> Summarise:
    from summarise.sentences import split

    def work(page: Page) -> list[str]:
        paragraphs = _paragraphs(page)
        sentences = (text[start:end] for text in paragraphs for start, end in split(text))
        return list(islice(sentences, SENTENCES))

    return work


def _newspaper() -> Summarise:
    import newspaper
    from newspaper import nlp

    from summarise.pages import decode

    nlp.split_sentences._tokenizer = punkt()  # where it keeps the splitter once it has one

    def work(page: Page) -> list[str]:
        # An article has an address; with `input_html` nothing is fetched from it.
        article = newspaper.article(
            "https://example.org/page", language="en", input_html=decode(page), fetch_images=False
        )
        article.nlp()
        return str(article.summary).splitlines()

    return work


def _sumy(module: str, algorithm: str) -> Callable[[], Summarise]:
    def make() -> Summarise:
        from importlib import import_module

        from sumy.nlp.stemmers import Stemmer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.utils import get_stop_words

        summariser = getattr(import_module(f"sumy.summarizers.{module}"), algorithm)(Stemmer("english"))
        summariser.stop_words = get_stop_words("english")
        tokenizer = sumy_tokenizer()

        def work(page: Page) -> list[str]:
            # Its parser takes an empty line for the end of a paragraph.
            parser = PlaintextParser.from_string("\n\n".join(_paragraphs(page)), tokenizer)
            return [str(sentence) for sentence in summariser(parser.document, SENTENCES)]

        return work

    return make


def _pytextrank() -> Summarise:
    import pytextrank  # noqa: F401  # registers the component "textrank"
    import spacy

    from summarise.settings import models_folder

    nlp = spacy.load(models_folder() / "en_news")
    nlp.add_pipe("textrank")

    def work(page: Page) -> list[str]:
        doc = nlp("\n".join(_paragraphs(page)))
        return [str(sentence) for sentence in doc._.textrank.summary(limit_phrases=15, limit_sentences=SENTENCES)]

    return work


CONTENDERS = (
    Contender("summarise", ("summarise", "trafilatura", "spacy"), _summarise),
    Contender(REFERENCE, ("trafilatura",), _trafilatura),
    Contender("trafilatura + Lead-5", ("trafilatura",), _lead),
    Contender(
        "newspaper4k",
        ("newspaper4k", "nltk"),
        _newspaper,
        f"{_PUNKT}; the list of public suffixes by the snapshot that tldextract carries",
    ),
    *(
        Contender(
            f"trafilatura + sumy {name}",
            ("trafilatura", "sumy", "nltk"),
            _sumy(module, algorithm),
            f"{_PUNKT}, for sentences and for words",
        )
        for name, module, algorithm in (
            ("TextRank", "text_rank", "TextRankSummarizer"),
            ("LexRank", "lex_rank", "LexRankSummarizer"),
            ("LSA", "lsa", "LsaSummarizer"),
        )
    ),
    Contender(
        "trafilatura + pytextrank",
        ("trafilatura", "pytextrank", "spacy"),
        _pytextrank,
        "the spaCy pipeline of its documentation by this program's own, all components on",
    ),
)


def contender(name: str) -> Contender:
    """Return the contender of a name; raises KeyError."""
    return {one.name: one for one in CONTENDERS}[name]


def _paragraphs(page: Page) -> list[str]:
    """Return the body that trafilatura finds, facts of the page included, as the reference does."""
    from trafilatura import bare_extraction

    from summarise.pages import decode

    document: Document | dict[str, Any] | None = bare_extraction(decode(page), with_metadata=True)
    text = getattr(document, "text", None) or ""
    return [line for line in text.split("\n") if line.strip()]


def punkt() -> Any:
    """Return NLTK's Punkt splitter with our abbreviations in place of its trained tables, which are a download.

    It is the same code that a peer would run with the tables, and about as fast.
    """
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    from summarise.sentences import abbreviations

    known = abbreviations()
    parameters = PunktParameters()
    listed = known.never | known.sometimes | known.times | known.digits | known.states
    parameters.abbrev_types = {word.lower() for word in listed}
    return PunktSentenceTokenizer(parameters)


def sumy_tokenizer() -> Any:
    """Return sumy's own tokenizer for English on `punkt()`; its words are NLTK's, which splits sentences first too."""
    from nltk import word_tokenize
    from sumy.nlp.tokenizers import Tokenizer

    splitter = punkt()

    class Words:
        def tokenize(self, text: str) -> list[str]:
            return [word for part in splitter.tokenize(text) for word in word_tokenize(part, preserve_line=True)]

    class Offline(Tokenizer):  # type: ignore[misc]  # sumy has no types
        def _get_sentence_tokenizer(self, language: str) -> Any:
            return splitter

        def _get_word_tokenizer(self, language: str) -> Any:
            return Words()

    return Offline("english")
