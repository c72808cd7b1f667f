"""Being dealt with in another system as a way in which a question ends."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_products_everybody_can_reach'),
        ('organisation', '0005_actors_of_everybody'),
        ('parties', '0001_tables'),
        ('questions', '0012_contacts_by_their_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='question',
            name='question_known_outcome',
        ),
        migrations.AlterField(
            model_name='question',
            name='outcome',
            field=models.TextField(blank=True, choices=[('answered_at_once', 'Answered at once'), ('answered', 'Answered'), ('callback_kept', 'Called back'), ('referred', 'Handed to another body'), ('became_case', 'Became a case'), ('appointment_made', 'Appointment made'), ('withdrawn', 'Withdrawn'), ('could_not_be_answered', 'Could not be answered'), ('handled_elsewhere', 'Dealt with in another system'), ('duplicate', 'Already asked in another question')], default=''),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'answered_at_once', 'answered', 'callback_kept', 'referred', 'became_case', 'appointment_made', 'withdrawn', 'could_not_be_answered', 'handled_elsewhere', 'duplicate'])), name='question_known_outcome'),
        ),
    ]
