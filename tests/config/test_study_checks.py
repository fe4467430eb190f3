"""Each thing that may be wrong in a study or its recommendations is told with line and remedy."""

from pathlib import Path

import pytest

from config.errors import StudyFileError
from config.lexicon import check_study_files
from config.loading import load_model, load_study
from tests.config import specimens
from tests.config.conftest import Refused, settings_for, write

SPOILT = {
    "unknown model": (
        ("model: essai", "model: essay"), 4,
        "le modèle « essay » n’existe pas. Modèles connus : « essai »",
        "there is no model “essay”. Known models: “essai”",
    ),
    "text without the study's language": (
        ("title: {fr: Une étude}", "title: {en: A study}"), 2,
        "le texte manque dans une langue : « fr ».", "the text is missing in a language: “fr”.",
    ),
    "time zone": (
        ("output: rapports/etude", "output: rapports/etude\ntimezone: Europe/Pariss"), 28,
        "le fuseau horaire « Europe/Pariss » est inconnu. Fuseaux proches : « Europe/Paris »",
        "the time zone “Europe/Pariss” is unknown. Similar time zones: “Europe/Paris”",
    ),
    "time zone that is a path": (
        ("output: rapports/etude", "output: rapports/etude\ntimezone: ../../etc/passwd"), 28,
        "le fuseau horaire « ../../etc/passwd » est inconnu.", "“../../etc/passwd” is unknown",
    ),
    "closes before it opens": (
        ("closes: 2027-02-12", "closes: 2027-01-11"), 24,
        "la campagne se ferme le 2027-01-11, mais s’ouvre le 2027-01-11.",
        "the campaign closes on 2027-01-11, but opens on 2027-01-11.",
    ),
    "kept too short": (
        ("keep_until: 2029-02-12", "keep_until: 2027-02-11"), 26,
        "les réponses ne seraient gardées que jusqu’au 2027-02-11",
        "the answers would be kept only until 2027-02-11",
    ),
    "no such day": (
        ("opens: 2027-01-11", "opens: 2027-02-30"), 23,
        "une date est attendue. Écrivez-la année-mois-jour", "a date is expected. Write it as",
    ),
    "survey that is no number": (
        ("survey_id: 641001", "survey_id: 641 001"), 25,
        "un nombre entier est attendu.", "a whole number is expected.",
    ),
    "survey of a negative number": (
        ("survey_id: 641001", "survey_id: -5"), 25,
        "la valeur est trop petite. Écrivez un nombre supérieur à 0.",
        "the value is too small. Write a number greater than 0.",
    ),
    "group too small": (
        ("output:", "confidentiality: {min_group: 2}\noutput:"), 27,
        "la valeur est trop petite. Écrivez au moins 3.", "the value is too small. Write at least",
    ),
    "group too large": (
        ("output:", "confidentiality: {min_group: 11}\noutput:"), 27,
        "la valeur est trop grande. Écrivez au plus 10.", "the value is too large. Write at most",
    ),
    "decimal comma": (
        ("at_least: 0.5", 'at_least: "0,5"'), 18,
        "un nombre est attendu. Écrivez-le en chiffres, avec un point décimal",
        "a number is expected. Write it in digits, with a decimal point",
    ),
    "side twice": (
        ("code: digital", "code: policy"), 7,
        "le code « policy » sert déjà à la ligne 6.", "code “policy” is already used on line 6.",
    ),
    "attribute twice": (
        ("code: service", "code: poste"), 10,
        "le code « poste » sert déjà à la ligne 9.", "code “poste” is already used on line 9.",
    ),
    "attribute of two origins": (
        ("item: POSTE", "item: POSTE, participant: attribute_2"), 9,
        "l’élément de profil vient soit de « participant », soit de « item ».",
        "a profile attribute comes either from “participant” or from “item”.",
    ),
    "attribute of no origin": (
        (", participant: attribute_1", ""), 10,
        "Gardez exactement l’un des deux.", "Keep exactly one of the two.",
    ),
    "attribute of no profile question": (
        ("item: POSTE", "item: STR1"), 9,
        "« STR1 » n’est pas une question de profil du modèle « essai ». Questions de profil",
        "“STR1” is not a profile question of the model “essai”. Known profile questions: “POSTE”",
    ),
    "attribute that names": (
        ("participant: attribute_1", "participant: lastname"), 10,
        "« lastname » désigne la personne.", "“lastname” names the person.",
    ),
    "rule on no attribute": (
        ("attribute: poste", "attribute: fonction"), 12,
        "« fonction » n’est pas un élément du profil. Éléments du profil connus : ",
        "“fonction” is not a profile attribute. Known profile attributes: ",
    ),
    "rule to no side": (
        ("R2: digital", "R2: numeric"), 15,
        "le point de vue « numeric » n’existe pas. Points de vue connus : ",
        "there is no point of view “numeric”. Known points of view: ",
    ),
    "rule on no answer": (
        ("R2: digital", "R9: digital"), 15,
        "« R9 » n’est pas une réponse possible à « POSTE ». Réponses connues : ",
        "“R9” is not a possible answer to “POSTE”. Known answers: ",
    ),
    "hours that never come": (
        ("output:", "mailing: {from_hour: 18, until_hour: 8}\noutput:"), 27,
        "l’étude n’écrirait qu’entre 18 h et 8 h : jamais.",
        "the study would write between 18:00 and 8:00 only: never.",
    ),
    "sender that no mail has": (
        ("output:", "contact: {name: 'Équipe <x>', email: a@exemple.fr}\noutput:"), 27,
        "le nom de l’expéditeur contient des signes qu’un courriel n’admet pas (< >).",
        "the sender’s name contains characters that an e-mail does not allow (< >).",
    ),
    "sender without an address": (
        ("output:", "contact: {name: Équipe, email: equipe}\noutput:"), 27,
        "« equipe » n’est pas une adresse électronique.",
        "“equipe” is not an e-mail address.",
    ),
    "output upwards": (
        ("output: rapports/etude", "output: rapports/../../etude"), 27,
        "« rapports/../../etude » n’est pas un dossier à l’intérieur du dossier de travail.",
        "“rapports/../../etude” is not a folder inside the working folder.",
    ),
    "output absolute": (
        ("output: rapports/etude", "output: /rapports"), 27,
        "« /rapports » n’est pas un dossier", "“/rapports” is not a folder",
    ),
    "output of a drive": (
        ("output: rapports/etude", "output: C:/rapports"), 27,
        "« C:/rapports » n’est pas un dossier", "“C:/rapports” is not a folder",
    ),
    "output nowhere": (
        ("output: rapports/etude", "output: ."), 27,
        "« . » n’est pas un dossier", "“.” is not a folder",
    ),
    "exports upwards": (
        ("output:", "exports: ../exports\noutput:"), 27,
        "« ../exports » n’est pas un dossier à l’intérieur du dossier de travail. "
        "Écrivez par exemple « exports/etude »",
        "“../exports” is not a folder inside the working folder.",
    ),
    "exports among the reports": (
        ("output:", "exports: rapports/etude\noutput:"), 27,
        "les exports de réponses et les rapports seraient dans le même dossier.",
        "exports of responses and reports would be in the same folder.",
    ),
    "template in a folder": (
        ("output:", "report_template: ../autre.docx\noutput:"), 27,
        "« ../autre.docx » n’est pas un nom de gabarit.", "“../autre.docx” is not a template name.",
    ),
    "agreement words in disorder": (
        ("at_least: -1", "at_least: 0.5"), 17,
        "les seuils « at_least » ne se suivent pas.", "the “at_least” bounds are not in order.",
    ),
}  # fmt: skip


