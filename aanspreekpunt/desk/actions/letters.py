"""What writing to a resident has in common: inserting an answer that was written before, files, and a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aanspreekpunt.common.file_types import ACCEPTED
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.questions.attachments import check_enclosures, store_attachment, unattached
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.search.queries import answers_for_story

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from django.utils.datastructures import MultiValueDict

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.questions.models import Attachment
    from aanspreekpunt.search.results import Result

ANSWER_LENGTH = 20_000
FOUND_SHOWN = 6
LONGEST_SEARCH = 200
MOST_FILES = 20
_CHANGES = ("find", "insert", "drop")


def channels_to_reach(scene: Scene) -> list[tuple[str, str]]:
    """Return the ways to answer this resident, the one that suits best first: in writing if we know an address."""
    spoken = [(each.value, str(each.label)) for each in (Channel.PHONE, Channel.COUNTER, Channel.VISIT)]
    email = scene.customer.email
    return [(Channel.EMAIL.value, f"{Channel.EMAIL.label} ({email})"), *spoken] if email else spoken


def answers_to_insert(scene: Scene, look_for: str) -> Sequence[Result]:
    """Return the answers that fit what is looked for, or the question as long as nothing is."""
    product = scene.question.product
    story = look_for[:LONGEST_SEARCH].strip()
    found = answers_for_story(story or scene.question.subject, product_key=product.key if product and not story else "")
    return found.results[:FOUND_SHOWN]


def text_to_insert(scene: Scene, key: str) -> str:
    """Return an answer as text to go on writing in, with its values filled in, in the resident's language."""
    with override(scene.question.language):
        article = article_shown(key)
        return article.text if article else ""


class SeveralFiles(forms.FileInput):
    """A field for files in which one chooses several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files as they were chosen; the form stores them, because a page that is shown again cannot hold them."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Any:
        del initial
        return data or []


class Letter(Action):
    """Write to the resident."""

    has_preview = True
    writes_letter: ClassVar[bool] = True
    field_order = ("text", "channel", "chosen", "article", "enclosed")

    channel = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    chosen = FilesField(
        label=_("Send files along"), required=False, help_text=_("Photos, PDF or Word documents. Only with an e-mail.")
    )
    article = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    enclosed = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(
        self,
        scene: Scene,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        hints: Mapping[str, Any] | None = None,
    ) -> None:
        self.problems: list[str] = []
        self.look_for = ""
        sent = None if data is None else {name: data.get(name) for name in data}
        super().__init__(scene, sent, files, hints=hints)
        self.typed: MutableMapping[str, Any] = self.initial if sent is None else sent

    def prepare(self) -> None:
        """Offer the ways to reach the resident, and what the address says to begin with."""
        choices = channels_to_reach(self.scene)
        self.fields["channel"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        self.initial["channel"] = choices[0][0]
        if self.hints.get("article"):
            self._insert(str(self.hints["article"]))
        if self.hints.get("again"):
            self._write_again(str(self.hints["again"]))

    @classmethod
    def only_changes(cls, data: Mapping[str, Any]) -> bool:
        """Say whether a button was pressed that changes what is written, without sending it."""
        return any(name in data for name in _CHANGES)

    @classmethod
    def changed(cls, scene: Scene, data: Mapping[str, Any], files: MultiValueDict[str, Any]) -> Self:
        """Return the form as typed, with what a button inserted, looked for or dropped; nothing is checked yet."""
        form = cls(scene)
        form.initial.update({name: data.get(name, "") for name in form.fields if name != "chosen"})
        form.look_for = str(data.get("look_for", ""))[:LONGEST_SEARCH]
        form._keep(files, told=form.problems.append)
        if "insert" in data:
            form._insert(str(data["insert"]))
        dropped = str(data.get("drop", ""))
        form.initial["enclosed"] = " ".join(each for each in form.initial["enclosed"].split() if each != dropped)
        return form

    @property
    def found(self) -> Sequence[Result]:
        """The answers to insert."""
        return answers_to_insert(self.scene, self.look_for)

    @property
    def enclosures(self) -> list[Attachment]:
        """The files that go along, as far as they are still there."""
        kept = unattached(self.enclosed_uuids)
        return [kept[uuid] for uuid in self.enclosed_uuids if uuid in kept]

    @property
    def enclosed_uuids(self) -> list[UUID]:
        """The identifiers of the files that go along."""
        return _uuids(str(self.typed.get("enclosed", "")))

    def clean(self) -> dict[str, Any]:
        """Store the files that were chosen, so that they are still there when the page is shown again."""
        self._keep(self.files, told=lambda words: self.add_error("chosen", words))
        try:
            check_enclosures(self.enclosures)
        except Refusal as refusal:
            self.add_error("chosen", str(refusal))
        return self.cleaned_data

    def _keep(self, files: Any, *, told: Any) -> None:
        values = self.typed
        chosen = files.getlist("chosen")[:MOST_FILES] if files else []
        kept = [str(uuid) for uuid in _uuids(str(values.get("enclosed", "")))]
        for file in chosen:
            try:
                kept.append(str(store_attachment(file=file).uuid))
            except Refusal as refusal:
                told(f"{file.name}: {refusal}")
        values["enclosed"] = " ".join(kept)

    def _insert(self, key: str) -> None:
        text = text_to_insert(self.scene, key)
        if not text:
            return
        before, keys = str(self.initial.get("text", "")).rstrip(), str(self.initial.get("article", "")).split()
        self.initial["text"] = f"{before}\n\n{text}" if before else text
        self.initial["article"] = " ".join([*keys, key] if key not in keys else keys)

    def _write_again(self, uuid: str) -> None:
        """Begin with what was taken back just now, and its files."""
        written = Contact.objects.filter(
            uuid__in=_uuids(uuid), question=self.scene.question, direction=Contact.Direction.OUT, has_succeeded=False
        ).first()
        if written is not None:
            self.initial["text"] = written.text
            self.initial["enclosed"] = str(self.hints.get("files", ""))


def _uuids(text: str) -> list[UUID]:
    found = []
    for word in text.replace(",", " ").split()[:MOST_FILES]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found
