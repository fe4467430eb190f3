"""What a step of a campaign tells when it is over: what was done, and what to do next."""

from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say


@dataclass(frozen=True)
class Outcome:
    """The outcome of opening, listing or closing. No name, no address: web pages show it."""

    study: str
    wave: str
    language: str
    title: str
    rows: tuple[tuple[str, str], ...]  # what, how it stands
    files: tuple[tuple[str, Path], ...] = ()  # what was written, where
    next_steps: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def as_markdown(outcome: Outcome) -> str:
    """The outcome as Markdown, for the run's page."""
    lines = [f"| {outcome.title} | |", "|---|---|"]
    lines += [f"| {label} | {value} |" for label, value in outcome.rows]
    lines += [f"| {label} | `{path}` |" for label, path in outcome.files]
    if outcome.next_steps:
        lines += ["", say("À faire ensuite :", outcome.language), ""]
        lines += [f"{at}. {step}" for at, step in enumerate(outcome.next_steps, start=1)]
    return "\n".join([*lines, "", *(f"- {notice}" for notice in outcome.notices)]).rstrip()
