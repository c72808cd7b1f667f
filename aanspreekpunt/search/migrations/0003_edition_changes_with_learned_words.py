"""A new edition when an answer learns a word, or no longer has it; how many people used it makes no difference."""

from django.db import migrations

TRIGGER = """
CREATE CONSTRAINT TRIGGER knowledge_learnedword_changes_edition
    AFTER INSERT OR DELETE OR UPDATE OF word, forgotten_at ON knowledge_learnedword
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION search_new_edition();
"""
NO_TRIGGER = "DROP TRIGGER knowledge_learnedword_changes_edition ON knowledge_learnedword;"


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_edition_changes"),
        ("knowledge", "0007_words_that_found_answers"),
    ]
    operations = [migrations.RunSQL(TRIGGER, NO_TRIGGER)]
