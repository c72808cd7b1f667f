"""Examples to learn from: people who talk about four things in many ways."""

from __future__ import annotations

import random

from aanspreekpunt.suggestions.learning.examples import Example

WORDS = {
    "afval": ["container", "kliko", "vuilnis", "grofvuil", "ophalen", "geleegd", "afvalpas", "plastic", "papierbak"],
    "paspoort": ["paspoort", "identiteitskaart", "verlengen", "reisdocument", "pasfoto", "vlucht", "verlopen", "pas"],
    "parkeren": ["parkeren", "vergunning", "auto", "bezoekers", "kenteken", "parkeerplaats", "garage", "boete"],
    "bomen": ["boom", "tak", "kappen", "wortels", "bladeren", "snoeien", "eik", "rupsen", "stam"],
}
AROUND = ["ik", "wil", "graag", "weten", "wanneer", "mijn", "hoe", "kan", "dat", "nog", "de", "is", "voor", "straat"]


def make_examples(count: int, *, seed: int = 1) -> list[Example]:
    """Make questions of different people, evenly about the four."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        label = sorted(WORDS)[number % len(WORDS)]
        words = chance.choices(WORDS[label], k=3) + chance.choices(AROUND, k=6)
        chance.shuffle(words)
        made.append(Example(" ".join(words), label, f"person {number}"))
    return made
