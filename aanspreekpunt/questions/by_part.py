"""Finding contacts by words they have, and by any part of their texts, however many there are.

A part of a text is looked for in two steps. Of each word in it that is whole or long enough, the words there are that
have it (`contact_word`, found by groups of three letters); then the contacts that have one of those words. What that
leaves holds all that have the part, and a few more, which the text itself decides.
See docs/decisions/0023-contacts-by-any-part-of-a-text.md.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

SHORTEST: Final = 3
"""A beginning, end or middle of a word shorter than this is in too many words to help."""

LONGEST: Final = 64
"""Longer words are all kept as one, `(long)`; the database cuts them there too."""

_WORDS: Final = "contact_words(subject || ' ' || text || ' ' || reply)"
_KNOWN: Final = "SELECT word FROM contact_word WHERE word_grams(word) @> word_grams(%s) AND word LIKE %s"
_HAVING: Final = f"{_WORDS} && (ARRAY({_KNOWN}) || '(long)'::text)"
_WHOLE: Final = f"{_WORDS} && ARRAY[%s, '(long)']"
_FIELDS: Final = frozenset({"subject", "text", "reply"})


def having_part(part: str, *, field: str) -> tuple[str, list[str]]:
    """Return the condition on a contact that its `field` has `part` in it, whatever the case, and its values."""
    if field not in _FIELDS:
        raise ValueError(field)
    conditions, values = _narrowing(part)
    conditions.append(f"lower({field}) LIKE lower(%s)")
    values.append(f"%{_plain(part)}%")
    return " AND ".join(conditions), values


def having_words(text: str) -> tuple[str, list[str]]:
    """Return the condition on a contact that it has all these words, in any form of them, and its values.

    As people search: words between quotes stand next to each other, `or` and a dash before a word mean what they say.
    """
    said = "subject || ' ' || left(text, 100000) || ' ' || left(reply, 100000)"
    return f"to_tsvector('dutch', {said}) @@ websearch_to_tsquery('dutch', %s)", [text]


def _narrowing(part: str) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    words = _words_in(part)
    for place, word in enumerate(words):
        begins, ends = place > 0, place < len(words) - 1
        if begins and ends and word:
            conditions.append(_WHOLE)
            values.append(word[:LONGEST])
        elif SHORTEST <= len(word) <= LONGEST:
            conditions.append(_HAVING)
            values += [word, f"{'' if begins else '%'}{word}{'' if ends else '%'}"]
    return conditions, values


def _words_in(part: str) -> list[str]:
    """Return the words in a part as the database splits them; the first and last may be parts of words, or empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT regexp_split_to_array(lower(%s), '[^[:alnum:]]+')", [part])
        words: list[str] = cursor.fetchone()[0]
    return words


def _plain(part: str) -> str:
    for sign in ("\\", "%", "_"):
        part = part.replace(sign, "\\" + sign)
    return part
