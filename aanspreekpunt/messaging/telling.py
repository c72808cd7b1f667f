"""Telling the administrator of alarms by mail: once when one begins, and once when it is over.

Sending is separate from looking in mailboxes, so a mailbox that fell silent stops no letter about it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.common import paper
from aanspreekpunt.common.times import spell_moment
from aanspreekpunt.messaging.alarm_words import sentence_of
from aanspreekpunt.messaging.alarms import alarms
from aanspreekpunt.messaging.models import ToldAlarm
from aanspreekpunt.messaging.operations import new_message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from aanspreekpunt.messaging.alarms import Alarm

CALM: Final = timedelta(minutes=5)
"""So long an alarm must stay away before it is over; one that comes and goes is told once."""

POST_PATH = "/desk/post"
"""Where all about mail stands. A path, because this floor does not know the desk; a test compares them."""


@transaction.atomic
def tell_of_alarms(*, at: datetime) -> None:
    """Write the administrator what began and what is over since the last time. Any number may do so at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('alarms are told', 0))")
    raised = {alarm.key: alarm for alarm in alarms(at=at)}
    told = {each.key: each for each in ToldAlarm.objects.filter(over_at=None).order_by("id")}
    _tell_begun([alarm for key, alarm in raised.items() if key not in told], at=at)
    ToldAlarm.objects.filter(pk__in=[each.pk for key, each in told.items() if key in raised]).update(seen_at=at)
    _tell_over([each for key, each in told.items() if key not in raised and at - each.seen_at >= CALM], at=at)


def _tell_begun(begun: Sequence[Alarm], *, at: datetime) -> None:
    if not begun:
        return
    with override("nl"):
        rows = ToldAlarm.objects.bulk_create(
            ToldAlarm(key=alarm.key, words=sentence_of(alarm), begun_at=at, seen_at=at) for alarm in begun
        )
        lines = {each.words: "" for each in rows}
        _write(rows[0], "begun", _("Alarm about mail"), _("Something is the matter with mail:"), lines, at=at)


def _tell_over(over: Sequence[ToldAlarm], *, at: datetime) -> None:
    if not over:
        return
    ToldAlarm.objects.filter(pk__in=[each.pk for each in over]).update(over_at=at)
    with override("nl"):
        lines = {each.words: _("Over since %(when)s.") % {"when": spell_moment(each.seen_at)} for each in over}
        _write(over[0], "over", _("Alarm about mail is over"), _("This is no longer the matter:"), lines, at=at)


def _write(first: ToldAlarm, part: str, subject: str, says: str, lines: Mapping[str, str], *, at: datetime) -> None:
    if not settings.ADMINISTRATOR_EMAIL:
        return
    blocks: list[paper.Block] = [
        paper.Paragraph(says),
        *(paper.Paragraph(f"{words} {ending}".strip()) for words, ending in lines.items()),
        paper.Link(_("Look here how mail is doing"), settings.BASE_URL + POST_PATH),
    ]
    new_message(
        key=f"alarm:{first.pk}:{part}",
        kind="alarm",
        to=settings.ADMINISTRATOR_EMAIL,
        subject=subject,
        body_text=paper.as_text(blocks, signed=["Aanspreekpunt"]),
        body_html=paper.as_html(blocks, title=subject, language="nl", signed=["Aanspreekpunt"]),
        at=at,
    ).save()
