"""How much of one mail is read: what goes beyond is left out and named as a defect; the raw bytes stay."""

RAW = 64 * 1024 * 1024
"""More bytes than this is no mail but an attack or a mistake."""

BEGINNING = 256_000
"""Bytes that are taken of a mail that is too large: its header, and mostly all that its sender wrote himself."""

PARTS = 1_000
DEPTH = 50
FIELDS = 1_000
HEADERS = 2 * 1024 * 1024
"""Bytes of headers read of one part."""

FIELD = 256 * 1024
"""Bytes read of one header."""

ADDRESSES = 1_000
IDENTIFIERS = 200
TEXT = 2_000_000
"""Bytes shown of one text; longer ones are also given whole, as a file."""

NAME = 255
"""Characters of a file name, as file systems have it."""
