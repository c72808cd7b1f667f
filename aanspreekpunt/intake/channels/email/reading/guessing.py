"""Which character set bytes are in that say nothing of it, by the most common characters of what is written in it."""

from __future__ import annotations

SAMPLE = 4_000
# The most common letters or characters of the languages that are written so.
RUSSIAN = frozenset("оеаинтсрвлкмдпу")
CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说您好请"
)
TAIWANESE = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說您好請"
)
KOREAN = frozenset("이다는의에을를은가고하지한로도서사기아나어자리시인대해스일정전수그안녕요니세습")
JAPANESE = frozenset(chr(code) for code in range(0x3041, 0x30FF))
GREEK = frozenset("αειοντσρκπυηλμς")
COMMON = {
    "koi8-r": RUSSIAN,
    "cp1251": RUSSIAN,
    "gb18030": CHINESE,
    "big5hkscs": TAIWANESE,
    "cp949": KOREAN,
    "euc_jp": JAPANESE,
    "cp932": JAPANESE,
    "iso8859-7": GREEK,
}
ENOUGH = 0.25
FEW = 20


def foreign(data: bytes) -> str:
    """Give the character set of a text that is hardly western, or "" when it is not clear or western after all."""
    sample = data[:SAMPLE]
    high = sum(1 for byte in sample if byte > 0x7F)  # noqa: PLR2004 - beyond ASCII
    latin = sum(1 for byte in sample if 0x41 <= byte <= 0x7A)  # noqa: PLR2004 - from A to z
    if high < FEW or high < latin:
        return ""
    codec, share = max(((codec, _share(sample, codec)) for codec in COMMON), key=lambda found: found[1])
    return codec if share >= ENOUGH else ""


def _share(sample: bytes, codec: str) -> float:
    """Say how much of the characters beyond ASCII is common, if these bytes were in that character set."""
    read = sample.decode(codec, "replace")
    beyond = [character for character in read if character > "\x7f"]
    common = sum(1 for character in beyond if character in COMMON[codec])
    return common / len(beyond) if beyond and "\ufffd" not in read[:-2] else 0.0
