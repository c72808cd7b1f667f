"""Keeps count of parties by their kind, of addresses and of numbers, so that long lists know their length at once."""

from django.db import migrations

COUNTED_BY = {"parties_party": ["kind"], "parties_digitaladdress": [], "parties_partyidentifier": []}
"""The columns by which each table is counted."""

TRIGGERS = {
    "in": "INSERT ON {table} REFERENCING NEW TABLE AS come",
    "out": "DELETE ON {table} REFERENCING OLD TABLE AS gone",
    "over": "UPDATE ON {table} REFERENCING OLD TABLE AS gone NEW TABLE AS come",
    "none": "TRUNCATE ON {table}",
}


def _keep(table: str, columns: list[str]) -> list[str]:
    by = ", ".join(f"'{column}'" for column in columns)
    part = columns[0] if columns else "''"
    triggers = [
        f"CREATE TRIGGER {table}_counted_{name} AFTER {when.format(table=table)}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count({by})"
        for name, when in TRIGGERS.items()
    ]
    start = (
        'INSERT INTO list_count ("table", part, slot, "rows")'
        f" SELECT '{table}', {part}, 0, count(*) FROM {table} GROUP BY 2"
    )
    return [*triggers, start]


def _forget(table: str) -> list[str]:
    dropped = [f"DROP TRIGGER {table}_counted_{name} ON {table}" for name in TRIGGERS]
    return [*dropped, f"DELETE FROM list_count WHERE \"table\" = '{table}'"]


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_register_of_the_standard"), ("common", "0001_counts_of_long_lists")]
    operations = [
        migrations.RunSQL(_keep(table, columns), _forget(table)) for table, columns in COUNTED_BY.items()
    ]
