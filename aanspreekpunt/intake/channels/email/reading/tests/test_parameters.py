"""Parameters of headers, and the names of files."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import parameters
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read


@pytest.mark.parametrize(
    ("written", "main", "found"),
    [
        ("text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ('TEXT/Plain ; Charset = "UTF-8"', "text/plain", {"charset": "UTF-8"}),
        ("text/plain charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ('multipart/mixed\tboundary="a b"', "multipart/mixed", {"boundary": "a b"}),
        ("multipart/mixed;boundary=a=b;type=x", "multipart/mixed", {"boundary": "a=b", "type": "x"}),
        ('x/y; name="een; twee"', "x/y", {"name": "een; twee"}),
        ('x/y; name="een \\"twee\\" \\\\ drie"', "x/y", {"name": 'een "twee" \\ drie'}),
        ('x/y; name="C:\\map\\brief.doc"', "x/y", {"name": "C:\\map\\brief.doc"}),
        ('x/y; name="nooit dicht', "x/y", {"name": "nooit dicht"}),
        ("x/y; name=een twee.doc; a=b", "x/y", {"name": "een twee.doc", "a": "b"}),
        ("x/y; name=''", "x/y", {"name": "''"}),
        ("x/y;;;name=a;", "x/y", {"name": "a"}),
        ("x/y; name*=utf-8''caf%C3%A9.txt", "x/y", {"name": "café.txt"}),
        ("x/y; name*=iso-8859-1'nl'caf%E9.txt", "x/y", {"name": "café.txt"}),
        ("x/y; name*0*=utf-8''caf%C3; name*1*=%A9; name*2=.txt", "x/y", {"name": "café.txt"}),
        ("x/y; name*1=b; name*0=a; name*10=d; name*2=c", "x/y", {"name": "abcd"}),
        ("x/y; name=plat; name*=utf-8''goed", "x/y", {"name": "goed"}),
        ("x/y; name*=caf%C3%A9", "x/y", {"name": "café"}),
        ("x/y; name*=utf-8''%ZZ%", "x/y", {"name": "%ZZ%"}),
        ('x/y; name*0="=?utf-8?Q?caf=C3"; name*1="=A9?="', "x/y", {"name": "café"}),
        ("x/y; name==?utf-8?Q?caf=C3=A9?=", "x/y", {"name": "café"}),
        ("; filename=a.txt", "", {"filename": "a.txt"}),
        ("filename=a.txt", "", {"filename": "a.txt"}),
        ("", "", {}),
        (";;;", "", {}),
        ("=;=", "", {}),
    ],
)
def test_parameters(written: str, main: str, found: dict[str, str]) -> None:
    assert parameters.parse(written) == (main, found)


@pytest.mark.parametrize("text", ["a=b;", ";", '"', "\\", "a*0=", "=", "a*999=b;", '="\\"'])
def test_rows_of_one_sign_take_no_time(text: str) -> None:
    assert len(parameters.parse("x/y; " + text * 50_000)[1]) <= parameters.MOST


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('filename="brief.pdf"', "brief.pdf"),
        ('filename="C:\\Users\\Wim\\brief.pdf"', "brief.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename=".."', ""),
        ('filename="a\x00b.pdf"', "a b.pdf"),
        ('filename="factuur\u202efdp.exe"', "factuurfdp.exe"),
        ('filename="=?utf-8?B?w6nDqW4ucGRm?="', "één.pdf"),
        ("filename*=utf-8''%C3%A9%C3%A9n.pdf", "één.pdf"),
        ('filename="één.pdf"', "één.pdf"),
        (f'filename="{"x" * 300}.pdf"', "x" * 251 + ".pdf"),
        (f'filename="{"x" * 300}"', "x" * 255),
        ('filename=""', ""),
    ],
)
def test_names_of_files(written: str, name: str) -> None:
    header, body = multipart(
        "mixed", "\r\ntekst", f"Content-Type: application/pdf\r\nContent-Disposition: attachment; {written}\r\n\r\nx"
    )
    (file,) = read(header, body=body).files
    assert file.name == name


def test_the_name_may_stand_in_the_type_instead() -> None:
    header, body = multipart("mixed", "\r\ntekst", "Content-Type: application/pdf; name=a.pdf\r\n\r\nx")
    assert read(header, body=body).files[0].name == "a.pdf"
