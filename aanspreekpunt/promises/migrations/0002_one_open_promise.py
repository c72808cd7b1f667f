"""An open question has one open promise, of its owner and for its date; and promises and handovers stay as they were."""

from django.db import migrations

GUARD = """
CREATE FUNCTION question_check_promise(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    asked record;
    promised record;
BEGIN
    SELECT state, owner_id, due_at INTO asked FROM question WHERE id = wanted;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT team_id, due_at INTO promised FROM promise WHERE question_id = wanted AND state = 'open';
    IF (asked.state = 'settled') = FOUND THEN
        RAISE EXCEPTION 'Question % is % and % an open promise.', wanted, asked.state,
            CASE WHEN FOUND THEN 'has' ELSE 'has not' END
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'question_keeps_one_open_promise';
    END IF;
    IF asked.state <> 'settled' AND (promised.team_id <> asked.owner_id OR promised.due_at <> asked.due_at) THEN
        RAISE EXCEPTION 'The open promise of question % is not that of its owner and date.', wanted
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'question_keeps_one_open_promise';
    END IF;
END $$;

CREATE FUNCTION question_keeps_one_open_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM question_check_promise(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION promise_belongs_to_its_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
BEGIN
    -- Wait for whoever is changing this question, so that each sees what the other did.
    PERFORM FROM question WHERE id = wanted FOR NO KEY UPDATE;
    PERFORM question_check_promise(wanted);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER question_keeps_one_open_promise
    AFTER INSERT OR UPDATE OF state, owner_id, due_at ON question DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION question_keeps_one_open_promise();
CREATE CONSTRAINT TRIGGER promise_belongs_to_its_question
    AFTER INSERT OR DELETE ON promise DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION promise_belongs_to_its_question();
CREATE CONSTRAINT TRIGGER promise_stays_with_its_question
    AFTER UPDATE OF state ON promise DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION promise_belongs_to_its_question();

CREATE FUNCTION promise_never_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was promised does not change afterwards; make a new promise.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'promise_never_moves';
END $$;
CREATE TRIGGER promise_never_moves BEFORE UPDATE ON promise FOR EACH ROW
    WHEN ((OLD.question_id, OLD.kind, OLD.team_id, OLD.due_at, OLD.made_at, OLD.norm_kind, OLD.norm_amount)
          IS DISTINCT FROM
          (NEW.question_id, NEW.kind, NEW.team_id, NEW.due_at, NEW.made_at, NEW.norm_kind, NEW.norm_amount)
          OR OLD.starts_at IS DISTINCT FROM NEW.starts_at
          OR (OLD.state <> 'open' AND (OLD.state <> NEW.state OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)))
    EXECUTE FUNCTION promise_never_moves();

CREATE FUNCTION promise_never_vanishes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was promised or handed over stays on record.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_never_vanishes';
END $$;
CREATE TRIGGER promise_never_vanishes BEFORE DELETE ON promise
    FOR EACH ROW EXECUTE FUNCTION promise_never_vanishes();
CREATE TRIGGER handover_never_vanishes BEFORE DELETE ON handover
    FOR EACH ROW EXECUTE FUNCTION promise_never_vanishes();

CREATE FUNCTION handover_never_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A handover that was made does not change afterwards.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'handover_never_moves';
END $$;
CREATE TRIGGER handover_never_moves BEFORE UPDATE ON handover FOR EACH ROW
    WHEN ((OLD.question_id, OLD.hop, OLD.from_team_id, OLD.to_team_id, OLD.made_at, OLD.is_by_supervisor)
          IS DISTINCT FROM
          (NEW.question_id, NEW.hop, NEW.from_team_id, NEW.to_team_id, NEW.made_at, NEW.is_by_supervisor)
          OR OLD.made_by_id IS DISTINCT FROM NEW.made_by_id)
    EXECUTE FUNCTION handover_never_moves();
"""

UNGUARD = """
DROP TRIGGER handover_never_moves ON handover;
DROP FUNCTION handover_never_moves();
DROP TRIGGER handover_never_vanishes ON handover;
DROP TRIGGER promise_never_vanishes ON promise;
DROP FUNCTION promise_never_vanishes();
DROP TRIGGER promise_never_moves ON promise;
DROP FUNCTION promise_never_moves();
DROP TRIGGER promise_stays_with_its_question ON promise;
DROP TRIGGER promise_belongs_to_its_question ON promise;
DROP TRIGGER question_keeps_one_open_promise ON question;
DROP FUNCTION promise_belongs_to_its_question();
DROP FUNCTION question_keeps_one_open_promise();
DROP FUNCTION question_check_promise(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("promises", "0001_tables")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
