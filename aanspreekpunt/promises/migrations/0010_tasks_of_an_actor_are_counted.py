"""Who has to do a task keeps whether that is confidential, and how many tasks each actor has is kept.

As the state of a task (0005), so that the list of one actor is one stretch of an index for whoever may not see what is
confidential too, and nothing in it grows with what all actors have to do.
"""

from django.db import migrations

from aanspreekpunt.common.migrations._counted import Counted

NAMED = Counted("task_actor", ("{}.actor_id", "{}.state", "{}.is_confidential"))

LET_GO = "ALTER TABLE task_actor DROP CONSTRAINT task_actor_in_state_of_task;"
HOLD_AS_BEFORE = """
ALTER TABLE task_actor ADD CONSTRAINT task_actor_in_state_of_task
    FOREIGN KEY (task_id, state) REFERENCES task (id, state) ON UPDATE CASCADE ON DELETE CASCADE;
"""

HOLD = """
ALTER TABLE task_actor ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;
UPDATE task_actor n SET is_confidential = true FROM task t WHERE t.id = n.task_id AND t.is_confidential;
ALTER TABLE task ADD CONSTRAINT task_as_it_is UNIQUE (id, state, is_confidential);
ALTER TABLE task_actor ADD CONSTRAINT task_actor_as_its_task
    FOREIGN KEY (task_id, state, is_confidential) REFERENCES task (id, state, is_confidential)
    ON UPDATE CASCADE ON DELETE CASCADE;

CREATE FUNCTION task_actor_is_as_its_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A task of the same statement is not there yet; it takes its actors along when it turns out to be confidential.
    SELECT t.is_confidential INTO NEW.is_confidential FROM task t WHERE t.id = NEW.task_id FOR KEY SHARE;
    NEW.is_confidential := coalesce(NEW.is_confidential, false);
    RETURN NEW;
END $$;
CREATE TRIGGER task_actor_is_as_its_task BEFORE INSERT ON task_actor
    FOR EACH ROW EXECUTE FUNCTION task_actor_is_as_its_task();

DROP INDEX task_of_actor_in_state;
CREATE INDEX task_of_actor_in_state ON task_actor (actor_id, state, task_id DESC) INCLUDE (is_confidential);
"""

LEAVE = """
DROP INDEX task_of_actor_in_state;
CREATE INDEX task_of_actor_in_state ON task_actor (actor_id, state, task_id DESC);
DROP TRIGGER task_actor_is_as_its_task ON task_actor;
DROP FUNCTION task_actor_is_as_its_task();
ALTER TABLE task_actor DROP CONSTRAINT task_actor_as_its_task;
ALTER TABLE task DROP CONSTRAINT task_as_it_is;
ALTER TABLE task_actor DROP COLUMN is_confidential;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0009_addresses_by_kind_and_by_part"),
        ("common", "0003_values_in_counts_stay_apart"),
    ]
    operations = [
        migrations.RunSQL(LET_GO, HOLD_AS_BEFORE),
        migrations.RemoveConstraint("task", "task_in_its_state"),
        migrations.RunSQL(HOLD, LEAVE),
        migrations.RunSQL(NAMED.keep(), NAMED.forget()),
    ]
