"""The methods that make, change and delete whole surveys, as LimeSurvey 6.4.2 carries them out.

Of 3.8.1 only the import is known: a file of the newer layout gives an empty survey.
"""

import base64
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tasks.survey.sandbox.columns import answer_columns
from tasks.survey.sandbox.handling import Handling
from tasks.survey.sandbox.importing import imported_survey
from tasks.survey.sandbox.replies import PhpError, Status
from tasks.survey.sandbox.settings import FIXED_ONCE_ACTIVE, FLAGS, READ_ONLY, SETTINGS
from tasks.survey.sandbox.state import SandboxSurvey

WIDEST = 1000  # columns of a table (MariaDB: 1,017 with LimeSurvey's own)
_TIME = re.compile(r"\d{4}-\d\d?-\d\d?( \d\d?:\d\d?(:\d\d?(\.\d{1,3})?)?)?")


class SurveyWriting(Handling):
    """Import, activation, settings, deletion."""

    def import_survey(
        self,
        key: str,
        data: str,
        extension: str,
        _name: str | None = None,
        wanted: int | None = None,
    ) -> int:
        """Import a `.lss` file under the number wanted, or at random when it is taken."""
        self._allow(key, "write")
        if extension not in ("lsa", "csv", "txt", "lss"):
            raise Status("Invalid extension")
        if extension != "lss":
            raise PhpError("This sandbox imports .lss files only.")
        number = int(wanted or 0)
        while number < 1 or number in self._surveys:
            number = 100_000 + secrets.randbelow(900_000)
        survey, failure = imported_survey(base64.b64decode(data), number)
        if self._old:  # it knows another layout: what it does not find is not there
            survey, failure = replace(survey, groups=(), questions=()), None
        self._put(survey)  # also the half of one: LimeSurvey leaves it there
        if failure:
            raise PhpError(failure)
        return number

    def delete_survey(self, key: str, sid: int) -> dict[str, str]:
        """Delete a survey with all it holds."""
        self._allow(key, "write")
        if self._surveys.pop(int(sid), None) is None:
            raise Status("No permission")
        return {"status": "OK"}

    def activate_survey(
        self, key: str, sid: int, _settings: Mapping[str, str] | None = None
    ) -> dict[str, str | None]:
        """Open a survey to answers."""
        self._allow(key, "write")
        survey = self._surveys.get(int(sid))
        if survey is None:
            raise Status("No permission")
        if survey.active:
            raise Status("Error: Survey already active")
        asked = {question.gid for question in survey.questions}
        if not survey.groups or any(group.gid not in asked for group in survey.groups):
            raise Status("Error: Survey does not pass consistency check")
        if len(answer_columns(survey)) > WIDEST:
            raise Status("Error: surveytablecreation")
        self._put(replace(survey, active=True, responses={}))
        return {"status": "OK", "pluginFeedback": None}

    def set_survey_properties(self, key: str, sid: int, data: Mapping[str, Any]) -> dict[str, bool]:
        """Change settings; whether each was accepted."""
        survey = self._survey(key, sid, "write")
        fixed = FIXED_ONCE_ACTIVE if survey.active else frozenset[str]()
        known = {
            name: value
            for name, value in data.items()
            if name in SETTINGS and name not in READ_ONLY | fixed
        }
        if not known:
            raise Status("No valid Data")
        accepted = {name: _acceptable(survey, name, value) for name, value in known.items()}
        changed = {name: value for name, value in known.items() if accepted[name]}
        flags = {name: changed.pop(name) == "Y" for name in FLAGS & changed.keys()}
        self._put(replace(survey, properties={**survey.properties, **changed}, **flags))
        return accepted

    def activate_tokens(self, key: str, sid: int, attributes: Sequence[int] = ()) -> dict[str, str]:
        """Make the participants table."""
        self._allow(key, "write")
        survey = self._survey(key, sid, "write")
        if survey.participants is not None:
            raise PhpError(
                "CDbCommand failed to execute the SQL statement: SQLSTATE[42S01]: Base table or "
                f"view already exists: 1050 Table 'lime_tokens_{sid}' already exists"
            )
        names = tuple(dict.fromkeys(f"attribute_{int(number)}" for number in attributes))
        self._put(replace(survey, participants=(), participant_attributes=names))
        return {"status": "OK"}


def _acceptable(survey: SandboxSurvey, name: str, value: object) -> bool:
    if name not in ("expires", "startdate") or value is None:
        return True
    if not _TIME.fullmatch(str(value)):
        return False
    start = survey.properties.get("startdate")
    return name == "startdate" or not start or str(value) >= str(start)
