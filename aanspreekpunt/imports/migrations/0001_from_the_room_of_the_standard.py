"""Takes over the tables in which the room of the standard remembered imports, under names of this room."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("importsource", "importrun", "importstretch", "importedthing", "importrefusal", "importlink")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("api", "0001_imports"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE api_{name} RENAME TO imports_{name}",
                    f"ALTER TABLE imports_{name} RENAME TO api_{name}",
                )
                for name in TABLES
            ],
            state_operations=[
                migrations.CreateModel(
                    name='ImportSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.TextField(help_text='base address, without a final slash', unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('began_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='imports.importsource')),
                    ],
                ),
                migrations.CreateModel(
                    name='ImportedThing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.TextField()),
                        ('uuid', models.UUIDField()),
                        ('how', models.TextField(choices=[('came_in', 'Came In'), ('was_here', 'Was Here'), ('refused', 'Refused')])),
                        ('said', models.BinaryField(default=bytes, help_text='hash of what we took over; empty: take it over again')),
                        ('seen_in', models.BigIntegerField(help_text='the last run that met it there')),
                        ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='imports.importsource')),
                    ],
                ),
                migrations.CreateModel(
                    name='ImportStretch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.TextField(help_text='the path of its kind, with the part of the list that is read')),
                        ('next_page', models.PositiveIntegerField(default=1)),
                        ('round', models.PositiveSmallIntegerField(default=1, help_text='how often the list was begun')),
                        ('is_done', models.BooleanField(default=False)),
                        ('trouble', models.TextField(blank=True, help_text='why the list was not read, as a code')),
                        ('count', models.PositiveBigIntegerField(default=0, help_text='how many things the other register says there are')),
                        ('came_in', models.PositiveBigIntegerField(default=0)),
                        ('brought_up_to_date', models.PositiveBigIntegerField(default=0)),
                        ('unchanged', models.PositiveBigIntegerField(default=0, help_text='came in before, and said the same since')),
                        ('was_here', models.PositiveBigIntegerField(default=0, help_text='here already, from elsewhere')),
                        ('changed_here', models.PositiveBigIntegerField(default=0, help_text='changed here since, so left alone')),
                        ('removed_here', models.PositiveBigIntegerField(default=0, help_text='removed here since, so kept out')),
                        ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='stretches', to='imports.importrun')),
                    ],
                ),
                migrations.CreateModel(
                    name='ImportRefusal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.TextField()),
                        ('uuid', models.TextField(blank=True, help_text='empty when it has none that can be read')),
                        ('field', models.TextField()),
                        ('code', models.TextField()),
                        ('is_whole', models.BooleanField(help_text='whether the thing stayed out; otherwise it came in without this')),
                        ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='imports.importrun')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('run', 'path', 'uuid', 'field', 'code'), name='import_refusal_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.TextField()),
                        ('uuid', models.UUIDField()),
                        ('field', models.TextField()),
                        ('target', models.UUIDField()),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='imports.importrun')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('run', 'path', 'uuid', 'field'), name='import_link_once')],
                    },
                ),
                migrations.AddConstraint(
                    model_name='importrun',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('source',), name='import_one_run_at_a_time'),
                ),
                migrations.AddConstraint(
                    model_name='importedthing',
                    constraint=models.UniqueConstraint(fields=('source', 'path', 'uuid'), name='imported_thing_once'),
                ),
                migrations.AddConstraint(
                    model_name='importstretch',
                    constraint=models.UniqueConstraint(fields=('run', 'name'), name='import_stretch_once'),
                ),
            ],
        )
    ]
