"""Answers to and from files of others: pure conversion between bytes and rows, which never stops at a bad row."""
