"""A file keeps whether its contact is confidential, as the other parts of a contact do since 0007, and is counted by it.

Nobody else writes this column either. A file that somebody is still typing a text to has no contact and is not sent.
"""

from django.db import migrations

from aanspreekpunt.common.migrations._counted import Counted

FILES = Counted(
    "questions_attachment", ("{0}.contact_id IS NOT NULL OR {0}.stored_as = ''", "{}.is_confidential")
)
HIDDEN = "EXISTS (SELECT FROM contact WHERE contact.id = part.contact_id AND contact.is_confidential)"

KEEP = f"""
ALTER TABLE questions_attachment ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;
UPDATE questions_attachment part SET is_confidential = true WHERE {HIDDEN};

CREATE FUNCTION questions_attachment_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM contact WHERE id IN (SELECT contact_id FROM come) FOR KEY SHARE;
    UPDATE questions_attachment part SET is_confidential = true FROM come WHERE part.id = come.id AND {HIDDEN};
    RETURN NULL;
END $$;
CREATE TRIGGER questions_attachment_hidden_in AFTER INSERT ON questions_attachment REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION questions_attachment_came();

CREATE FUNCTION questions_attachment_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM contact WHERE id = NEW.contact_id FOR KEY SHARE;
    UPDATE questions_attachment part SET is_confidential = NOT part.is_confidential
    WHERE part.id = NEW.id AND part.is_confidential <> {HIDDEN};
    RETURN NULL;
END $$;
CREATE TRIGGER questions_attachment_moved AFTER UPDATE OF contact_id ON questions_attachment FOR EACH ROW
    WHEN (OLD.contact_id IS DISTINCT FROM NEW.contact_id) EXECUTE FUNCTION questions_attachment_moved();

CREATE FUNCTION contact_takes_files_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever brings a file at this moment is waited for, and then seen.
    PERFORM FROM contact WHERE id = NEW.id FOR UPDATE;
    UPDATE questions_attachment part SET is_confidential = NEW.is_confidential
    WHERE part.contact_id = NEW.id AND part.is_confidential <> NEW.is_confidential;
    RETURN NULL;
END $$;
CREATE TRIGGER contact_takes_files_along AFTER UPDATE OF is_confidential ON contact FOR EACH ROW
    WHEN (OLD.is_confidential <> NEW.is_confidential) EXECUTE FUNCTION contact_takes_files_along();
"""

LEAVE = """
DROP TRIGGER contact_takes_files_along ON contact;
DROP FUNCTION contact_takes_files_along();
DROP TRIGGER questions_attachment_moved ON questions_attachment;
DROP FUNCTION questions_attachment_moved();
DROP TRIGGER questions_attachment_hidden_in ON questions_attachment;
DROP FUNCTION questions_attachment_came();
ALTER TABLE questions_attachment DROP COLUMN is_confidential;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0007_parts_are_as_confidential_as_their_contact"),
        ("questions", "0017_counts_by_success"),
    ]
    operations = [
        migrations.RunSQL(KEEP, LEAVE),
        migrations.RunSQL(FILES.keep(), FILES.forget()),
    ]
