"""The connection to PostgreSQL: starts the embedded server on demand and notices a lost connection for free."""
