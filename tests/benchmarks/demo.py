"""How long the whole demo takes on an installed machine, as its user waits for it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory


def measures() -> Iterator[tuple[str, float]]:
    """Yield `demo.seconds`: three weeks and the interviews, in a new folder."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from flows.cli import app; app(['demo'])"]
        start = time.perf_counter()
        subprocess.run(
            command, env={**os.environ, "MATURITY_HOME": folder}, check=True, capture_output=True
        )
        yield "demo.seconds", time.perf_counter() - start
