"""Numbers for tasks, actors in the state of their task, and what must hold between a question and its tasks."""

from django.db import migrations

NUMBERS = """
CREATE FUNCTION task_number_next() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate text;
BEGIN
    -- Another system may have used a number of ours before we came to it.
    LOOP
        candidate := with_check_digit(nextval('register_number_seq')::text);
        EXIT WHEN NOT EXISTS (SELECT FROM task WHERE number = candidate)
              AND NOT EXISTS (SELECT FROM task WHERE reference_number = candidate);
    END LOOP;
    RETURN candidate;
END $$;

CREATE FUNCTION task_gets_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(NEW.number, '') = '' AND coalesce(NEW.reference_number, '') = '' THEN
        NEW.number := task_number_next();
        NEW.reference_number := NEW.number;
    ELSE
        NEW.number := coalesce(nullif(NEW.number, ''), task_number_next());
        NEW.reference_number := coalesce(nullif(NEW.reference_number, ''), task_number_next());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER task_gets_numbers BEFORE INSERT ON task
    FOR EACH ROW WHEN (coalesce(NEW.number, '') = '' OR coalesce(NEW.reference_number, '') = '')
    EXECUTE FUNCTION task_gets_numbers();

CREATE FUNCTION task_keeps_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := coalesce(nullif(NEW.number, ''), OLD.number);
    NEW.reference_number := coalesce(nullif(NEW.reference_number, ''), OLD.reference_number);
    RETURN NEW;
END $$;
CREATE TRIGGER task_keeps_numbers BEFORE UPDATE OF number, reference_number ON task
    FOR EACH ROW WHEN (coalesce(NEW.number, '') = '' OR coalesce(NEW.reference_number, '') = '')
    EXECUTE FUNCTION task_keeps_numbers();

ALTER TABLE task_actor ADD CONSTRAINT task_actor_in_state_of_task
    FOREIGN KEY (task_id, state) REFERENCES task (id, state) ON UPDATE CASCADE ON DELETE CASCADE;
"""

UNNUMBER = """
ALTER TABLE task_actor DROP CONSTRAINT task_actor_in_state_of_task;
DROP TRIGGER task_keeps_numbers ON task;
DROP FUNCTION task_keeps_numbers();
DROP TRIGGER task_gets_numbers ON task;
DROP FUNCTION task_gets_numbers();
DROP FUNCTION task_number_next();
"""

GUARD_MOVES = """
DROP TRIGGER handover_never_moves ON handover;
CREATE TRIGGER handover_never_moves BEFORE UPDATE ON handover FOR EACH ROW
    WHEN ((OLD.question_id, OLD.hop, OLD.from_team_id, OLD.to_team_id, OLD.made_at, OLD.is_by_supervisor%s)
          IS DISTINCT FROM
          (NEW.question_id, NEW.hop, NEW.from_team_id, NEW.to_team_id, NEW.made_at, NEW.is_by_supervisor%s)
          OR OLD.made_by_id IS DISTINCT FROM NEW.made_by_id)
    EXECUTE FUNCTION handover_never_moves();
"""

FILL = """
INSERT INTO task (uuid, question_id, contact_id, asked, note, state, is_leading, began_question, assigned_at, done_at)
SELECT gen_random_uuid(), q.id, first.id, coalesce(last.asked, q.subject), coalesce(last.note, ''),
       CASE q.state WHEN 'settled' THEN 'done' ELSE 'open' END, true, false,
       coalesce(last.made_at, q.registered_at), q.settled_at
FROM question q
CROSS JOIN LATERAL (SELECT id FROM contact WHERE question_id = q.id ORDER BY id LIMIT 1) first
LEFT JOIN LATERAL (
    SELECT asked, note, made_at FROM handover WHERE question_id = q.id ORDER BY hop DESC LIMIT 1) last ON true
WHERE q.state <> 'settled' OR EXISTS (SELECT FROM promise WHERE question_id = q.id)
ORDER BY q.id;

INSERT INTO task_actor (task_id, actor_id, position, state)
SELECT t.id, team.register_actor_id, 0, t.state
FROM task t JOIN question q ON q.id = t.question_id JOIN organisation_team team ON team.id = q.owner_id
WHERE team.register_actor_id IS NOT NULL
UNION ALL
SELECT t.id, employee.register_actor_id, 1, t.state
FROM task t JOIN handover h ON h.question_id = t.question_id AND h.state IN ('open', 'taken_up')
JOIN organisation_employee employee ON employee.id = h.to_employee_id
WHERE employee.register_actor_id IS NOT NULL
ORDER BY 1, 3;
"""
"""A settled question that nobody had to do anything about any more after the first contact never had a task."""


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0004_tasks"),
        ("questions", "0007_numbers_and_actors_of_contacts"),
        ("organisation", "0005_actors_of_everybody"),
    ]
    operations = [
        migrations.RunSQL(NUMBERS, UNNUMBER),
        migrations.RunSQL(GUARD_MOVES % (", OLD.by_system", ", NEW.by_system"), GUARD_MOVES % ("", "")),
        migrations.RunSQL(FILL, "DELETE FROM task_actor; DELETE FROM task;"),
    ]
