"""The table of kept counts, and what the triggers of counted tables call."""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION keep_list_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own_slot smallint := pg_backend_pid() % 256;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM list_count WHERE "table" = TG_TABLE_NAME;
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO list_count AS kept ("table", part, slot, "rows")
            SELECT TG_TABLE_NAME, list_count_part(to_jsonb(come), TG_ARGV), own_slot, count(*) FROM come GROUP BY 2
            ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows";
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO list_count AS kept ("table", part, slot, "rows")
            SELECT TG_TABLE_NAME, list_count_part(to_jsonb(gone), TG_ARGV), own_slot, -count(*) FROM gone GROUP BY 2
            ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows";
    ELSE
        INSERT INTO list_count AS kept ("table", part, slot, "rows")
            SELECT TG_TABLE_NAME, changed.part, own_slot, sum(changed.way)
            FROM (
                SELECT list_count_part(to_jsonb(come), TG_ARGV) AS part, 1 AS way FROM come
                UNION ALL SELECT list_count_part(to_jsonb(gone), TG_ARGV), -1 FROM gone
            ) AS changed
            GROUP BY changed.part HAVING sum(changed.way) <> 0 ORDER BY changed.part
            ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows";
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION list_count_part(counted jsonb, columns text[]) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (SELECT coalesce(string_agg(coalesce(counted ->> name, ''), '|' ORDER BY place), '')
            FROM unnest(columns) WITH ORDINALITY AS chosen(name, place));
"""

FORGET = """
DROP FUNCTION keep_list_count();
DROP FUNCTION list_count_part(jsonb, text[]);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="ListCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.TextField()),
                (
                    "part",
                    models.TextField(help_text="the values of the columns it is counted by, with | between them"),
                ),
                (
                    "slot",
                    models.SmallIntegerField(
                        help_text="each connection writes its own, so that none waits for another"
                    ),
                ),
                ("rows", models.BigIntegerField()),
            ],
            options={
                "db_table": "list_count",
                "constraints": [
                    models.UniqueConstraint(fields=("table", "part", "slot"), name="list_count_once"),
                ],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
