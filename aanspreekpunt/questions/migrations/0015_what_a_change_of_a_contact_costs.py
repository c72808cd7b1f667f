"""Words and counts of a contact are looked at again only when those changed.

Each contact that becomes a question is changed once; looking at its words and its channel again took a third of that.
"""

from django.db import migrations

ONLY_WHEN_NEEDED = """
DROP TRIGGER contact_counted_over ON contact;
CREATE TRIGGER contact_counted_over AFTER UPDATE ON contact FOR EACH ROW
    WHEN ((OLD.channel_name, OLD.is_confidential) IS DISTINCT FROM (NEW.channel_name, NEW.is_confidential))
    EXECUTE FUNCTION keep_list_count_of_row('channel_name', 'is_confidential');

CREATE FUNCTION contact_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO contact_word (word)
    SELECT DISTINCT said.word
    FROM unnest(contact_words(NEW.subject || ' ' || NEW.text || ' ' || NEW.reply)) AS said(word)
    WHERE NOT EXISTS (SELECT FROM contact_word known WHERE known.word = said.word);
    RETURN NULL;
END $$;
DROP TRIGGER contact_changes_words ON contact;
CREATE TRIGGER contact_changes_words AFTER UPDATE ON contact FOR EACH ROW
    WHEN ((OLD.subject, OLD.text, OLD.reply) IS DISTINCT FROM (NEW.subject, NEW.text, NEW.reply))
    EXECUTE FUNCTION contact_keeps_its_words();
"""

ALWAYS = """
DROP TRIGGER contact_changes_words ON contact;
CREATE TRIGGER contact_changes_words AFTER UPDATE ON contact REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION contact_keeps_words();
DROP FUNCTION contact_keeps_its_words();
DROP TRIGGER contact_counted_over ON contact;
CREATE TRIGGER contact_counted_over AFTER UPDATE ON contact REFERENCING OLD TABLE AS gone NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0014_new_words_are_soon_in_the_index"),
        ("common", "0002_counts_of_rows_that_change"),
    ]
    operations = [migrations.RunSQL(ONLY_WHEN_NEEDED, ALWAYS)]
