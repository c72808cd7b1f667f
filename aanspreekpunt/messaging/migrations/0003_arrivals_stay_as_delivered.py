"""What was delivered stays as it was: its bytes may be erased once it was understood, never changed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION messaging_arrival_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.raw IS NOT NULL AND NEW.raw IS DISTINCT FROM OLD.raw)
       OR NEW.sha256 IS DISTINCT FROM OLD.sha256
       OR NEW.account IS DISTINCT FROM OLD.account
       OR NEW.external_id IS DISTINCT FROM OLD.external_id
       OR NEW.arrived_at IS DISTINCT FROM OLD.arrived_at THEN
        RAISE EXCEPTION 'A message that came in stays as it was delivered.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'arrival_stays_as_delivered';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER arrival_stays BEFORE UPDATE OF raw, sha256, account, external_id, arrived_at ON messaging_arrival
    FOR EACH ROW EXECUTE FUNCTION messaging_arrival_stays();
"""
UNGUARD = "DROP TRIGGER arrival_stays ON messaging_arrival; DROP FUNCTION messaging_arrival_stays();"


class Migration(migrations.Migration):

    dependencies = [("messaging", "0002_arrivals_and_mailboxes")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
