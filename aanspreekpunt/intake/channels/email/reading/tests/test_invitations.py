"""Invitations for a calendar."""

from __future__ import annotations

from aanspreekpunt.intake.channels.email.reading import invitations
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read

EVENT = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:STANDARD
DTSTART:16010101T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY;LANGUAGE=nl:Keukentafelgesprek\\, eerste
DTSTART;TZID="Europe/Amsterdam":20260304T130000
DTEND;TZID="Europe/Amsterdam":20260304T140000
LOCATION:Stadhuis\\, kamer 3
ORGANIZER;CN="Boer: de":mailto:wim@voorbeeld.nl
DESCRIPTION:Regel een\\nregel
  twee
BEGIN:VALARM
DESCRIPTION:Herinnering
END:VALARM
END:VEVENT
END:VCALENDAR
"""
SAID = (
    "Keukentafelgesprek, eerste\n2026-03-04 13:00 (Europe/Amsterdam) \N{EN DASH} 2026-03-04 14:00 (Europe/Amsterdam)\n"
    "Stadhuis, kamer 3\n"
    "Boer: de <wim@voorbeeld.nl>\nRegel een\nregel twee"
)
PART = f"Content-Type: text/calendar; method=REQUEST; name=afspraak.ics\r\n\r\n{EVENT}"


def test_an_invitation_is_a_file_and_a_few_lines() -> None:
    kind, body = multipart("alternative", "\r\nKomt u?", PART)
    mail = read(kind, body=body)
    assert mail.text == f"Komt u?\n\n{SAID}"
    assert [(file.name, file.content_type) for file in mail.files] == [("afspraak.ics", "text/calendar")]


def test_what_the_text_says_already_is_not_said_again() -> None:
    kind, body = multipart("alternative", "\r\nKeukentafelgesprek, eerste: komt u?", PART)
    assert read(kind, body=body).text == "Keukentafelgesprek, eerste: komt u?"


def test_a_whole_day_and_one_in_utc() -> None:
    one = "BEGIN:VEVENT\nSUMMARY:a\nDTSTART;VALUE=DATE:20260304\nEND:VEVENT\n"
    calendar = one + "BEGIN:VEVENT\nSUMMARY:b\nDTSTART:20260304T120000Z\nEND:VEVENT"
    assert invitations.summary(calendar) == "a\n2026-03-04\n\nb\n2026-03-04 12:00 UTC"


def test_what_is_no_calendar_says_nothing() -> None:
    for text in ("", "BEGIN:VEVENT", "::::", "END:VEVENT\nSUMMARY:x", 'A;B="' * 1000 + ":x", "BEGIN:VEVENT\n" * 1000):
        assert invitations.summary(text) == ""


def test_a_date_that_is_none_is_shown_as_it_is() -> None:
    assert invitations.summary("BEGIN:VEVENT\nSUMMARY:a\nDTSTART:morgen\nEND:VEVENT") == "a\nmorgen"
