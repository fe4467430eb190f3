"""Read one window ahead: the platform prepares the next one while this one is being stored."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tasks.survey.source import RawResponse

Window = tuple[RawResponse, ...]


def ahead(windows: Iterator[Window]) -> Iterator[Window]:
    """Yield the windows in their order, each asked for while the one before is handled.

    What `windows` raises is raised here, after the windows that came before it.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, windows, None)
        while (window := coming.result()) is not None:
            coming = pool.submit(next, windows, None)
            yield window
