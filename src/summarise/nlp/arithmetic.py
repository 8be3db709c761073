"""Matrix products by the BLAS that numpy brings, about three times as fast on current CPUs as thinc's default.

thinc multiplies with `blis`, whose wheels are built for old CPUs; numpy's OpenBLAS picks its kernel for the CPU
that it finds. One thread is fastest for matrices as small as a sentence, and leaves the other cores to other workers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from spacy.language import Language


@registry.callbacks("summarise.numpy_blas.v1")  # type: ignore[untyped-decorator]
def numpy_blas() -> Callable[[type[Language]], type[Language]]:
    """Return a `before_creation` callback: the pipeline made next computes with numpy's BLAS on one thread."""

    def choose(cls: type[Language]) -> type[Language]:
        set_current_ops(NumpyOps(use_blis=False))
        threadpool_limits(limits=1, user_api="blas")
        return cls

    return choose
