"""How the platform is to run a wave: the columns of LimeSurvey's `surveys` table.

Everything that matters is written out, so that the defaults of an installation decide nothing.
"""

import json
from collections.abc import Mapping

from config.study import Mode, ProfileAttribute, Study, Wave

LONGEST_TITLE = 200  # LimeSurvey: surveyls_title, group_name

# LimeSurvey: getDateFormatData, number 5 is dd/mm/yyyy; a decimal comma is number format 1.
DATE_FORMATS = {"fr": ("5", "1"), "en": ("5", "0")}
OTHER_FORMATS = ("1", "1")  # dd.mm.yyyy, decimal comma


def survey_settings(study: Study, wave: Wave, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Column → value.

    Dates are the wave's, in the platform's own time: LimeSurvey knows no time zone of a survey.
    In the anonymous mode nothing lets a response be taken up again: saving for later would ask
    for a name, and coming back needs a token.
    """
    confidential = study.confidentiality.mode is Mode.CONFIDENTIAL
    kept = "Y" if confidential else "N"
    return {
        "sid": str(wave.survey_id),
        "gsid": "1",
        "admin": study.contact.name if study.contact else "inherit",
        "adminemail": study.contact.email if study.contact else "inherit",
        "bounce_email": study.contact.email if study.contact else "inherit",
        "startdate": f"{wave.opens.isoformat()} 00:00:00",
        "expires": f"{wave.closes.isoformat()} 23:59:59",
        "language": languages[0],
        "additional_languages": " ".join(languages[1:]),
        "template": "inherit",
        "format": "G",
        **_kept(confidential),
        "allowsave": kept,
        "tokenanswerspersistence": kept,
        "alloweditaftercompletion": kept,
        **SHOWN,
        **CLOSED,
        "attributedescriptions": attribute_descriptions(study) if confidential else "",
    }


def _kept(confidential: bool) -> Mapping[str, str]:
    """What is stored beside the answers: the date, and who answered in the confidential mode."""
    return {
        "anonymized": "N" if confidential else "Y",
        "datestamp": "Y",
        "ipaddr": "N",
        "ipanonymize": "Y",
        "refurl": "N",
        "savetimings": "N",
        "usecookie": "N",
    }


def import_mark(mark: str) -> Mapping[str, str]:
    """Column → value of a mark by which an import's survey is known again.

    It stands in the account of a mailbox that is never read (`bounceprocessing` off): LimeSurvey
    writes the row of the survey first, so that even an import which breaks off carries it.
    """
    return {"bounceprocessing": "N", "bounceaccountuser": mark} if mark else {}


SHOWN = {
    "allowprev": "Y",
    "showprogress": "Y",
    "showwelcome": "Y",
    "showsurveypolicynotice": "1",  # in full: a link to it cannot be reached by keyboard
    "showgroupinfo": "B",  # heading and description of each page
    "showqnumcode": "X",  # neither number nor code of a question
    "showxquestions": "N",  # the welcome text says how many
    "shownoanswer": "N",  # « no answer » beside « I do not know » would be a second way to say less
    "questionindex": "0",
    "navigationdelay": "0",
    "nokeyboard": "N",
    "printanswers": "N",
    "autoredirect": "N",
}
CLOSED = {
    "allowregister": "N",
    "listpublic": "N",
    "publicstatistics": "N",
    "publicgraphs": "N",
    "usecaptcha": "N",
    "assessments": "N",  # no marks
    "sendconfirmation": "N",
    "htmlemail": "Y",
    "tokenlength": "20",
}


def participant_attributes(study: Study) -> tuple[ProfileAttribute, ...]:
    """The profile attributes that the participants table holds under its own names."""
    return tuple(
        one
        for one in study.profile
        if one.participant is not None and one.participant.startswith("attribute_")
    )


def attribute_descriptions(study: Study) -> str:
    """`attributedescriptions`: what each participant attribute is, in the study's language."""
    described = {
        str(one.participant): {
            "description": one.label.say(study.language),
            "mandatory": "N",
            "encrypted": "N",
            "show_register": "N",
            "cpdbmap": "",
        }
        for one in participant_attributes(study)
    }
    return json.dumps(described, ensure_ascii=False) if described else ""


def attribute_captions(study: Study, language: str) -> str:
    """`surveyls_attributecaptions`: their names in a language."""
    captions = {
        str(one.participant): one.label.say(language) for one in participant_attributes(study)
    }
    return json.dumps(captions, ensure_ascii=False) if captions else ""
