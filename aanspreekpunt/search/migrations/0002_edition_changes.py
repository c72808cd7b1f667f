"""A new edition for each transaction that changes something that can be found.

The triggers wait for the end of the transaction, so that the one row is locked for a moment only.
"""

from django.db import migrations

FUNCTION = """
CREATE SEQUENCE search_edition_number;

CREATE FUNCTION search_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('search.edition_of', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM set_config('search.edition_of', pg_current_xact_id()::text, true);
        INSERT INTO search_edition (id, number) VALUES (1, nextval('search_edition_number'))
            ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number;
    END IF;
    RETURN NULL;
END $$;
"""

WATCHED = {
    "knowledge_valuetext": ("INSERT OR DELETE OR UPDATE", ""),
    "knowledge_version": ("INSERT OR UPDATE", "WHEN (NEW.state IN ('published', 'replaced', 'withdrawn'))"),
    "catalogue_product": ("INSERT OR DELETE OR UPDATE", ""),
    "organisation_team": ("INSERT OR DELETE OR UPDATE OF name, name_en, is_active", ""),
    "organisation_employee": ("INSERT OR DELETE OR UPDATE OF name, function, is_active", ""),
    "organisation_membership": ("INSERT OR DELETE OR UPDATE", ""),
}

TRIGGERS = "".join(
    f"CREATE CONSTRAINT TRIGGER {table}_changes_edition AFTER {events} ON {table} "
    f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition} EXECUTE FUNCTION search_new_edition();\n"
    for table, (events, condition) in WATCHED.items()
)
NO_TRIGGERS = "".join(f"DROP TRIGGER {table}_changes_edition ON {table};\n" for table in WATCHED)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_edition"),
        ("knowledge", "0004_answers_without_texts"),
        ("catalogue", "0001_tables"),
        ("organisation", "0001_tables"),
    ]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION search_new_edition(); DROP SEQUENCE search_edition_number;"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
