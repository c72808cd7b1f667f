"""Contacts and their parts are found by what few of them have: an index of only those that have it."""
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_actors_of_everybody'),
        ('parties', '0005_lists_of_parties_by_what_few_have'),
        ('questions', '0015_what_a_change_of_a_contact_costs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('object_id', ''), _negated=True), fields=['object_id'], name='attachment_by_object'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('has_succeeded__isnull', False)), fields=['has_succeeded', '-occurred_at', '-id'], include=('is_confidential',), name='contact_by_success'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(condition=models.Q(('party__isnull', False), models.Q(('last_name', ''), _negated=True)), fields=['last_name'], name='participant_known_by_last_name'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(condition=models.Q(('organisation_name', ''), _negated=True), fields=['organisation_name'], name='participant_by_organisation'),
        ),
    ]
