"""How many addresses there are is kept by kind too, and whether they are preferred and verified; parts of them are found.

The triggers of 0007 stay; what they count by is more.
"""

from django.db import migrations

from aanspreekpunt.common.migrations._counted import ADD_UP, COUNT, SLOT, Counted

TABLE = "parties_digitaladdress"
ADDRESSES = Counted(TABLE, ("{}.kind", "{}.is_preferred", "{}.verified_on IS NOT NULL", "{}.is_confidential"))
BEFORE = Counted(TABLE, ("{}.is_confidential",))
HIDDEN = (
    "(EXISTS (SELECT FROM participant WHERE participant.id = part.participant_id AND participant.is_confidential))"
)


def count(by: Counted, moves: str) -> str:
    """Return the statements that count addresses by this from now on; `moves` are the columns it looks at."""
    return f"""
CREATE OR REPLACE FUNCTION {TABLE}_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{TABLE}', {by.part("come")}, {SLOT}, count(*) FROM come GROUP BY 2 ORDER BY 2 {ADD_UP};
    PERFORM FROM participant WHERE id IN (SELECT participant_id FROM come) FOR KEY SHARE;
    UPDATE {TABLE} part SET is_confidential = true FROM come WHERE part.id = come.id AND {HIDDEN};
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {TABLE}_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{TABLE}', {by.part("gone")}, {SLOT}, -count(*) FROM gone GROUP BY 2 ORDER BY 2 {ADD_UP};
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {TABLE}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} VALUES ('{TABLE}', {by.part("OLD")}, {SLOT}, -1), ('{TABLE}', {by.part("NEW")}, {SLOT}, 1) {ADD_UP};
    RETURN NULL;
END $$;
DROP TRIGGER {TABLE}_counted_over ON {TABLE};
CREATE TRIGGER {TABLE}_counted_over AFTER UPDATE OF {moves} ON {TABLE} FOR EACH ROW
    WHEN ({by.looked_at("OLD")} IS DISTINCT FROM {by.looked_at("NEW")}) EXECUTE FUNCTION {TABLE}_changed();

{by.nothing}
{COUNT} SELECT '{TABLE}', {by.part("there")}, 0, count(*) FROM {TABLE} there GROUP BY 2;
"""


INDEX = f"CREATE INDEX address_by_part ON {TABLE} USING gin (word_grams(lower(as_given)));"


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0008_files_are_as_confidential_as_their_contact"),
        ("parties", "0006_counts_by_what_lists_ask"),
    ]
    operations = [
        migrations.RunSQL(
            count(ADDRESSES, "kind, is_preferred, verified_on, is_confidential"), count(BEFORE, "is_confidential")
        ),
        migrations.RunSQL(INDEX, "DROP INDEX address_by_part;"),
    ]
