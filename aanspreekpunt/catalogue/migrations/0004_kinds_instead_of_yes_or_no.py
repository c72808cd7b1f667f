"""What the desk may settle is said per kind of question; a yes meant every kind."""

from django.db import migrations

KINDS = "ARRAY['question', 'request', 'report', 'complaint', 'compliment', 'idea']"
WITHOUT_COMPUTER = "ARRAY['phone', 'counter', 'letter', 'visit']"


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_costs_steps_and_kinds_settled'),
    ]

    operations = [
        migrations.RunSQL(
            f"UPDATE catalogue_product SET desk_settles = {KINDS} WHERE desk_may_settle",
            "UPDATE catalogue_product SET desk_may_settle = kind = ANY (desk_settles)",
        ),
        migrations.RunSQL(
            # A product that only a computer could reach is from now on to be had by phone and at the counter too.
            "UPDATE catalogue_product SET channels = channels || ARRAY['phone', 'counter'] "
            f"WHERE NOT channels && {WITHOUT_COMPUTER}",
            migrations.RunSQL.noop,
        ),
    ]
