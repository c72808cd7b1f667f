"""What may never be false, attacked twice: with SQL that goes around all our code, and through the operations."""
