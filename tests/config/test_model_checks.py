"""Each thing that may be wrong in a model is told with file, line and remedy, in two languages."""

import pytest

from tests.config.conftest import Refused

# what is spoilt, by what, the line to name, what is said in French and in English
STAGE = 'question: {fr: "Où en êtes-vous ?", en: "Where are you?"}'
OPINION = 'question: {fr: "Votre avis ?", en: "Your opinion?"}'


def quadrant(y: str, level: str, second: str = "low/high") -> str:
    """A quadrant of axis AXE1 and another, whose second cell is at this corner."""
    text = "{fr: a, en: b}"
    corners = (corner.split("/") for corner in ("low/low", second, "high/low", "high/high"))
    cells = "".join(
        f"    - {{code: K{at}, label: {text}, description: {text}, x: {x}, y: {y}}}\n"
        for at, (x, y) in enumerate(corners)
    )
    head = f"quadrant:\n  x: AXE1\n  y: {y}\n  in_favour_from: {level}\n  cells:\n"
    return f"{head}{cells}level_word:"


SPOILT = {
    "unknown key": (
        ("licence: EUPL", "license: EUPL"), 5,
        "la clé « license » n’existe pas ici. Vouliez-vous écrire « licence » ?",
        "there is no key “license” here. Did you mean “licence”?",
    ),
    "unknown key unlike any": (
        ("    kind: text", "    kind: text\n    zzz: 1"), 74,
        "la clé « zzz » n’existe pas ici. Les clés possibles sont : « code », « kind »",
        "there is no key “zzz” here. The possible keys are: “code”, “kind”",
    ),
    "missing key": (
        ("    short: {fr: Éveil, en: Awak.}\n", ""), 11,
        "(levels › EVEIL) : la clé « short » manque. Ajoutez-la ici.",
        "(levels › EVEIL): the key “short” is missing. Add it here.",
    ),
    "plain text where languages are due": (
        ("{fr: Un axe, en: One axis}", "Un axe"), 45,
        "un texte par langue est attendu. Écrivez par exemple {fr: …, en: …}.",
        "one text for each language is expected. Write for example {fr: …, en: …}.",
    ),
    "empty value": (
        ("licence: EUPL-1.2", "licence:"), 5,
        "la valeur est vide.", "the value is empty.",
    ),
    "empty text": (
        ("{fr: Un axe, en: One axis}", '{fr: " ", en: One axis}'), 45,
        "le texte est vide.", "the text is empty.",
    ),
    "list where a text is due": (
        ("licence: EUPL-1.2", "licence: [EUPL]"), 5,
        "un simple texte est attendu.", "a plain text is expected.",
    ),
    "text where a list is due": (
        ("languages: [fr, en]", "languages: fr"), 7,
        "une liste est attendue.", "a list is expected.",
    ),
    "text where keys are due": (
        ("  - {code: SQ1, label", "  - SQ0\n      - {code: SQ1, label"), 70,
        "un bloc de clés est attendu.", "a block of keys is expected.",
    ),
    "empty list": (
        ("languages: [fr, en]", "languages: []"), 7,
        "la liste est trop courte. Donnez-en au moins 1.",
        "the list is too short. Give at least 1.",
    ),
    "neither yes nor no": (
        ("    other: true", "    other: peut-être"), 68,
        "« true » (oui) ou « false » (non) est attendu.", "“true” (yes) or “false” (no)",
    ),
    "bad choice": (
        ("topology: cycle", "topology: cercle"), 8,
        "« cercle » n’est pas un choix possible. Choisissez parmi « cycle », « linear »",
        "“cercle” is not a possible choice. Choose one of “cycle”, “linear”",
    ),
    "bad choice of a number": (
        ("recommendations: [P1]", "actions: [{horizon: 2, text: {fr: a, en: b}}]"), 63,
        "« 2 » n’est pas un choix possible. Choisissez parmi « 1 », « 3 », « 6 ».",
        "“2” is not a possible choice. Choose one of “1”, “3”, “6”.",
    ),
    "question code LimeSurvey refuses": (
        ("  - code: AVIS", "  - code: AVIS_LONG"), 72,
        "« AVIS_LONG » n’a pas la forme voulue. Il faut une lettre sans accent",
        "“AVIS_LONG” does not have the right form. It takes a letter",
    ),
    "answer code LimeSurvey refuses": (
        ("code: SQ1", "code: SQ0001"), 70,
        "5 caractères au plus (règle de LimeSurvey)", "5 characters at most (a rule of LimeSurvey)",
    ),
    "bad column": (
        (OPINION, OPINION + "\n    column: OUT[SQ1"), 75,
        "Il faut le nom d’une colonne de l’export", "It takes the name of a column of the",
    ),
    "file name": (
        ("code: essai", "code: autre"), 1,
        "le fichier s’appelle « essai », mais son code est « autre ».",
        "the file is called “essai”, but its code is “autre”.",
    ),
    "text without a language": (
        ("{fr: Un axe, en: One axis}", "{fr: Un axe}"), 45,
        "(axes › AXE1 › label) : le texte manque dans une langue : « en ».",
        "(axes › AXE1 › label): the text is missing in a language: “en”.",
    ),
    "bad language code": (
        ("languages: [fr, en]", "languages: [fr, en, français]"), 7,
        "« français » n’est pas un code de langue.", "“français” is not a language code.",
    ),
    "level twice": (
        ("  - code: ACTION", "  - code: EVEIL"), 15,
        "le code « EVEIL » sert déjà à la ligne 11.", "code “EVEIL” is already used on line 11.",
    ),
    "item twice": (
        ("  - code: AVIS", "  - code: STR1"), 72,
        "le code « STR1 » sert déjà à la ligne 55.", "code “STR1” is already used on line 55.",
    ),
    "answer twice but for its case": (
        ("code: A2", "code: a1"), 26,
        "le code « A1 » sert déjà à la ligne 25.", "code “A1” is already used on line 25.",
    ),
    "choice twice": (
        ("code: SQ2", "code: SQ1"), 71,
        "le code « SQ1 » sert déjà à la ligne 70.", "code “SQ1” is already used on line 70.",
    ),
    "column twice": (
        (OPINION, OPINION + "\n    column: FREINS[SQ2]"), 72,
        "la colonne « FREINS[SQ2] » de la plateforme est déjà lue à la ligne 65.",
        "the platform’s column “FREINS[SQ2]” is already read on line 65.",
    ),
    "unused yet read": (
        ("unused_questions: [INTRO]", "unused_questions: [AVIS]"), 75,
        "« AVIS » est pourtant lue à la ligne 72.", "“AVIS” is nevertheless read on line 72.",
    ),
    "reserved code": (
        ("  - code: AVIS", "  - code: token"), 72,
        "« token » est un nom réservé de LimeSurvey.", "“token” is a reserved name of LimeSurvey.",
    ),
    "reserved sub-question": (
        ("code: SQ2", "code: Other"), 65,
        "« Other » est un nom réservé de LimeSurvey.", "“Other” is a reserved name of LimeSurvey.",
    ),
    "sub-question too long": (
        (OPINION, OPINION + "\n    column: OUT[SQ345678901234567890X]"), 72,
        "« SQ345678901234567890X » n’est pas un code de question de LimeSurvey.",
        "“SQ345678901234567890X” is not a LimeSurvey question code.",
    ),
    "title too long": (
        ("fr: Modèle d’essai", f"fr: {'x' * 201}"), 3,
        "le titre compte 201 caractères. LimeSurvey en accepte 200",
        "the title is 201 characters long. LimeSurvey accepts 200",
    ),
    "unknown answer set": (
        ("answer_set: stades", "answer_set: stade"), 58,
        "la liste de réponses « stade » n’existe pas. Listes connues : « stades »",
        "there is no answer set “stade”. Known sets: “stades”",
    ),
    "answer set of another kind": (
        ("answer_set: stades", "answer_set: degres"), 58,
        "la liste « degres » (« ordered ») ne convient pas à une question « stage ».",
        "the set “degres” (“ordered”) does not fit a “stage” question.",
    ),
    "coherence without order": (
        ("answer_set: degres", "answer_set: postes"), 62,
        "(« nominal ») ne convient pas à une question « coherence ».",
        "(“nominal”) does not fit a “coherence” question.",
    ),
    "no answer set": (
        ("            answer_set: stades\n", ""), 55,
        "une question « stage » a besoin d’une liste de réponses.",
        "a “stage” question needs an answer set.",
    ),
    "answer set for a free text": (
        (OPINION, OPINION + "\n    answer_set: degres"), 75,
        "une question « text » n’a pas de liste de réponses.", "a “text” question has no answer",
    ),
    "unknown level of an answer": (
        ("level: ACTION", "level: ACTIN"), 26,
        "le niveau « ACTIN » n’existe pas. Niveaux connus : « ACTION », « EVEIL ».",
        "there is no level “ACTIN”. Known levels: “ACTION”, “EVEIL”.",
    ),
    "level out of reach": (
        ("code: A2, level: ACTION", "code: A2, level: EVEIL"), 22,
        "aucune réponse ne mène à « ACTION ».", "no answer leads to “ACTION”.",
    ),
    "levels in disorder": (
        (
            "- {code: A1, level: EVEIL}\n      - {code: A2, level: ACTION}",
            "- {code: A2, level: ACTION}\n      - {code: A1, level: EVEIL}",
        ), 22,
        "les réponses ne suivent pas l’ordre des niveaux.",
        "the answers are not in the order of the levels.",
    ),
    "level and out of scale": (
        ("code: A2, level: ACTION", "code: A2, level: ACTION, out_of_scale: refused"), 26,
        "la réponse « A2 » doit porter soit « level », soit « out_of_scale ».",
        "the answer “A2” must bear either “level” or “out_of_scale”.",
    ),
    "level in an ordered set": (
        ("code: C2, label", "code: C2, level: ACTION, label"), 32,
        "« level » n’a de sens que dans une liste « scale: levels ».",
        "“level” only makes sense in a “scale: levels” set.",
    ),
    "no label": (
        ("{code: R1, label: {fr: Élu, en: Elected}}", "{code: R1}"), 36,
        "la réponse « R1 » n’a pas d’intitulé.", "the answer “R1” has no label.",
    ),
    "one answer on the scale": (
        ("en: Technician}", "en: Technician}, out_of_scale: refused"), 33,
        "moins de deux réponses sont sur l’échelle.", "fewer than two answers are on the scale.",
    ),
    "stage outside a dimension": (
        ("    kind: text", "    kind: stage\n    answer_set: stades"), 72,
        "une question de ce genre (« stage ») appartient à une dimension.",
        "a question of this kind (“stage”) belongs to a dimension.",
    ),
    "other where it cannot be": (
        (STAGE, STAGE + "\n            other: true"), 58,
        "« other » n’est possible que pour « choice », « multiple_choice ».",
        "“other” is only possible for “choice”, “multiple_choice”.",
    ),
    "multiple choice without choices": (
        (
            "    choices:\n      - {code: SQ1, label: {fr: Argent, en: Money}}\n"
            "      - {code: SQ2, label: {fr: Temps, en: Time}}\n",
            "",
        ), 65,
        "une question à choix multiples a besoin de choix.",
        "a multiple-choice question needs choices.",
    ),
    "choices elsewhere": (
        (OPINION, OPINION + "\n    choices: [{code: X, label: {fr: a, en: b}}]"), 75,
        "« choices » ne sert qu’aux questions « multiple_choice ».",
        "“choices” is only for “multiple_choice” questions.",
    ),
    "multiple choice in brackets": (
        ("    other: true", "    column: FREINS[SQ9]"), 68,
        "la colonne d’un choix multiple s’écrit sans crochets.",
        "the column of a multiple choice has no brackets.",
    ),
    "no stage item": (
        ("            kind: stage", "            kind: scale"), 54,
        "cette dimension n’a pas de question « stage ».", "this dimension has no “stage” question.",
    ),
    "two stage items": (
        ("            kind: coherence", "            kind: stage"), 54,
        "cette dimension a plusieurs questions « stage ».",
        "this dimension has several “stage” questions.",
    ),
    "missing behaviour": (
        ("          ACTION: {fr: Nous agissons., en: We act.}\n", ""), 51,
        "il manque un comportement pour « ACTION ».", "a behaviour is missing for “ACTION”.",
    ),
    "behaviour of no level": (
        ("          ACTION: {fr: Nous", "          ACTIN: {fr: Nous"), 53,
        "le niveau « ACTIN » n’existe pas.", "there is no level “ACTIN”.",
    ),
    "arrow to no level": (
        ("target: EVEIL", "target: SOMMEIL"), 20,
        "le niveau « SOMMEIL » n’existe pas.", "there is no level “SOMMEIL”.",
    ),
    "arrow to itself": (
        ("target: EVEIL", "target: ACTION"), 20,
        "la flèche revient à son point de départ.", "the arrow returns to where it starts.",
    ),
    "arrow of a line": (
        ("topology: cycle", "topology: linear"), 19,
        "seul un modèle en cycle a des flèches de retour.", "only a cycle has return arrows.",
    ),
    "quadrant undescribed": (
        ("topology: cycle", "topology: quadrant\nreading: axis_threshold"), 8,
        "un modèle en quadrant décrit ses deux axes", "a quadrant model describes its two axes",
    ),
    "quadrant of a cycle": (
        (
            "level_word:",
            quadrant("AXE2", "ACTION"),
        ), 9,
        "seul un modèle « topology: quadrant » a un quadrant.",
        "only a “topology: quadrant” model has a quadrant.",
    ),
    "quadrant without its axis": (
        (
            "level_word:",
            quadrant("AXE2", "ACTION"),
        ), 11,
        "l’axe « AXE2 » n’existe pas. Axes connus : « AXE1 ».",
        "there is no axis “AXE2”. Known axes: “AXE1”.",
    ),
    "quadrant of one axis": (
        (
            "level_word:",
            quadrant("AXE1", "OUI"),
        ), 11,
        "les deux axes du quadrant sont le même.", "the two axes of the quadrant are the same one.",
    ),
    "quadrant cut at no level": (
        (
            "level_word:",
            quadrant("AXE1", "OUI"),
        ), 12,
        "le niveau « OUI » n’existe pas.", "there is no level “OUI”.",
    ),
    "two cells in a corner": (
        (
            "level_word:",
            quadrant("AXE1", "OUI", second="low/low"),
        ), 13,
        "deux cases occupent le même coin.", "two cells are in the same corner.",
    ),
    "threshold reading of a cycle": (
        ("topology: cycle", "topology: cycle\nreading: axis_threshold"), 9,
        "la lecture « axis_threshold » va avec « topology: quadrant »",
        "the reading “axis_threshold” goes with “topology: quadrant”",
    ),
    "replaces by no item": (
        ("VIEUX1: STR1", "VIEUX1: STR9"), 78,
        "l’élément « STR9 » n’existe pas. Éléments proches : « STR1 »",
        "there is no item “STR9”. Similar items: “STR1”",
    ),
    "replaces by no level": (
        ("DEBUT: EVEIL", "DEBUT: SOMMEIL"), 79,
        "le niveau « SOMMEIL » n’existe pas.", "there is no level “SOMMEIL”.",
    ),
    "replaces two by one": (
        ("VIEUX1: STR1", "VIEUX1: STR1, VIEUX2: STR1"), 78,
        "« STR1 » remplace plusieurs anciens codes.", "“STR1” replaces several old codes.",
    ),
    "replaces itself": (
        ('version: "0.9"', 'version: "1.0"'), 77,
        "un modèle ne remplace pas sa propre version.", "a model does not replace its own version.",
    ),
    "unknown recommendation": (
        ("recommendations: [P1]", "recommendations: [P1, P7]"), 63,
        "la préconisation « P7 » n’existe pas. Préconisations proches : « P1 ».",
        "there is no recommendation “P7”. Similar recommendations: “P1”.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_in_a_model_is_told(name: str, language: str, refused: Refused):
    """The message names the file, the line, what is wrong and what to do."""
    (old, new), line, french, english = SPOILT[name]
    message = refused("models", old, new, language)
    told = french if language == "fr" else english
    at = f"  {'ligne' if language == 'fr' else 'line'} {line} ("
    assert message.startswith("config/models/essai.yaml")
    assert any(
        row.startswith(at) and told in row.replace("\u00a0", " ") for row in message.split("\n")
    ), message


def test_all_problems_are_told_together_in_the_order_of_the_file(refused: Refused):
    """Nobody has to correct a file one error a run."""
    message = refused(
        "models", "topology: cycle", "topology: linear\nreading: axis_threshold", "fr"
    )
    head, first, second, remedy = message.split("\n")
    assert head.endswith(": 2 problèmes")
    assert "  ligne 9 " in first
    assert "  ligne 20 " in second
    assert remedy == "→ Corrigez le fichier, puis recommencez."


def test_a_message_speaks_no_jargon(refused: Refused):
    """Words of the libraries inside never reach staff."""
    message = refused("models", "    short: {fr: Éveil, en: Awak.}\n", "    shrt: 3\n", "fr")
    assert message.count("  ligne ") == 2
    for word in ("pydantic", "input", "field", "extra", "Traceback", "validation"):
        assert word not in message.casefold()
