"""Words by which several people found an answer that does not say them itself."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.knowledge.models.articles import Article


class LearnedWord(models.Model):
    """One such word of one answer. Written by a job at night; an editor may forget it, and then it stays forgotten."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="learned_words")
    stem = models.TextField(help_text="what all forms of the word have in common")
    word = models.TextField(help_text="the form most people typed")
    people = models.PositiveIntegerField(help_text="how many different people found and used the answer by it")
    learned_on = models.DateField()
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="when an editor said that it does not fit")

    class Meta:
        constraints = [models.UniqueConstraint(name="learned_word_once", fields=["article", "stem"])]

    def __str__(self) -> str:
        return self.word
