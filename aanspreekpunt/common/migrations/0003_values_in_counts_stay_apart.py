"""What anybody may write can be counted by: the sign that stands between two values is written otherwise in one."""

from django.db import migrations

APART = r"""
CREATE FUNCTION list_count_text(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(replace(written, '\', '\\'), '|', '\p');
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0002_counts_of_rows_that_change")]
    operations = [migrations.RunSQL(APART, "DROP FUNCTION list_count_text(text)")]
