from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_kinds_instead_of_yes_or_no'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='product',
            name='desk_may_settle',
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('channels__overlap', ['phone', 'counter', 'letter', 'visit'])), name='product_without_computer', violation_error_message='Someone without a computer must be able to reach this product too.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('desk_settles__contained_by', ['question', 'request', 'report', 'complaint', 'compliment', 'idea'])), name='product_known_kinds_settled'),
        ),
    ]
