"""The tasks of a question, by which other systems know it, and handovers that another system made."""

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_actors_of_everybody'),
        ('promises', '0003_kept_may_turn_out_withdrawn'),
        ('questions', '0013_dealt_with_in_another_system'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid_utils.compat.uuid7, unique=True)),
                ('number', models.TextField(help_text='by which other systems name it; the database makes one if empty', null=True)),
                ('reference_number', models.TextField(help_text='by which people name it; made likewise', null=True)),
                ('asked', models.TextField(blank=True, help_text='what has to be done')),
                ('note', models.TextField(blank=True, help_text='only for colleagues')),
                ('state', models.TextField(choices=[('open', 'Open'), ('done', 'Done')], default='open')),
                ('is_leading', models.BooleanField(default=True)),
                ('began_question', models.BooleanField(default=False, help_text='whether the question was registered for its sake')),
                ('assigned_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'task',
            },
        ),
        migrations.CreateModel(
            name='TaskActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('state', models.TextField(choices=[('open', 'Open'), ('done', 'Done')], default='open')),
            ],
            options={
                'db_table': 'task_actor',
            },
        ),
        migrations.RemoveConstraint(
            model_name='handover',
            name='handover_second_hop_by_supervisor_with_reason',
        ),
        migrations.AddField(
            model_name='handover',
            name='by_system',
            field=models.TextField(blank=True, db_default='', default='', help_text='the other system that did it, as its token is called'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('hop', 1), models.Q(models.Q(('is_by_supervisor', True), models.Q(('by_system', ''), _negated=True), _connector='OR'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='handover_second_hop_by_whom_and_why', violation_error_message='A second time only a supervisor or another system hands over, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('by_system', ''), models.Q(('is_by_supervisor', False), ('made_by__isnull', True)), _connector='OR'), name='handover_by_an_employee_or_a_system'),
        ),
        migrations.AddField(
            model_name='task',
            name='contact',
            field=models.ForeignKey(help_text='what led to it', on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='questions.contact'),
        ),
        migrations.AddField(
            model_name='task',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='questions.question'),
        ),
        migrations.AddField(
            model_name='taskactor',
            name='actor',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='organisation.actorrecord'),
        ),
        migrations.AddField(
            model_name='taskactor',
            name='task',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='named', to='promises.task'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['-id'], name='task_open_newest'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['assigned_at'], name='task_by_moment'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('is_leading', True)), fields=('question',), name='task_one_leads'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('number',), name='task_number_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('reference_number',), name='task_reference_number_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('id', 'state'), name='task_in_its_state'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('state', 'open')), models.Q(('done_at__isnull', False), ('state', 'done')), _connector='OR'), name='task_done_has_a_time'),
        ),
        migrations.AddIndex(
            model_name='taskactor',
            index=models.Index(fields=['actor', 'state', '-task'], name='task_of_actor_in_state'),
        ),
        migrations.AddIndex(
            model_name='taskactor',
            index=models.Index(fields=['actor', '-task'], name='task_of_actor'),
        ),
        migrations.AddConstraint(
            model_name='taskactor',
            constraint=models.UniqueConstraint(fields=('task', 'actor'), name='task_actor_once'),
        ),
    ]
