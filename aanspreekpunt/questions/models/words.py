"""The words there are in contacts, to find contacts by any part of a word."""

from __future__ import annotations

from django.db import models


class ContactWord(models.Model):
    """A word that some contact has, in lower case. The database adds them; a word may stand here more than once."""

    word = models.TextField()

    class Meta:
        db_table = "contact_word"
        indexes = [models.Index(fields=["word"], name="contact_word_itself")]

    def __str__(self) -> str:
        return self.word
