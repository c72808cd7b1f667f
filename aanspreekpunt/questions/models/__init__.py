"""The tables of a question and its contacts."""

from aanspreekpunt.questions.models.contacts import (
    Attachment,
    Contact,
    ContactActor,
    MailBody,
    Participant,
    SubjectLink,
)
from aanspreekpunt.questions.models.drafts import Draft
from aanspreekpunt.questions.models.questions import Feedback, Mention, Question, QuestionLink
from aanspreekpunt.questions.models.words import ContactWord

__all__ = [
    "Attachment",
    "Contact",
    "ContactActor",
    "ContactWord",
    "Draft",
    "Feedback",
    "MailBody",
    "Mention",
    "Participant",
    "Question",
    "QuestionLink",
    "SubjectLink",
]
