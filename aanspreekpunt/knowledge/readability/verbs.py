"""Dutch verbs by their form: participles, and the words that go with them."""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 5
BECOME = frozenset({"wordt", "worden", "word", "werd", "werden"})
BE = frozenset({"is", "bent", "ben", "zijn", "was", "waren"})
HAVE = frozenset({"heeft", "hebt", "heb", "hebben", "had", "hadden"})
MODAL = frozenset(
    (
        *("kan", "kunt", "kunnen", "kon", "konden", "moet", "moeten", "moest", "moesten", "mag", "mogen", "mocht"),
        *("wil", "wilt", "willen", "wilde", "zal", "zult", "zullen", "zou", "zouden", "dient", "dienen", "hoeft"),
    )
)
PASSIVE_AUXILIARIES = BECOME | BE
AUXILIARIES = BECOME | BE | HAVE | MODAL
CLAUSE_OPENERS = frozenset(
    (
        *("als", "omdat", "dat", "zodat", "terwijl", "want", "maar", "die", "wie", "hoewel", "nadat", "voordat"),
        *("totdat", "tenzij", "mits", "indien", "zodra", "waarbij", "waarin", "waarvan", "waarop", "waardoor"),
        *("wanneer", "dus", "wat", "alvorens", "doordat", "waarvoor", "waarmee"),
    )
)
_BEFORE = (
    "aan|achter|af|bekend|bij|binnen|bloot|boven|buiten|deel|dicht|door|gelijk|goed|groot|hoog|in|klaar|kwijt|los"
    "|mede|mee|na|neer|om|onder|op|open|over|plaats|recht|samen|schoon|stil|stop|tegemoet|tegen|terecht|terug|thuis|toe"
    "|tot|uit|vast|vol|voor|voort|vrij|waar|weer|weg"
)
_WITH_GE = re.compile(rf"(?:{_BEFORE})?ge(?:[a-zë]{{2,20}}(?:d|t|en)|[a-zë]{{1,3}}aan)")
_WITHOUT_GE = re.compile(rf"(?:{_BEFORE})?(?:be|ver|ont|her|er(?=[gkv]))[a-zë]{{2,20}}[dt]")
_IS_GOING_ON = re.compile(r"(?<![eikw])(?<!op)end$|ontbrekend$")  # "verschillend"; not "geleend", "erkend", "geopend"
_STRONG = frozenset(
    (
        *("bedolven", "bedorven", "bedrogen", "begonnen", "begrepen", "behouden", "benomen", "beschreven", "besloten"),
        *("besproken", "betrokken", "bevallen", "bevolen", "bevonden", "bewezen", "bewogen", "bezweken", "gedaan"),
        *("goedgekeurd", "herroepen", "herschreven", "herzien", "misdaan", "omschreven", "onderbroken", "onderhouden"),
        *("ondernomen", "onderschreven", "ondervonden", "onderworpen", "onderzocht", "onthouden", "ontheven"),
        *("ontnomen", "ontslagen", "ontstoken", "ontvangen", "ontworpen", "overeengekomen", "overlegd", "overschreden"),
        *("overschreven", "overwogen", "toegestaan", "uitbesteed", "verboden", "verbonden", "verbroken", "verdreven"),
        *(
            "vergeleken",
            "vergeven",
            "verkregen",
            "verlaten",
            "verleend",
            "verloren",
            "vernomen",
            "verschoven",
            "verstaan",
        ),
        *("vervangen", "verworpen", "verworven", "verwezen", "verzonden", "volbracht", "voldaan", "voltooid"),
        *("voltrokken", "voorgedaan", "voorzien", "weerhouden", "weerlegd", "doorverwezen", "doorverbonden"),
        *("afgedaan", "aanbesteed", "aanbevolen", "voorbereid", "voorbehouden", "aanvaard", "overtreden"),
        *("overhandigd", "onderscheiden", "ondertekend", "ondersteund", "overtuigd", "misbruikt", "mislukt"),
        *("geïnformeerd", "geïnd", "geëist", "geüpload", "geëerbiedigd", "geëffectueerd", "geïncasseerd"),
    )
)
_NO_PARTICIPLES = frozenset(  # nouns, adjectives and present tenses that look like one
    (
        *("geven", "gelden", "gebeuren", "gebouwen", "gemeenten", "gebieden", "gevolgen", "gesprekken", "gebruiken"),
        *("gedeelt", "gewoont", "geboort", "gesteent", "behoeft", "beloft", "gedacht", "gehalt", "bekeuringen"),
        *("gedeelten", "getallen", "gerechten", "gewoonten", "gedachten", "gezinnen", "getuigen", "gebreken"),
        *("gevoelens", "geluiden", "gezichten", "gewichten", "geheimen", "geloven", "genieten", "geraken"),
        *("geschieden", "geduld", "geluid", "gebied", "geld", "geweld", "gezond", "gebeurt", "geeft", "geldt"),
        *("gewicht", "gezicht", "gerecht", "geniet", "gereed", "geschikt", "geest", "geneest", "geleden", "gelegen"),
        *("beeld", "begint", "bevat", "bestaat", "betekent", "betreft", "behoort", "beleid", "bewind", "bestand"),
        *("bericht", "besluit", "bezit", "bekend", "bereid", "bevoegd", "bent", "bevindt", "best", "berust", "behoeft"),
        *("bewust", "beurt", "belt", "betaalt", "behandelt", "bepaalt", "besteedt", "bezoekt", "bestelt", "beoordeelt"),
        *("bewaart", "beheert", "begeleidt", "berekent", "bevestigt", "verstand", "verband", "verkeerd", "verlangt"),
        *("vervalt", "verliest", "vertrekt", "verschilt", "verdriet", "verbindt", "verhuist", "verandert", "vergeet"),
        *("verlaat", "vertelt", "verwijst", "verdient", "verkoopt", "verlengt", "verleent", "verhuurt", "verzorgt"),
        *("vervangt", "onthoudt", "ontstaat", "ontvangt", "ontbreekt", "erkent", "herkent", "herinnert", "ervaart"),
        *("eerst", "hert", "buitengebied", "binnengebied", "overgewicht", "ondergrond", "voorgerecht", "overgangen"),
        *("ingangen", "uitgangen", "toegangen", "omgevingen", "gezien", "ernst", "verst", "voorgeven", "toegeven"),
        *("aangeven", "doorgeven", "opgeven", "afgeven", "uitgeven", "weergeven", "meegeven", "teruggeven", "ingeven"),
        *("vrijgeven", "doorgeeft", "aangeeft", "opgeeft", "afgeeft", "uitgeeft", "meegeeft", "teruggeeft", "omgeven"),
        *(
            "verbod",
            "gebod",
            "benauwd",
            "gewonden",
            "behoefte",
            "gezeten",
            "gemakken",
            "beginnen",
            "verdergaan",
            "gemeent",
        ),
    )
)
_ACTIVE_WITH_BE = frozenset(
    (
        *("gegaan", "gekomen", "geweest", "geworden", "gebleven", "gebleken", "begonnen", "gestopt", "verhuisd"),
        *("overleden", "verlopen", "gestorven", "gevallen", "gestegen", "gedaald", "ontstaan", "verdwenen"),
        *("veranderd", "vertrokken", "geslaagd", "gezakt", "getrouwd", "gescheiden", "verplicht", "geboren", "gehuwd"),
        *("aangekomen", "ingegaan", "vergeten", "kwijtgeraakt", "opgehouden", "toegenomen", "afgenomen", "gegroeid"),
        *("opgelopen", "gesloten", "geopend", "gevestigd", "bedoeld", "verhinderd", "gebonden", "bekend", "bereid"),
        *("bevoegd", "ingeschreven", "geregistreerd", "verzekerd", "aangesloten", "gewend", "beperkt", "afgelopen"),
        *(
            "gehandicapt",
            "gelukt",
            "mislukt",
            "gebeurd",
            "gevlucht",
            "ingestort",
            "afgebrand",
            "opgegroeid",
            "gestrand",
        ),
        *("teruggekomen", "weggegaan", "weggelopen", "verdwaald", "gesteld", "geschikt", "gezond", "geïnteresseerd"),
        *("bevallen", "gewond", "verboden", "verschenen", "overgekomen", "opgestaan", "ontslagen", "verloren"),
        *(
            "bezet",
            "gereden",
            "gelopen",
            "gefietst",
            "gevlogen",
            "gereisd",
            "verzakt",
            "ontploft",
            "betrokken",
            "aangemeld",
            "uitgevallen",
            "omgevallen",
            "verstopt",
            "beschadigd",
        ),
        *(
            "voorbereid",
            "verward",
            "verslaafd",
            "tevreden",
            "ingewikkeld",
            "geparkeerd",
            "erkend",
            "gemiddeld",
            "gebroken",
            "ontevreden",
            "geldig",
        ),
    )
)


@lru_cache(maxsize=20_000)
def is_participle(word: str) -> bool:
    """Say whether a word in small letters has the form of a past participle."""
    if word in _STRONG:
        return True
    if word in _NO_PARTICIPLES or word.endswith("heid") or _IS_GOING_ON.search(word):
        return False
    return _WITH_GE.fullmatch(word) is not None or _WITHOUT_GE.fullmatch(word) is not None


def is_done_by_others(auxiliary: str, participle: str) -> bool:
    """Say whether the two together are passive: "wordt betaald" and "is vastgesteld" are, "is verhuisd" is not."""
    return auxiliary in BECOME or not (
        participle in _ACTIVE_WITH_BE or participle.endswith(("gegaan", "gekomen", "gebleven"))
    )


@lru_cache(maxsize=20_000)
def is_participle_before_noun(word: str) -> bool:
    """Say whether a word has the form of a participle in front of its noun: "ingediende", "opgenomen"."""
    if word.endswith(("de", "te")) and len(word) > _SHORTEST:
        return is_participle(word[:-1])
    return word.endswith("en") and is_participle(word)
