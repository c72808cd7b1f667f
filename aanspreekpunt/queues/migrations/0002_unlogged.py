"""Who looks at a question now is worth nothing after a crash: keep it out of the write-ahead log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("queues", "0001_tables")]
    operations = [
        migrations.RunSQL("ALTER TABLE queues_presence SET UNLOGGED", "ALTER TABLE queues_presence SET LOGGED"),
    ]
