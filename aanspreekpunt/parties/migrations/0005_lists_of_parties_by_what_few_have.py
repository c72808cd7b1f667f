"""Parties, their addresses and numbers are found by what few of them have: an index of only those that have it."""
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0004_who_a_party_is'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='bankaccount',
            index=models.Index(condition=models.Q(('bic', ''), _negated=True), fields=['bic', '-id'], name='account_by_bic'),
        ),
        migrations.AddIndex(
            model_name='categorylink',
            index=models.Index(fields=['begins_on', '-id'], name='category_link_begins'),
        ),
        migrations.AddIndex(
            model_name='categorylink',
            index=models.Index(condition=models.Q(('ends_on__isnull', False)), fields=['ends_on', '-id'], name='category_link_ends'),
        ),
        migrations.AddIndex(
            model_name='digitaladdress',
            index=models.Index(condition=models.Q(('reference', ''), _negated=True), fields=['reference'], name='address_by_reference'),
        ),
        migrations.AddIndex(
            model_name='digitaladdress',
            index=models.Index(condition=models.Q(('verified_on__isnull', False)), fields=['verified_on', '-id'], name='address_verified'),
        ),
        migrations.AddIndex(
            model_name='digitaladdress',
            index=models.Index(condition=models.Q(('kind', 'other')), fields=['-id'], name='address_of_other_kind'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('kind', 'person'), _negated=True), fields=['kind', '-id'], name='party_no_person'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('is_active', False)), fields=['-id'], name='party_inactive'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('is_address_secret__isnull', False)), fields=['is_address_secret', '-id'], name='party_by_secrecy'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('country', ''), _negated=True), fields=['country'], name='party_by_country'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('address_lines', []), _negated=True), fields=['address_lines'], name='party_by_address_line'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('mailing_address', {}), _negated=True), fields=['mailing_address'], name='party_by_mailing_address', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='partyidentifier',
            index=models.Index(condition=models.Q(('kind', 'bsn'), _negated=True), fields=['kind', '-id'], name='identifier_no_bsn'),
        ),
        migrations.AddIndex(
            model_name='partyidentifier',
            index=models.Index(condition=models.Q(('other_identifier', ''), _negated=True), fields=['other_identifier'], name='identifier_by_other'),
        ),
    ]
