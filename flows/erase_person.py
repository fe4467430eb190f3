"""Erase a person at their request, and certify it.

No Prefect here: it keeps the parameters of its runs in clear, and this one says who.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from config.catalogue import say, say_count
from config.errors import ReportLocked, StoreError
from config.settings import Settings
from flows.named_words import noted, tied_words
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from tasks.cleaning.journal import response_label
from tasks.erasing.certificate import Certificate, certificate_document
from tasks.erasing.files import Cause, Plan, carry_out, plan_files
from tasks.erasing.workbooks import Results
from tasks.files import write_whole
from tasks.publishing.turns import ERASING, in_turn
from tasks.store.repository import Store
from tasks.store.traces import Trace
from tasks.word.redaction import Words, redacted, words_to_find

_CAUSES = {
    Cause.UNREADABLE: "« {name} » : illisible, abîmé ou protégé par un mot de passe ; ouvrez-le "
    "et retirez-en la personne, ou supprimez-le.",
    Cause.OWN: "« {name} » : le logiciel n’y a rien changé ; il contient des mots ou le nom de la "
    "personne (texte, remarque, en-tête ou propriétés) : retirez-les.",
    Cause.UNSEARCHED: "« {name} » : un fichier de cette sorte (PDF, image, enregistrement, ancien "
    "format) ne se laisse pas fouiller ; ouvrez-le et, s’il porte quelque chose de la personne, "
    "refaites-le sans elle ou supprimez-le.",
    Cause.LEFT: "« {name} » : réécrit sans la personne ; des mots d’elle restent ailleurs dans "
    "ce fichier (remarque de l’équipe, en-tête, propriétés) : relisez-le.",
}
SENTENCES = tuple(_CAUSES.values())
"""The sentences that are chosen from a table, for whoever checks their translations."""


@dataclass(frozen=True)
class Foreseen:
    """What erasing somebody would do; nothing has changed yet.

    Attributes:
        setup: of the study.
        trace: the person.
        words: what recognises their words.
        plan: what becomes of the files.
        notes: of their interviews.
        tied: a sentence on words of theirs without a name, which go with named ones.
    """

    setup: Setup
    trace: Trace
    words: Words
    plan: Plan
    notes: int
    tied: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Who, how many answers, notes and files, and what stands in the way; for the terminal."""
        language, trace, plan = self.setup.language, self.trace, self.plan
        who = ", ".join(sorted(trace.pseudonyms)) or say("sans pseudonyme", language)
        again = () if trace.participants or trace.persons else (_again(self.setup),)
        return (
            say("Personne à effacer de l’étude « {study} » : {who}", language,
                study=self.setup.study.code, who=who),
            *again,
            say_count("{count} réponse au questionnaire", "{count} réponses au questionnaire",
                      len(trace.response_ids), language),
            say_count("{count} note d’entretien", "{count} notes d’entretien", self.notes,
                      language),
            say_count("{count} fichier à supprimer", "{count} fichiers à supprimer", plan.deleted,
                      language),
            say_count("{count} fichier à réécrire sans elle", "{count} fichiers à réécrire sans "
                      "elle", plan.rewritten, language),
            *self.tied,
            *by_hand(self.setup, plan),
            *unsearched(self.setup, plan),
            *(say("Ouvert ou fermé à l’écriture : {name}", language, name=name)
              for name in plan.blocked),
        )  # fmt: skip


def foresee(study: str, who: str, settings: Settings) -> Foreseen:
    """Look at what erasing somebody would do. Changes nothing.

    Args:
        study: code of the study.
        who: pseudonym, e-mail address or token.
        settings: of the installation.

    Raises:
        StoreError: nobody is known by this, or several people are.
        StudyFileError: the study does not hold.
    """
    return _foresee(prepare(RefreshRequest(study=study), settings), study, who)


def _foresee(setup: Setup, study: str, who: str) -> Foreseen:
    with setup.store() as store:
        trace = store.trace(study, who)
        if trace is None:
            raise _unknown(setup)
        notes = sum(noted(store.notes(study, wave.code), trace) for wave in setup.study.waves)
        tied = tied_words(setup, store, trace)
    words = words_to_find(trace.names, trace.words, trace.others)
    results = _results(setup, trace)
    plan = plan_files(setup.folder, trace, words, _marker(setup), results)
    return Foreseen(setup, trace, words, plan, notes, tied)


def erase_person(study: str, who: str, settings: Settings) -> Certificate:
    """Take a person out of the store and of the study's folder, then certify it.

    Files come first, and none is touched while one of them is open: should something fail, the
    person is still known and the command can be run again. Somebody erased already can be erased
    again: what came back from a copy goes.

    Args:
        study: code of the study.
        who: pseudonym, e-mail address or token.
        settings: of the installation.

    Raises:
        StoreError: nobody is known by this, or several people are.
        StudyFileError: the study does not hold.
        ReportLocked: a file is open or cannot be written, or another run writes reports of the
            study; the store has not changed.
    """
    setup = prepare(RefreshRequest(study=study), settings)
    zone, language = setup.moment.tzinfo, setup.language
    with setup.store() as store, in_turn(store, study, zone, language, ERASING):
        return _erase(_foresee(setup, study, who), study, store)


