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
WITH q AS MATERIALIZED (
 SELECT id, product_id, kind, settled_at FROM question
 WHERE state = 'settled' AND settled_at >= %(since)s AND settled_at < %(until)s AND NOT is_confidential
  AND hops = 1 AND times_reopened = 0 AND outcome IN ('answered', 'callback_kept'))
INSERT INTO insights_answerable (question_id, product_id, kind, settled_at)
SELECT q.id, q.product_id, q.kind, q.settled_at FROM q
JOIN catalogue_product p ON p.id = q.product_id AND NOT p.is_confidential
CROSS JOIN LATERAL (
 SELECT from_team_id, ended_at - taken_up_at AS work FROM handover
 WHERE question_id = q.id AND hop = 1 AND state = 'done' LIMIT 1) h
JOIN organisation_team f ON f.id = h.from_team_id AND f.is_contact_centre
WHERE h.work <= %(longest_work)s
 AND (SELECT sum(length(c.text)) FROM contact c WHERE c.question_id = q.id AND c.direction = 'out')
  BETWEEN 1 AND %(longest_answer)s
 AND (SELECT count(*) FROM contact c JOIN questions_attachment a ON a.contact_id = c.id
  WHERE c.question_id = q.id) = 0
 AND (SELECT count(*) FROM contact c JOIN questions_subjectlink s ON s.contact_id = c.id AND s.object_id <> ''
  WHERE c.question_id = q.id) = 0
ON CONFLICT (question_id) DO NOTHING
"""
"""Handed over once by the desk; settled within an hour of work by a few sentences; no file, case or object.

Written so that the week's questions come first, and the rest is looked up for each of them by index: the planner would
otherwise read whole tables as soon as they look small to it.
"""

_COUNT = """
INSERT INTO insights_deskweek (product_id, kind, week_on, settled, at_first_contact, handed_over, answerable)
SELECT q.product_id, q.kind, %(week_on)s, count(*),
 count(*) FILTER (WHERE q.hops = 0 AND q.settled_at = q.registered_at AND q.outcome <> 'handled_elsewhere'),
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
