"""What belongs to a contact keeps whether that is confidential, and long lists of it know their lengths at once.

The database alone writes these columns, so no model has them: whatever brings a part, moves it, or changes what it
belongs to, has them right when it is done. Whoever brings a part waits for who is changing what it belongs to, and the
other way round, so that neither misses the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import migrations


@dataclass(frozen=True)
class Part:
    """A table of parts: what each belongs to (by table, the columns that lead there), and when it is hidden."""

    table: str
    of: dict[str, list[str]]
    counted_by: tuple[str, ...] = ("is_confidential",)

    @property
    def hidden(self) -> str:
        """The condition that one of the things that `part` belongs to is confidential."""
        looks = [
            f"EXISTS (SELECT FROM {owner} WHERE {owner}.id = part.{column} AND {owner}.is_confidential)"
            for owner, columns in self.of.items()
            for column in columns
        ]
        return f"({' OR '.join(looks)})"

    def waits(self, ids: str) -> str:
        """The statements that wait for who is changing what these parts belong to; `ids` is a select of a column."""
        return "\n    ".join(
            f"PERFORM FROM {owner} WHERE id IN ({' UNION ALL '.join(ids.format(column) for column in columns)})"
            " FOR KEY SHARE;"
            for owner, columns in self.of.items()
        )

    @property
    def columns(self) -> list[str]:
        """All columns that lead to what a part belongs to."""
        return [column for columns in self.of.values() for column in columns]

    def counted(self, row: str) -> str:
        """What `list_count` calls the rows that are counted together with this one."""
        return " || '|' || ".join(f"{row}.{column}::text" for column in self.counted_by)


PARTS = [
    Part("participant", {"contact": ["contact_id"]}),
    Part("contact_actor", {"contact": ["contact_id"]}),
    Part("questions_subjectlink", {"contact": ["contact_id", "was_contact_id"]}),
    Part("task", {"contact": ["contact_id"], "question": ["question_id"]}, ("state", "is_confidential")),
    Part("parties_digitaladdress", {"participant": ["participant_id"]}),
]

SLOT = "(pg_backend_pid() % 256)::smallint"
ADD_UP = 'ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows"'
COUNT = 'INSERT INTO list_count AS kept ("table", part, slot, "rows")'


def keep(part: Part) -> str:
    """Return the statements by which one kind of part keeps what is hidden, and how many there are."""
    table, hidden = part.table, part.hidden
    moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in part.columns)
    other = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in part.counted_by)
    return f"""
ALTER TABLE {table} ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;
UPDATE {table} part SET is_confidential = true WHERE {hidden};
{COUNT} SELECT '{table}', {part.counted("part")}, 0, count(*) FROM {table} part GROUP BY 2;

CREATE FUNCTION {table}_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{table}', {part.counted("come")}, {SLOT}, count(*) FROM come GROUP BY 2 {ADD_UP};
    {part.waits("SELECT {} FROM come")}
    UPDATE {table} part SET is_confidential = true FROM come WHERE part.id = come.id AND {hidden};
    RETURN NULL;
END $$;
CREATE FUNCTION {table}_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{table}', {part.counted("gone")}, {SLOT}, -count(*) FROM gone GROUP BY 2 {ADD_UP};
    RETURN NULL;
END $$;
CREATE FUNCTION {table}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} VALUES ('{table}', {part.counted("OLD")}, {SLOT}, -1), ('{table}', {part.counted("NEW")}, {SLOT}, 1)
    {ADD_UP};
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_counted_in AFTER INSERT ON {table} REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_came();
CREATE TRIGGER {table}_counted_out AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_went();
CREATE TRIGGER {table}_counted_over AFTER UPDATE OF {", ".join(part.counted_by)} ON {table} FOR EACH ROW
    WHEN ({other}) EXECUTE FUNCTION {table}_changed();
CREATE TRIGGER {table}_counted_none AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('is_confidential');

