"""One answer as one employee has it before him: what readers see, what is being written, and what he may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localdate

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.desk.editing.preview import Preview, preview_of
from aanspreekpunt.knowledge.access import may_approve, may_write
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.operations.writing import BEING_WRITTEN, Base, newest_version
from aanspreekpunt.knowledge.queries import histories
from aanspreekpunt.organisation.queries import teams

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Article, Chore, LearnedWord, Proposal
    from aanspreekpunt.knowledge.queries.histories import UseCounts
    from aanspreekpunt.organisation.models import Employee

USES_OF = timedelta(days=90)


@dataclass(frozen=True)
class OneAnswer:
    """An answer, who looks at it, and when. What it tells is read once, when first asked for."""

    article: Article
    reader: Employee
    now: datetime
    versions_below: int | None = None

    @cached_property
    def newest(self) -> Version:
        """The version one would go on from."""
        return newest_version(self.article)

    @cached_property
    def published(self) -> Version | None:
        """The version that is published, also when its last day has gone by."""
        if self.newest.state == Version.State.PUBLISHED:
            return self.newest
        return histories.published_version_of(self.article)

    @cached_property
    def writes(self) -> bool:
        """Whether the reader may write it, and so sees everything about it."""
        return may_write(self.reader, self.article, team_keys=self.newest.team_keys)

    @cached_property
    def approves(self) -> bool:
        """Whether the reader may publish it."""
        return may_approve(self.reader, team_keys=self.newest.team_keys)

    @property
    def is_read(self) -> bool:
        """Whether readers see it today."""
        return self.published is not None and self.published.is_true_on(localdate(self.now))

    @property
    def is_expired(self) -> bool:
        """Whether it is published, but its last day has gone by."""
        last = self.published.valid_until if self.published else None
        return last is not None and last < localdate(self.now)

    @property
    def has_not_begun(self) -> bool:
        """Whether it is published, but its first day has yet to come."""
        first = self.published.valid_from if self.published else None
        return first is not None and first > localdate(self.now)

    @property
    def is_visible(self) -> bool:
        """Whether the reader may know that it exists."""
        return self.writes or self.is_read

    @property
    def writing(self) -> Version | None:
        """The version that is being written."""
        return self.newest if self.newest.state in BEING_WRITTEN else None

    @property
    def base(self) -> Base:
        """What the reader has before him now."""
        return Base.of(self.newest)

    @property
    def shown(self) -> Version:
        """The version by which one recognises it."""
        return self.published or self.newest

    @cached_property
    def as_read(self) -> Preview | None:
        """What readers see, with the notes for the desk."""
        return _preview(self.published) if self.published else None

    @cached_property
    def as_written(self) -> Preview | None:
        """What is being written."""
        return _preview(self.writing) if self.writing else None

    @cached_property
    def products(self) -> list[tuple[str, str]]:
        """The products it is about, by key and name."""
        names = {choice.key: choice.shown_name for choice in products_for_choice()}
        return [(key, names.get(key, "")) for key in self.shown.product_keys]

    @cached_property
    def teams(self) -> list[str]:
        """The names of the teams that know about it."""
        if not self.shown.team_keys:
            return []
        return [team.shown_name for team in teams() if team.key in self.shown.team_keys]

    @cached_property
    def versions(self) -> Sequence[Version]:
        """Its versions, newest first."""
        return histories.versions_of(self.article, below=self.versions_below)

    @property
    def next_versions_below(self) -> int | None:
        """Where the next page of versions begins."""
        is_full = len(self.versions) == histories.VERSIONS_SHOWN
        return self.versions[-1].number if is_full and self.versions[-1].number > 1 else None

    @cached_property
    def chores(self) -> list[Chore]:
        """What is wrong with it."""
        return histories.open_chores_of(self.article)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What colleagues propose to change."""
        return list(histories.open_proposals_for(self.article))

    @cached_property
    def learned_words(self) -> list[LearnedWord]:
        """The words by which others found it and that it does not say, without those a draft takes over already."""
        own = {word.lower() for word in self.newest.search_words}
        return [each for each in histories.learned_words_of(self.article) if each.word not in own]

    @cached_property
    def uses(self) -> UseCounts:
        """How it was used lately."""
        return histories.use_counts_of(self.article, since=self.now - USES_OF)

    @property
    def needs_other_reader(self) -> bool:
        """Whether somebody else than its writer has to publish what is being written."""
        return self.writing is not None and needs_other_reader(self.writing, self.reader)


def needs_other_reader(version: Version, reader: Employee) -> bool:
    """Say whether this municipality wants somebody else to publish what `reader` wrote."""
    return settings.ANSWERS_NEED_SECOND_READER and version.written_by_id == reader.pk


def _preview(version: Version) -> Preview:
    return preview_of(lambda name: str(getattr(version, name)), is_measured=False)
