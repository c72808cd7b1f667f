"""A question people ask, and the answer in plain Dutch."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import get_language


class Article(models.Model):
    """An answer, in Dutch and perhaps English, with a note only the desk sees."""

    key = models.SlugField(unique=True, max_length=120)
    product_key = models.SlugField(blank=True, max_length=80, help_text="the product it belongs to")
    question = models.TextField()
    question_en = models.TextField(blank=True)
    answer = models.TextField(help_text="Markdown")
    answer_en = models.TextField(blank=True, help_text="Markdown")
    desk_note = models.TextField(blank=True)
    search_words = ArrayField(models.TextField(), default=list)
    is_published = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    words = SearchVectorField(null=True, editable=False, help_text="kept by operations.put_article")

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="article_words"),
            models.Index(fields=["product_key"], name="article_of_product"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def shown_question(self) -> str:
        """The question in the language of the screen."""
        return self.question_en if self.question_en and get_language() == "en" else self.question

    @property
    def shown_answer(self) -> str:
        """The answer (Markdown) in the language of the screen."""
        return self.answer_en if self.answer_en and get_language() == "en" else self.answer
