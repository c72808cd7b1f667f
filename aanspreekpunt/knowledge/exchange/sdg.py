"""The product texts of the Single Digital Gateway, as the government's own business desk hands them out.

A page of products: each in one language, its text in sections under `##` headings. Read by section, each section
becomes an answer of its own ("Toeristenbelasting betalen: Kosten"), because people ask for one thing at a time; or
whole. A Dutch and an English text belong together when they are the only two for one product name. What is read is a
draft, for somebody to look at.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from aanspreekpunt.knowledge.exchange.losses import lost_fields
from aanspreekpunt.knowledge.exchange.names import key_in, own_address
from aanspreekpunt.knowledge.exchange.objects import Found, identity_fields, objects_in, uuid_of
from aanspreekpunt.knowledge.exchange.reading import read_row, slug
from aanspreekpunt.knowledge.exchange.rows import ArticleRow, Item, Reason, Remark, RemarkKind, refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from aanspreekpunt.knowledge.exchange.names import UplNames

HELD = frozenset(
    ("key", "external_id", "question", "question_en", "answer", "answer_en", "upl_names", "changed_at"),
)
_HEADING = re.compile(r"^##[ \t]+(?P<heading>[^\n]*)", re.MULTILINE)
_MORE = ("Meer informatie", "More information")


class _Part(NamedTuple):
    """A section of a text: its heading (empty for what comes first) and its words."""

    heading: str
    text: str


def read_sdg(file: BinaryIO, *, names: UplNames, by_section: bool = True) -> Iterator[Item]:
    """Return the product texts of a page as rows, and a refusal for each that cannot be one.

    Every English text that could not be put beside a Dutch one is refused, so that nobody thinks it came in.
    """
    by_product: dict[str, dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for found in objects_in(file):
        if not isinstance(found, Found):
            yield found
        elif not all(isinstance(found.data.get(name), str) for name in ("titel", "tekst", "taal")):
            wrong = next(name for name in ("titel", "tekst", "taal") if not isinstance(found.data.get(name), str))
            yield refused(found.number, wrong, Reason.NOT_TEXT, found.data.get(wrong))
        else:
            by_product[_belongs_to(found)][found.data["taal"]].append(found)
    for by_language in by_product.values():
        yield from _rows_of(by_language, names, by_section=by_section)


def write_sdg(rows: Iterable[ArticleRow], *, names: UplNames, at: dt.datetime) -> Iterator[bytes]:
    """Return one page with a text for each language of each answer, text by text."""
    yield b'{"results": ['
    separator = b"\n"
    for row in rows:
        for text in sdg_of(row, names, at):
            yield separator + json.dumps(text, ensure_ascii=False).encode()
            separator = b",\n"
    yield b"\n]}\n"


def lost_in_sdg(row: ArticleRow) -> tuple[Remark, ...]:
    """Return what of an answer has no place in a product text."""
    extra = row.upl_names[1:]
    narrowed = (Remark(RemarkKind.NARROWED, "upl_names", ", ".join(row.upl_names)),) if extra else ()
    return (*lost_fields(row, HELD), *narrowed)


def sdg_of(row: ArticleRow, names: UplNames, at: dt.datetime) -> list[dict[str, Any]]:
    """Return the product texts of an answer: Dutch, and English when there is any."""
    moment = (row.changed_at or at).isoformat()
    name = row.upl_names[0] if row.upl_names else ""
    common = {
        "links": [],
        "organisaties": [],
        "laatstGewijzigd": moment,
        "laatstGecheckt": moment,
        "url": own_address(row.key),
        "upnUri": names.address_of(name) if name else "",
        "upnLabel": name,
    }
    dutch = {"titel": row.question, "tekst": row.answer, **common, "taal": "nl", "id": uuid_of(row.key)}
    english = {"titel": row.question_en, "tekst": row.answer_en, **common, "taal": "en", "id": uuid_of(f"{row.key}-en")}
    return [dutch, english] if row.question_en or row.answer_en else [dutch]


def parts_of(text: str) -> list[_Part]:
    """Return the sections of a text that say something: what comes before the first heading, and each heading's."""
    headings = list(_HEADING.finditer(text))
    starts = [(0, 0, ""), *((one.start(), one.end(), one["heading"].rstrip(" \t\r#")) for one in headings)]
    ends = [*(one.start() for one in headings), len(text)]
    parts = [_Part(heading, text[begin:end].strip()) for (_, begin, heading), end in zip(starts, ends, strict=True)]
    return [part for part in parts if part.text]


