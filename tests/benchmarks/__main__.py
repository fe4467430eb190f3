"""`make bench`: one line per figure, `name: value`. Ratios are taken within one run.

`python -m tests.benchmarks pulling rendering` measures some of them.
"""

import importlib
import sys
from pathlib import Path

MODULES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
)


def main(wanted: list[str]) -> None:
    """Print the figures of each module as they come."""
    for name in wanted or MODULES:
        for measure, value in importlib.import_module(f"tests.benchmarks.{name}").measures():
            print(f"{measure}: {value:.3g}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
