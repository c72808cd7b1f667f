"""The journal, its texts and the access log only grow: the database refuses every change but erasing words."""

from django.db import migrations

GUARD = """
CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal only grows: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'journal_only_grows';
END $$;

CREATE FUNCTION journal_words_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.entry_id = OLD.entry_id AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.text = '' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The words of a journal line can only be erased.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'journal_only_grows';
END $$;

CREATE TRIGGER journal_entry_only_grows BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_entry_never_emptied BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_entry_text_only_erased BEFORE UPDATE ON journal_entry_text
    FOR EACH ROW EXECUTE FUNCTION journal_words_only_erased();
CREATE TRIGGER journal_entry_text_only_grows BEFORE DELETE ON journal_entry_text
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_entry_text_never_emptied BEFORE TRUNCATE ON journal_entry_text
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_look_only_grows BEFORE UPDATE OR DELETE ON journal_look
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_look_never_emptied BEFORE TRUNCATE ON journal_look
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
"""

UNGUARD = """
DROP TRIGGER journal_look_never_emptied ON journal_look;
DROP TRIGGER journal_look_only_grows ON journal_look;
DROP TRIGGER journal_entry_text_never_emptied ON journal_entry_text;
DROP TRIGGER journal_entry_text_only_grows ON journal_entry_text;
DROP TRIGGER journal_entry_text_only_erased ON journal_entry_text;
DROP TRIGGER journal_entry_never_emptied ON journal_entry;
DROP TRIGGER journal_entry_only_grows ON journal_entry;
DROP FUNCTION journal_words_only_erased();
DROP FUNCTION journal_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_tables")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
