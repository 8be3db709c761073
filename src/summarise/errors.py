"""What can go wrong, as one small tree.

SummariseError
├── UsageError            wrong arguments, settings or rules (exit code 2)
├── RunError              the run itself cannot go on, such as an output that cannot be written (exit code 3)
└── PageError             this page gives no draft; the run goes on (exit code 1)
    ├── UnreadablePage    the bytes cannot be read or decoded as a page
    ├── NoArticle         the page can be read and holds no article
    ├── TooShort          the page holds an article of too few words
    ├── WrongLanguage     the article is not in English
    ├── DuplicatePage     the same bytes, or the same story, were met before in this run
    ├── OverTime          drafting took longer than `limits.seconds` of the settings
    ├── OverMemory        drafting took more memory than `limits.megabytes` of the settings
    └── Crashed           the page killed the process that drafted it

Every message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations


class SummariseError(Exception):
    """The root of this project's errors."""


class UsageError(SummariseError):
    """The program was called or configured in a way that it cannot follow."""


class RunError(SummariseError):
    """The run cannot go on, whatever the pages hold."""


class PageError(SummariseError):
    """One page gives no draft; `stage` names where it fell out, `kind` the class of the failure."""

    stage = "page"
    kind = "page"


class UnreadablePage(PageError):
    """The input cannot be read, or its bytes are not a page of text."""

    stage = "pages"
    kind = "unreadable"


class NoArticle(PageError):
    """The page can be read and holds no article: an index, a login or cookie wall, a stub."""

    stage = "extraction"
    kind = "no-article"


class TooShort(PageError):
    """The page holds an article of fewer words than `min_words` of the settings."""

    stage = "extraction"
    kind = "too-short"


class WrongLanguage(PageError):
    """The article is written in another language than English."""

    stage = "extraction"
    kind = "not-english"


class DuplicatePage(PageError):
    """The same bytes, or the same story under another address, were met before in this run."""

    stage = "batch"
    kind = "duplicate"


class OverTime(PageError):
    """Drafting the page took longer than the settings allow."""

    stage = "batch"
    kind = "timeout"


class OverMemory(PageError):
    """Drafting the page took more memory than the settings allow."""

    stage = "batch"
    kind = "memory"


class Crashed(PageError):
    """The page killed the process that drafted it."""

    stage = "batch"
    kind = "crashed"
