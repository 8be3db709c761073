"""The gate fails for the right metric when the pipeline is broken on purpose, and its floors only rise."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarise.errors import UsageError
from summarise.evaluation import gate
from summarise.evaluation.corpora import Case, read_cases
from summarise.evaluation.quality_file import Lowered, Quality, gated, read_quality, to_toml
from summarise.evaluation.scoring import CaseDrafter, CaseScores, Evaluation, evaluate
from summarise.evaluation.table import verdict_lines
from summarise.records import Block, Line
from summarise.settings import Settings

CORPUS = Path(__file__).parent / "corpus"
HASHES = {"dev": "d", "gate": "g"}


def evaluation(**cases: Mapping[str, float]) -> Evaluation:
    """Return an evaluation of cases with the given values."""
    return Evaluation("corpus", tuple(CaseScores(slug, "gate", "sport", values) for slug, values in cases.items()))


def pinned(result: Evaluation) -> Quality:
    """Return the quality file that holds a result's values as floors."""
    return gate.repin(result, Quality(), HASHES, date="2024-01-01")


NOW = evaluation(a={"support": 1.0, "repetition": 0.2}, b={"support": 0.8, "repetition": 0.4})


# ---------------------------------------------------------------- floors


def test_what_was_pinned_passes_and_rounding_cannot_fail_it() -> None:
    assert gate.check(NOW, pinned(NOW), HASHES).passed
    thirds = evaluation(a={"support": 1 / 3, "repetition": 2 / 3})
    assert gate.check(thirds, pinned(thirds), HASHES).passed


def test_a_fall_names_the_metric_and_the_cases_that_fell_most() -> None:
    worse = evaluation(a={"support": 0.9, "repetition": 0.2}, b={"support": 0.5, "repetition": 0.4})
    verdict = gate.check(worse, pinned(NOW), HASHES)
    assert [fall.metric.name for fall in verdict.falls] == ["support"]
    assert verdict.falls[0].cases == (("b", 0.8, 0.5), ("a", 1.0, 0.9))
    text = "\n".join(verdict_lines(verdict))
    assert "0.7000 is below its floor 0.8995 (-0.1995)" in text
    assert "b: 0.8000 → 0.5000 (-0.3000)" in text
    assert "NOT passed" in text


def test_a_metric_that_is_better_when_low_fails_when_it_rises() -> None:
    worse = evaluation(a={"support": 1.0, "repetition": 0.3}, b={"support": 0.8, "repetition": 0.4})
    assert [fall.metric.name for fall in gate.check(worse, pinned(NOW), HASHES).falls] == ["repetition"]


def test_a_metric_that_is_no_longer_measured_or_has_no_floor_fails() -> None:
    gone = gate.check(evaluation(a={"repetition": 0.3}), pinned(NOW), HASHES)
    assert [(fall.metric.name, fall.value) for fall in gone.falls] == [("support", None)]
    new = gate.check(evaluation(a={"support": 0.9, "repetition": 0.3, "context": 1.0}), pinned(NOW), HASHES)
    assert [(fall.metric.name, fall.floor) for fall in new.falls] == [("context", None)]


@pytest.mark.parametrize("hashes", [{"dev": "d", "gate": "x"}, {"dev": "x", "gate": "g"}])
def test_a_changed_corpus_fails_until_it_is_pinned_again(hashes: dict[str, str]) -> None:
    verdict = gate.check(NOW, pinned(NOW), hashes)
    assert not verdict.passed
    assert verdict.changed == tuple(split for split, digest in hashes.items() if digest == "x")
    again = gate.repin(NOW, pinned(NOW), hashes, date="2024-01-02")
    assert gate.check(NOW, again, hashes).passed


# ---------------------------------------------------------------- re-pinning


def test_repin_raises_floors() -> None:
    better = evaluation(a={"support": 1.0, "repetition": 0.1}, b={"support": 1.0, "repetition": 0.1})
    floors = gate.repin(better, pinned(NOW), HASHES, date="2024-01-02").floors
    assert floors == pytest.approx({"support": 0.9995, "repetition": 0.1005})


