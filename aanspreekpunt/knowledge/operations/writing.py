"""Writing an answer: drafts, reviews, and the version everybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.access import refuse_unless_approver, refuse_unless_writer
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.queries.values import names_without_value
from aanspreekpunt.knowledge.refusals import (
    KeyIsTaken,
    NeedsASecondReader,
    NotPossibleNow,
    OwnerCannotWrite,
    ReasonIsMissing,
    SomebodyElseSaved,
    ValuesAreMissing,
    VariableCannotBeRead,
)
from aanspreekpunt.knowledge.rules.states import Verb, next_state
from aanspreekpunt.knowledge.rules.values import mistakes_in
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.content import Content

LONGEST_KEY = 120
RESERVED_KEYS = frozenset(("inlezen", "uitvoeren"))
"""Names that stand in addresses where the key of an answer can stand too, so that no answer may have them."""
BEING_WRITTEN = (Version.State.DRAFT, Version.State.REVIEW)


@dataclass(frozen=True, slots=True)
class Base:
    """The text an editor had before him when he began: the number of a version and how often that was saved."""

    number: int
    revision: int

    @classmethod
    def of(cls, version: Version) -> Base:
        """Return the base of somebody who sees this version now."""
        return cls(version.number, version.revision)


@transaction.atomic
def begin_answer(
    *, content: Content, key: str = "", origin: str = "", owner: Employee | None = None, by: Actor, at: datetime
) -> Version:
    """Write the first draft of a new answer; without a key it gets one from its question.

    Refuses whoever is no editor (`NotYourAnswer`), a key that is taken (`KeyIsTaken`) and places for values that cannot
    be read (`VariableCannotBeRead`).
    """
    refuse_unless_approver(by, team_keys=content.team_keys)
    if key in RESERVED_KEYS or (key and Article.objects.filter(key=key).exists()):
        raise KeyIsTaken(key=key)
    owner = owner or (by if isinstance(by, Employee) else None)
    refuse_owner_who_left(owner)
    article = Article.objects.create(key=key or _free_key(content.question), origin=origin, owner=owner, changed_at=at)
    version = _new_version(article, content, number=1, remark="", by=by, at=at)
    record("article.begun", subject=article, data={"key": article.key}, by=by, at=at)
    return version


@transaction.atomic
def save_draft(*, article: Article, content: Content, base: Base, remark: str = "", by: Actor, at: datetime) -> Version:
    """Save the next version of an answer; the first save after a publication begins that version.

    Refuses whoever may not write it (`NotYourAnswer`) and a text that was not made from the newest one
    (`SomebodyElseSaved`, which carries the newest).
    """
    article = _locked(article)
    newest = newest_version(article)
    refuse_unless_writer(by, article, team_keys=newest.team_keys)
    if Base.of(newest) != base:
        raise SomebodyElseSaved(newest=newest)
    if newest.state in BEING_WRITTEN:
        version = _saved(newest, content, remark=remark, by=by, at=at)
    else:
        version = _new_version(article, content, number=newest.number + 1, remark=remark, by=by, at=at)
    _touch(article, at=at)
    record("article.saved", subject=article, data={"number": version.number}, by=by, at=at)
    return version


@transaction.atomic
def submit_for_review(*, version: Version, by: Actor, at: datetime) -> Version:
    """Ask a content editor to read a draft and publish it."""
    version, article = _moving(version)
    refuse_unless_writer(by, article, team_keys=version.team_keys)
    return _move(version, Verb.SUBMIT, "article.submitted", by=by, at=at)


@transaction.atomic
def send_back(*, version: Version, reason: str, by: Actor, at: datetime) -> Version:
    """Give a version that was to be reviewed back to its writer, with the reason."""
    version, _article = _moving(version)
    refuse_unless_approver(by, team_keys=version.team_keys)
    if not reason.strip():
        raise ReasonIsMissing
    return _move(version, Verb.SEND_BACK, "article.sent_back", remark=reason.strip(), by=by, at=at)


@transaction.atomic
def publish(*, version: Version, base: Base, by: Actor, at: datetime) -> Version:
    """Publish a version; the one that was published until now is replaced in the same moment.

    Refuses whoever may not approve it (`NotYourAnswer`, `NeedsASecondReader`), a text that changed since the approver
    read it (`SomebodyElseSaved`), and a text with holes (`ValuesAreMissing`).
    """
    version, article = _moving(version)
    refuse_unless_approver(by, team_keys=version.team_keys)
    if Base.of(version) != base:
        raise SomebodyElseSaved(newest=version)
    refuse_own_text(version, by)
    refuse_holes(version, at=at)
    published = article.versions.filter(state=Version.State.PUBLISHED).first()
    if published is not None:
        _end(published, Verb.REPLACE, at=at)
    approved = {"approved_by": by if isinstance(by, Employee) else None, "approved_by_name": by.actor_name}
    return _move(version, Verb.PUBLISH, "article.published", approved_at=at, **approved, by=by, at=at)


@transaction.atomic
def discard(*, version: Version, by: Actor, at: datetime) -> Version:
    """Throw a version away that was never published; it stays to be seen in the history."""
    version, article = _moving(version)
    refuse_unless_writer(by, article, team_keys=version.team_keys)
    return _move(version, Verb.DISCARD, "article.discarded", ended_at=at, by=by, at=at)


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: Actor, at: datetime) -> Version:
    """Take the published version of an answer away from every reader, with the reason."""
    published = _published(_locked(article))
    refuse_unless_approver(by, team_keys=published.team_keys)
    if not reason.strip():
        raise ReasonIsMissing
    return _move(published, Verb.WITHDRAW, "article.withdrawn", ended_at=at, remark=reason.strip(), by=by, at=at)


@transaction.atomic
def give_owner(*, article: Article, owner: Employee, by: Actor, at: datetime) -> Article:
    """Make somebody responsible for keeping an answer true."""
    article = _locked(article)
    refuse_unless_approver(by, team_keys=newest_version(article).team_keys)
    refuse_owner_who_left(owner)
    article.owner = owner
    article.save(update_fields=["owner"])
    record("article.given_owner", subject=article, data={"owner": owner.pk}, by=by, at=at)
    return article


def newest_version(article: Article) -> Version:
    """Return the version one would go on from: the one being written, else the published or the last one."""
    return article.versions.order_by("-number")[0]


def refuse_holes(version: Version, *, at: datetime) -> None:
    """Refuse (`ValuesAreMissing`) a text with places for values that say nothing on the day of `at`."""
    missing = names_without_value(version, at=at)
    if missing:
        raise ValuesAreMissing(names=", ".join(missing))


def _published(article: Article) -> Version:
    published = article.versions.filter(state=Version.State.PUBLISHED).first()
    if published is None:
        raise NotPossibleNow(state=newest_version(article).get_state_display())
    return published


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _moving(version: Version) -> tuple[Version, Article]:
    """Lock the answer first and read the version after that: whoever waited sees what the other one did."""
    article = Article.objects.select_for_update().get(pk=version.article_id)
    return Version.objects.get(pk=version.pk), article


def _new_version(article: Article, content: Content, *, number: int, remark: str, by: Actor, at: datetime) -> Version:
    refuse_unreadable(content)
    version = Version(article=article, number=number, **content.columns(), **writer_columns(by, remark=remark, at=at))
    version.save(force_insert=True)
    return version


def _saved(version: Version, content: Content, *, remark: str, by: Actor, at: datetime) -> Version:
    refuse_unreadable(content)
    changed = {**content.columns(), **writer_columns(by, remark=remark, at=at), "revision": version.revision + 1}
    for name, value in changed.items():
        setattr(version, name, value)
    version.save(update_fields=list(changed))
    return version


def writer_columns(by: Actor, *, remark: str, at: datetime) -> dict[str, Any]:
    """Return the columns of a version that say who wrote it, when and why."""
    writer = by if isinstance(by, Employee) else None
    return {"written_by": writer, "written_by_name": by.actor_name, "written_at": at, "remark": remark.strip()}


def _move(version: Version, verb: Verb, event: str, *, by: Actor, at: datetime, **changed: Any) -> Version:
    state = next_state(version.state, verb)
    if state is None:
        raise NotPossibleNow(state=version.get_state_display())
    for name, value in {**changed, "state": state}.items():
        setattr(version, name, value)
    version.save(update_fields=[*changed, "state"])
    _touch(version.article, at=at)
    record(event, subject=version.article, data={"number": version.number}, by=by, at=at)
    return version


def _end(version: Version, verb: Verb, *, at: datetime) -> None:
    version.state, version.ended_at = next_state(version.state, verb) or version.state, at
    version.save(update_fields=["state", "ended_at"])


def _touch(article: Article, *, at: datetime) -> None:
    article.changed_at = at
    article.save(update_fields=["changed_at"])


def refuse_own_text(version: Version, by: Actor) -> None:
    """Refuse (`NeedsASecondReader`) to let somebody approve his own text, where that is the rule."""
    if settings.ANSWERS_NEED_SECOND_READER and isinstance(by, Employee) and version.written_by_id == by.pk:
        raise NeedsASecondReader


def refuse_unreadable(content: Content) -> None:
    """Refuse (`VariableCannotBeRead`) a text with something between braces that is no name."""
    for field, text in content.texts.items():
        for mistake in mistakes_in(text):
            raise VariableCannotBeRead(field=field, mistake=mistake)


def refuse_owner_who_left(owner: Employee | None) -> None:
    """Refuse (`OwnerCannotWrite`) an owner who does not work here any more."""
    if owner is not None and not owner.is_active:
        raise OwnerCannotWrite(name=owner.name)


def _free_key(question: str) -> str:
    """Return a key made of the question, with a number behind it when that is taken."""
    stem = slugify(question)[: LONGEST_KEY - 6].strip("-") or "antwoord"
    taken = RESERVED_KEYS.union(Article.objects.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)
