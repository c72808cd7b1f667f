"""Keeps the figures of each run with it: until now a later run of the same register changed what they said."""

from django.db import migrations, models


IS_PART = """
UPDATE imports_importstretch SET is_part = name LIKE '% (%' AND name NOT LIKE '% (sub)'
"""
MET = """
UPDATE imports_importstretch s SET met = (
    SELECT count(*) FROM imports_importedthing t
    WHERE t.source_id = r.source_id AND t.path = split_part(s.name, ' (', 1) AND t.seen_in = r.id
)
FROM imports_importrun r WHERE r.id = s.run_id AND s.name NOT LIKE '% (sub)' AND s.name NOT LIKE '% (verwerkt)'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_from_the_room_of_the_standard'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='lines',
            field=models.JSONField(help_text='what became of each list when it had ended; a later run changes what the tables say', null=True),
        ),
        migrations.AddField(
            model_name='importrun',
            name='stopped_by',
            field=models.TextField(blank=True, help_text='why it came to a halt, as a code; empty while nobody knows'),
        ),
        migrations.AddField(
            model_name='importstretch',
            name='is_part',
            field=models.BooleanField(default=False, help_text='whether the other register was asked for a part of a list, so that parts add up'),
        ),
        migrations.AddField(
            model_name='importstretch',
            name='met',
            field=models.PositiveBigIntegerField(default=0, help_text='how many different things with a uuid it showed'),
        ),
        migrations.AddField(
            model_name='importstretch',
            name='moved_at',
            field=models.DateTimeField(help_text='when its last page was taken over', null=True),
        ),
        migrations.RunSQL(IS_PART, migrations.RunSQL.noop),
        migrations.RunSQL(MET, migrations.RunSQL.noop),
    ]
