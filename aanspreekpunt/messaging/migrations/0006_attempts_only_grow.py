"""What was tried stays on record, and so does what was to be sent: together they prove when it was sent."""

from django.db import migrations

GUARD = """
CREATE FUNCTION messaging_attempt_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An attempt to send a message stays on record.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'attempt_only_grows';
END $$;
CREATE TRIGGER attempt_only_grows BEFORE UPDATE OR DELETE ON messaging_attempt
    FOR EACH ROW EXECUTE FUNCTION messaging_attempt_only_grows();

CREATE FUNCTION messaging_delivery_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was to be sent, about what and since when, stays as it was written.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'delivery_stays_as_written';
END $$;
CREATE TRIGGER delivery_stays BEFORE UPDATE ON messaging_delivery FOR EACH ROW
    WHEN ((OLD.uuid, OLD.kind, OLD.about_kind, OLD.made_at)
          IS DISTINCT FROM (NEW.uuid, NEW.kind, NEW.about_kind, NEW.made_at)
          OR OLD.about_id IS DISTINCT FROM NEW.about_id
          OR (OLD.state IN ('withdrawn', 'failed') AND OLD.state <> NEW.state))
    EXECUTE FUNCTION messaging_delivery_stays();
"""
UNGUARD = """
DROP TRIGGER delivery_stays ON messaging_delivery;
DROP FUNCTION messaging_delivery_stays();
DROP TRIGGER attempt_only_grows ON messaging_attempt;
DROP FUNCTION messaging_attempt_only_grows();
"""


class Migration(migrations.Migration):

    dependencies = [("messaging", "0005_wanted_withdrawn_and_enclosed")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
