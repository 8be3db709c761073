"""Whether two pages tell the same story: MinHash over runs of words, by datasketch.

The signature of a body stands for the set of its runs of five words. The share of equal values in two signatures
estimates the share of runs that the bodies have in common (Broder 1997), with a standard error of .04 at .9.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from summarise.records import words

if TYPE_CHECKING:
    from datasketch import LeanMinHash

SAME = 0.9
"""The share of runs in common from which on two bodies are one story."""

_VALUES = 64
_RUN = 5
_SEED = 1


def signature(paragraphs: Iterable[str]) -> str:
    """Return the signature of a body, 64 values of 32 bits in base64; of a body without a run it is empty."""
    from datasketch import MinHash

    told = [word.lower() for paragraph in paragraphs for word in words(paragraph)]
    runs = {" ".join(told[start : start + _RUN]).encode() for start in range(len(told) - _RUN + 1)}
    if not runs:
        return ""
    hashed = MinHash(_VALUES, seed=_SEED)
    hashed.update_batch(sorted(runs))
    return base64.b64encode(hashed.hashvalues.astype("<u4").tobytes()).decode()


class Stories:
    """The stories met so far in a run, each under the name of its page."""

    def __init__(self) -> None:
        from datasketch import MinHashLSH

        self._index = MinHashLSH(threshold=SAME, num_perm=_VALUES)
        self._met: dict[str, tuple[int, LeanMinHash]] = {}

    def like(self, signed: str) -> tuple[str, float] | None:
        """Return the first page met that tells the same story, and the share of runs in common."""
        if not signed:
            return None
        asked = _hash_of(signed)
        found = sorted(self._index.query(asked), key=lambda name: self._met[name][0])
        shares = ((name, asked.jaccard(self._met[name][1])) for name in found)
        return next(((name, share) for name, share in shares if share >= SAME), None)

    def add(self, name: str, signed: str) -> None:
        """Remember a story; a name that was met before keeps its first."""
        if signed and name not in self._met:
            self._met[name] = (len(self._met), _hash_of(signed))
            self._index.insert(name, self._met[name][1])


@cache
def _scheme() -> str:
    from datasketch import MinHash

    return str(MinHash(1).scheme)


def _hash_of(signed: str) -> LeanMinHash:
    import numpy as np
    from datasketch import LeanMinHash

    values = np.frombuffer(base64.b64decode(signed), dtype="<u4").astype(np.uint32)
    return LeanMinHash(hashvalues=values, seed=_SEED, scheme=_scheme())
