"""What an alarm says, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.times import spell_moment
from aanspreekpunt.messaging.alarms import Alarm, Kind
from aanspreekpunt.messaging.figures import MOST_COUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

SENTENCES: Final[Mapping[Kind, StrOrPromise]] = {
    Kind.MAILBOX_SILENT: _("We cannot look in the mailbox %(about)s since %(since)s."),
    Kind.WAITS_TO_BE_READ: _("Mail that came in waits to be read since %(since)s: %(count)s."),
    Kind.WAITS_TO_BE_SENT: _("Our mail waits to be sent since %(since)s: %(count)s."),
    Kind.COMES_BACK: _("Much of our mail comes back: %(count)s in a day."),
    Kind.UNREADABLE: _("Many mails cannot be read: %(count)s in a day."),
    Kind.IN_DOUBT: _("Of some of our mails nobody knows whether they arrived: %(count)s, since %(since)s."),
}


def sentence_of(alarm: Alarm) -> str:
    """Return what is the matter, as a sentence in the language that is active."""
    return str(SENTENCES[alarm.kind]) % {
        "about": alarm.about,
        "since": spell_moment(alarm.since) if alarm.since else "",
        "count": f"{MOST_COUNTED}+" if alarm.count >= MOST_COUNTED else str(alarm.count),
    }
