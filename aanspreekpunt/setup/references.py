"""Checks what one part of a municipality file says about another, also when other parts are still wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from aanspreekpunt.common.settings_files.wording import listed
from aanspreekpunt.setup.schema import WITHOUT_COMPUTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aanspreekpunt.common.settings_files.lines import Reading
    from aanspreekpunt.common.settings_files.problems import Steps

Row = dict[str, Any]
_TRUE = (True, "true", "yes")


def check_references(reading: Reading, *, upl: Mapping[str, str]) -> None:
    """Note every reference that leads nowhere and everything that may stand only once.

    `upl` are the names of the Uniforme Productnamenlijst with their addresses.
    """
    _check_what_stands_once(reading)
    _check_teams(reading)
    _check_owners(reading)
    for steps, employee in rows(reading, "employees"):
        _check_open(reading, steps, employee)
    for steps, product in rows(reading, "products"):
        _check_channels(reading, steps, product)
        _check_form(reading, steps, product)
        _check_upl(reading, steps, product, upl)
    for steps, article in rows(reading, "articles"):
        for index, name in enumerate(texts_in(article.get("upl_names"))):
            check_known(reading, (*steps, "upl_names", index), name, list(upl), "unknown_upl_name")


def rows(reading: Reading, name: str) -> Iterator[tuple[Steps, Row]]:
    """Return the rows of a list of the file that are groups of fields, each with the way to it."""
    values = reading.values.get(name) if isinstance(reading.values, dict) else None
    yield from rows_of(values, (name,))


def rows_of(values: Any, steps: Steps) -> Iterator[tuple[Steps, Row]]:
    """Return the rows in `values` that are groups of fields, each with the way to it."""
    for index, row in enumerate(values if isinstance(values, list) else ()):
        if isinstance(row, dict):
            yield (*steps, index), row


def texts_in(value: Any) -> list[str]:
    """Return the texts in a list; nothing when it is something else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _check_what_stands_once(reading: Reading) -> None:
    check_once(reading, "teams", "key", "key_stands_twice")
    check_once(reading, "products", "key", "key_stands_twice")
    check_once(reading, "employees", "email", "email_stands_twice")
    check_once(reading, "articles", "key", "key_stands_twice")
    check_once(reading, "articles", "question", "question_stands_twice")


def check_once(reading: Reading, name: str, field: str, kind: str) -> None:
    """Note each row of a list that has the same `field` as an earlier one."""
    first_seen: dict[str, Steps] = {}
    for steps, row in rows(reading, name):
        _note_second(reading, (*steps, field), row.get(field), first_seen, kind)


def _note_second(reading: Reading, steps: Steps, value: Any, first_seen: dict[str, Steps], kind: str) -> None:
    if not isinstance(value, str):
        return
    first = first_seen.setdefault(value.strip().casefold(), steps)
    if first != steps:
        reading.add(kind, steps, key=value, line=reading.place_of(first).line)


def keys_of(reading: Reading, name: str) -> list[str]:
    """Return the keys of the rows of a list."""
    return [row["key"] for _steps, row in rows(reading, name) if isinstance(row.get("key"), str)]


def check_known(reading: Reading, steps: Steps, value: Any, known: list[str], kind: str) -> None:
    """Note a text that is not among the `known` ones, with the one that looks most like it."""
    if not isinstance(value, str) or value in known:
        return
    nearest = get_close_matches(value, known, n=1)
    if nearest:
        reading.add(f"{kind}_looks_like", steps, key=value, nearest=nearest[0])
    else:
        reading.add(kind, steps, key=value)


def _check_teams(reading: Reading) -> None:
    teams = list(rows(reading, "teams"))
    parents = {row["key"]: row.get("parent") for _steps, row in teams if isinstance(row.get("key"), str)}
    for steps, row in teams:
        check_known(reading, (*steps, "parent"), row.get("parent"), list(parents), "unknown_team")
        if _comes_back(row.get("key"), parents):
            reading.add("team_in_circle", (*steps, "parent"), key=row["key"])
    _check_contact_centre(reading, [(steps, row) for steps, row in teams if row.get("is_contact_centre") in _TRUE])


