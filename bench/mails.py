"""How well a folder of mails is read: `python -m bench.mails FOLDER` compares each .eml with the .json beside it.

The .json is the reading of another program, laid out as stalwart's mail-parser writes its own: parts with headers and a
body, and lists of which parts are text, HTML and attachments. Mails without one are only read and counted. A mark of
replacement (U+FFFD) in what is expected stands for characters that the other program could not read.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aanspreekpunt.intake.channels.email.reading import charsets, read_mail, transfer
from aanspreekpunt.intake.channels.email.reading.mail import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.reading.mail import File, Mail

SHOWN = 160
UNREAD = "\ufffd"
AROUND = re.compile("<pre>[^<]*</pre>")
"""Plain parts, which are shown between the HTML."""
DELIMITER = re.compile(r"^--\S+\r?\n(?:Content-\S+: .*\n)*", re.MULTILINE)
Json = dict[str, Any]


@dataclass
class Score:
    """What came out, for each kind of field."""

    right: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: collections.Counter[str] = field(default_factory=collections.Counter)
    agreed: collections.Counter[str] = field(default_factory=collections.Counter)
    better: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, mail: str, name: str, expected: object, found: object, why: str = "") -> None:
        """Count one field of one mail; what is empty on both sides is none. `why` says that ours holds more."""
        if not expected and not found:
            return
        if same(expected, found):
            self.right[name] += 1
            self.better += expected != found and UNREAD in str(expected)
        else:
            self.wrong[name] += 1
            self.agreed[name] += bool(why)
            self.differences.append(
                f"{mail} {name}: {why or 'differs'}\n"
                f"    expected {str(expected)[:SHOWN]}\n    found    {str(found)[:SHOWN]}"
            )


def same(expected: object, found: object) -> bool:
    """Say whether two readings are alike; where the other program could not read a character, ours may."""
    if isinstance(expected, str) and isinstance(found, str):
        if UNREAD not in expected:
            return expected == found
        pieces = re.split(f"{UNREAD}+", expected)
        return bool(re.fullmatch(".{0,8}".join(re.escape(piece) for piece in pieces), found, re.DOTALL))
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        return len(expected) == len(found) and all(map(same, expected, found))
    return expected == found


def header(part: Json, name: str) -> Any:
    """Give the last header of that name, unwrapped from its kind."""
    for entry in reversed(part["headers"]):
        if entry["name"] == name:
            value = entry["value"]
            return next(iter(value.values())) if isinstance(value, dict) else None
    return None


def people(value: Any) -> list[tuple[str, str]]:
    """Give names and addresses, those in groups among the others."""
    if not value:
        return []
    kind, entries = next(iter(value.items()))
    flat = entries if kind == "List" else [person for group in entries for person in group["addresses"]]
    return [(" ".join((person["name"] or "").split()), person["address"] or "") for person in flat]


def expected_people(root: Json, name: str) -> list[tuple[str, str]]:
    """Give those of all headers of that name."""
    found = [
        people(next(iter(e["value"].values())))
        for e in root["headers"]
        if e["name"] == name and isinstance(e["value"], dict)
    ]
    return list(dict.fromkeys(person for some in found for person in some))


def moment(value: Any) -> str:
    """Write a date as found in the JSON the way ours is written."""
    if not value:
        return ""
    sign = "-" if value["tz_before_gmt"] else "+"
    zone = f"{value['tz_hour']:02}:{value['tz_minute']:02}"
    day = f"{value['year']:04}-{value['month']:02}-{value['day']:02}"
    return f"{day} {value['hour']:02}:{value['minute']:02}:{value['second']:02}{'+' if zone == '00:00' else sign}{zone}"


def plain(text: str) -> str:
    """Leave only single spaces between words."""
    return " ".join(text.replace("\x00", "").split())


def texts(document: Json, which: str, kind: str) -> str:
    """Give the text of the parts in a list that are of one kind."""
    bodies = (document["parts"][number]["body"] for number in document[which])
    return plain(" ".join(body[kind] for body in bodies if kind in body))


def attachments(document: Json) -> list[tuple[str, str]]:
    """Give name and content of each attachment; of a mail within the mail its subject."""
    return [
        (file_name(part), content(part["body"]))
        for part in (document["parts"][number] for number in document["attachments"])
    ]


def is_cut_off(part: Json) -> bool:
    """Say whether this is text that the other program puts among the attachments because nothing closes it."""
    is_multipart = ((header(part, "content_type") or {}).get("c_type") or "") == "multipart"
    return (
        (part["is_encoding_problem"] or is_multipart)
        and "Text" in part["body"]
        and not header(part, "content_disposition")
    )


def bodies_of(document: Json, numbers: set[int]) -> list[Json]:
    """Give the bodies of those parts, in their order."""
    return [document["parts"][number]["body"] for number in sorted(numbers)]


def why_text(document: Json, expected: str, found: str) -> str:
    """Say why our text holds more, if that is all."""
    shown = {*document["text_body"], *(n for n in document["attachments"] if is_cut_off(document["parts"][n]))}
    if same(plain(" ".join(body["Text"] for body in bodies_of(document, shown) if "Text" in body)), found):
        return "text that nothing closes is shown, not attached"
    if same(plain(re.sub(r"begin [0-7]{3} .*? end\b", " ", expected)), found):
        return "files written into the text are taken out"
    whole = " ".join(body["Text"] for body in bodies_of(document, shown) if "Text" in body)
    if same(plain(DELIMITER.sub(" ", whole)), found):
        return "what separates parts is not shown as text"
    others = texts(document, "attachments", "Text")
    if not expected and others and same(others, found):
        return "another kind of text is shown, as there is nothing else"
    return ""


def why_files(document: Json, mail: Mail) -> str:
    """Say why our files are more or better, if that is all."""
    wanted = [document["parts"][n] for n in document["attachments"] if not is_cut_off(document["parts"][n])]
    found = list(mail.files)
    for part in wanted:
        name, inside = file_name(part), content(part["body"], unpack=True)
        match = next((f for f in found if f.name.endswith(name[-8:]) and same(inside, found_content(f, inside))), None)
        match = match or next(
            (f for f in found if name.endswith(f.name) and same(inside, found_content(f, inside))), None
        )
        if not match:
            return ""
        found.remove(match)
    return "all that was expected is there: unpacked, with a better name, with more beside it, or text shown as text"


def file_name(part: Json) -> str:
    """Give the name a part carries in either of its two places."""
    for name, key in (("content_disposition", "filename"), ("content_type", "name")):
        value = header(part, name)
        attributes = (value or {}).get("attributes") or [] if isinstance(value, dict) else []
        found = next((entry["value"] for entry in attributes if entry["name"].lower() == key), "")
        if found:
            return str(found).replace("\\", "/").rpartition("/")[2].strip()
    return ""


def content(body: Json, *, unpack: bool = False) -> str:
    """Write the content of an attachment as text that can be compared, perhaps after undoing uuencode."""
    kind, value = next(iter(body.items()))
    if kind in {"Binary", "InlineBinary"}:
        return plain((transfer.uuencoded(bytes(value))[1] if unpack else bytes(value)).decode("latin-1"))
    if kind == "Text" and unpack and transfer.find_uuencoded(value.encode()) >= 0:
        return plain(charsets.guess(transfer.uuencoded(value.encode())[1]))
    if kind == "Message":
        return "mail: " + str(header(value["parts"][0], "subject") or "")
    return plain(value) if isinstance(value, str) else ""


def found_content(file: File, like: str) -> str:
    """Write the content of a file we read the way the expected one is written."""
    if like.startswith("mail: "):
        try:
            return "mail: " + read_mail(file.content).subject
        except Unreadable:
            return "mail: "
    as_bytes = plain(file.content.decode("latin-1"))
    return (
        as_bytes
        if as_bytes == like
        else plain(charsets.decode(file.content))
        if same(like, plain(charsets.decode(file.content)))
        else as_bytes
    )


def compare(name: str, mail: Mail, document: Json, score: Score) -> None:
    """Lay our reading beside the other one."""
    root = document["parts"][0]
    pairs = lambda found: [(person.name, person.email) for person in found]  # noqa: E731 - shorter than a function, used six times here
    score.add(name, "sender", people(header(root, "from")), pairs(mail.from_))
    for key, ours in (("to", mail.to), ("cc", mail.cc), ("bcc", mail.bcc)):
        score.add(name, key, expected_people(root, key), pairs(ours))
    score.add(name, "subject", plain(header(root, "subject") or ""), plain(mail.subject))
    score.add(name, "date", moment(header(root, "date")), str(mail.date or ""))
    text = texts(document, "text_body", "Text")
    if text or not texts(document, "text_body", "Html"):
        score.add(name, "text", text, plain(mail.text), why_text(document, text, plain(mail.text)))
    html = texts(document, "html_body", "Html")
    score.add(name, "html", html, plain(AROUND.sub("", mail.html)) if html else "")
    expected = attachments(document)
    files = [(file.name, found_content(file, want[1])) for file, want in zip(mail.files, expected, strict=False)]
    files += [(file.name, "?") for file in mail.files[len(expected) :]]
    score.add(name, "files", expected, files, why_files(document, mail))


def mails(folder: Path) -> Iterator[tuple[str, bytes, Json | None]]:
    """Give each mail with the reading beside it, if there is one."""
    for path in sorted(folder.rglob("*.eml")):
        beside = path.with_suffix(".json")
        yield (
            str(path.relative_to(folder)),
            path.read_bytes(),
            json.loads(beside.read_text()) if beside.exists() else None,
        )


def main() -> int:
    """Read, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-crlf", action="store_true", help="give each mail the other ends of line first")
    options = parser.parse_args()
    score, counts, seconds = Score(), collections.Counter[str](), 0.0
    for name, raw, document in mails(options.folder):
        sent = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if options.as_crlf else raw
        begin = time.process_time()
        try:
            mail = read_mail(sent)
        except Unreadable as refusal:
            counts[f"unreadable: {refusal.reason}"] += 1
            continue
        finally:
            seconds += time.process_time() - begin
        counts["read"] += 1
        if document:
            counts["compared"] += 1
            compare(name, mail, document, score)
    report(score, counts, seconds)
    return 0


def report(score: Score, counts: collections.Counter[str], seconds: float) -> None:
    """Print the differences, then the score."""
    for difference in score.differences:
        print(difference)
    for name in sorted(score.right | score.wrong):
        print(f"{name:10} {score.right[name]:5} right {score.wrong[name]:4} wrong")
    right, wrong, agreed = score.right.total(), score.wrong.total(), score.agreed.total()
    if right + wrong:
        print(f"all        {right:5} right {wrong:4} wrong: {100 * right / (right + wrong):.2f} % alike")
        print(
            f"           {agreed:5} of the wrong ones hold all that was expected, "
            f"with those {100 * (right + agreed) / (right + wrong):.2f} %"
        )
        print(f"           {score.better:5} of the right ones are read where the other could not")
    print(
        ", ".join(f"{count} {what}" for what, count in counts.items()),
        f"- {counts['read'] / max(seconds, 1e-9):.0f} mails/s of processor time",
    )


if __name__ == "__main__":
    sys.exit(main())
