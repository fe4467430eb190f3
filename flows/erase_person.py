"""Erase a person at their request, and certify it.

No Prefect here: it keeps the parameters of its runs in clear, and this one says who.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from config.catalogue import say
from config.errors import StoreError
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.files import WORKBOOK
from tasks.erasing.certificate import Certificate, certificate_document
from tasks.erasing.files import Cleared, clear_files
from tasks.files import write_whole
from tasks.store.traces import Trace
from tasks.word.redaction import redacted, words_to_find


def erase_person(study: str, who: str, settings: Settings) -> Certificate:
    """Take a person out of the store and of the study's folder, then certify it.

    Files come first: should the database fail, the person is still known and the command can be
    run again.

    Args:
        study: code of the study.
        who: pseudonym, e-mail address or token.
        settings: of the installation.

    Raises:
        StoreError: nobody is known by this, or several people are.
        StudyFileError: the study does not hold.
    """
    setup = prepare(RefreshRequest(study=study), settings)
    with setup.store() as store:
        trace = store.trace(study, who)
        if trace is None:
            raise _unknown(setup)
        words = words_to_find(trace.names, trace.words)
        marker = say("[Passage retiré à la demande d’une personne]", setup.language)
        anew = _made_anew(setup)
        cleared = clear_files(setup.folder, trace, words, marker, setup.language, anew)
        removed = store.erase(trace, lambda content: redacted(content, words, marker))
        gone = store.scrub()
    removed = {**removed, "files_deleted": cleared.deleted, "files_rewritten": cleared.rewritten}
    return certify(
        setup,
        Certificate(
            say("Certificat d’effacement", setup.language),
            study,
            trace.waves,
            setup.moment,
            removed,
            (*_by_hand(setup, cleared), *_platform(setup, trace), *out_of_reach(setup, gone)),
            _notices(setup),
        ),
    )


def _made_anew(setup: Setup) -> tuple[Path, ...]:
    """The results workbooks: nobody writes in them, the next refresh makes them."""
    return tuple(replace(setup, wave=wave).file(WORKBOOK, ".xlsx") for wave in setup.study.waves)


def certify(setup: Setup, certificate: Certificate) -> Certificate:
    """Write the certificate beside the study's files."""
    moment = f"{certificate.moment:%Y-%m-%d %Hh%M%S}"
    path = setup.folder / f"{certificate.title} {moment}.docx"
    write_whole(path, certificate_document(certificate, setup.study), setup.language)
    return replace(certificate, path=path)


def _unknown(setup: Setup) -> StoreError:
    return StoreError(
        say("Personne n’est connu sous cette désignation dans l’étude « {study} ».",
            setup.language, study=setup.study.code),
        say("Donnez le pseudonyme, l’adresse de courriel ou le jeton ; une personne retirée de la "
            "plateforme n’est plus connue que par son pseudonyme ou son jeton.", setup.language),
    )  # fmt: skip


def _by_hand(setup: Setup, cleared: Cleared) -> Iterable[str]:
    for name in cleared.by_hand:
        yield say("« {name} » : ouvert, illisible ou écrit par l’équipe ; retirez-en la personne "
                  "à la main.", setup.language, name=name)  # fmt: skip


def _platform(setup: Setup, trace: Trace) -> Iterable[str]:
    """What is left on LimeSurvey, and how to delete it there."""
    surveys = {wave.code: wave.survey_id for wave in setup.study.waves}
    for code in trace.waves:
        numbers = [str(id_) for wave, id_ in trace.response_ids if wave == code]
        yield say(
            "LimeSurvey, enquête {survey} : supprimez la réponse (Réponses, Afficher les "
            "réponses ; numéro {numbers}) et la ligne des participants. Tant qu’elles y sont, les "
            "relevés les laissent de côté.",
            setup.language,
            survey=surveys.get(code, "?"),
            numbers=", ".join(numbers) or "–",
        )


def out_of_reach(setup: Setup, gone: bool) -> Iterable[str]:
    """What no command of the software can erase."""
    language = setup.language
    if not gone:
        yield say(
            "Les octets effacés peuvent rester dans les fichiers de la base jusqu’à leur "
            "réemploi. Sur PostgreSQL, demandez VACUUM FULL et la purge des journaux à "
            "l’administrateur ; sur SQLite, fermez les autres programmes et lancez VACUUM sur le "
            "fichier.",
            language,
        )
    yield say("Les sauvegardes de la base et des dossiers : supprimez-les, ou laissez-les expirer.",
              language)  # fmt: skip
    if setup.study.exports is not None:
        yield say(
            "Les exports déposés dans « {folder} » : supprimez-les, puis exportez à nouveau les "
            "réponses.",
            language,
            folder=setup.study.exports,
        )
    yield say("Les fichiers Word, Excel et papiers que l’équipe ou l’administration détiennent "
              "ailleurs, et les courriels envoyés.", language)  # fmt: skip


def _notices(setup: Setup) -> tuple[str, ...]:
    language = setup.language
    return (
        say("La prochaine actualisation ne compte plus cette personne. Qui garde une édition "
            "d’avant peut la comparer avec celle d’après : reprenez les anciennes éditions "
            "diffusées, ou attendez d’autres réponses avant de diffuser la nouvelle.", language),
        say("Les passages où d’autres répondants la citeraient sans la nommer ne peuvent être "
            "reconnus : relisez les notes d’entretien.", language),
    )  # fmt: skip
