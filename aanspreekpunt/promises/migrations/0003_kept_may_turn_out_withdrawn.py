"""A promise kept by an answer that was taken back before it was sent counts as withdrawn; nothing else changes after its end."""

from django.db import migrations

_GUARD = """
DROP TRIGGER promise_never_moves ON promise;
CREATE TRIGGER promise_never_moves BEFORE UPDATE ON promise FOR EACH ROW
    WHEN ((OLD.question_id, OLD.kind, OLD.team_id, OLD.due_at, OLD.made_at, OLD.norm_kind, OLD.norm_amount)
          IS DISTINCT FROM
          (NEW.question_id, NEW.kind, NEW.team_id, NEW.due_at, NEW.made_at, NEW.norm_kind, NEW.norm_amount)
          OR OLD.starts_at IS DISTINCT FROM NEW.starts_at
          OR (OLD.state <> 'open' AND (%s OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)))
    EXECUTE FUNCTION promise_never_moves();
"""


class Migration(migrations.Migration):

    dependencies = [("promises", "0002_one_open_promise")]

    operations = [
        migrations.RunSQL(
            _GUARD % "OLD.state <> NEW.state AND NOT (OLD.state = 'kept' AND NEW.state = 'withdrawn')",
            _GUARD % "OLD.state <> NEW.state",
        )
    ]
