"""Phone numbers and e-mail addresses of who took part in a contact stand among the addresses, and go with him."""

from django.db import migrations

KEEP = """
ALTER TABLE parties_digitaladdress ADD CONSTRAINT address_of_participant_there_is
    FOREIGN KEY (participant_id) REFERENCES participant (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION participant_takes_addresses_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What is an address of a party as well stays its address.
    DELETE FROM parties_digitaladdress WHERE participant_id = OLD.id AND party_id IS NULL;
    RETURN OLD;
END $$;
CREATE TRIGGER participant_takes_addresses_along BEFORE DELETE ON participant
    FOR EACH ROW EXECUTE FUNCTION participant_takes_addresses_along();
"""

LEAVE = """
DROP TRIGGER participant_takes_addresses_along ON participant;
DROP FUNCTION participant_takes_addresses_along();
ALTER TABLE parties_digitaladdress DROP CONSTRAINT address_of_participant_there_is;
"""

FILL = """
INSERT INTO parties_digitaladdress (uuid, participant_id, kind, address, as_given, is_preferred, description, reference)
SELECT gen_random_uuid(), participant.id, given.kind, given.address, given.address, false, '', ''
FROM participant
CROSS JOIN LATERAL (VALUES ('phone', participant.phone), ('email', participant.email)) given(kind, address)
WHERE given.address <> ''
ORDER BY participant.id;
"""

EMPTY = "DELETE FROM parties_digitaladdress WHERE participant_id IS NOT NULL AND party_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0007_numbers_and_actors_of_contacts"),
        ("parties", "0002_register_of_the_standard"),
    ]
    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LEAVE),
    ]
