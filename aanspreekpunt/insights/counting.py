"""Counting each week what the desk settled, what it handed over, and what of that it could have answered."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from aanspreekpunt.insights.models import Answerable, DeskWeek
from aanspreekpunt.insights.rules import LONGEST_ANSWER, LONGEST_WORK, WEEKS, monday_of

if TYPE_CHECKING:
    from datetime import date

COUNTED_AGAIN = 2
"""So many past weeks are counted anew each night: what was settled may be opened again."""

KEPT_WEEKS = WEEKS + 1

_FIND = """
INSERT INTO insights_answerable (question_id, product_id, kind, settled_at)
SELECT q.id, q.product_id, q.kind, q.settled_at FROM question q
JOIN catalogue_product p ON p.id = q.product_id AND NOT p.is_confidential
JOIN handover h ON h.question_id = q.id AND h.hop = 1 AND h.state = 'done'
 AND h.ended_at - h.taken_up_at <= %(longest_work)s
JOIN organisation_team f ON f.id = h.from_team_id AND f.is_contact_centre
WHERE q.state = 'settled' AND q.settled_at >= %(since)s AND q.settled_at < %(until)s AND NOT q.is_confidential
 AND q.hops = 1 AND q.times_reopened = 0 AND q.outcome IN ('answered', 'callback_kept')
 AND (SELECT sum(length(c.text)) FROM contact c WHERE c.question_id = q.id AND c.direction = 'out')
  BETWEEN 1 AND %(longest_answer)s
 AND NOT EXISTS (SELECT FROM contact c JOIN questions_attachment a ON a.contact_id = c.id WHERE c.question_id = q.id)
 AND NOT EXISTS (SELECT FROM contact c JOIN questions_subjectlink s ON s.contact_id = c.id AND s.object_id <> ''
  WHERE c.question_id = q.id)
ON CONFLICT (question_id) DO NOTHING
"""
"""Handed over once by the desk; settled within an hour of work by a few sentences; no file, case or object."""

_COUNT = """
INSERT INTO insights_deskweek (product_id, kind, week_on, settled, at_first_contact, handed_over, answerable)
SELECT q.product_id, q.kind, %(week_on)s, count(*),
 count(*) FILTER (WHERE q.hops = 0 AND q.settled_at = q.registered_at),
 count(*) FILTER (WHERE q.hops > 0), count(a.id)
FROM question q JOIN catalogue_product p ON p.id = q.product_id AND NOT p.is_confidential
LEFT JOIN insights_answerable a ON a.question_id = q.id
WHERE q.state = 'settled' AND q.settled_at >= %(since)s AND q.settled_at < %(until)s AND NOT q.is_confidential
 AND q.outcome NOT IN ('duplicate', 'withdrawn')
GROUP BY q.product_id, q.kind
"""


def count_lately(*, at: datetime) -> int:
    """Count the past weeks anew; all of a quarter when nothing was counted yet. Returns how many weeks were counted."""
    this_week = monday_of(timezone.localtime(at).date())
    weeks = COUNTED_AGAIN if DeskWeek.objects.exists() else KEPT_WEEKS
    for past in range(weeks):
        count_week(week_on=this_week - timedelta(weeks=past))
    Answerable.objects.filter(settled_at__lt=_begin(this_week - timedelta(weeks=KEPT_WEEKS))).delete()
    return weeks


@transaction.atomic
def count_week(*, week_on: date) -> None:
    """Count the week that begins on this Monday; what was counted of it before is replaced."""
    since, until = _begin(week_on), _begin(week_on + timedelta(weeks=1))
    Answerable.objects.filter(settled_at__gte=since, settled_at__lt=until).delete()
    DeskWeek.objects.filter(week_on=week_on).delete()
    parameters: dict[str, Any] = {
        "since": since,
        "until": until,
        "week_on": week_on,
        "longest_work": LONGEST_WORK,
        "longest_answer": LONGEST_ANSWER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, parameters)
        cursor.execute(_COUNT, parameters)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
