"""What a migration says to have the rows of a table counted with every change; read with `common.counting`.

Landed migrations were written with this, so what it returns stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

COUNT = 'INSERT INTO list_count AS kept ("table", part, slot, "rows")'
SLOT = "(pg_backend_pid() % 256)::smallint"
ADD_UP = 'ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows"'


@dataclass(frozen=True)
class Counted:
    """A table, and by what its rows are counted: expressions with `{}` for the row, each of which has few values.

    What anybody may write goes through `list_count_text`, so that the sign between the values is only between them.
    """

    table: str
    by: tuple[str, ...] = ()

    def part(self, row: str) -> str:
        """What `list_count` calls the rows that are counted together with this one."""
        return " || '|' || ".join(f"coalesce(({one.format(row)})::text, '')" for one in self.by) or "''"

    def looked_at(self, row: str) -> str:
        """The values that decide where a row is counted."""
        return f"({', '.join(one.format(row) for one in self.by)})"

    def keep(self) -> str:
        """Return the statements that count what there is, and from then on what comes, changes and goes."""
        table, moved = self.table, ""
        if self.by:
            moved = f"""
CREATE FUNCTION {table}_counts_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} VALUES ('{table}', {self.part("OLD")}, {SLOT}, -1), ('{table}', {self.part("NEW")}, {SLOT}, 1) {ADD_UP};
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_counted_over AFTER UPDATE ON {table} FOR EACH ROW
    WHEN ({self.looked_at("OLD")} IS DISTINCT FROM {self.looked_at("NEW")}) EXECUTE FUNCTION {table}_counts_over();
"""
        return f"""
CREATE FUNCTION {table}_counts_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{table}', {self.part("come")}, {SLOT}, count(*) FROM come GROUP BY 2 ORDER BY 2 {ADD_UP};
    RETURN NULL;
END $$;
CREATE FUNCTION {table}_counts_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {COUNT} SELECT '{table}', {self.part("gone")}, {SLOT}, -count(*) FROM gone GROUP BY 2 ORDER BY 2 {ADD_UP};
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_counted_in AFTER INSERT ON {table} REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_counts_in();
CREATE TRIGGER {table}_counted_out AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_counts_out();
CREATE TRIGGER {table}_counted_none AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count();
{moved}
{COUNT} SELECT '{table}', {self.part("there")}, 0, count(*) FROM {table} there GROUP BY 2;
"""

    def forget(self) -> str:
        """Return the statements that undo `keep`."""
        table, ways = self.table, ("in", "out", *(["over"] if self.by else []))
        drops = [f"DROP TRIGGER {table}_counted_{way} ON {table}; DROP FUNCTION {table}_counts_{way}();" for way in ways]
        return "\n".join([*drops, f"DROP TRIGGER {table}_counted_none ON {table};", self.nothing])

    @property
    def nothing(self) -> str:
        """The statement that forgets how many there are."""
        return f"DELETE FROM list_count WHERE \"table\" = '{self.table}';"
