"""Leaves what is remembered of imports to the room `imports`, which has taken over the tables."""

from django.db import migrations

NAMES = ("ImportLink", "ImportRefusal", "ImportedThing", "ImportStretch", "ImportRun", "ImportSource")


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_imports"),
        ("imports", "0001_from_the_room_of_the_standard"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name) for name in NAMES])
    ]
