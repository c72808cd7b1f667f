"""What every action on a question has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee


class Action(forms.Form):
    """Something one can do to a question: what to fill in, and the one call that does it.

    `verb` is its address, `key` the key that reaches it, `name` the button that opens it, `submit` the button that
    does it, `done` what is said afterwards. One without fields is done at once. `hints` come from the address.
    """

    verb: ClassVar[str]
    key: ClassVar[str]
    name: ClassVar[StrOrPromise]
    submit: ClassVar[StrOrPromise] = ""
    done: ClassVar[StrOrPromise]
    explanation: StrOrPromise = ""
    is_at_once: ClassVar[bool] = False
    do_not_call_in_templates: ClassVar[bool] = True
    has_preview: ClassVar[bool] = False
    writes_letter: ClassVar[bool] = False

    def __init__(
        self,
        scene: Scene,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        hints: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files)
        self.scene = scene
        self.hints = hints or {}
        self.searched: Mapping[str, str] = {}
        """By key of an answer the known words of the search that led to it."""
        self.prepare()
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 5)
            if name == next(iter(self.fields)):
                field.widget.attrs.setdefault("autofocus", True)

    def prepare(self) -> None:
        """Fill in what depends on the question: choices and proposals."""

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        """Say whether the button for it makes sense now; the domain decides again when it is pressed."""
        raise NotImplementedError

    def perform(self, *, by: Employee, at: datetime) -> None:
        """Make the one call; a refusal comes out as an exception."""
        raise NotImplementedError
