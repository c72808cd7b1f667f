"""What other systems read and wrote only grows, like the rest of the journal."""

from django.db import migrations

GUARD = """
CREATE TRIGGER journal_access_only_grows BEFORE UPDATE OR DELETE ON journal_access
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER journal_access_never_emptied BEFORE TRUNCATE ON journal_access
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
"""

UNGUARD = """
DROP TRIGGER journal_access_never_emptied ON journal_access;
DROP TRIGGER journal_access_only_grows ON journal_access;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_access_of_other_systems")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
