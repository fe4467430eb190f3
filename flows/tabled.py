"""A table as data: shown in the terminal, or as Markdown on the pages of a run."""

Table = tuple[tuple[str, ...], ...]
"""A heading, rows, a total."""


def markdown_table(table: Table) -> list[str]:
    """A heading and its rows as lines of Markdown."""
    head, *rows = table
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
