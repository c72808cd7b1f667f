"""Learning anew. Loads scikit-learn, so only the nightly job and the command line import this."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.suggestions.collecting import examples_for
from aanspreekpunt.suggestions.learning.keeping import to_bytes
from aanspreekpunt.suggestions.learning.quality import Quality
from aanspreekpunt.suggestions.learning.training import NothingToLearn, train
from aanspreekpunt.suggestions.models import LearnedModel, Target

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.suggestions.learning.training import Trained

OLDEST_IN_USE = timedelta(days=14)
"""A model of this age gives way even to one that measures worse: what people ask has changed since."""

KEPT = timedelta(days=30)
"""So long a model that is not in use is kept, to compare with."""


def learn_anew(*, at: datetime) -> list[LearnedModel]:
    """Learn what questions say about product and team, from what is there now. Returns the models that came of it."""
    learned = []
    for target in Target.values:
        try:
            trained = train(examples_for(target))
        except NothingToLearn:
            continue
        learned.append(keep_model(target=target, trained=trained, at=at))
    return learned


@transaction.atomic
def keep_model(*, target: str, trained: Trained, at: datetime) -> LearnedModel:
    """Take a model into use, or put it aside when it is worse than the one in use by more than chance."""
    State = LearnedModel.State  # noqa: N806 - a class
    now = LearnedModel.objects.select_for_update().filter(target=target, state=State.IN_USE).first()
    is_worse = now is not None and at - now.learned_at < OLDEST_IN_USE and _is_worse(trained.quality, now)
    if now is not None and not is_worse:
        LearnedModel.objects.filter(pk=now.pk).update(state=State.REPLACED)
    content = to_bytes(trained.model)
    kept = LearnedModel.objects.create(
        target=target,
        state=State.ASIDE if is_worse else State.IN_USE,
        content=content,
        sha256=sha256(content).hexdigest(),
        quality=trained.quality.as_dict(),
        learned_from=trained.learned_from,
        learned_at=at,
    )
    LearnedModel.objects.exclude(state=State.IN_USE).filter(target=target, learned_at__lt=at - KEPT).delete()
    event = "suggestions.kept_aside" if is_worse else "suggestions.learned"
    data = {"target": target, "log_loss": kept.quality["log_loss"], "learned_from": kept.learned_from}
    record(event, subject=kept, data=data, by=SYSTEM, at=at)
    return kept


def _is_worse(quality: Quality, than: LearnedModel) -> bool:
    """Say whether it is worse. Measured on public texts only (few questions yet) and on real ones do not compare."""
    before = Quality(**than.quality)
    both_real = min(quality.texts, before.texts)
    return both_real > 0 and quality.is_worse_than(before)
