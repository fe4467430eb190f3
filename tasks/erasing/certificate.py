"""The certificate of an erasure: what was removed, by kind, and what cannot be reached.

It names nobody: kept for years, it must not be what is left of the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.catalogue import say, say_count
from config.study import Study
from tasks.word.letter import letter

_KINDS: Mapping[str, tuple[str, str]] = {
    "participants": ("{count} ligne de la table des participants (nom, courriel, jeton)",
                     "{count} lignes de la table des participants (nom, courriel, jeton)"),
    "persons": ("{count} pseudonyme", "{count} pseudonymes"),
    "responses": ("{count} version de réponse et son contenu",
                  "{count} versions de réponse et leur contenu"),
    "response_versions": ("{count} version de réponse et son contenu",
                          "{count} versions de réponse et leur contenu"),
    "mails": ("{count} trace d’invitation ou de rappel", "{count} traces d’invitations ou de "
              "rappels"),
    "notes": ("{count} relevé de notes d’entretien", "{count} relevés de notes d’entretien"),
    "reviews": ("{count} décision de relecture", "{count} décisions de relecture"),
    "ledger": ("{count} ligne du registre de publication", "{count} lignes du registre de "
               "publication"),
    "issues": ("{count} liste de répondants d’une édition", "{count} listes de répondants "
               "d’éditions"),
    "documents": ("{count} document d’édition conservé en base", "{count} documents d’édition "
                  "conservés en base"),
    "tombstones": ("{count} empreinte de personne effacée", "{count} empreintes de personnes "
                   "effacées"),
    "files_deleted": ("{count} fichier supprimé", "{count} fichiers supprimés"),
    "files_rewritten": ("{count} fichier réécrit sans la personne",
                        "{count} fichiers réécrits sans la personne"),
}  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """What an erasure did. No name, no pseudonym."""

    title: str
    study: str
    waves: tuple[str, ...]
    moment: datetime  # aware
    removed: Mapping[str, int]  # kind → how many
    remains: tuple[str, ...]  # sentences: what the software cannot reach, and what to do
    notices: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ()  # sentences: files that nobody has looked into, what to do
    path: Path | None = None

    def lines(self, language: str) -> tuple[str, ...]:
        """What was removed, one line a kind."""
        return tuple(
            say_count(*_KINDS[kind], count, language)
            for kind, count in self.removed.items()
            if count
        )


def unsearched_title(language: str) -> str:
    """The heading above the files that nobody has looked into."""
    return say("Ce que le logiciel n’a pas pu chercher", language)


def certificate_document(certificate: Certificate, study: Study) -> bytes:
    """The certificate as a Word file."""
    language = study.language
    moment = f"{certificate.moment:%Y-%m-%d %H:%M %Z}"
    about = (
        say("Étude : {title} ({code})", language, title=study.title.say(language), code=study.code),
        say("Vagues : {waves}", language, waves=", ".join(certificate.waves) or "–"),
        say("Date : {moment}", language, moment=moment),
        say("Demande (référence, à compléter à la main) : ………", language),
    )
    nothing = (say("Rien : il n’y avait plus de données à retirer.", language),)
    parts = (
        ("", about),
        (say("Ce qui a été retiré", language), certificate.lines(language) or nothing),
        (say("Ce que le logiciel n’atteint pas", language), certificate.remains),
        (unsearched_title(language) if certificate.unsearched else "", certificate.unsearched),
        (say("À savoir", language) if certificate.notices else "", certificate.notices),
    )
    return letter(certificate.title, parts, {"fr": "fr-FR"}.get(language, "en-GB"))