def _belongs_to(found: Found) -> str:
    """Return what the languages of one text have in common: our own address, or the name of the product."""
    if key_in(found.identity):
        return found.identity
    product = found.data.get("upnUri")
    return product if isinstance(product, str) and product else f"text {found.number}"


def _rows_of(by_language: dict[str, list[Found]], names: UplNames, *, by_section: bool) -> Iterator[Item]:
    dutch, english = by_language.get("nl", []), by_language.get("en", [])
    is_pair = len(dutch) == len(english) == 1
    others = [one for language, found in by_language.items() if language not in {"nl", "en"} for one in found]
    left_over = others if is_pair else [*english, *others]
    for found in dutch:
        other = english[0] if is_pair else None
        parts = _parts_in(found, by_section=by_section)
        translated = _parts_in(other, by_section=by_section) if other else []
        if other and len(parts) != len(translated):
            left_over.append(other)
            other = None
        yield from _rows_of_parts(found, parts, other, translated, names)
    for found in left_over:
        yield refused(found.number, "taal", Reason.NO_DUTCH, found.data["titel"])


def _parts_in(found: Found, *, by_section: bool) -> list[_Part]:
    text: str = found.data["tekst"]
    return parts_of(text) if by_section else [_Part("", text)]


def _rows_of_parts(
    found: Found, parts: list[_Part], other: Found | None, others: list[_Part], names: UplNames
) -> Iterator[Item]:
    if not parts:
        yield refused(found.number, "tekst", Reason.MISSING, found.data["titel"])
    seen: dict[str, int] = defaultdict(int)
    for place, part in enumerate(parts):
        name = slug(part.heading)
        seen[name] += 1
        section = f"{name}-{seen[name]}" if seen[name] > 1 else name
        values = _values_of(found, part, names, section=section, is_first=place == 0)
        if other is not None:
            translated = others[place]
            values["question_en"] = _question_of(other, translated)
            values["answer_en"] = translated.text + (_links_of(other, 1) if place == 0 else "")
        yield read_row(values, number=found.number)


def _values_of(found: Found, part: _Part, names: UplNames, *, section: str, is_first: bool) -> dict[str, Any]:
    identity: dict[str, str] = identity_fields(found, "sdg", fallback=found.data["titel"])
    if section:
        given = identity.pop("key", "")
        identity["external_id"] = f"{identity.get('external_id') or f'sdg:{given}'}#{section[:200]}"
    product = found.data.get("upnUri")
    label = found.data.get("upnLabel")
    name = names.name_of(product) if isinstance(product, str) and product else label
    return {
        **identity,
        "question": _question_of(found, part),
        "answer": part.text + (_links_of(found, 0) if is_first else ""),
        "upl_names": [name] if name else [],
        "changed_at": found.data.get("laatstGewijzigd"),
    }


def _question_of(found: Found, part: _Part) -> str:
    title: str = found.data["titel"]
    return f"{title}: {part.heading}" if part.heading else title


def _links_of(found: Found, language: int) -> str:
    """Return the links beside a text as a Markdown list to put under it."""
    links = found.data.get("links")
    found_links = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    pairs = [(one.get("label"), one.get("url")) for one in found_links]
    lines = [f"- [{label}]({url})" for label, url in pairs if isinstance(label, str) and isinstance(url, str)]
    return "\n\n".join(["", f"**{_MORE[language]}**", "\n".join(lines)]) if lines else ""
