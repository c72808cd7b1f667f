"""Lines about the parts of a contact, and about addresses, are told too: of the contact or party they belong to."""

from django.db import migrations

NOTE_NEWS = """
CREATE OR REPLACE FUNCTION subscriptions_note_news() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone record;
BEGIN
    IF NOT EXISTS (SELECT FROM subscriptions_subscription WHERE removed_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO subscriptions_news (entry_id)
        SELECT id FROM added WHERE subject_kind IN ('question', 'contact', 'party', 'task') %s;
    FOR gone IN SELECT id, event, subject_id FROM added WHERE event IN ('contact.removed', 'party.removed') LOOP
        IF gone.event = 'party.removed' THEN
            UPDATE subscriptions_news SET uuid = party.uuid, is_confidential = false
                FROM parties_party party WHERE entry_id = gone.id AND party.id = gone.subject_id;
        ELSE
            UPDATE subscriptions_news SET uuid = contact.uuid, question_id = contact.question_id,
                is_confidential = contact.is_confidential OR EXISTS
                    (SELECT FROM question WHERE id = contact.question_id AND question.is_confidential)
                FROM contact WHERE entry_id = gone.id AND contact.id = gone.subject_id;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""
PARTS = """
            OR subject_kind IN ('participant', 'subjectlink', 'attachment', 'contactactor') AND data ? 'contact'
            OR subject_kind = 'digitaladdress'
                AND (data ->> 'participant' IS NOT NULL OR data ->> 'party' IS NOT NULL)"""


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0002_lines_to_look_at")]

    operations = [migrations.RunSQL(NOTE_NEWS.replace("%s", PARTS), NOTE_NEWS.replace(" %s", ""))]
