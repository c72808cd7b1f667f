"""Which part of a mail is new, which is quoted and which is signature; nothing is ever taken away.

What is new is what an agent reads first; the rest can be folded away. A quote that the sender answers right below it
("> Wat is uw adres?") is read together with the answer, so it belongs to what is read first. Where it is in doubt
whether something is new, it is new: to read too much costs seconds, to overlook a question costs the promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from aanspreekpunt.intake.channels.email.reading.quoting.introductions import set_apart
from aanspreekpunt.intake.channels.email.reading.quoting.labels import labels_of
from aanspreekpunt.intake.channels.email.reading.quoting.lines import lines_of
from aanspreekpunt.intake.channels.email.reading.quoting.structure import said_of

PieceKind = Literal["new", "answered", "quoted", "signature"]
"""Answered is quoted, but by the sender's own hand: what follows is an answer to it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines in a row that are of one kind."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A text in pieces; joined in their order they are the text, every character of it."""

    pieces: tuple[Piece, ...]

    @property
    def new(self) -> str:
        """What is read first: all that is new, with what it answers."""
        return self._of("new", "answered")

    @property
    def quoted(self) -> str:
        """What was said before, with the lines that introduce it."""
        return self._of("quoted")

    @property
    def signature(self) -> str:
        """What a device, an employer or a provider put below or above it."""
        return self._of("signature")

    @property
    def text(self) -> str:
        """The whole, as it was given."""
        return "".join(piece.text for piece in self.pieces)

    def _of(self, *kinds: PieceKind) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind in kinds).strip("\n ")


def split(text: str, *, html: str = "") -> Parts:
    """Split the text of a mail into what is new, what is quoted and what is signature.

    `html` is the same mail as HTML, when there is one: its elements are surer than words, as far as they are found.
    """
    lines = set_apart(lines_of(text))
    labelled = zip(labels_of(lines, said_of(lines, html) if html else None), lines, strict=True)
    return Parts(
        tuple(
            Piece(kind, "".join(line.text for _, line in group))
            for kind, group in groupby(labelled, key=lambda pair: pair[0])
        )
    )