CREATE FUNCTION {table}_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {part.waits("SELECT NEW.{}")}
    UPDATE {table} part SET is_confidential = NOT part.is_confidential
    WHERE part.id = NEW.id AND part.is_confidential <> {hidden};
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_moved AFTER UPDATE OF {", ".join(part.columns)} ON {table} FOR EACH ROW
    WHEN ({moved}) EXECUTE FUNCTION {table}_moved();
"""


def follow(owner: str) -> str:
    """Return the statements by which parts follow what they belong to when that is hidden or shown."""
    updates = "\n    ".join(
        f"UPDATE {part.table} part SET is_confidential = NOT part.is_confidential"
        f" WHERE ({' OR '.join(f'part.{column} = NEW.id' for column in part.of[owner])})"
        f" AND part.is_confidential <> {part.hidden};"
        for part in PARTS
        if owner in part.of
    )
    return f"""
CREATE FUNCTION {owner}_takes_parts_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM {owner} WHERE id = NEW.id FOR UPDATE;
    {updates}
    RETURN NULL;
END $$;
CREATE TRIGGER {owner}_takes_parts_along AFTER UPDATE OF is_confidential ON {owner} FOR EACH ROW
    WHEN (OLD.is_confidential <> NEW.is_confidential) EXECUTE FUNCTION {owner}_takes_parts_along();
"""


def forget(part: Part) -> str:
    """Return the statements that undo `keep`."""
    names = ("moved", "counted_none", "counted_over", "counted_out", "counted_in")
    drops = "\n".join(f"DROP TRIGGER {part.table}_{name} ON {part.table};" for name in names)
    return f"""
{drops}
DROP FUNCTION {part.table}_moved();
DROP FUNCTION {part.table}_changed();
DROP FUNCTION {part.table}_went();
DROP FUNCTION {part.table}_came();
DELETE FROM list_count WHERE "table" = '{part.table}';
ALTER TABLE {part.table} DROP COLUMN is_confidential;
"""


def unfollow(owner: str) -> str:
    """Return the statements that undo `follow`."""
    return f"DROP TRIGGER {owner}_takes_parts_along ON {owner};\nDROP FUNCTION {owner}_takes_parts_along();\n"


ADDRESSES = "parties_digitaladdress"
OWNERS = ("contact", "question", "participant")
UNCOUNT_ADDRESSES = "\n".join(
    [f"DROP TRIGGER {ADDRESSES}_counted_{name} ON {ADDRESSES};" for name in ("in", "out", "over", "none")]
    + [f"DELETE FROM list_count WHERE \"table\" = '{ADDRESSES}';"]
)
WHEN = {
    "in": "INSERT ON {} REFERENCING NEW TABLE AS come",
    "out": "DELETE ON {} REFERENCING OLD TABLE AS gone",
    "over": "UPDATE ON {} REFERENCING OLD TABLE AS gone NEW TABLE AS come",
    "none": "TRUNCATE ON {}",
}
COUNT_ADDRESSES = "\n".join(
    [
        f"CREATE TRIGGER {ADDRESSES}_counted_{name} AFTER {when.format(ADDRESSES)}"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count();"
        for name, when in WHEN.items()
    ]
    + [f"{COUNT} SELECT '{ADDRESSES}', '', 0, count(*) FROM {ADDRESSES};"]
)


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0006_an_open_question_has_a_task"),
        ("questions", "0014_new_words_are_soon_in_the_index"),
        ("parties", "0004_who_a_party_is"),
        ("common", "0001_counts_of_long_lists"),
    ]
    operations = [
        migrations.RunSQL(UNCOUNT_ADDRESSES, COUNT_ADDRESSES),
        *(migrations.RunSQL(keep(part), forget(part)) for part in PARTS),
        *(migrations.RunSQL(follow(owner), unfollow(owner)) for owner in OWNERS),
    ]
