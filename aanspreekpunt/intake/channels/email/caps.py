"""How often we answer by ourselves at most, so that no other machine can keep ours talking, whatever it leaves out.

Marks of automatic mail are looked at as well; these caps hold for mail that bears none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection

from aanspreekpunt.common.sealing import keyed_hash
from aanspreekpunt.intake.channels.email.reading.subjects import bare_subject

if TYPE_CHECKING:
    from datetime import datetime

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MOST_PER_ADDRESS_AND_HOUR: Final = 5
MOST_PER_ADDRESS_AND_DAY: Final = 20
MOST_PER_SUBJECT_AND_DAY: Final = 3
"""Of one address."""
MOST_QUESTIONS_PER_ADDRESS_AND_HOUR: Final = 30
"""What one address sends beyond that is set aside, to be looked at together."""


def subject_key(subject: str) -> bytes:
    """Return by what two mails with the same subject are known, without keeping the subject."""
    return keyed_hash(bare_subject(subject).casefold(), purpose="mail-subject")[:16]


def take_turns(address: str) -> None:
    """Let mails of one address be taken in one after the other, so that counting them is exact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail from {address}"])


@dataclass(frozen=True, slots=True)
class Lately:
    """What came from one address lately and how much we answered, each counted no further than its cap."""

    came_in_hour: int
    answered_in_hour: int
    answered_in_day: int
    answered_about_subject: int
    answered_to_everyone: int

    @property
    def is_flood(self) -> bool:
        """Whether this address sent more within an hour than any person does."""
        return self.came_in_hour >= MOST_QUESTIONS_PER_ADDRESS_AND_HOUR

    @property
    def may_be_answered(self) -> bool:
        """Whether one more automatic answer to this address is within all caps."""
        return (
            self.answered_in_hour < MOST_PER_ADDRESS_AND_HOUR
            and self.answered_in_day < MOST_PER_ADDRESS_AND_DAY
            and self.answered_about_subject < MOST_PER_SUBJECT_AND_DAY
            and self.answered_to_everyone < settings.MOST_AUTOMATIC_MAILS_PER_HOUR
        )


def lately(*, address: str, subject_key: bytes, at: datetime) -> Lately:
    """Count what happened lately, for `address` and this subject. One query on indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LATELY,
            {
                "address": address,
                "subject": subject_key,
                "hour": at - HOUR,
                "day": at - DAY,
                "most_questions": MOST_QUESTIONS_PER_ADDRESS_AND_HOUR,
                "most_in_hour": MOST_PER_ADDRESS_AND_HOUR,
                "most_in_day": MOST_PER_ADDRESS_AND_DAY,
                "most_about": MOST_PER_SUBJECT_AND_DAY,
                "most_in_all": settings.MOST_AUTOMATIC_MAILS_PER_HOUR,
            },
        )
        return Lately(*cursor.fetchone())


_LATELY: Final = """
    SELECT
        (SELECT count(*) FROM (SELECT FROM messaging_arrival WHERE sender = %(address)s AND sender <> ''
            AND ended_at > %(hour)s LIMIT %(most_questions)s) came),
        (SELECT count(*) FROM (SELECT FROM messaging_arrival WHERE sender = %(address)s AND sender <> ''
            AND is_answered AND ended_at > %(hour)s LIMIT %(most_in_hour)s) in_hour),
        (SELECT count(*) FROM (SELECT FROM messaging_arrival WHERE sender = %(address)s AND sender <> ''
            AND is_answered AND ended_at > %(day)s LIMIT %(most_in_day)s) in_day),
        (SELECT count(*) FROM (SELECT FROM messaging_arrival WHERE sender = %(address)s AND sender <> ''
            AND is_answered AND ended_at > %(day)s AND subject_key = %(subject)s LIMIT %(most_about)s) about),
        (SELECT count(*) FROM (SELECT FROM messaging_arrival WHERE is_answered
            AND ended_at > %(hour)s LIMIT %(most_in_all)s) everyone)
"""
