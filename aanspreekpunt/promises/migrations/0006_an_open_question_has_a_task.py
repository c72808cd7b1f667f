"""An open question has exactly one open task that leads, a settled one has nothing to do; the database sees to it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION question_check_task(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    asked text;
    led int;
    to_do int;
BEGIN
    SELECT state INTO asked FROM question WHERE id = wanted;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE is_leading), count(*) INTO led, to_do
    FROM task WHERE question_id = wanted AND state = 'open';
    IF (asked = 'settled' AND to_do > 0) OR (asked <> 'settled' AND led <> 1) THEN
        RAISE EXCEPTION 'Question % is % and has % open tasks, of which % lead.', wanted, asked, to_do, led
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'question_keeps_one_task_that_leads';
    END IF;
END $$;

CREATE FUNCTION question_keeps_one_task_that_leads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM question_check_task(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION task_belongs_to_its_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
BEGIN
    -- Wait for whoever is changing this question, so that each sees what the other did.
    PERFORM FROM question WHERE id = wanted FOR NO KEY UPDATE;
    PERFORM question_check_task(wanted);
    RETURN NULL;
END $$;

CREATE FUNCTION task_never_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A task stays with its question.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'task_never_moves';
END $$;

CREATE CONSTRAINT TRIGGER question_keeps_one_task_that_leads
    AFTER INSERT OR UPDATE OF state ON question DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION question_keeps_one_task_that_leads();
CREATE CONSTRAINT TRIGGER task_belongs_to_its_question
    AFTER INSERT OR DELETE ON task DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION task_belongs_to_its_question();
CREATE CONSTRAINT TRIGGER task_stays_in_step
    AFTER UPDATE OF state, is_leading ON task DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION task_belongs_to_its_question();
CREATE TRIGGER task_never_moves BEFORE UPDATE OF question_id ON task FOR EACH ROW
    WHEN (OLD.question_id IS DISTINCT FROM NEW.question_id) EXECUTE FUNCTION task_never_moves();
"""

UNGUARD = """
DROP TRIGGER task_never_moves ON task;
DROP TRIGGER task_stays_in_step ON task;
DROP TRIGGER task_belongs_to_its_question ON task;
DROP TRIGGER question_keeps_one_task_that_leads ON question;
DROP FUNCTION task_never_moves();
DROP FUNCTION task_belongs_to_its_question();
DROP FUNCTION question_keeps_one_task_that_leads();
DROP FUNCTION question_check_task(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("promises", "0005_tasks_have_numbers_and_follow_their_question")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