def test_repin_refuses_to_lower_without_a_reason() -> None:
    worse = evaluation(a={"support": 0.5, "repetition": 0.2}, b={"support": 0.5, "repetition": 0.4})
    for reason in (None, "  "):
        with pytest.raises(UsageError, match=r"support from 0\.8995 to 0\.4995"):
            gate.repin(worse, pinned(NOW), HASHES, date="2024-01-02", reason=reason)


def test_repin_lowers_with_a_reason_and_writes_it_down() -> None:
    worse = evaluation(a={"support": 0.5, "repetition": 0.1}, b={"support": 0.5, "repetition": 0.1})
    new = gate.repin(worse, pinned(NOW), HASHES, date="2024-01-02", reason="harder cases")
    assert new.floors == pytest.approx({"support": 0.4995, "repetition": 0.1005})
    assert new.lowered == (Lowered("support", 0.8995, "2024-01-02", "harder cases", 0.4995),)
    again = gate.repin(worse, new, HASHES, date="2024-01-03")
    assert again.lowered == new.lowered


def test_a_value_within_the_tolerance_moves_no_floor() -> None:
    near = evaluation(a={"support": 0.8997, "repetition": 0.3003})
    assert gate.repin(near, pinned(NOW), HASHES, date="2024-01-02").floors == pinned(NOW).floors


# ---------------------------------------------------------------- the file


def test_a_quality_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    quality = replace(
        pinned(NOW),
        batch={"repeated_openings": 0.25},
        lowered=(
            Lowered("support", 0.9, "2024-01-02", 'a "harder" corpus\\\nwith tabs\t', 0.8),
            Lowered("context", 0.9, "2024-01-03", "given up"),
        ),
    )
    path = tmp_path / "quality.toml"
    path.write_text(to_toml(quality), encoding="utf-8")
    assert read_quality(path) == quality
    assert to_toml(read_quality(path)) == to_toml(quality)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tolerance = 1\n[corpus]\n[floors]\nnonsense = { at_least = 1 }\n[cases]\n",
        "tolerance = 1\n[corpus]\n[floors]\nsupport = { at_most = 1 }\n[cases]\n",
        "tolerance = 1\n[corpus]\n[floors]\ncompression = { at_least = 1 }\n[cases]\n",
        "tolerance = 1\n[corpus]\n[floors]\nsupport = 1\n[cases]\n",
        "not toml",
    ],
)
def test_a_quality_file_that_does_not_fit_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "quality.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"quality\.toml"):
        read_quality(path)
    with pytest.raises(UsageError, match="--repin"):
        read_quality(tmp_path / "none.toml")


def test_every_metric_with_a_direction_is_gated() -> None:
    names = {metric.name for metric in gated()}
    assert {"support", "polarity", "attribution", "fact_recall", "slots_right", "furniture_left"} <= names
    assert not {"compression", "why_open", "you_open"} & names


# ---------------------------------------------------------------- it bites

SLUGS = (
    "a591-dunmail-raise-closure",
    "council-llanrwst-library-hughes",
    "court-hospice-bookkeeper-sentenced",
    "edu-fens-university-hall-rents",
    "grimsby-trawl-museum-funding",
    "health-measles-catch-up-clinics",
    "leeds-parking-cameras-house-page",
    "ni-newry-sewers-social-homes",
    "norfolk-bus-drivers-strike",
    "water-bills-mercia-fens",
)
"""Development cases whose drafts hold what the breakages need: negations, numbers, speakers, blocks."""


@pytest.fixture(scope="module")
def drafter() -> CaseDrafter:
    return CaseDrafter(Settings())


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    found = [case for case in read_cases(CORPUS, split="dev") if case.slug in SLUGS]
    assert len(found) == len(SLUGS)
    return found