def _row(message: str, line: int, language: str) -> str:
    start = f"  {'ligne' if language == 'fr' else 'line'} {line} ("
    rows = [row for row in message.split("\n") if row.startswith(start)]
    return "\n".join(rows).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_in_a_study_is_told(name: str, language: str, refused: Refused):
    """The message names the file, the line, what is wrong and what to do."""
    (old, new), line, french, english = SPOILT[name]
    message = refused("studies", old, new, language)
    assert message.startswith("config/studies/etude.yaml")
    assert (french if language == "fr" else english) in _row(message, line, language), message


def test_waves_share_neither_code_nor_survey(refused: Refused):
    """Two campaigns of one survey would count each answer twice."""
    wave = specimens.STUDY[specimens.STUDY.index("  - code: v1") :].removesuffix(
        "output: rapports/etude\n"
    )
    message = refused("studies", "output:", f"{wave}output:", "fr")
    assert "le code « v1 » sert déjà à la ligne 21" in _row(message, 27, "fr")
    assert "le questionnaire 641001 est déjà celui de la ligne 21" in _row(message, 31, "fr")


def test_a_question_for_a_side_needs_that_side(home: Path):
    """A question asked of a point of view that the study lacks would be asked of nobody."""
    spoilt = specimens.MODEL.replace("    kind: text", "    kind: text\n    asked_of: [elus]")
    write(home, "models", "essai", spoilt)
    with pytest.raises(StudyFileError) as caught:
        load_study("etude", settings_for(home, "en"))
    assert "the model’s question “AVIS” is for “elus”" in _row(str(caught.value), 5, "en")


