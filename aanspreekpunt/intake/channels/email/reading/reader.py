"""From the bytes of a mail to all that a person would see of it."""

from __future__ import annotations

import html
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading import (
    addresses,
    bodies,
    charsets,
    cleaning,
    dates,
    forwarded,
    identifiers,
    invitations,
    limits,
    parts,
    plaintext,
    sealed,
    tnef,
    transfer,
    words,
)
from aanspreekpunt.intake.channels.email.reading.mail import TOO_LARGE, Address, File, Mail, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.intake.channels.email.reading.parts import Part

ONCE = ("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "content-type")
WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
BEGINNING = 10_000
NOT_TO_READ = invitations.TYPES | {"text/rfc822-headers", "text/vcard", "text/x-vcard", "text/directory", "text/rtf"}


def read_mail(raw: bytes) -> Mail:
    """Read a mail; only an empty or an immense one is `Unreadable`, anything else is read as well as it can be."""
    if len(raw) > limits.RAW:
        raise Unreadable(TOO_LARGE)
    return _read(raw, depth=0)


def _read(raw: bytes, depth: int) -> Mail:
    """Read a mail that stands so deep within others."""
    raw = _plain_bytes(raw)
    if not raw.strip():
        raise Unreadable("empty")
    return _Reading(parts.parse(raw), depth).mail()


def _plain_bytes(raw: bytes) -> bytes:
    """Take away a mark of byte order, and give a mail with other ends of line those that mails have."""
    codec = WIDE_MARKS.get(raw[:2])
    if codec:
        raw = raw[2:].decode(codec, "replace").encode()
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    beginning = raw[:BEGINNING]
    if b"\r" in beginning and (b"\n" not in beginning or _has_bare_returns(beginning)):
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _has_bare_returns(beginning: bytes) -> bool:
    """Say whether headers end on a return alone; one that is doubled before a line feed is none."""
    head = beginning.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    return head.count(b"\r") > head.count(b"\r\n") + head.count(b"\r\r")


class _Reading:
    """One mail while it is read."""

    def __init__(self, tree: parts.Tree, depth: int) -> None:
        self.root = tree.root
        self.depth = depth
        self.defects = set(tree.defects) | tree.root.headers.defects
        self.chosen = bodies.choose(tree.root)
        self.hint = self.root.charset or next((part.charset for part in self.chosen.text if part.charset), "")
        self.files: list[File] = []
        self.decoded: dict[int, str] = {}

    def mail(self) -> Mail:
        """Put it all together."""
        self._note_duplicates()
        text, shown = self._texts(self.chosen.text), self._html()
        self._read_files()
        text, shown = self._unpack_tnef(text, shown)
        if not text.strip():
            text = plaintext.from_html(shown) or self._other_text() or text
        text, shown = self._unseal(text, shown)
        text = self._with_invitations(text)
        self._mark_inline(shown)
        return Mail(
            message_id=next(iter(self._identifiers("message-id")), ""),
            in_reply_to=self._identifiers("in-reply-to"),
            references=self._identifiers("references"),
            date=dates.parse(self._header("date")),
            subject=self._header("subject"),
            from_=self._people("from"),
            sender=self._people("sender"),
            reply_to=self._people("reply-to"),
            to=self._all_people("to"),
            cc=self._all_people("cc"),
            bcc=self._all_people("bcc"),
            text=text,
            forwarded="" if text.strip() else self._forwarded(),
            html=shown,
            files=tuple(self.files),
            fields=tuple((name, words.text(value, self.hint)) for name, value in self.root.headers.fields),
            defects=tuple(sorted(self.defects)),
        )

    def _note_duplicates(self) -> None:
        names = [name.lower() for name, _ in self.root.headers.fields]
        self.defects |= {f"duplicate_{name.replace('-', '_')}" for name in ONCE if names.count(name) > 1}
        if "from" not in names:
            self.defects.add("no_from")

    def _header(self, name: str) -> str:
        return words.text(self.root.headers.get(name), self.hint)

    def _identifiers(self, name: str) -> tuple[str, ...]:
        return identifiers.parse(self._header(name))

    def _people(self, name: str) -> tuple[Address, ...]:
        return self._addresses(self.root.headers.get(name))

    def _all_people(self, name: str) -> tuple[Address, ...]:
        """Give those of all headers of that name: whoever a mail went to, must not be lost."""
        found: dict[Address, None] = {}
        for key, value in self.root.headers.fields:
            if key.lower() == name and len(found) < limits.ADDRESSES:
                found |= dict.fromkeys(self._addresses(value))
        return tuple(found)

    def _addresses(self, value: bytes) -> tuple[Address, ...]:
        found = addresses.parse(value.decode("ascii", "surrogateescape"), self.hint)
        if len(found) >= limits.ADDRESSES:
            self.defects.add("too_many_addresses")
        return found

    def _texts(self, chosen: Sequence[Part]) -> str:
        """Write the parts that are text under each other, HTML as text."""
        read = [self._as_text(part) for part in chosen]
        return "\n\n".join(text for text in read if text.strip()) if len(read) > 1 else "".join(read)

    def _as_text(self, part: Part) -> str:
        text = self._decoded(part)
        if part.content_type == "text/html":
            return plaintext.from_html(text)
        if part.type_parameters.get("format", "").lower() == "flowed":
            return plaintext.flowed(text, with_spaces_deleted=part.type_parameters.get("delsp", "").lower() == "yes")
        return text

    def _html(self) -> str:
        """Give the HTML as sent; plain parts around it are shown as they are."""
        if not any(part.content_type == "text/html" for part in self.chosen.html):
            return ""
        read = [
            self._decoded(part) if part.content_type == "text/html" else self._as_html(part)
            for part in self.chosen.html
        ]
        return "\n".join(text for text in read if text.strip())

    def _other_text(self) -> str:
        """Give what can be read of other kinds of text, when there is nothing else."""
        others = (part for part in self.chosen.files if part.content_type.startswith("text/"))
        shown = [part for part in others if part.disposition != "attachment" and part.content_type not in NOT_TO_READ]
        return self._texts([part for part in shown if not bodies.named(part)])

    def _mark_inline(self, shown: str) -> None:
        """Mark files that the HTML shows as belonging within the text, however they were sent."""
        for number, file in enumerate(self.files):
            if file.content_id and not file.is_inline and f"cid:{file.content_id}" in shown:
                self.files[number] = replace(file, is_inline=True)

    def _as_html(self, part: Part) -> str:
        text = self._as_text(part)
        return f"<pre>{html.escape(text)}</pre>" if text.strip() else ""

    def _decoded(self, part: Part) -> str:
        """Give the text of a part; files written out within it become files, and too long a text becomes one too."""
        if id(part) not in self.decoded:
            self.decoded[id(part)] = self._decode(part)
        return self.decoded[id(part)]

    def _decode(self, part: Part) -> str:
        content = self._content(part)
        if part.content_type == "text/plain" and not part.encoding:
            content = self._take_out_uuencoded(content)
        if len(content) > limits.TEXT:
            self.defects.add("text_cut")
            self.files.append(File(self._name(part), part.content_type, content))
            content = content[: limits.TEXT]
        charset = part.charset
        if part.content_type == "text/html" and not charsets.known(charset):
            charset = charsets.named_in_html(content)
        if part.charset and not charsets.known(part.charset):
            self.defects.add("unknown_charset")
        return cleaning.lines(charsets.decode(content, charset))

    def _take_out_uuencoded(self, content: bytes) -> bytes:
        """Old programs wrote files into the text itself."""
        kept: list[bytes] = []
        at = 0
        while (begin := transfer.find_uuencoded(content, at)) >= 0 and len(self.files) < limits.PARTS:
            end = content.find(b"\nend", begin)
            if end < 0:
                break
            name, data = transfer.uuencoded(content[begin : end + 4])
            kept.append(content[at:begin])
            known_as = cleaning.short_file_name(charsets.guess(name.encode("latin-1", "replace")))
            self.files.append(File(known_as, "application/octet-stream", data))
            at = content.find(b"\n", end + 1) + 1 or len(content)
        return b"".join((*kept, content[at:])) if at else content

    def _content(self, part: Part) -> bytes:
        encoding = part.encoding
        body = part.body()
        if encoding == "base64" and not transfer.looks_like_base64(body):
            self.defects.add("not_base64")
            return body
        return transfer.undo(body, encoding)

    def _read_files(self) -> None:
        for part in self.chosen.files:
            content = self._content(part)
            content_id = identifiers.content_id(words.text(part.headers.get("content-id")))
            is_inline = id(part) in self.chosen.inline
            self.files.append(File(self._name(part), part.content_type, content, content_id, is_inline))

    def _name(self, part: Part) -> str:
        return cleaning.short_file_name(bodies.named(part))

    def _unpack_tnef(self, text: str, shown: str) -> tuple[str, str]:
        """Put what is in a winmail.dat in its place."""
        kept: list[File] = []
        for file in self.files:
            if not tnef.is_tnef(file.content_type, file.content):
                kept.append(file)
                continue
            unpacked = tnef.unpack(file.content)
            kept += unpacked.files or [file]
            if not text.strip() and not shown.strip():
                shown = unpacked.html
                text = unpacked.text or plaintext.from_html(unpacked.html)
        self.files = kept
        return text, shown

    def _unseal(self, text: str, shown: str) -> tuple[str, str]:
        """Read what is signed in a wrapping of its own, and say of what is encrypted that it is."""
        if sealed.is_encrypted(self.root.content_type, text, self.files):
            self.defects.add("encrypted")
        if text.strip() or self.depth >= forwarded.DEEPEST:
            return text, shown
        within = self._read_within([sealed.signed_in(file) for file in self.files])
        if not within:
            return text, shown
        inner = within[0]
        self.defects |= {"signature_not_checked", *inner.defects} - {"no_from"}
        self.files = [*inner.files, *self.files]
        return inner.text, inner.html

    def _forwarded(self) -> str:
        """Give what mails say that were sent along."""
        if self.depth >= forwarded.DEEPEST:
            return ""
        return forwarded.written(
            self._read_within([file.content for file in self.files if file.content_type in forwarded.TYPES])
        )

    def _read_within(self, mails: list[bytes]) -> list[Mail]:
        """Read mails that stand in this one, as far as something stands in them."""
        found: list[Mail] = []
        for raw in [raw for raw in mails if raw.strip()][: forwarded.MOST]:
            with suppress(Unreadable):
                found.append(_read(raw, self.depth + 1))
        return found

    def _with_invitations(self, text: str) -> str:
        """Add what invitations say, unless the text says it already."""
        for file in self.files:
            if file.content_type not in invitations.TYPES or len(file.content) > limits.TEXT:
                continue
            said = invitations.summary(cleaning.lines(charsets.decode(file.content, "utf-8")))
            first = said.partition("\n")[0]
            if said and (not first or first not in text):
                text = f"{text.rstrip()}\n\n{said}".lstrip("\n")
        return text
