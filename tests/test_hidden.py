"""Hidden labels and captions are taken out of the tree; what a reader sees stays."""

from __future__ import annotations

import pytest
from lxml import html

from summarise.webpage.hidden import without_hidden_words


def _text(markup: str) -> str:
    tree = html.fromstring(f"<html><body>{markup}</body></html>")
    without_hidden_words(tree)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    "markup",
    [
        '<p>The bill<span class="visually-hidden">opens in a new window</span> is law.</p>',
        '<div><span class="nhs-u-visually-hidden">Information: </span>The bill is law.</div>',
        "<figure><figcaption>Ministers on the steps</figcaption></figure><p>The bill is law.</p>",
        '<div><div class="image-caption">Ministers on the steps</div>The bill is law.</div>',
        '<div><span class="label hidden">Sponsored</span>The bill is law.</div>',
        '<p><span class="photo_credit">A. Snapper</span>The bill is law.</p>',
        '<p>The bill <em class="caption">the hall, pictured</em>is law.</p>',
    ],
)
def test_what_is_no_text_goes_and_words_stay_apart(markup: str) -> None:
    assert _text(markup) == "The bill is law."


@pytest.mark.parametrize(
    "markup",
    [
        '<h1><span class="visually-hidden">Live: </span>The bill is law</h1>',
        '<div class="has-caption"><h1>The bill is law</h1></div>',
        f'<div class="hidden">{"The bill is law and has been since noon on Monday. " * 3}</div>',
        '<p class="hidden">The bill is law.</p>',
        '<h2 class="hidden md:block">The bill is law</h2>',
        '<span class="mobile hidden">The bill is law</span>',
        f'<div class="media-caption">{"The bill is law. " * 30}</div>',
        '<span class="accredited">The bill is law.</span>',
        '<p class="reader-comment-free">The bill is law.</p>',
        '<span class="credit-union">The bill is law.</span>',
    ],
)
def test_what_only_sounds_hidden_stays(markup: str) -> None:
    tree = html.fromstring(f"<html><body>{markup}</body></html>")
    assert _text(markup) == " ".join(tree.text_content().split())
