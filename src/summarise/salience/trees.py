"""Boosted regression trees as plain arrays: what scikit-learn learnt, without pickle.

A tree is walked from its root: a row goes left where its feature is at most the threshold.
Leaves point to themselves, so that all rows and trees can be walked in step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]

_DEEPEST = 1000
"""Steps to a leaf beyond which an array holds no tree that was learnt here."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of every tree, one after another; `roots` are the nodes where a walk begins.

    `expected` is the mean of the leaves below a node, weighed by the training rows that
    reached them: at a leaf, its value. `depth` is the greatest number of steps to a leaf.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    expected: NDArray[np.float32]
    roots: NDArray[np.int32]
    baseline: float
    depth: int

    @classmethod
    def of(cls, model: Any) -> Trees:
        """Return the trees of a fitted HistGradientBoostingRegressor or (binary) HistGradientBoostingClassifier."""
        # scikit-learn has no public view of these trees; a test holds the two predictions side by side.
        trees = [stage[0].nodes for stage in model._predictors]
        sizes = [len(nodes) for nodes in trees]
        roots = np.cumsum([0, *sizes[:-1]]).astype(np.int32)
        nodes = np.concatenate(trees)
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        offset = np.repeat(roots, sizes)
        return cls(
            feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
            threshold=_rounded_down(np.where(leaf, np.inf, nodes["num_threshold"])),
            left=np.where(leaf, own, nodes["left"] + offset).astype(np.int32),
            right=np.where(leaf, own, nodes["right"] + offset).astype(np.int32),
            expected=np.concatenate([_expected(tree) for tree in trees]).astype(np.float32),
            roots=roots,
            baseline=float(np.ravel(model._baseline_prediction)[0]),
            depth=int(nodes["depth"].max()),
        )

    def predict(self, rows: Table) -> NDArray[np.float64]:
        """Return one value a row: the sum of the leaves that it reaches (log-odds for a classifier)."""
        *_, nodes = self._walk(rows)
        return np.asarray(self.baseline + self.expected[nodes].sum(axis=1, dtype=np.float64))

    def contributions(self, rows: Table, groups: Sequence[int], count: int) -> NDArray[np.float64]:
        """Return what each group of features adds to the prediction of a row, in columns, and last the common rest.

        `groups[f]` is the group of feature `f`, less than `count`. A step from a node to its child adds
        the difference of their expected values to the group of the node's feature (Saabas 2014,
        "Interpreting random forests"), so that a row's columns add up to its prediction.
        """
        group_of, found = np.asarray(groups), np.zeros((len(rows), count + 1))
        which = np.arange(len(rows))[:, None] * (count + 1)
        steps = list(self._walk(rows))
        for before, after in pairwise(steps):
            change = (self.expected[after] - self.expected[before]).astype(np.float64)
            cell = which + group_of[self.feature[before]]
            found += np.bincount(cell.ravel(), change.ravel(), minlength=found.size).reshape(found.shape)
        found[:, count] += self.baseline + float(self.expected[self.roots].sum(dtype=np.float64))
        return found

    def _walk(self, rows: Table) -> Iterator[NDArray[np.int32]]:
        """Yield the node that each row stands on in each tree (rows × trees), from the roots down."""
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        which = np.arange(len(rows))[:, None]
        yield nodes
        for _ in range(self.depth):
            goes_left = rows[which, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
            yield nodes

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the trees as arrays to be stored, each under `name` and its field."""
        fields = ("feature", "threshold", "left", "right", "expected", "roots")
        found: dict[str, NDArray[Any]] = {f"{name}.{field}": getattr(self, field) for field in fields}
        return found | {f"{name}.shape": np.array([self.baseline, self.depth], dtype=np.float64)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str, features: int) -> Trees:
        """Return the trees that `arrays` stored; raises KeyError or ValueError where they are none that can be used."""
        fields = ("feature", "threshold", "left", "right", "expected", "roots")
        baseline, depth = arrays[f"{name}.shape"]
        found = {field: arrays[f"{name}.{field}"] for field in fields}
        nodes = len(found["feature"])
        if {len(found[field]) for field in fields[:-1]} != {nodes} or not 0 < depth <= _DEEPEST:
            raise ValueError(f"its {name} are no trees")
        inside = all(((found[field] >= 0) & (found[field] < nodes)).all() for field in ("left", "right", "roots"))
        known = ((found["feature"] >= 0) & (found["feature"] < features)).all()
        if not inside or not known or not np.isfinite(found["expected"]).all():
            raise ValueError(f"the {name} of its trees lead nowhere")
        return cls(**found, baseline=float(baseline), depth=int(depth))


def _rounded_down(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the greatest numbers of single precision that are not above the thresholds: no row changes its side."""
    single = thresholds.astype(np.float32)
    return np.where(single > thresholds, np.nextafter(single, np.float32(-np.inf)), single)


def _expected(nodes: Any) -> NDArray[np.float64]:
    """Return the expected value at each node of one tree; children stand after their parent."""
    values = nodes["value"].astype(np.float64)
    for i in range(len(nodes) - 1, -1, -1):
        if not nodes["is_leaf"][i]:
            pair = [int(nodes["left"][i]), int(nodes["right"][i])]
            values[i] = np.average(values[pair], weights=nodes["count"][pair])
    return np.asarray(values)