def _erase(foreseen: Foreseen, study: str, store: Store) -> Certificate:
    setup, plan = foreseen.setup, foreseen.plan
    refuse_shut(setup, plan.blocked)
    left = carry_out(plan.changes, setup.language)
    refuse_shut(setup, [str(path.relative_to(setup.folder)) for path in left])
    marker = _marker(setup)
    removed = store.erase(foreseen.trace, lambda content: redacted(content, foreseen.words, marker))
    gone = store.scrub()
    removed = {**removed, "files_deleted": plan.deleted, "files_rewritten": plan.rewritten}
    return certify(
        setup,
        Certificate(
            erasure_title(setup),
            study,
            foreseen.trace.waves,
            setup.moment,
            removed,
            (*by_hand(setup, plan), *_platform(setup, foreseen.trace), *out_of_reach(setup, gone)),
            (*_notices(setup), *foreseen.tied),
            tuple(unsearched(setup, plan)),
        ),
    )


def erasure_title(setup: Setup) -> str:
    """How the certificate of an erasure is called, in the file's name as well."""
    return say("Certificat d’effacement", setup.language)


def _again(setup: Setup) -> str:
    return say("Déjà effacée, ou connue par ses notes seules : ce qui en reste ou en est revenu "
               "d’une copie est retiré.", setup.language)  # fmt: skip


def _marker(setup: Setup) -> str:
    return say("[Passage retiré à la demande d’une personne]", setup.language)


def refuse_shut(setup: Setup, names: Sequence[str]) -> None:
    """Stop while files are open or cannot be written.

    Raises:
        ReportLocked: there are some.
    """
    if names:
        raise ReportLocked(
            say("Ces fichiers sont ouverts, ou le système ne les laisse ni lire ni écrire : "
                "{names}. La base n’a pas changé.", setup.language,
                names=", ".join(f"«\u00a0{name}\u00a0»" for name in names)),
            say("Fermez-les partout, vérifiez les droits du dossier « {folder} », puis relancez la "
                "même commande. Si plus personne n’a un fichier ouvert, supprimez le fichier de "
                "verrou (« ~$… » ou « .~lock… ») qui est à côté de lui.", setup.language,
                folder=setup.folder),
        )  # fmt: skip


def _results(setup: Setup, trace: Trace) -> Results:
    """How the results workbooks are known, of which the figures stay until the next issue."""
    language = setup.language
    return Results(
        answers=frozenset({say("Réponses", language), say("Journal", language)}),
        figures=frozenset({say("Effectifs", language), say("Valeurs", language)}),
        labels=frozenset(response_label(number, language) for _, number in trace.response_ids),
        gone=say("Retirée à la suite d’un effacement : comparée aux effectifs, elle redonnerait "
                 "les réponses de la personne. Elle revient avec la prochaine édition des "
                 "résultats.", language),
    )  # fmt: skip


def certify(setup: Setup, certificate: Certificate) -> Certificate:
    """Write the certificate beside the study's files; none is ever written over."""
    stem = f"{certificate.title} {certificate.moment:%Y-%m-%d %Hh%M}"
    names = (f"{stem}{f' ({number})' if number else ''}.docx" for number in count())
    path = next(path for name in names if not (path := setup.folder / name).exists())
    write_whole(path, certificate_document(certificate, setup.study), setup.language)
    return replace(certificate, path=path)


def _unknown(setup: Setup) -> StoreError:
    return StoreError(
        say("Personne n’est connu sous cette désignation dans l’étude « {study} ».",
            setup.language, study=setup.study.code),
        say("Donnez le pseudonyme, l’adresse de courriel ou le jeton ; une personne retirée de la "
            "plateforme n’est plus connue que par son pseudonyme ou son jeton.", setup.language),
    )  # fmt: skip


def by_hand(setup: Setup, plan: Plan) -> Iterable[str]:
    """The files that hold something of the person, or cannot be read, and what to do."""
    for name, cause in plan.by_hand:
        if cause is not Cause.UNSEARCHED:
            yield say(_CAUSES[cause], setup.language, name=name)


def unsearched(setup: Setup, plan: Plan) -> Iterable[str]:
    """The files of which nobody can tell what they hold, and what to do."""
    for name, cause in plan.by_hand:
        if cause is Cause.UNSEARCHED:
            yield say(_CAUSES[cause], setup.language, name=name)


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
        say("Les résultats déjà publiés peuvent compter encore cette personne, sans la nommer : "
            "ils restent ainsi tant que les recalculer sans elle ferait connaître ses réponses par "
            "différence. L’actualisation le dit, et les recalcule quand assez d’autres réponses "
            "sont arrivées. Dans une vague close, il n’en arrive plus : c’est à vous d’en décider "
            "(« maturity refresh {study} --apres-effacement »).", language,
            study=setup.study.code),
        say("Qui garde une édition d’avant peut la comparer avec celle d’après : reprenez les "
            "anciennes éditions diffusées avant de diffuser la nouvelle.", language),
        say("Les passages où d’autres répondants la citeraient sans la nommer ne peuvent être "
            "reconnus : relisez les notes d’entretien.", language),
    )  # fmt: skip
