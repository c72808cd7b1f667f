"""Each new line of the journal that others may hear about is put on a list, as long as there is a subscription.

The list is written in the transaction of the line itself, so no line is missed whatever the order in which
transactions end. Of what is about to be removed, what others know it by is kept with it. What was tried stays as it was noted, and what a notice says stays as it was written.
"""

from django.db import migrations

LIST = """
CREATE FUNCTION subscriptions_note_news() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone record;
BEGIN
    IF NOT EXISTS (SELECT FROM subscriptions_subscription WHERE removed_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO subscriptions_news (entry_id)
        SELECT id FROM added WHERE subject_kind IN ('question', 'contact', 'party', 'task');
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
CREATE TRIGGER journal_entry_is_news AFTER INSERT ON journal_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION subscriptions_note_news();

CREATE FUNCTION subscriptions_stays_as_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was told, and each try to tell it, stays as it was noted.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'notice_stays_as_noted';
END $$;
CREATE TRIGGER attempt_stays_as_noted BEFORE UPDATE ON subscriptions_noticeattempt
    FOR EACH ROW EXECUTE FUNCTION subscriptions_stays_as_noted();
CREATE TRIGGER notice_stays_as_noted BEFORE UPDATE ON subscriptions_notice FOR EACH ROW
    WHEN ((OLD.uuid, OLD.subscription_id, OLD.key, OLD.body, OLD.made_at)
          IS DISTINCT FROM (NEW.uuid, NEW.subscription_id, NEW.key, NEW.body, NEW.made_at))
    EXECUTE FUNCTION subscriptions_stays_as_noted();
"""
UNLIST = """
DROP TRIGGER notice_stays_as_noted ON subscriptions_notice;
DROP TRIGGER attempt_stays_as_noted ON subscriptions_noticeattempt;
DROP FUNCTION subscriptions_stays_as_noted();
DROP TRIGGER journal_entry_is_news ON journal_entry;
DROP FUNCTION subscriptions_note_news();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("subscriptions", "0001_tables"),
        ("journal", "0002_only_grows"),
        ("parties", "0001_tables"),
        ("questions", "0001_tables"),
    ]

    operations = [migrations.RunSQL(LIST, UNLIST)]
