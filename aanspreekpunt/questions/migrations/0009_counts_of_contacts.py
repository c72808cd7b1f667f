"""How many contacts there are on each channel is kept with every one that comes, changes or goes."""

from django.db import migrations

COUNT = """
CREATE TRIGGER contact_counted_in AFTER INSERT ON contact REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');
CREATE TRIGGER contact_counted_out AFTER DELETE ON contact REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');
CREATE TRIGGER contact_counted_over AFTER UPDATE ON contact REFERENCING OLD TABLE AS gone NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');
CREATE TRIGGER contact_counted_none AFTER TRUNCATE ON contact
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');

INSERT INTO list_count ("table", part, slot, "rows")
SELECT 'contact', channel_name || '|' || is_confidential, 0, count(*) FROM contact GROUP BY 2;
"""

UNCOUNT = """
DROP TRIGGER contact_counted_none ON contact;
DROP TRIGGER contact_counted_over ON contact;
DROP TRIGGER contact_counted_out ON contact;
DROP TRIGGER contact_counted_in ON contact;
DELETE FROM list_count WHERE "table" = 'contact';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0008_addresses_given_in_a_contact"),
        ("common", "0001_counts_of_long_lists"),
    ]
    operations = [migrations.RunSQL(COUNT, UNCOUNT)]
