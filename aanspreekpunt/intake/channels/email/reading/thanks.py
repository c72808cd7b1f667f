"""Recognising a mail that says thank you and nothing else, which need not open a settled question again."""

from __future__ import annotations

import re
from typing import Final

_WORDS = re.compile(r"[^\W\d_]+")
_LINKS = re.compile(r"(?i)<(?:https?:|mailto:)[^<>\s]{1,2000}>")
"""Where the words before it lead: written there for who reads, not by who wrote."""
_MOST_WORDS: Final = 25
_THANKS: Final = frozenset(
    _WORDS.findall(
        """
        dank dankje dankjewel dankuwel bedankt dankbaar merci thanks thank thx tnx dankeschön danke thanx
        """
    )
)
_POLITE: Final = frozenset(
    _WORDS.findall(
        """
        u je jou jullie jij voor de het een uw jouw dit deze die dat er en ook nog heel hele erg zeer veel hartelijk
        vriendelijk nogmaals alvast snelle snel goede duidelijke antwoord antwoorden reactie bericht mail mailtje
        informatie info hulp uitleg moeite service fijn top super prima goed mooi geweldig prettig gelukkig opgelost
        helder duidelijk is was zijn hiervoor daarvoor hierbij alle ik ben blij mee weet nu genoeg voldoende dag
        weekend weekeinde avond middag fijne wens dear geachte beste heer mevrouw hallo hoi goedemorgen goedemiddag
        goedenavond met groet groeten groetjes vriendelijke hartelijke mvg hoogachtend you your very much so a for
        the this quick fast reply answer help response information all great perfect kind best regards many again
        clear everything hello hi cheers i am happy it its works well done nice day
        """
    )
)
_CLOSINGS: Final = frozenset({"groet", "groeten", "groetjes", "mvg", "regards", "hoogachtend"})


def is_only_thanks(text: str) -> bool:
    """Tell whether a mail, without signature and quotes, thanks and asks nothing.

    Careful: one word that is not part of thanking, a question mark, or a number makes it more than thanks. Names stand
    after a closing and are let through at the end only.
    """
    text = _LINKS.sub(" ", text)
    if "?" in text or any(char.isdigit() for char in text):
        return False
    words = [word.lower() for word in _WORDS.findall(text)]
    if not words or len(words) > _MOST_WORDS or not _THANKS.intersection(words):
        return False
    known = _THANKS | _POLITE
    while words and words[-1] not in known and _ends_with_name(words, known):
        words.pop()
    return all(word in known for word in words)


def _ends_with_name(words: list[str], known: frozenset[str]) -> bool:
    """Whether the unknown words at the end are few enough to be who signed."""
    for unknown, word in enumerate(reversed(words)):
        if word in known:
            return unknown == 1 or word in _CLOSINGS
    return False
