"""The rules looked at as a book: whether their examples hold, and what became of each rule on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarise.house.blocks import LENGTHS, Drafted, fired, refusal
from summarise.house.kinds.catalogue import KINDS
from summarise.house.rules import Rule
from summarise.house.story import Story, story_of
from summarise.language import Analyser
from summarise.lines import LineMaker
from summarise.names import Names
from summarise.records import Article, Block, RuleFate, Sentence, count_words
from summarise.salience.scores import score
from summarise.sentences import split

_SCORER = "learned"
"""Examples are short: what a rule may write of them does not hang on their sentences' scores."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An example on which a rule does not do what the example says; `where` is the place of the example."""

    where: str
    rule: str
    message: str

    def __str__(self) -> str:
        """Return the mistake as one line, the place first."""
        return f"{self.where}: {self.rule}: {self.message}"


def example(text: str, analyser: Analyser) -> Story:
    """Return the story of an example: its first sentence is the headline, the others are the body."""
    headline, *body = (text[start:end] for start, end in split(text))
    article = Article(headline.rstrip("."), None, (), None, None, None, "en", (" ".join(body),))
    document = analyser.analyse(article)
    return story_of(LineMaker(document, Names(document), score(document, _SCORER), analyser.parse))


def mistakes(rule: Rule, analyser: Analyser) -> Iterator[Mistake]:
    """Yield every example of a rule that does not hold."""
    for text, where in zip(rule.fires, rule.origin.fires, strict=True):
        story = example(text, analyser)
        if not any(fired(story, rule.block, [rule])):
            yield Mistake(where, rule.id, f"writes nothing on an example of `fires`: {silence(rule, story)}")
    for text, where in zip(rule.silent, rule.origin.silent, strict=True):
        story = example(text, analyser)
        for drafted in fired(story, rule.block, [rule]):
            yield Mistake(where, rule.id, f"writes on an example of `silent`: {drafted.text}")
        if rule.sober not in {None, story.sober} or rule.british not in {None, story.british}:
            message = f"an example of `silent` is silent for its kind of story alone: {refusal(rule, story)}"
            yield Mistake(where, rule.id, message)


def fates(name: str, block: Block, story: Story, rules: Sequence[Rule], told: Mapping[int, str]) -> Iterator[RuleFate]:
    """Yield what became of every rule of a block: the sentences taken, those passed over, then the silent rules.

    `story` is the story as it was when the block was written; `told` names the part of the page that tells a sentence.
    """
    sentences = story.document.sentences
    for line in block.sentences:
        evidence = tuple(sentences[source.sentence] for source in line.evidence)
        yield RuleFate(line.rule, name, "taken", "stands in the block", line.text, evidence)
    taken = {(line.rule, line.evidence[0].sentence) for line in block.sentences}
    of_block = [rule for rule in rules if rule.block == name]
    untold = replace(story, taken=frozenset())  # so that a rule whose evidence is told elsewhere is not called silent
    could = {rule.id: list(fired(untold, name, [rule])) for rule in of_block}
    free = {_key(drafted) for drafted in fired(story, name, of_block)}
    for drafted in (drafted for rule in of_block for drafted in could[rule.id]):
        if _key(drafted) not in taken:
            part = None if _key(drafted) in free else told.get(drafted.match.sentence.index, "another part")
            reason = f"its evidence is told already by {part}" if part else _passed_over(drafted, name, block)
            yield RuleFate(drafted.rule.id, name, "not taken", reason, drafted.text, _sources(drafted))
    for rule in of_block:
        if not could[rule.id]:
            yield RuleFate(rule.id, name, "silent", silence(rule, untold))


def _key(drafted: Drafted) -> tuple[str, int]:
    return drafted.rule.id, drafted.match.sentence.index


def _sources(drafted: Drafted) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in (drafted.match.sentence, drafted.match.also) if sentence)


def _passed_over(drafted: Drafted, name: str, block: Block) -> str:
    """Return why a sentence that a rule could write is not in the block, as far as the block tells."""
    words, most = count_words(drafted.text), LENGTHS[name].most
    if words > most:
        return f"too long: {words} words, where the whole block may have {most}"
    if block.status != "drafted":
        return f"the block is open: {block.reason}"
    for line in block.sentences:
        if drafted.match.sentence.index in {source.sentence for source in line.evidence}:
            return f"{line.rule} tells the same sentence"
        if line.rule == drafted.rule.id and not drafted.rule.repeats:
            return "the rule has a sentence in the block and may have only one"
    if drafted.rule.part == "first":
        return "it may only open the block, and another sentence opens it"
    if words + count_words(block.text) > most:
        return f"the block would have more than {most} words with it"
    return "other sentences were worth more, or say much the same"


def silence(rule: Rule, story: Story) -> str:
    """Return why a rule can write nothing about a story, in one phrase."""
    refused = refusal(rule, story)
    if refused is not None:
        return refused
    if any(KINDS[rule.kind].find(story, rule)):
        return "the evidence fills the slots of no frame"
    document = story.document
    readings = zip(document.sentences, document.lemmas, strict=True)
    cued = sum(rule.admits(sentence.text) or rule.admits(" ".join(lemmas)) for sentence, lemmas in readings)
    if rule.cues and not cued:
        return f"no sentence holds a cue{' without a word of `unless`' if rule.unless else ''}"
    if not rule.cues:
        return f"no evidence of the kind {rule.kind!r}"
    return f"{cued} sentence{'s' if cued != 1 else ''} with a cue, none of use to the kind {rule.kind!r}"
