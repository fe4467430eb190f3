"""A long run of random lives of a report.

python -m tests.word.merge.fuzz --sequences 20000
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor

from tests.word.merge.lives.playing import live_many


def main() -> None:
    """Play many lives on all processors."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sequences", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    start, done, failures = time.perf_counter(), 0, 0
    last = options.first + options.sequences
    chunks = [range(i, min(i + 50, last)) for i in range(options.first, last, 50)]
    with ProcessPoolExecutor() as pool:
        for future in [pool.submit(live_many, chunk) for chunk in chunks]:
            try:
                done += future.result()
            except AssertionError as error:
                failures += 1
                print(error, flush=True)  # noqa: T201 - a command prints
    seconds = time.perf_counter() - start
    print(f"{done} sequences passed, {failures} stopped, {seconds:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
