import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('expiring', 'Is true for only a few weeks more'), ('expired', 'Is no longer true and no longer shown'), ('broken_link', 'Has a link that does not work'), ('missing_value', 'Uses a local value that is not filled in'), ('hard_to_read', 'Is harder to read than level B1'), ('unknown_product', 'Names a product that does not exist')])),
                ('detail', models.TextField(blank=True, help_text='which link, value or product')),
                ('found_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, help_text='when a job saw that it was no longer so', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LocalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(unique=True)),
                ('label', models.TextField()),
                ('label_en', models.TextField(blank=True)),
                ('kind', models.TextField(choices=[('text', 'Text'), ('money', 'Amount of money'), ('phone', 'Phone number'), ('email', 'E-mail address'), ('url', 'Web address'), ('hours', 'Opening hours'), ('days', 'Term'), ('date', 'Date'), ('number', 'Number')], default='text')),
                ('scope', models.TextField(choices=[('local', 'Our municipality'), ('national', 'The whole country')], default='local')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(help_text='the question as people ask it; for an existing answer, its question then')),
                ('text', models.TextField(help_text='what should be better, or the answer itself')),
                ('product_key', models.TextField(blank=True)),
                ('question_id', models.BigIntegerField(blank=True, help_text="the resident's question it came from", null=True)),
                ('proposed_at', models.DateTimeField()),
                ('due_on', models.DateField(help_text='when its proposer hears of it at the latest')),
                ('state', models.TextField(choices=[('open', 'Open'), ('accepted', 'Taken over'), ('declined', 'Not taken over')], default='open')),
                ('reply', models.TextField(blank=True, help_text='to the proposer: what became of it and why')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('heard_at', models.DateTimeField(blank=True, help_text='when the proposer saw the reply', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('face', models.TextField(choices=[('desk', 'Desk'), ('portal', 'Portal')])),
                ('text', models.TextField(help_text='folded, known words only: a name or number of somebody is left out')),
                ('certainty', models.TextField(choices=[('good', 'Found'), ('unsure', 'Perhaps found'), ('nothing', 'Not found')])),
                ('times', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('given', 'Given as answer'), ('helped', 'Helped, the reader says'), ('did_not_help', 'Did not help, the reader says')])),
                ('face', models.TextField(choices=[('desk', 'Desk'), ('portal', 'Portal')])),
                ('question_id', models.BigIntegerField(blank=True, help_text='the question it was given for', null=True)),
                ('searched', models.TextField(blank=True, help_text='known words of the search that led to it')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ValueText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(help_text='the first day on which it holds')),
                ('text', models.TextField()),
                ('text_en', models.TextField(blank=True, help_text='only where English differs')),
                ('is_confirmed', models.BooleanField(default=True, help_text='no: an example that somebody still has to check')),
                ('set_by_name', models.TextField(blank=True)),
                ('set_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1 is the first of this article')),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('review', 'To be reviewed'), ('published', 'Published'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn'), ('discarded', 'Discarded')], default='draft')),
                ('question', models.TextField()),
                ('question_en', models.TextField(blank=True)),
                ('answer', models.TextField(help_text='Markdown, with {{ local values }}')),
                ('answer_en', models.TextField(blank=True, help_text='Markdown, with {{ local values }}')),
                ('desk_note', models.TextField(blank=True, help_text='Markdown; never leaves the desk')),
                ('ask', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='what to ask first; never leaves the desk', size=None)),
                ('search_words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='other words people use for it', size=None)),
                ('product_keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('upl_names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('team_keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='the teams that know about it', size=None)),
                ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('resident', 'Residents'), ('business', 'Businesses')]), default=list, help_text='empty is everybody', size=None)),
                ('area', models.TextField(blank=True, help_text='the neighbourhood it holds for; empty is everywhere')),
                ('target_group', models.TextField(blank=True, help_text='the people it holds for; empty is everybody')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, help_text='the last day on which it is true', null=True)),
                ('revision', models.PositiveIntegerField(default=1, help_text='counts savings, so that two editors notice each other')),
                ('written_by_name', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(help_text='when this version was last saved')),
                ('remark', models.TextField(blank=True, help_text='why it was changed, or what the reviewer sent it back for')),
                ('approved_by_name', models.TextField(blank=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, help_text='when it was replaced, withdrawn or discarded', null=True)),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='origin',
            field=models.TextField(blank=True, help_text='where it was imported from; empty when written here'),
        ),
        migrations.AddField(
            model_name='article',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='article',
            name='changed_at',
            field=models.DateTimeField(help_text='when any version of it was last changed'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['owner', 'key'], name='article_of_owner'),
        ),
        migrations.AddField(
            model_name='chore',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chores', to='knowledge.article'),
        ),
        migrations.AddConstraint(
            model_name='localvalue',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[a-z][a-z0-9_]*$')), name='value_key_fits_in_a_text', violation_error_message='A name has small letters, digits and _ only, and begins with a letter.'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='article',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='knowledge.article'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals_to_judge', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='searchtally',
            index=models.Index(condition=models.Q(('certainty', 'good'), _negated=True), fields=['-on', '-times'], name='search_not_found'),
        ),
        migrations.AddConstraint(
            model_name='searchtally',
            constraint=models.UniqueConstraint(fields=('on', 'face', 'text', 'certainty'), name='search_tally_once_a_day'),
        ),
        migrations.AddField(
            model_name='use',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.article'),
        ),
        migrations.AddField(
            model_name='valuetext',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='valuetext',
            name='value',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='knowledge.localvalue'),
        ),
        migrations.AddField(
            model_name='version',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='knowledge.article'),
        ),
        migrations.AddField(
            model_name='version',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='chore',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['found_at', 'id'], name='chore_open'),
        ),
        migrations.AddConstraint(
            model_name='chore',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('article', 'kind', 'detail'), name='chore_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_on', 'id'], name='proposal_open'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('heard_at__isnull', True)), fields=['proposed_by', 'decided_at'], name='proposal_to_hear'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'open')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['accepted', 'declined'])), _connector='OR'), name='proposal_decided_with_a_reply'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reply', ''), _negated=True), _connector='OR'), name='proposal_declined_with_a_reason', violation_error_message='Whoever proposes something hears why it is not taken over.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='proposal_says_something'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('heard_at__isnull', True), ('decided_at__isnull', False), _connector='OR'), name='proposal_heard_after_decision'),
        ),
        migrations.AddIndex(
            model_name='use',
            index=models.Index(fields=['article', 'at'], name='use_of_article'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.UniqueConstraint(condition=models.Q(('question_id__isnull', False)), fields=('article', 'question_id'), name='use_once_per_question'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'given'), _negated=True), ('question_id__isnull', False), _connector='OR'), name='use_given_for_a_question'),
        ),
        migrations.AddConstraint(
            model_name='valuetext',
            constraint=models.UniqueConstraint(fields=('value', 'from_on'), name='value_text_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='valuetext',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='value_text_says_something'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', 'published')), fields=['product_keys'], name='version_of_product'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['state', 'written_at', 'id'], name='version_in_state'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['valid_until'], name='version_expiring'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('article',), name='version_one_published'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'review'])), fields=('article',), name='version_one_being_written'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'review', 'published', 'replaced', 'withdrawn', 'discarded'])), name='version_known_state'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('state__in', ['draft', 'review', 'discarded'])), models.Q(('approved_at__isnull', False), ('state__in', ['published', 'replaced', 'withdrawn'])), _connector='OR'), name='version_approved_before_published', violation_error_message='What is published was approved by somebody, at some moment.'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['draft', 'review', 'published'])), models.Q(('ended_at__isnull', False), ('state__in', ['replaced', 'withdrawn', 'discarded'])), _connector='OR'), name='version_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='version_valid_in_order', violation_error_message='The last day on which it is true lies before the first.'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_en', ''), ('question_en', '')), models.Q(models.Q(('question_en', ''), _negated=True), models.Q(('answer_en', ''), _negated=True)), _connector='OR'), name='version_english_in_full'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('answer', ''), _negated=True)), name='version_says_something'),
        ),
    ]
