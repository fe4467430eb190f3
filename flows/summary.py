"""What a refresh tells when it is over: files written, what changed, what deserves a look."""

from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say, say_count
from flows.tabled import Table, markdown_table
from tasks.reports.following import Following
from tasks.store.records import PullKind


@dataclass(frozen=True)
class Summary:
    """The outcome of one refresh. No name, no pseudonym: it is shown in the web pages."""

    study: str
    wave: str
    language: str
    files: tuple[tuple[str, Path], ...]  # what it is, where it is
    answered: int
    invited: int | None
    new: int
    changed: int
    deleted: int
    excluded: int
    interviewed: int
    figures_changed: int | None  # None: first issue
    pull: PullKind = PullKind.FULL
    log: tuple[str, ...] = ()  # what the refresh changed, kept and offered in the report
    notices: tuple[str, ...] = ()
    notes: tuple[Table, ...] = ()  # interview notes in, and what became of them
    following: Following | None = None  # where the campaign stands
    waits: bool = False  # nothing collective was published: somebody was erased
    withheld: tuple[str, ...] = ()  # documents that did not pass the last check, and why

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What changed, as (label, value) rows in the study's language."""
        language = self.language
        of = "" if self.invited is None else say(" sur {invited}", language, invited=self.invited)
        rows = [
            (say("Réponses retenues", language), f"{self.answered}{of}"),
            (
                say("Depuis la dernière actualisation", language),
                ", ".join((
                    say_count("{count} nouvelle", "{count} nouvelles", self.new, language),
                    say_count("{count} modifiée", "{count} modifiées", self.changed, language),
                    say_count("{count} supprimée", "{count} supprimées", self.deleted, language),
                )),
            ),
            (say("Relève des réponses", language), self._pull()),
            (say("Réponses écartées (voir le journal)", language), str(self.excluded)),
            (say("Entretiens notés", language), str(self.interviewed)),
            (say("Chiffres du rapport qui ont changé", language), self._figures()),
        ]  # fmt: skip
        return tuple(rows)

    def _pull(self) -> str:
        if self.pull is PullKind.FULL:
            return say("complète : le contenu de chaque réponse a été comparé", self.language)
        return say("par les dates : seules les réponses nouvelles, modifiées ou récentes ont été "
                   "lues", self.language)  # fmt: skip

    def _figures(self) -> str:
        if self.figures_changed is None:
            return say("première édition", self.language)
        return str(self.figures_changed)


def as_markdown(summary: Summary) -> str:
    """The summary as Markdown, for the run's page."""
    language = summary.language
    lines = [line for said in summary.withheld for line in (f"> **{said}**", "")]
    lines += [f"| {say('Fichier', language)} | {say('Emplacement', language)} |", "|---|---|"]
    lines += [f"| {label} | `{path}` |" for label, path in summary.files]
    lines += ["", f"| {say('Ce qui a changé', language)} | |", "|---|---|"]
    lines += [f"| {label} | {value} |" for label, value in summary.rows()]
    lines += [line for table in summary.notes for line in ("", *markdown_table(table))]
    lines += [""] + [f"- {line}" for line in (*summary.log, *summary.notices)]
    if summary.following is not None:
        lines += ["", *_campaign(summary.following)]
    return "\n".join(lines)


def _campaign(following: Following) -> list[str]:
    """Where the campaign stands, as Markdown."""
    language = following.language
    lines = [f"| {say('Où en est la campagne', language)} | |", "|---|---|"]
    lines += [f"| {label} | {value} |" for label, value in following.rows]
    lines += [f"| – {label} | {value} |" for label, value in following.sides]
    lines += ["", following.withheld, "", f"**{say('Que faire maintenant', language)}**", ""]
    return [*lines, *(f"- {step}" for step in following.steps)]
