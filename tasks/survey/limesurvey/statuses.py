"""What LimeSurvey's status texts mean to staff (measured on 3.8.1 and 6.4.2), and its rights."""

_SURVEY_ID = "Vérifiez « survey_id » dans le fichier de l’étude, puis relancez."
_TABLE = (
    "Le questionnaire n’a pas de table de participants : {where}.",
    "Ouvrez la campagne avec « maturity open », ou créez cette table dans LimeSurvey "
    "(Participants du questionnaire).",
)

# beginning of the status text → (what happened, what to do)
STATUSES = {
    "Invalid user name or password": (
        "LimeSurvey refuse la connexion sur {where} : nom d’utilisateur ou mot de passe inconnu.",
        "Vérifiez MATURITY_LIMESURVEY_USER et MATURITY_LIMESURVEY_PASSWORD. La connexion n’a pas "
        "été retentée : trois échecs bloquent l’adresse de cette machine pendant 10 minutes.",
    ),
    "You have exceeded the number of maximum login": (
        "LimeSurvey bloque les connexions de cette machine sur {where} : trop de mots de passe "
        "refusés.",
        "Attendez 10 minutes sans nouvel essai, vérifiez MATURITY_LIMESURVEY_USER et "
        "MATURITY_LIMESURVEY_PASSWORD, puis relancez.",
    ),
    "Invalid session key": (
        "LimeSurvey ne reconnaît plus la connexion ouverte sur {where}, même renouvelée.",
        "Relancez dans quelques minutes ; si cela dure, l’administrateur de LimeSurvey doit "
        "vérifier l’enregistrement des sessions.",
    ),
    "Error: Invalid survey ID": (
        "LimeSurvey ne connaît pas ce questionnaire : {where}.",
        _SURVEY_ID,
    ),
    "Invalid survey": ("LimeSurvey ne connaît pas ce questionnaire : {where}.", _SURVEY_ID),
    "No Data, survey table does not exist": (
        "Le questionnaire n’est pas activé : {where} n’a pas de table de réponses.",
        "Activez le questionnaire dans LimeSurvey (un questionnaire désactivé garde ses anciennes "
        "réponses dans une archive), ou corrigez « survey_id » dans le fichier de l’étude.",
    ),
    "Error: Invalid language": (
        "Le questionnaire n’existe pas dans la langue de l’étude : {where}.",
        "Ajoutez cette langue au questionnaire dans LimeSurvey, ou corrigez « language » dans le "
        "fichier de l’étude.",
    ),
    "No questions found": (
        "Le questionnaire est vide : {where}.",
        "Importez ses questions dans LimeSurvey, ou corrigez « survey_id » dans le fichier de "
        "l’étude.",
    ),
    # --- writing calls --------------------------------------------------------------------------
    "Error: This is not a valid LimeSurvey survey structure XML file": (
        "LimeSurvey refuse le fichier du questionnaire sur {where} : il n’y reconnaît pas sa "
        "structure. Rien n’a été importé.",
        "Refaites le fichier avec « maturity questionnaire » ; si le refus dure, signalez le cas "
        "avec la version de LimeSurvey.",
    ),
    "Error: surveytablecreation": (
        "LimeSurvey ne peut pas activer le questionnaire : {where} a trop de questions pour une "
        "table de sa base.",
        "Retirez des questions ou des lignes de tableaux du modèle (une table tient environ 1 000 "
        "colonnes), puis ouvrez la campagne à nouveau.",
    ),
    "Error: Survey does not pass consistency check": (
        "LimeSurvey n’active pas le questionnaire : {where} a une page sans question, ou aucune "
        "page.",
        "L’import est sans doute resté incomplet : supprimez ce questionnaire dans LimeSurvey, "
        "puis ouvrez la campagne à nouveau.",
    ),
    "Error: No survey participants table": _TABLE,
    "No survey participants table": _TABLE,
    "Survey participants table could not be created": (
        "LimeSurvey n’a pas pu créer la table des participants : {where}.",
        "L’administrateur de LimeSurvey doit vérifier les droits de sa base de données.",
    ),
    "Error: Invalid tokenid": (
        "Ce participant n’est plus dans la table des participants : {where}.",
        "Il a sans doute été supprimé dans LimeSurvey. Relancez : la table est relue.",
    ),
}

# method → the right it needs, as LimeSurvey's interface names it
RIGHTS = {
    "export_responses": "« Réponses : voir et exporter »",
    "list_participants": "« Participants : voir »",
    "get_participant_properties": "« Participants : voir »",
    "get_survey_properties": "« Paramètres du questionnaire : voir »",
    "get_language_properties": "« Paramètres du questionnaire : voir »",
    "import_survey": "« Questionnaires : créer »",
    "activate_tokens": "« Questionnaires : créer »",
    "delete_survey": "« Questionnaire : supprimer »",
    "activate_survey": "« Activation du questionnaire : modifier »",
    "set_survey_properties": "« Paramètres du questionnaire : modifier »",
    "add_participants": "« Participants : créer »",
    "set_participant_properties": "« Participants : modifier »",
    "invite_participants": "« Participants : modifier »",
    "remind_participants": "« Participants : modifier »",
}
# those that an account has for all surveys, not for one
GLOBAL_RIGHTS = frozenset({"import_survey", "activate_tokens"})
