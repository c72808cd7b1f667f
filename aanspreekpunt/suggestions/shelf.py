"""The models in the memory of this process: read when first needed, and looked after once a minute."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from aanspreekpunt.suggestions.models import LearnedModel

if TYPE_CHECKING:
    from aanspreekpunt.suggestions.learning.model import Model

SECONDS_BETWEEN_LOOKS = 60
log = logging.getLogger(__name__)


@dataclass
class Shelf:
    """What this process holds, and when it last looked for something newer."""

    models: dict[str, Model] = field(default_factory=dict)
    held: frozenset[int] = frozenset()
    looked_at: float | None = None
    lock: Lock = field(default_factory=Lock)

    def model(self, target: str) -> Model | None:
        """Return the model in use, None when nothing was learned yet; one query a minute at most."""
        if self.looked_at is None or monotonic() - self.looked_at > SECONDS_BETWEEN_LOOKS:
            self._look()
        return self.models.get(target)

    def forget(self) -> None:
        """Begin again, as a new process does."""
        self.models, self.held, self.looked_at = {}, frozenset(), None

    def _look(self) -> None:
        """Take the models in use; while one thread does, the others go on with what is there."""
        if not self.lock.acquire(blocking=self.looked_at is None):
            return
        try:
            in_use = LearnedModel.objects.filter(state=LearnedModel.State.IN_USE)
            pks = frozenset(in_use.values_list("pk", flat=True))
            if pks != self.held:
                read = {each.target: model for each in in_use if (model := _read(each)) is not None}
                self.models, self.held = read, pks
            self.looked_at = monotonic()
        finally:
            self.lock.release()


def _read(kept: LearnedModel) -> Model | None:
    from aanspreekpunt.suggestions.learning.keeping import NotAModel, from_bytes  # noqa: PLC0415 - brings in numpy

    content = bytes(kept.content)
    if sha256(content).hexdigest() == kept.sha256:
        with suppress(NotAModel):
            return from_bytes(content)
    log.warning("suggestions.unreadable", extra={"model": kept.pk})
    return None


SHELF = Shelf()