@pytest.fixture(scope="module")
def floors(drafter: CaseDrafter, cases: list[Case]) -> Quality:
    return pinned(evaluate(cases, drafter.draft_case))


@pytest.fixture
def falls(drafter: CaseDrafter, cases: list[Case], floors: Quality) -> Callable[[], dict[str, gate.Fall]]:
    """Return what evaluates the pipeline as it is now and names the metrics that fell."""

    def measure() -> dict[str, gate.Fall]:
        verdict = gate.check(evaluate(cases, drafter.draft_case), floors, HASHES)
        return {fall.metric.name: fall for fall in verdict.falls}

    return measure


Falls = Callable[[], dict[str, gate.Fall]]


def rewrite(monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    """Let the pipeline change the text of every line of standfirst and key points after it is made."""
    from summarise.lines import LineMaker

    made = LineMaker.line

    def broken(self: LineMaker, *args: Any, **kwargs: Any) -> Line:
        line = made(self, *args, **kwargs)
        return replace(line, text=change(line.text))

    monkeypatch.setattr(LineMaker, "line", broken)


def test_the_unbroken_pipeline_passes(falls: Falls) -> None:
    assert falls() == {}


def test_shuffled_scores_lose_the_facts(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    from summarise import pipeline
    from summarise.salience.scores import Salience, score

    def shuffled(*args: Any, **kwargs: Any) -> Salience:
        right = score(*args, **kwargs)
        order = list(range(len(right.total)))
        random.Random(7).shuffle(order)
        return replace(right, total=right.total[order], beside_chosen=lambda chosen: right.beside(chosen)[order])

    monkeypatch.setattr(pipeline, "score", shuffled)
    found = falls()
    assert {"fact_recall", "first_facts"} <= set(found)
    assert found["fact_recall"].cases


def test_a_cut_not_loses_polarity(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    rewrite(monkeypatch, lambda text: re.sub(r" not\b|\bno (?=\w)|n[’']t\b", "", re.sub(r"\bcannot\b", "can", text)))
    assert "polarity" in falls()


def test_a_swapped_number_loses_support(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    rewrite(monkeypatch, lambda text: re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1))
    assert "support" in falls()


def test_a_dropped_attribution_is_seen(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    def drop(text: str) -> str:
        text = re.sub(r"^.{3,60}? (?:said|says|told|confirmed|warned|argued|claimed)(?: that)? (.)", r"\1", text)
        return re.sub(r", [^,]{3,60} (?:said|says)\.$|^According to [^,]+, ", "", text)

    rewrite(monkeypatch, drop)
    assert "attribution" in falls()


def test_a_blank_block_loses_its_slots(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    from summarise.house import blocks

    def blank(*_: object, **__: object) -> Block:
        return Block("needs-editor", reason="broken on purpose")

    monkeypatch.setattr(blocks, "draft_block", blank)
    assert {"slots_right", "why_missing", "you_missing"} <= set(falls())


def test_a_newsletter_line_left_in_the_body_is_seen(
    monkeypatch: pytest.MonkeyPatch, falls: Falls, cases: Sequence[Case]
) -> None:
    from summarise import extraction

    extract = extraction.extract
    furniture = {case.page.sha256: case.gold.furniture[0] for case in cases if case.gold is not None}

    def leaky(page: Any, **kwargs: Any) -> Any:
        article = extract(page, **kwargs)
        return replace(article, paragraphs=(*article.paragraphs, furniture[page.sha256]))

    monkeypatch.setattr(extraction, "extract", leaky)
    assert {"furniture_left", "extraction_f1"} <= set(falls())


def test_a_pipeline_that_raises_fails_every_metric_of_the_draft(monkeypatch: pytest.MonkeyPatch, falls: Falls) -> None:
    from summarise import extraction

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(extraction, "extract", broken)
    found = falls()
    assert {"drafted", "fact_recall", "extraction_f1", "headline"} <= set(found)