def _check_contact_centre(reading: Reading, centres: list[tuple[Steps, Row]]) -> None:
    if not centres:
        reading.add("no_contact_centre", ("teams",))
    for steps, _row in centres[1:]:
        first = reading.place_of(centres[0][0])
        reading.add("contact_centre_stands_twice", (*steps, "is_contact_centre"), line=first.line)


def _comes_back(key: Any, parents: dict[str, Any]) -> bool:
    above = parents.get(key)
    for _step in parents:
        if above is None or not isinstance(above, str):
            return False
        if above == key:
            return True
        above = parents.get(above)
    return False


def _check_owners(reading: Reading) -> None:
    teams, products = keys_of(reading, "teams"), keys_of(reading, "products")
    for steps, employee in rows(reading, "employees"):
        _check_roles(reading, (*steps, "roles"), employee.get("roles"), teams)
    for steps, product in rows(reading, "products"):
        check_known(reading, (*steps, "team"), product.get("team"), teams, "unknown_team")
    for steps, article in rows(reading, "articles"):
        if "products" in reading.values:
            check_known(reading, (*steps, "product"), article.get("product"), products, "unknown_product")


def _check_roles(reading: Reading, steps: Steps, roles: Any, teams: list[str]) -> None:
    first_seen: dict[str, Steps] = {}
    for here, role in rows_of(roles, steps):
        check_known(reading, (*here, "team"), role.get("team"), teams, "unknown_team")
        _note_second(reading, here, f"{role.get('role')} {role.get('team')}", first_seen, "role_stands_twice")


def _check_open(reading: Reading, steps: Steps, row: Row) -> list[str]:
    """Note each channel named here that the municipality does not open, and return those it does."""
    municipality = reading.values.get("municipality")
    is_open = texts_in(municipality.get("open_channels")) if isinstance(municipality, dict) else []
    for index, channel in enumerate(texts_in(row.get("channels"))):
        if is_open and channel not in is_open:
            reading.add("channel_is_closed", (*steps, "channels", index), key=channel)
    return is_open


def _check_channels(reading: Reading, steps: Steps, product: Row) -> None:
    is_open, named = _check_open(reading, steps, product), product.get("channels")
    chosen = is_open if named is None else texts_in(named)
    if is_open and not set(chosen) & set(is_open) & set(WITHOUT_COMPUTER):
        where = (*steps, "channels") if named is not None else steps
        reading.add("no_way_without_computer", where, expected=listed(list(WITHOUT_COMPUTER)))


def _check_upl(reading: Reading, steps: Steps, product: Row, upl: Mapping[str, str]) -> None:
    name, uri = product.get("upl_name"), product.get("upl_uri")
    if not name:
        return
    check_known(reading, (*steps, "upl_name"), name, list(upl), "unknown_upl_name")
    if uri and isinstance(name, str) and upl.get(name, uri) != uri:
        reading.add("upl_other_address", (*steps, "upl_uri"), expected=upl[name])


def _check_form(reading: Reading, steps: Steps, product: Row) -> None:
    form = product.get("form")
    if not isinstance(form, dict):
        return
    earlier: dict[str, Row] = {}
    first_seen: dict[str, Steps] = {}
    for here, field in rows_of(form.get("fields"), (*steps, "form", "fields")):
        condition = field.get("only_if")
        if isinstance(condition, dict):
            _check_condition(reading, (*here, "only_if"), condition, earlier)
        _note_second(reading, (*here, "key"), field.get("key"), first_seen, "key_stands_twice")
        earlier[str(field.get("key"))] = field


def _check_condition(reading: Reading, steps: Steps, condition: Row, earlier: dict[str, Row]) -> None:
    key, answer = str(condition.get("field")), condition.get("is")
    if key not in earlier:
        reading.add("only_if_unknown_field", (*steps, "field"), key=key)
        return
    answers = _answers_to(earlier[key])
    if not answers:
        reading.add("only_if_no_choice", (*steps, "field"), key=key)
    elif answer is not None and str(answer) not in answers:
        reading.add("only_if_unknown_answer", (*steps, "is"), key=key, answer=answer, expected=listed(answers))


def _answers_to(field: Row) -> list[str]:
    if field.get("type") == "yes_no":
        return ["yes", "no"]
    return [str(option.get("value")) for _steps, option in rows_of(field.get("options"), ())]
