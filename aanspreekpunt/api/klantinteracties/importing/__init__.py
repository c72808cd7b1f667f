"""Copies a running register over its API into this one: resumable, repeatable without doubles, with a report."""
