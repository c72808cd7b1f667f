"""A number for each contact, made by the database when nobody gives one, and its employee among its actors."""

from django.db import migrations

NUMBERS = """
CREATE SEQUENCE register_number_seq MINVALUE 100000000 MAXVALUE 999999999 START 100000001;

CREATE FUNCTION with_check_digit(digits text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    product int := 10;
    total int;
BEGIN
    -- ISO 7064, Mod 11,10: a single wrong digit and two digits that changed places are always found.
    FOR place IN 1..length(digits) LOOP
        total := (product + substr(digits, place, 1)::int) % 10;
        product := CASE total WHEN 0 THEN 10 ELSE total END * 2 % 11;
    END LOOP;
    RETURN digits || ((11 - product) % 10);
END $$;

CREATE FUNCTION contact_number_next() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate text;
BEGIN
    -- Another system may have used a number of ours before we came to it.
    LOOP
        candidate := with_check_digit(nextval('register_number_seq')::text);
        EXIT WHEN NOT EXISTS (SELECT FROM contact WHERE number = candidate)
              AND NOT EXISTS (SELECT FROM contact WHERE reference_number = candidate);
    END LOOP;
    RETURN candidate;
END $$;

CREATE FUNCTION contact_gets_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := coalesce(nullif(NEW.number, ''), contact_number_next());
    NEW.reference_number := coalesce(nullif(NEW.reference_number, ''), contact_number_next());
    RETURN NEW;
END $$;
CREATE FUNCTION contact_gets_number_twice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := contact_number_next();
    NEW.reference_number := NEW.number;
    RETURN NEW;
END $$;
CREATE FUNCTION contact_keeps_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := coalesce(nullif(NEW.number, ''), OLD.number, contact_number_next());
    NEW.reference_number := coalesce(nullif(NEW.reference_number, ''), OLD.reference_number, contact_number_next());
    RETURN NEW;
END $$;

CREATE TRIGGER contact_gets_numbers BEFORE INSERT ON contact
    FOR EACH ROW WHEN (NEW.number <> '' OR NEW.reference_number <> '') EXECUTE FUNCTION contact_gets_numbers();
CREATE TRIGGER contact_gets_number_twice BEFORE INSERT ON contact
    FOR EACH ROW WHEN (coalesce(NEW.number, '') = '' AND coalesce(NEW.reference_number, '') = '')
    EXECUTE FUNCTION contact_gets_number_twice();
CREATE TRIGGER contact_keeps_numbers BEFORE UPDATE OF number, reference_number ON contact
    FOR EACH ROW WHEN (coalesce(NEW.number, '') = '' OR coalesce(NEW.reference_number, '') = '')
    EXECUTE FUNCTION contact_keeps_numbers();
"""

UNNUMBER = """
DROP TRIGGER contact_keeps_numbers ON contact;
DROP TRIGGER contact_gets_number_twice ON contact;
DROP TRIGGER contact_gets_numbers ON contact;
DROP FUNCTION contact_keeps_numbers();
DROP FUNCTION contact_gets_number_twice();
DROP FUNCTION contact_gets_numbers();
DROP FUNCTION contact_number_next();
DROP FUNCTION with_check_digit(text);
DROP SEQUENCE register_number_seq;
"""

FILL = """
WITH numbered AS (
    SELECT id, with_check_digit(nextval('register_number_seq')::text) AS number
    FROM (SELECT id FROM contact WHERE number IS NULL ORDER BY id) oldest_first
)
UPDATE contact SET number = numbered.number, reference_number = numbered.number
FROM numbered WHERE numbered.id = contact.id;

INSERT INTO contact_actor (uuid, contact_id, actor_id)
SELECT gen_random_uuid(), contact.id, employee.register_actor_id
FROM contact JOIN organisation_employee employee ON employee.id = contact.by_employee_id
WHERE employee.register_actor_id IS NOT NULL
ORDER BY contact.id
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0006_register_of_the_standard"),
        ("organisation", "0005_actors_of_everybody"),
    ]
    operations = [
        migrations.RunSQL(NUMBERS, UNNUMBER),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
