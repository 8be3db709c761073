"""Learn the weights of `src/summarise/data/antecedents.yaml` on GUM's train split.

    python -m benchmarks.names_weights FOLDER [--model PIPELINE]

The model is a softmax over the candidates of a pronoun and "nobody", fitted by maximum likelihood with an L2
penalty; where several candidates are right, their shares are added up. Since candidates depend on how earlier
pronouns were read, reading and fitting are repeated.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.gold_links import Case, cases
from summarise.antecedents import NOBODY, Features, Weights, case_of
from summarise.language import Analyser

ROUNDS = 3
PENALTY = 3.0
START: Weights = {
    case: {"named": 0.5, "last is subject": 1.5, "log distance": -1.5, "same as last pronoun": 1.5, "log mentions": 0.3}
    for case in ("subject", "other")
}
TARGET = Path(__file__).parent.parent / "src" / "summarise" / "data" / "antecedents.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun's candidates with their features, and those that are right."""

    asked: dict[str, Features]
    right: frozenset[str]


def learn(training: Sequence[Case]) -> Weights:
    """Return weights fitted on some documents."""
    weights = START
    for _ in range(ROUNDS):
        examples = examples_of(training, weights)
        weights = {case: fit(found) for case, found in examples.items()}
    return weights


def examples_of(training: Sequence[Case], weights: Weights) -> dict[str, list[Example]]:
    """Return every pronoun that the annotators marked, by its case."""
    found: dict[str, list[Example]] = {case: [] for case in START}
    for case in training:
        reading = case.read(weights)
        for pronoun, asked in reading.asked:
            if case.chain(pronoun) is None:
                continue
            right = frozenset(who for who in asked if who != NOBODY and case.is_right(reading, pronoun, who))
            found[case_of(pronoun)].append(Example(asked, right or frozenset({NOBODY})))
    return found


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights under which the right candidates are most likely."""
    names = sorted({name for example in examples for features in example.asked.values() for name in features})
    column = {name: i for i, name in enumerate(names)}
    rows, groups, right = [], [], []
    for number, example in enumerate(examples):
        for who, features in example.asked.items():
            row = np.zeros(len(names))
            row[[column[name] for name in features]] = list(features.values())
            rows.append(row)
            groups.append(number)
            right.append(who in example.right)
    matrix, group, good = np.array(rows), np.array(groups), np.array(right)
    starts = np.searchsorted(group, np.arange(len(examples)))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, kept = np.add.reduceat(powers, starts), np.add.reduceat(powers * good, starts)
        slope = matrix.T @ (powers / total[group] - powers * good / kept[group])
        return float(-np.log(kept / total).sum() + PENALTY / 2 * weights @ weights), slope + PENALTY * weights

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(fitted[i]), 3) for name, i in column.items() if abs(fitted[i]) >= 0.0005}


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="")
    given = parser.parse_args()
    weights = learn(cases(given.folder, "train", Analyser(given.model)))
    head = TARGET.read_text(encoding="utf-8").partition("weights:")[0]
    body = yaml.safe_dump({"weights": weights}, allow_unicode=True, sort_keys=True)
    TARGET.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
