"""Django's PostgreSQL connection with four habits of our own."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connections
from django.db.backends.postgresql import base
from psycopg.pq import Format

from aanspreekpunt.config.embedded import EmbeddedPostgres

if TYPE_CHECKING:
    from pathlib import Path


OUR_OPTIONS = frozenset({"embedded", "longest_statement"})
MOMENTS = psycopg.adapters.types["timestamptz"].oid
_compiled_loader = psycopg.adapters.get_loader(MOMENTS, Format.TEXT)


def bound_statements(seconds: float) -> None:
    """Let no statement of a connection that this process makes from now on take longer than this, waiting included."""
    connections.settings["default"]["OPTIONS"]["longest_statement"] = seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server on demand; checks a connection by looking at its socket instead of asking the server.

    Django asks `SELECT 1` before each request to find out whether a kept connection still lives. An idle connection
    has nothing to read, unless the server ended it, so one look at the socket tells the same without the round trip.
    """

    def get_connection_params(self) -> dict[str, Any]:
        """Leave our own options out: psycopg does not know them."""
        params: dict[str, Any] = super().get_connection_params()
        return {name: value for name, value in params.items() if name not in OUR_OPTIONS}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after starting the embedded server when it does not run."""
        connection = self._connect(conn_params)
        connection.adapters.register_loader(MOMENTS, _compiled_loader)
        return connection

    def _connect(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            embedded = self.settings_dict["OPTIONS"].get("embedded")
            if embedded is None:
                raise
            _server(embedded).start()
            return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """Tell the server as well how long a statement may take, where that is bounded."""
        super().init_connection_state()
        seconds = self.settings_dict["OPTIONS"].get("longest_statement")
        if seconds:
            self.connection.execute("SELECT set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))])
            self.connection.commit()

    def create_cursor(self, name: str | None = None) -> Any:
        """Let the driver read moments, compiled; Django's own loader in Python takes 2 µs for each.

        Django's puts each moment in the time zone of the connection, which is UTC; so does the driver's, as the
        connection was told. Django would tell each cursor anew, which takes longer than many a query.
        """
        if name:
            return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
        return self.connection.cursor()

    def is_usable(self) -> bool:
        """Say whether the connection still lives; only when something waits to be read the server is asked."""
        if self.connection is None or self.connection.closed:
            return False
        readable = select.poll()
        readable.register(self.connection.fileno(), select.POLLIN)
        return not readable.poll(0) or bool(super().is_usable())


def _server(options: dict[str, Any]) -> EmbeddedPostgres:
    directory: Path = options["directory"]
    return EmbeddedPostgres(directory=directory, is_for_tests=options["is_for_tests"])
