"""What all actions have in common: those on a question, and those on whatever else staff keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django import forms

from aanspreekpunt.desk.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.organisation.models import Employee

About = TypeVar("About")


class ActionOn(forms.Form, Generic[About]):
    """Something one can do to one of our things: what to fill in, and the one call that does it.

    `verb` is its address, `key` the key that reaches it, `name` the button that opens it, `submit` the button that
    does it when that is called otherwise, `done` what is said afterwards. One that is done at once asks nothing more.
    """

    verb: ClassVar[str]
    key: ClassVar[str] = ""
    name: ClassVar[StrOrPromise]
    submit: ClassVar[StrOrPromise] = ""
    done: ClassVar[StrOrPromise]
    explanation: StrOrPromise = ""
    is_at_once: ClassVar[bool] = False
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.prepare()
        for bound in self.visible_fields()[:1]:
            bound.field.widget.attrs.setdefault("autofocus", True)

    def prepare(self) -> None:
        """Fill in what depends on what it is about: choices and proposals."""

    @classmethod
    def is_offered(cls, about: About) -> bool:
        """Say whether the button for it makes sense now; the domain decides again when it is pressed."""
        raise NotImplementedError

    def perform(self, *, by: Employee, at: datetime) -> None:
        """Make the one call; a refusal comes out as an exception."""
        raise NotImplementedError


class Action(ActionOn[Scene]):
    """Something one can do to a question. `hints` come from the address."""

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
        self.scene = scene
        self.hints = hints or {}
        self.searched: Mapping[str, str] = {}
        """By key of an answer the known words of the search that led to it."""
        super().__init__(data, files)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 5)
