"""The sequence of reference numbers, and the guard that "answered" means there is an answer on record."""

from django.db import migrations

GUARD = """
CREATE SEQUENCE question_reference_seq MINVALUE 0 MAXVALUE 99999999 START 1 CYCLE;

CREATE FUNCTION reference_is_sound(reference text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    check_value int := 5;
BEGIN
    -- ISO 7064, Mod 11,10: a single wrong digit and two digits that changed places are always found.
    FOR place IN 1..11 LOOP
        check_value := (CASE check_value WHEN 0 THEN 10 ELSE check_value END * 2 % 11
                        + substr(reference, place, 1)::int) % 10;
    END LOOP;
    RETURN check_value = 1;
END $$;

ALTER TABLE question ADD CONSTRAINT question_reference_is_sound
    CHECK (reference ~ '^[0-9]{11}$' AND reference_is_sound(reference));

CREATE FUNCTION question_check_answer(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM question WHERE id = wanted
                AND outcome IN ('answered_at_once', 'answered', 'callback_kept'))
       AND NOT EXISTS (SELECT FROM contact WHERE question_id = wanted 
                    AND (direction = 'out' AND has_succeeded IS NOT FALSE OR reply <> ''))
    THEN
        RAISE EXCEPTION 'Question % is called answered but no answer is on record.', wanted
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'question_answered_has_an_answer';
    END IF;
END $$;

CREATE FUNCTION question_answered_has_an_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM question_check_answer(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION contact_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Wait for whoever is settling this question, so that each sees what the other did.
    PERFORM FROM question WHERE id = OLD.question_id FOR NO KEY UPDATE;
    PERFORM question_check_answer(OLD.question_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER question_answered_has_an_answer
    AFTER INSERT OR UPDATE OF outcome ON question DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.outcome IN ('answered_at_once', 'answered', 'callback_kept'))
    EXECUTE FUNCTION question_answered_has_an_answer();
CREATE CONSTRAINT TRIGGER contact_answer_stays_on_delete
    AFTER DELETE ON contact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.direction = 'out' OR OLD.reply <> '') EXECUTE FUNCTION contact_answer_stays();
CREATE CONSTRAINT TRIGGER contact_answer_stays_on_change
    AFTER UPDATE OF question_id, direction, reply, has_succeeded ON contact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.direction = 'out' OR OLD.reply <> '') EXECUTE FUNCTION contact_answer_stays();
"""

UNGUARD = """
DROP TRIGGER contact_answer_stays_on_change ON contact;
DROP TRIGGER contact_answer_stays_on_delete ON contact;
DROP TRIGGER question_answered_has_an_answer ON question;
DROP FUNCTION contact_answer_stays();
DROP FUNCTION question_answered_has_an_answer();
DROP FUNCTION question_check_answer(bigint);
ALTER TABLE question DROP CONSTRAINT question_reference_is_sound;
DROP FUNCTION reference_is_sound(text);
DROP SEQUENCE question_reference_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_tables")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
