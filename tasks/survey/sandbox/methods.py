"""The RemoteControl methods of a sandbox platform, named and called as on LimeSurvey."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from tasks.survey.sandbox import exports, structure, summaries
from tasks.survey.sandbox.fieldmap import fieldmap
from tasks.survey.sandbox.handling import only
from tasks.survey.sandbox.participant_writing import ParticipantWriting
from tasks.survey.sandbox.replies import PhpError, ServerError, Status
from tasks.survey.sandbox.survey_writing import SurveyWriting


class RemoteControl(SurveyWriting, ParticipantWriting):
    """Answers calls from the state of a platform; parameters are positional, as in PHP."""

    # --- sessions -------------------------------------------------------------------------------

    def get_session_key(self, user: str, password: str, _plugin: str = "Authdb") -> str:
        """Log in."""
        return self._accounts.login(str(user), str(password))

    def release_session_key(self, key: str) -> str:
        """Forget a key; says OK to any text."""
        self._accounts.keys.pop(str(key), None)
        return "OK"

    def get_site_settings(self, key: str, name: str) -> str:
        """The version, for super administrators."""
        if "superadmin" not in self._account(key).rights or name != "versionnumber":
            raise Status("Invalid setting")
        return self._version

    # --- structure ------------------------------------------------------------------------------

    def list_surveys(self, key: str, _user: str | None = None) -> list[dict[str, Any]]:
        """The surveys that the account sees, titled in their base language."""
        if not self._surveys or "survey" not in self._account(key).rights:
            raise Status("No surveys found")
        return [
            {
                "sid": survey.survey_id,
                "surveyls_title": survey.titles[survey.base_language],
                "startdate": None,
                "expires": survey.properties.get("expires"),
                "active": "Y" if survey.active else "N",
            }
            for survey in self._surveys.values()
        ]

    def list_groups(self, key: str, sid: int, language: str | None = None) -> list[dict[str, Any]]:
        """The groups of a survey."""
        survey = self._survey(key, sid, "survey")
        return structure.list_groups(survey, language or survey.base_language, old=self._old)

    def list_questions(
        self, key: str, sid: int, gid: int | None = None, language: str | None = None
    ) -> list[dict[str, Any]]:
        """The questions and sub-questions of a survey, or of one of its groups."""
        survey = self._survey(key, sid, "survey")
        language = language or survey.base_language
        if language not in survey.languages:
            raise Status("Error: Invalid language")
        listed = structure.list_questions(survey, language, old=self._old)
        if gid is None:
            return _found(listed)
        if int(gid) not in {group.gid for group in survey.groups}:
            raise Status("Error: group not found")
        mine = (question for question in listed if question["gid"] == int(gid))
        return _found(sorted(mine, key=lambda question: question["parent_qid"] != 0))

    def get_question_properties(
        self,
        key: str,
        qid: int,
        settings: Sequence[str] | None = None,
        language: str | None = None,
    ) -> dict[str, Any]:
        """The properties of a question; a dual scale's options come under `answeroptions` too."""
        account = self._account(key)
        survey, question = self._question(int(qid))
        if "survey" not in account.rights:
            raise Status("No permission")
        language = language or survey.base_language
        if language not in survey.languages:
            raise Status("Error: Invalid questionid")
        properties = structure.question_properties(survey, question, language, old=self._old)
        found = only(properties, settings)
        if "answeroptions_multiscale" in found:
            found["answeroptions"] = found.pop("answeroptions_multiscale")
        return found

    def get_survey_properties(
        self, key: str, sid: int, settings: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """The settings of a survey."""
        survey = self._survey(key, sid, "settings")
        return only(structure.survey_properties(survey), settings)

    def get_language_properties(
        self,
        key: str,
        sid: int,
        settings: Sequence[str] | None = None,
        language: str | None = None,
    ) -> dict[str, Any]:
        """The texts of a survey."""
        survey = self._survey(key, sid, "settings")
        properties = structure.language_properties(survey, language or survey.base_language)
        return only(properties, settings)

    def get_fieldmap(self, key: str, sid: int, language: str | None = None) -> dict[str, Any]:
        """Column name → what it holds."""
        survey = self._survey(key, sid, "settings")
        return fieldmap(survey, language or survey.base_language)

    # --- participants ---------------------------------------------------------------------------

    def list_participants(
        self,
        key: str,
        sid: int,
        start: int = 0,
        limit: int = 10,
        unused: bool = False,
        attributes: Sequence[str] | bool = False,
        conditions: Mapping[str, str] | Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Participants from a number (`tid`) on; `attributes` is a list or false."""
        survey = self._survey(key, sid, "participants")
        if survey.participants is None:
            raise Status("Error: No survey participants table")
        if attributes is True:
            raise ServerError("array_intersect(): Argument #1 ($array) must be of type array")
        wanted = dict(conditions) if isinstance(conditions, Mapping) else {}
        found = [
            person
            for person in survey.participants
            if person.tid >= int(start)
            and (person.completed == "N" or not unused)
            and all(person.columns.get(name) == value for name, value in wanted.items())
        ][: int(limit)]
        if not found:
            raise Status("No survey participants found.")
        return [summaries.participant(person, attributes or ()) for person in found]

    def get_participant_properties(
        self,
        key: str,
        sid: int,
        who: int | Mapping[str, str],
        settings: Sequence[str] | None = None,
    ) -> dict[str, Any]:
        """One participant, by number or by conditions."""
        survey = self._survey(key, sid, "participants")
        if survey.participants is None:
            raise Status("Error: No survey participants table")
        wanted = dict(who) if isinstance(who, Mapping) else {"tid": int(who)}
        for person in survey.participants:
            if all(person.columns.get(name) == value for name, value in wanted.items()):
                return only(person.columns, settings)
        by_number = "Error: Invalid tokenid"
        by_value = "Error: No results were found based on your attributes."
        raise Status(by_value if isinstance(who, Mapping) else by_number)

    # --- responses ------------------------------------------------------------------------------

    def get_summary(self, key: str, sid: int, name: str = "all") -> object:
        """Counts of responses and participants; a list, empty, when the survey is not active."""
        account = self._account(key)
        survey = self._surveys.get(int(sid))
        if survey is None:
            raise Status("Invalid surveyid")
        if "survey" not in account.rights:
            raise Status("No permission")
        counts = {
            **summaries.token_counts(survey, old=self._old),
            **summaries.response_counts(survey),
        }
        if name == "all":
            return counts or []
        if name not in counts:
            raise Status("Invalid summary key")
        return counts[name]

    def get_response_ids(self, key: str, sid: int, token: str) -> list[int]:
        """The responses of a token; no right is checked."""
        self._account(key)
        survey = self._surveys.get(int(sid))
        if survey is None or not survey.active:
            raise PhpError(
                'The table "{{survey_0}}" for active record class "SurveyDynamic" cannot be found '
                "in the database."
            )
        return [n for n, response in survey.responses.items() if response.get("token") == token]

    def export_responses(
        self,
        key: str,
        sid: int,
        document: str,
        language: str | None = None,
        completion: str = "all",
        heading: str = "code",
        answers: str = "short",
        first: int | None = None,
        last: int | None = None,
        fields: Sequence[str] | None = None,
    ) -> str:
        """Responses as a file in base64; headings are codes and answers short, nothing else."""
        account = self._account(key, "Invalid session key")
        survey = self._surveys.get(int(sid))
        if survey is None or "responses" not in account.rights:
            raise Status("No permission")
        exports.check_export(survey, document, language, (heading, answers), fields)
        found = exports.selected_rows(survey, int(first or 1), int(last or 0) or None, completion)
        readable = survey.participants if "participants" in account.rights else None
        rows = exports.export_rows(
            survey,
            found or ([{}] if self._old else []),  # version 3 writes one phantom
            fields,
            people={person.token: person for person in readable or ()},
            blank=None if self._old and found else "",
        )
        return base64.b64encode(self._file(document, rows).encode()).decode()

    def _file(self, document: str, rows: list[exports.Row]) -> str:
        if document == "csv":
            return exports.csv_file(rows)
        return exports.json_file_3(rows) if self._old else exports.json_file(rows)


def _found(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not questions:
        raise Status("No questions found")
    return questions
