"""A run of fakes as a program of its own, so that it can be killed: INPUT OUT [WORKERS]."""

from __future__ import annotations

import sys
from pathlib import Path

from fakes import SlowSummariser
from summarise import batch
from summarise.errors import RunError
from summarise.settings import Settings


def main() -> int:
    """Run, and exit as the command line does."""
    given, out, *workers = sys.argv[1:]
    try:
        report = batch.run(
            [given], Settings(), Path(out), workers=int(*workers or "2"), make=SlowSummariser, formats=("md", "csv")
        )
    except RunError as error:
        print(error, file=sys.stderr)
        return 3
    return report.exit_code("never")


if __name__ == "__main__":
    sys.exit(main())
