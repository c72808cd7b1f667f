from django.db import migrations

COPY = """
INSERT INTO knowledge_version (
    article_id, number, state, question, question_en, answer, answer_en, desk_note, ask, search_words, product_keys,
    upl_names, team_keys, audience, area, target_group, revision, written_by_name, written_at, remark, approved_by_name,
    approved_at, ended_at
)
SELECT id, 1, CASE WHEN is_published THEN 'published' ELSE 'withdrawn' END, question,
    CASE WHEN answer_en = '' THEN '' ELSE question_en END, answer, CASE WHEN question_en = '' THEN '' ELSE answer_en END,
    desk_note, '{}', search_words, CASE WHEN product_key = '' THEN '{}' ELSE ARRAY[product_key] END, '{}', '{}', '{}', '',
    '', 1, '', changed_at, '', '', changed_at, CASE WHEN is_published THEN NULL ELSE changed_at END
FROM knowledge_article
WHERE question <> '' AND answer <> ''
"""
BACK = "DELETE FROM knowledge_version"


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0002_versions_of_answers'),
    ]

    operations = [
        # The triggers for references to other tables speak now, so that the next migration may change the tables.
        migrations.RunSQL([COPY, "SET CONSTRAINTS ALL IMMEDIATE"], BACK),
    ]
