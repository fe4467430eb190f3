"""A LimeSurvey in miniature on loopback: for the demonstration, training and tests.

It speaks RemoteControl 2 as versions 6.4.2 and 3.8.1 do, quirks included; neither the pull nor a
campaign knows the difference. Faults can be injected.
"""

from tasks.survey.sandbox.answering import AnswerRefused
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.from_model import survey_from_model
from tasks.survey.sandbox.mail import SandboxMail
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey

__all__ = [
    "AnswerRefused",
    "Fault",
    "FaultKind",
    "SandboxMail",
    "SandboxParticipant",
    "SandboxPlatform",
    "SandboxSurvey",
    "running",
    "survey_from_model",
]
