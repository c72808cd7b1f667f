"""Expecting the database to refuse something."""

from __future__ import annotations

import re

import psycopg


class Refused:
    """Expect the database to refuse what happens inside, by the constraint with this name (a pattern)."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        assert isinstance(error, psycopg.IntegrityError), f"not refused by {self.constraint}: {error}"
        refused_by = error.diag.constraint_name or error.diag.column_name or ""
        assert re.search(self.constraint, refused_by), f"refused by {refused_by}, not {self.constraint}: {error}"
        return True
