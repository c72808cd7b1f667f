"""How many parties, numbers, accounts and relations there are is kept by what their lists are narrowed by."""

from django.db import migrations

from aanspreekpunt.common.migrations._counted import Counted

PARTIES = Counted("parties_party", ("{}.kind", "{}.is_active", "{}.is_address_secret"))
NUMBERS = Counted("parties_partyidentifier", ("{}.kind",))
OTHERS = [
    Counted("parties_bankaccount"),
    Counted("parties_categorylink"),
    Counted("parties_representation"),
    Counted("parties_persondetails"),
    Counted("parties_organisationdetails"),
]

BEFORE = {"parties_party": "'kind'", "parties_partyidentifier": ""}
WHEN = {
    "in": "INSERT ON {} REFERENCING NEW TABLE AS come",
    "out": "DELETE ON {} REFERENCING OLD TABLE AS gone",
    "over": "UPDATE ON {} REFERENCING OLD TABLE AS gone NEW TABLE AS come",
    "none": "TRUNCATE ON {}",
}


def stop(table: str) -> str:
    """Return the statements that end how this table was counted before."""
    drops = [f"DROP TRIGGER {table}_counted_{way} ON {table};" for way in WHEN]
    return "\n".join([*drops, f"DELETE FROM list_count WHERE \"table\" = '{table}';"])


def resume(table: str, columns: str) -> str:
    """Return the statements that count this table again as before."""
    triggers = [
        f"CREATE TRIGGER {table}_counted_{way} AFTER {when.format(table)}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count({columns});"
        for way, when in WHEN.items()
    ]
    part = columns.strip("'") or "''"
    start = 'INSERT INTO list_count ("table", part, slot, "rows")'
    return "\n".join([*triggers, f"{start} SELECT '{table}', {part}, 0, count(*) FROM {table} GROUP BY 2;"])


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0005_lists_of_parties_by_what_few_have"),
        ("common", "0003_values_in_counts_stay_apart"),
    ]
    operations = [
        *(migrations.RunSQL(stop(table), resume(table, columns)) for table, columns in BEFORE.items()),
        *(migrations.RunSQL(each.keep(), each.forget()) for each in (PARTIES, NUMBERS, *OTHERS)),
    ]
