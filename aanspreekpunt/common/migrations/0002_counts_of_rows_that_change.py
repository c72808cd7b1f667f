"""A row that moves to another part of its list is counted over by itself, so that other changes cost nothing.

A trigger for a whole statement is called with every change, and gets to read all rows as they were and are. One for
each row is only called when its `WHEN` holds, and that is seldom.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION keep_list_count_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO list_count AS kept ("table", part, slot, "rows")
        SELECT TG_TABLE_NAME, list_count_part(changed.one, TG_ARGV), pg_backend_pid() % 256, changed.way
        FROM (VALUES (to_jsonb(OLD), -1), (to_jsonb(NEW), 1)) AS changed(one, way) ORDER BY 2
        ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows";
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_counts_of_long_lists")]
    operations = [migrations.RunSQL(KEEP, "DROP FUNCTION keep_list_count_of_row()")]
