"""Asking a question in steps that need no account: fill in, check, send.

The visitor's own page holds everything, so that nothing is lost when he takes his time; only chosen files wait here,
for a day, under a name that only his page holds (signed). `visit` keeps what was filled in for half an hour besides, so
that going back and reloading work. `token` makes sending the same page twice one question.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from aanspreekpunt.catalogue.forms import ProductForm
from aanspreekpunt.catalogue.models import QuestionKind
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.portal.forms import AskForm
from aanspreekpunt.promises.operations import receive_question
from aanspreekpunt.questions.attachments import attach, store_attachment, unattached
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.intake import Asked
from aanspreekpunt.questions.queries import first_contact_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.forms.boundfield import BoundField
    from django.http import QueryDict

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.promises.operations import Registered

ACCOUNT: Final = "web_form"
_SALT: Final = "portal.file"
_DAY: Final = 24 * 60 * 60
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}\Z")
_LONGEST_SUBJECT: Final = 80


@dataclass(frozen=True)
class KeptFile:
    """A file chosen in an earlier step: its name, and the sign by which the visitor's page holds on to it."""

    key: str
    name: str
    sign: str
    uuid: UUID


@dataclass
class Asking:
    """One question on its way from the first step to the last."""

    product: Product | None
    ask: AskForm
    form: ProductForm | None
    token: str
    kept: list[KeptFile] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where its form is handed in."""
        return reverse("portal:ask-about", args=[self.product.key]) if self.product else reverse("portal:ask")

    @property
    def is_multipart(self) -> bool:
        return self.form is not None and self.form.is_multipart()

    def is_valid(self) -> bool:
        # Both, so that all errors are told at once.
        return all([self.form is None or self.form.is_valid(), self.ask.is_valid()])

    def errors(self) -> list[BoundField]:
        """Return the fields with errors, in the order of the page."""
        forms = [form for form in (self.form, self.ask) if form is not None]
        return [each for form in forms for each in form if each.errors]

    def has_new_files(self) -> bool:
        return self.form is not None and bool(self.form.files_given())

    def store_files(self) -> None:
        """Store the files that came with this step, so that the next one need not send them again."""
        if self.form is None:
            return
        for key, file in self.form.files_given().items():
            stored = store_attachment(file=file)
            self.kept = [each for each in self.kept if each.key != key]
            self.kept.append(KeptFile(key, stored.file_name, _sign(key, stored.uuid), stored.uuid))
        self.form.kept_files = {each.key: each.name for each in self.kept}

    def answers(self) -> dict[str, Any]:
        """Return the answers to the product's form; files under the name by which they were kept."""
        if self.form is None:
            return {}
        return self.form.answers() | {key: name for key, name in self.form.kept_files.items() if key in self._asked}

    def asked(self) -> Asked:
        """Return the question as it comes in."""
        words = self.ask.cleaned_data["text"].strip()
        return Asked(
            subject=self.product.name if self.product else first_line(words),
            text=words,
            channel=Channel.WEB_FORM,
            product=self.product,
            kind=self.product.kind if self.product else QuestionKind.QUESTION,
            customer=self.ask.customer(),
            language=get_language() or "nl",
            form_data=self.answers(),
            intake_account=ACCOUNT,
            intake_id=self.token,
        )

    @transaction.atomic
    def send(self, *, at: datetime) -> Registered:
        """Send the question with its files. Raises `AlreadyAsked` when this page was sent before."""
        registered = receive_question(asked=self.asked(), by=RESIDENT, at=at)
        uuids = [each.uuid for each in self.kept if each.key in self._asked]
        contact = first_contact_of(registered.question) if uuids else None
        if contact is not None:
            attach(contact=contact, uuids=uuids)
        return registered

    @property
    def _asked(self) -> frozenset[str]:
        return frozenset(self.form.cleaned_data) if self.form is not None else frozenset()


def begin(product: Product | None) -> Asking:
    """Return an empty question about `product`."""
    form = ProductForm(product) if product and product.form_fields else None
    return Asking(product, AskForm(product), form, secrets.token_urlsafe(24))


def read(
    product: Product | None, data: QueryDict, files: MultiValueDict[str, UploadedFile[Any]] | None = None
) -> Asking:
    """Return the question as the visitor's page holds it."""
    kept = _kept_files(data)
    form = None
    if product and product.form_fields:
        names = {each.key: each.name for each in kept}
        form = ProductForm(product, data, files or MultiValueDict(), kept_files=names)
    token = data.get("token", "")
    if not _TOKEN.match(token):
        token = secrets.token_urlsafe(24)
    return Asking(product, AskForm(product, data), form, token, kept)


def first_line(words: str) -> str:
    """Return the beginning of what somebody wrote, as the subject of it."""
    line = " ".join(words.split("\n", 1)[0].split())
    if len(line) <= _LONGEST_SUBJECT:
        return line
    return f"{line[:_LONGEST_SUBJECT].rsplit(' ', 1)[0]} …"


def _kept_files(data: QueryDict) -> list[KeptFile]:
    signs = [sign for sign in data.getlist("kept") if sign not in data.getlist("remove")]
    read_signs = [(sign, *_read(sign)) for sign in signs]
    waiting = unattached(uuid for _sign_, _key, uuid in read_signs if uuid)
    return [
        KeptFile(key, waiting[uuid].file_name, sign, uuid) for sign, key, uuid in read_signs if uuid and uuid in waiting
    ]


def _sign(key: str, uuid: UUID) -> str:
    return signing.dumps([key, str(uuid)], salt=_SALT)


def _read(sign: str) -> tuple[str, UUID | None]:
    try:
        key, uuid = signing.loads(sign, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return "", None
    return key, UUID(uuid)
