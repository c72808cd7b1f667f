"""The form of the product, exactly as residents see it, filled in by an agent who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.forms import ProductForm
from aanspreekpunt.questions.attachments import store_attachment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.desk.conversing.fields import Fields


class FormAsTyped(ProductForm):
    """The form as far as it is typed: what is still missing is no error yet."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


def form_as_typed(product: Product | None, fields: Fields) -> ProductForm | None:
    """Return the form of the product to go on typing in; None when it has none."""
    return _form(FormAsTyped, product, fields)


def form_to_register(product: Product | None, fields: Fields) -> ProductForm | None:
    """Return the form to be checked; None when the product has none."""
    return _form(ProductForm, product, fields)


def keep_files(files: MultiValueDict[str, UploadedFile[Any]], *, product: Product | None, fields: Fields) -> Fields:
    """Store the files that came with this step, so that they survive whatever else is wrong with it."""
    if product is None or not files:
        return fields
    form = ProductForm(product, _data(fields), files)
    form.is_valid()
    kept = dict(fields.files)
    for key, file in form.files_given().items():
        attachment = store_attachment(file=file)
        kept[key] = [str(attachment.uuid), attachment.file_name]
    return fields.having(files=kept)


def _form(kind: type[ProductForm], product: Product | None, fields: Fields) -> ProductForm | None:
    if product is None or not product.form_fields:
        return None
    return kind(product, _data(fields), kept_files=_files(product, fields))


def _data(fields: Fields) -> MultiValueDict[str, Any]:
    return MultiValueDict(fields.form)


def _files(product: Product, fields: Fields) -> dict[str, str]:
    """Name the files we have; one that is asked for can come later, because nobody can send a photo by phone."""
    asked = [plan["key"] for plan in product.form_fields if plan["type"] == "file" and plan.get("required")]
    given = {key: name for key, (_uuid, name) in fields.files.items()}
    return dict.fromkeys(asked, _("(not received yet)")) | given
