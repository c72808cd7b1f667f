"""What waits to be put in an index of words is read by every search, so less of it waits than by default (4 MB)."""

from django.db import migrations

LESS = """
ALTER INDEX contact_by_parts SET (gin_pending_list_limit = 256);
ALTER INDEX contact_by_words SET (gin_pending_list_limit = 256);
"""

AS_USUAL = """
ALTER INDEX contact_by_words RESET (gin_pending_list_limit);
ALTER INDEX contact_by_parts RESET (gin_pending_list_limit);
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0013_pages_of_contacts_from_an_index")]
    operations = [migrations.RunSQL(LESS, AS_USUAL)]
