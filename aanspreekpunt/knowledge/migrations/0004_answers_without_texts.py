from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0003_answers_become_versions'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='article',
            name='article_words',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_of_product',
        ),
        migrations.RemoveField(
            model_name='article',
            name='answer',
        ),
        migrations.RemoveField(
            model_name='article',
            name='answer_en',
        ),
        migrations.RemoveField(
            model_name='article',
            name='desk_note',
        ),
        migrations.RemoveField(
            model_name='article',
            name='is_published',
        ),
        migrations.RemoveField(
            model_name='article',
            name='product_key',
        ),
        migrations.RemoveField(
            model_name='article',
            name='question',
        ),
        migrations.RemoveField(
            model_name='article',
            name='question_en',
        ),
        migrations.RemoveField(
            model_name='article',
            name='search_words',
        ),
        migrations.RemoveField(
            model_name='article',
            name='words',
        ),
    ]
