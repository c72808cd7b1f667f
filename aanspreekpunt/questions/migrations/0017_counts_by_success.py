"""How many contacts there are is kept by whether somebody was reached too, and looks at no more of one than it needs."""

from django.db import migrations

from aanspreekpunt.common.migrations._counted import Counted

CONTACTS = Counted("contact", ("list_count_text({}.channel_name)", "{}.is_confidential", "{}.has_succeeded"))

STOP = "\n".join(f"DROP TRIGGER contact_counted_{way} ON contact;" for way in ("in", "out", "over", "none"))
STOP += "\nDELETE FROM list_count WHERE \"table\" = 'contact';"

BEFORE = "'channel_name', 'is_confidential'"
RESUME = f"""
CREATE TRIGGER contact_counted_in AFTER INSERT ON contact REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count({BEFORE});
CREATE TRIGGER contact_counted_out AFTER DELETE ON contact REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count({BEFORE});
CREATE TRIGGER contact_counted_over AFTER UPDATE ON contact FOR EACH ROW
    WHEN ((OLD.channel_name, OLD.is_confidential) IS DISTINCT FROM (NEW.channel_name, NEW.is_confidential))
    EXECUTE FUNCTION keep_list_count_of_row({BEFORE});
CREATE TRIGGER contact_counted_none AFTER TRUNCATE ON contact
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count({BEFORE});
INSERT INTO list_count ("table", part, slot, "rows")
    SELECT 'contact', channel_name || '|' || is_confidential, 0, count(*) FROM contact GROUP BY 2;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0016_lists_of_contacts_by_what_few_have"),
        ("common", "0003_values_in_counts_stay_apart"),
    ]
    operations = [
        migrations.RunSQL(STOP, RESUME),
        migrations.RunSQL(CONTACTS.keep(), CONTACTS.forget()),
    ]
