"""Who waits, who is next, and who is working on it."""
