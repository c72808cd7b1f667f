"""An actor for each employee and team there is already, identified as other systems look for it."""

from django.db import migrations

MAKE = """
INSERT INTO actor (uuid, name, kind, is_active, object_id, object_type, register, object_id_kind, details,
                   has_details, employee_id)
SELECT gen_random_uuid(), name, 'employee', is_active, email, 'mdw', 'msei', 'email',
       jsonb_build_object('function', function, 'email', email, 'phone', phone), true, id
FROM organisation_employee WHERE register_actor_id IS NULL ORDER BY id;
UPDATE organisation_employee ours SET register_actor_id = actor.id
FROM actor WHERE actor.employee_id = ours.id AND ours.register_actor_id IS NULL;

INSERT INTO actor (uuid, name, kind, is_active, object_id, object_type, register, object_id_kind, details,
                   has_details, team_id)
SELECT gen_random_uuid(), name, 'unit', is_active, key, CASE kind WHEN 'group' THEN 'grp' ELSE 'afd' END, 'obj', 'idf',
       jsonb_build_object('description', '', 'email', mailbox, 'fax', '', 'phone', ''), true, id
FROM organisation_team WHERE register_actor_id IS NULL ORDER BY id;
UPDATE organisation_team ours SET register_actor_id = actor.id
FROM actor WHERE actor.team_id = ours.id AND ours.register_actor_id IS NULL;
"""

UNMAKE = """
UPDATE organisation_employee SET register_actor_id = NULL;
UPDATE organisation_team SET register_actor_id = NULL;
DELETE FROM actor;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0004_register_of_actors")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
