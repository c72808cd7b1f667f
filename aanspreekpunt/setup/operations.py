"""Making the organisation as its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.catalogue.queries import upl_names
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.putting import put_answer
from aanspreekpunt.knowledge.operations.writing import withdraw
from aanspreekpunt.knowledge.queries.values import value_names
from aanspreekpunt.organisation import operations as organisation
from aanspreekpunt.organisation.actors import keep_actor
from aanspreekpunt.organisation.models import Employee, Membership, Municipality, Team
from aanspreekpunt.organisation.queries import forget_remembered
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Question
from aanspreekpunt.setup import starting, values
from aanspreekpunt.setup.reading import read
from aanspreekpunt.setup.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from django.db.models import Model

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.setup.schema import ArticlePart, EmployeePart, MunicipalityFile, TeamPart
    from aanspreekpunt.setup.summary import Kind

_ONE_AT_A_TIME = 7_340_032
"""The number of the lock that makes a second run wait for the first; it has no other meaning."""

_ORIGIN = "municipality file"
"""Where answers came from that a later file may withdraw; those written on the screens stay as they are."""

_NOT_IN_FILE = "no longer in the municipality file"

_NOUNS: dict[Kind, str] = {
    "municipality": "municipality",
    "teams": "team",
    "employees": "employee",
    "products": "product",
}
"""What the journal calls one of each kind."""


class TeamStillHasQuestions(Refusal):
    """A team that left the file still owns questions that nobody has settled."""

    message = _("The team %(team)s still has open questions (%(count)s). Hand them over before it leaves the file.")


class TeamStillOwnsProducts(Refusal):
    """A team that left the file still owns products, and the file says nothing about products."""

    message = _(
        "The team %(team)s still owns products (%(count)s). Put the products in the file too, each with its owner."
    )


class NobodyWithThisAddress(Refusal):
    """No employee who works here has this e-mail address."""

    message = _("Nobody who works here has the e-mail address %(email)s.")


class PasswordIsTooWeak(Refusal):
    """The password can be guessed too easily."""

    message = _("Choose another password. %(reasons)s")


@transaction.atomic
def apply_file(*, path: Path, by: Actor, at: datetime) -> Summary:
    """Make the organisation as the file at `path` says, and return what that changed.

    What is no longer in the file is withdrawn, never deleted. Refuses a file with problems (`FileHasProblems`), and a
    team taken out while it still has open questions (`TeamStillHasQuestions`) or products (`TeamStillOwnsProducts`).
    After a refusal nothing is changed.
    """
    fill_upl()
    upl = upl_names()
    file = read(path, upl=upl, value_names=value_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    run = _Run(file=file, upl=upl, by=by, at=at)
    run.apply()
    transaction.on_commit(forget_remembered)
    return run.summary


def set_first_password(*, email: str, password: str, by: Actor, at: datetime) -> None:
    """Give the employee with this address a password to begin with; refuses one that is too weak."""
    employee = Employee.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if employee is None:
        raise NobodyWithThisAddress(email=email)
    try:
        organisation.set_password(employee=employee, password=password, by=by, at=at)
    except ValidationError as error:
        raise PasswordIsTooWeak(reasons=" ".join(error.messages)) from None


class _Run:
    """One application of one file."""

    def __init__(self, *, file: MunicipalityFile, upl: Mapping[str, str], by: Actor, at: datetime) -> None:
        self.file, self.upl, self.by, self.at = file, upl, by, at
        self.summary = Summary()
        self.team_ids: dict[str, int] = {}

    def apply(self) -> None:
        """Go through the file from what others need to what needs others."""
        found = Municipality.objects.filter(pk=1).first()
        self._put("municipality", found or Municipality(pk=1), values.of_municipality(self.file.municipality), found)
        self._apply_teams(self.file.teams)
        if self.file.employees is not None:
            self._apply_employees(self.file.employees)
        for outcome in starting.say_values_of(self.file, by=self.by, at=self.at).values():
            self.summary.add("values", outcome)
        self._apply_products()
        if self.file.articles is not None:
            self._apply_articles(self.file.articles)
        if self.file.starter is not None:
            starting.adopt(self.file.starter, self.summary, by=self.by, at=self.at)

    def _put(self, kind: Kind, row: Model, wanted: values.Values, found: Model | None) -> None:
        different = [name for name, value in wanted.items() if getattr(row, name) != value]
        if found is not None and not different:
            self.summary.add(kind, "unchanged")
            return
        for name in different:
            setattr(row, name, wanted[name])
        row.save()
        self._note(kind, "changed" if found else "created", row, data={"fields": different} if found else {})

    def _note(self, kind: Kind, outcome: Any, row: Model, *, data: dict[str, Any] | None = None) -> None:
        self.summary.add(kind, outcome)
        record(f"{_NOUNS[kind]}.{outcome}", subject=row, data=data, by=self.by, at=self.at)

    def _withdraw(self, kind: Kind, rows: Iterable[Team | Employee | Product]) -> None:
        for row in rows:
            row.is_active = False
            row.save(update_fields=["is_active"])
            if not isinstance(row, Product):
                keep_actor(of=row)
            self._note(kind, "withdrawn", row)

    def _apply_teams(self, parts: tuple[TeamPart, ...]) -> None:
        found = {team.key: team for team in Team.objects.all()}
        gone = [team for key, team in found.items() if team.is_active and key not in {part.key for part in parts}]
        for team in gone:
            _refuse_while_it_has_questions(team)
            if self.file.products is None:
                _refuse_while_it_owns_products(team)
        # There can be only one contact centre at any moment, so an old one steps back before the new one comes.
        new_centre = next(part.key for part in parts if part.is_contact_centre)
        Team.objects.filter(is_contact_centre=True).exclude(key=new_centre).update(is_contact_centre=False)
        for part in _parents_first(parts):
            parent_id = self.team_ids[part.parent] if part.parent else None
            wanted = values.of_team(part, usual=self.file.municipality.hours, parent_id=parent_id)
            team = found.get(part.key) or Team(key=part.key)
            self._put("teams", team, wanted, found.get(part.key))
            keep_actor(of=team)
            self.team_ids[part.key] = team.pk
        self._withdraw("teams", gone)

    def _apply_employees(self, parts: tuple[EmployeePart, ...]) -> None:
        found = {employee.email.lower(): employee for employee in Employee.objects.all()}
        for part in parts:
            self._apply_employee(part, found.pop(part.email, None))
        self._withdraw("employees", [employee for employee in found.values() if employee.is_active])

    def _apply_employee(self, part: EmployeePart, found: Employee | None) -> None:
        wanted = values.of_employee(part)
        employee = found or Employee(email=part.email, language=part.language)
        if found is None:
            employee.set_unusable_password()
        different = [name for name, value in wanted.items() if getattr(employee, name) != value]
        for name in different:
            setattr(employee, name, wanted[name])
        if different:
            employee.save()
        keep_actor(of=employee)
        roles = self._put_roles(part, employee)
        if found is None:
            self._note("employees", "created", employee)
        elif different or roles:
            self._note("employees", "changed", employee, data={"fields": different + (["roles"] if roles else [])})
        else:
            self.summary.add("employees", "unchanged")

    def _put_roles(self, part: EmployeePart, employee: Employee) -> bool:
        wanted = {(role.role, self.team_ids[role.team] if role.team else None) for role in part.roles}
        held = {(role.role, role.team_id): role for role in Membership.objects.filter(employee=employee)}
        for role, team_id in wanted - held.keys():
            Membership.objects.create(employee=employee, role=role, team_id=team_id)
        for key in held.keys() - wanted:
            held[key].delete()
        return wanted != held.keys()

    def _apply_products(self) -> None:
        """Make the products of the file and of the starter base; products that both leave out are withdrawn."""
        found = {product.key: product for product in Product.objects.all()}
        parts = {part.key: part for part in self.file.products or ()}
        wanted = {
            key: values.of_product(part, file=self.file, team_id=self.team_ids[part.team], upl=self.upl)
            for key, part in parts.items()
        }
        referrals = values.of_referrals(self.file, team_ids=self.team_ids, upl=self.upl)
        for key, columns in (referrals | wanted).items():
            before = found.pop(key, None)
            self._put("products", before or Product(key=key), columns, before)
        if self.file.products is not None:
            self._withdraw("products", [product for product in found.values() if product.is_active])

    def _apply_articles(self, parts: tuple[ArticlePart, ...]) -> None:
        for part in parts:
            content = values.of_article(part)
            outcome = put_answer(key=part.key, content=content, origin=_ORIGIN, by=self.by, at=self.at)
            self.summary.add("articles", outcome)
        published = Article.objects.filter(origin=_ORIGIN, versions__state=Version.State.PUBLISHED)
        for article in published.exclude(key__in=[part.key for part in parts]):
            withdraw(article=article, reason=_NOT_IN_FILE, by=self.by, at=self.at)
            self.summary.add("articles", "withdrawn")


def _refuse_while_it_has_questions(team: Team) -> None:
    count = Question.objects.filter(owner=team).exclude(state=State.SETTLED).count()
    if count:
        raise TeamStillHasQuestions(team=team.name, count=count)


def _refuse_while_it_owns_products(team: Team) -> None:
    count = Product.objects.filter(team=team, is_active=True).count()
    if count:
        raise TeamStillOwnsProducts(team=team.name, count=count)


def _parents_first(parts: tuple[TeamPart, ...]) -> list[TeamPart]:
    by_key = {part.key: part for part in parts}

    def depth(part: TeamPart) -> int:
        return 1 + depth(by_key[part.parent]) if part.parent else 0

    return sorted(parts, key=depth)