def test_a_study_on_a_wrong_model_names_the_model_s_file(home: Path):
    """The error stands in the file that has to be corrected."""
    write(home, "models", "essai", specimens.MODEL.replace("topology: cycle", "topology: c"))
    with pytest.raises(StudyFileError, match=r"^config/models/essai\.yaml"):
        load_study("etude", settings_for(home))


RECOMMENDATIONS_SPOILT = {
    "no source": (
        ("source: {fr: Un rapport., en: A report.}\n", ""), 1,
        "la clé « source » manque.", "the key “source” is missing.",
    ),
    "text without a language": (
        ("{fr: Se parler, en: Talk}", "{fr: Se parler}"), 6,
        "le texte manque dans une langue : « en ».", "the text is missing in a language: “en”.",
    ),
    "file name": (
        ("code: essai", "code: autre"), 1,
        "le fichier s’appelle « essai », mais son code est « autre ».",
        "the file is called “essai”, but its code is “autre”.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", RECOMMENDATIONS_SPOILT)
def test_what_is_wrong_in_recommendations_is_told(name: str, language: str, refused: Refused):
    """The message names the file, the line, what is wrong and what to do."""
    (old, new), line, french, english = RECOMMENDATIONS_SPOILT[name]
    message = refused("recommendations", old, new, language)
    assert message.startswith("config/recommendations/essai.yaml")
    assert (french if language == "fr" else english) in _row(message, line, language), message


def test_a_recommendation_is_numbered_once(home: Path):
    """A dimension points to one recommendation, never to one of two."""
    entry = specimens.RECOMMENDATIONS[specimens.RECOMMENDATIONS.index("  - code") :]
    write(home, "recommendations", "essai", specimens.RECOMMENDATIONS + entry)
    with pytest.raises(StudyFileError, match="le code «\u00a0P1\u00a0» sert déjà à la ligne 4"):
        load_model("essai", settings_for(home))


def test_what_holds_but_deserves_a_look_is_told(home: Path):
    """Anglicisms, a model in another language, foreign typography: warnings, never errors."""
    text = specimens.STUDY.replace("{fr: ", "{en: ").replace("Une étude", "A study")
    write(home, "studies", "etude", text + "language: en\n")
    model = specimens.MODEL.replace("languages: [fr, en]", "languages: [fr]")
    write(home, "models", "essai", model.replace("Un petit modèle.", "Une roadmap."))
    settings = settings_for(home)
    study = load_study("etude", settings)
    warnings = check_study_files(study, load_model("essai", settings).model)
    assert warnings == (
        "essai › description – “roadmap”: prefer “feuille de route”.",
        "The model “essai” is not written in the study’s language: "
        "its texts will appear in another one.",
        "The typography “fr-FR” is not that of the study’s language.",
    )


def test_a_sound_study_gives_no_warning(home: Path):
    """The specimens themselves hold."""
    settings = settings_for(home)
    study = load_study("etude", settings)
    assert check_study_files(study, load_model(study.model, settings).model) == ()
