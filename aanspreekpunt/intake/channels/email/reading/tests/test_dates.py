"""Dates in every form."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import dates


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 2 May 2022 14:05:06 +0200",
        "Mon, 02 May 2022 14:05:06 +0200 (CEST)",
        "2 May 2022 14:05:06 +0200",
        "mon, 2 may 22 14:05:06 +0200",
        "Mon,2 May 2022 14:05:06+0200",
        "Mon, 2 May 2022 14:05:06 GMT+0200",
        "Mon, 2 May 2022 14:05:06 +02:00",
        "Mon, 2 May 2022 14:05:06 CEST",
        "Mon, 2 May 2022 14.05.06 +0200",
        "Mon, 2 May 2022 2:05:06 PM +0200",
        "Mon, 2 May (lente) 2022 14 : 05 : 06 +0200",
        "ma 2 mei 2022 14:05:06 +0200",
        "Montag, 2. Mai 2022 14:05:06 +0200",
        "lun. 2 mai 2022 14:05:06 +0200",
        "May 2, 2022 14:05:06 +0200",
        "2022-05-02T14:05:06+02:00",
        "2022-05-02 14:05:06.250 +0200",
        "02/05/2022 14:05:06 +0200",
        "02-05-2022 14:05:06 +0200",
        "  Mon,\t2  May 2022\r\n 14:05:06 +0200  ",
    ],
)
def test_one_moment_written_in_many_ways(written: str) -> None:
    moment = dates.parse(written)
    assert moment is not None
    assert moment.isoformat() == "2022-05-02T14:05:06+02:00"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 2 May 2022 14:05:06 -0000", "2022-05-02T14:05:06+00:00"),
        ("Mon, 2 May 2022 14:05:06", "2022-05-02T14:05:06+00:00"),
        ("Mon, 2 May 2022 14:05", "2022-05-02T14:05:00+00:00"),
        ("Mon May  2 14:05:06 2022", "2022-05-02T14:05:06+00:00"),
        ("2022-05-02T14:05:06Z", "2022-05-02T14:05:06+00:00"),
        ("2022-05-02", "2022-05-02T00:00:00+00:00"),
        ("2 mei 2022", "2022-05-02T00:00:00+00:00"),
        ("Mon, 2 May 102 14:05:06 +0000", "2002-05-02T14:05:06+00:00"),
        ("20 Jun 82 12:14:26 EDT", "1982-06-20T12:14:26-04:00"),
        ("Mon, 2 May 2022 12:05:06 AM", "2022-05-02T00:05:06+00:00"),
        ("05/14/2022 10:00:00", "2022-05-14T10:00:00+00:00"),
        ("Thu, 1 Jan 1970 00:00:00 +9999", "1970-01-01T00:00:00+00:00"),
        ("Fri, 1 Jan 2021 10:00:60 +0100", "2021-01-01T10:00:59+01:00"),
    ],
)
def test_what_is_missing_is_filled_in(written: str, moment: str) -> None:
    found = dates.parse(written)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gisteren",
        "31 Feb 2022 10:00",
        "Mon, 2 May 2022 25:05:06 +0200",
        "1651493106",
        "Wed, 15 Dec 2010    59:10 -0500",
        "0000-00-00",
        "99999999999999 May 9999999 10:00",
        "Mon, 2 May",
        "((((",
        ":::::",
        "9" * 100_000,
        "May " * 50_000,
        "+" * 1000,
        "\x00",
        "2022年5月",
    ],
)
def test_what_names_no_moment(written: str) -> None:
    assert dates.parse(written) is None
