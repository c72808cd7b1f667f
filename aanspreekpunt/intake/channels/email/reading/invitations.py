"""What an invitation for a calendar says, in a few lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

MOST_LINES = 5_000
MOST_EVENTS = 10
LONGEST = 1_000
TYPES = frozenset({"text/calendar", "application/ics"})
ESCAPED = (("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\"))
FORMS = (("%Y%m%dT%H%M%SZ", "%Y-%m-%d %H:%M UTC"), ("%Y%m%dT%H%M%S", "%Y-%m-%d %H:%M"), ("%Y%m%d", "%Y-%m-%d"))


@dataclass(slots=True)
class _Event:
    """One appointment: its values and their parameters by name."""

    values: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name, ({}, ""))[1]
        for written, meant in ESCAPED:
            value = value.replace(written, meant)
        return value.strip()[:LONGEST]

    def moment(self, name: str) -> str:
        parameters, value = self.values.get(name, ({}, ""))
        for form, shown in FORMS:
            try:
                moment = datetime.strptime(value.strip(), form).strftime(shown)  # noqa: DTZ007 - its zone is only shown
            except ValueError:
                continue
            zone = parameters.get("TZID", "").strip('"')
            return f"{moment} ({zone})" if zone else moment
        return value.strip()[:50]

    def person(self, name: str) -> str:
        parameters, value = self.values.get(name, ({}, ""))
        address = value.strip()
        if address[:7].lower() == "mailto:":
            address = address[7:]
        known_as = parameters.get("CN", "").strip('"')
        return (f"{known_as} <{address}>" if known_as and known_as != address else address)[:LONGEST]


def summary(calendar: str) -> str:
    """Write each appointment as lines: what, when, where, by whom."""
    return "\n\n".join(found for event in _events(calendar) if (found := _lines(event)))


def _lines(event: _Event) -> str:
    begin, end = event.moment("DTSTART"), event.moment("DTEND")
    when = f"{begin} \N{EN DASH} {end}" if begin and end else begin or end
    lines = (event.text("SUMMARY"), when, event.text("LOCATION"), event.person("ORGANIZER"), event.text("DESCRIPTION"))
    return "\n".join(line for line in lines if line)


def _events(calendar: str) -> list[_Event]:
    events: list[_Event] = []
    inside: list[str] = []
    for line in _unfolded(calendar):
        name, parameters, value = _property(line)
        if name == "BEGIN":
            inside.append(value.strip().upper())
            if inside[-1] in {"VEVENT", "VTODO"}:
                events.append(_Event())
        elif name == "END" and inside:
            inside.pop()
        elif inside and inside[-1] in {"VEVENT", "VTODO"}:
            events[-1].values.setdefault(name, (parameters, value))
        if len(events) > MOST_EVENTS:
            break
    return events[:MOST_EVENTS]


def _unfolded(calendar: str) -> list[str]:
    lines: list[list[str]] = []
    for line in calendar.split("\n", MOST_LINES)[:MOST_LINES]:
        if line[:1] in {" ", "\t"} and lines:
            lines[-1].append(line[1:])
        else:
            lines.append([line])
    return ["".join(pieces) for pieces in lines]


def _property(line: str) -> tuple[str, dict[str, str], str]:
    """Cut a line into its name, its parameters and its value, which begins at the first colon outside quotes."""
    colon = line.find(":")
    while colon >= 0 and line.count('"', 0, colon) % 2:
        colon = line.find(":", colon + 1)
    if colon < 0:
        return "", {}, ""
    name, *written = line[:colon].split(";")[:20]
    pairs = (parameter.partition("=") for parameter in written)
    return name.strip().upper(), {key.strip().upper(): value.strip() for key, _, value in pairs}, line[colon + 1 :]
