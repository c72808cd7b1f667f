"""The municipality, its teams and the people who work there."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.ids import new_uuid


class Municipality(models.Model):
    """The municipality this installation works for. There is exactly one."""

    name = models.TextField()
    slug = models.SlugField()
    contact = models.JSONField(default=dict, help_text="phone, email, street, postcode, city, website")
    theme = models.TextField(default="voorbeeld-theme", help_text="CSS class of the NL Design System theme")
    theme_css = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="The style sheet of its own theme: a file in the theme directory, or a path on this website.",
    )
    open_channels = ArrayField(models.TextField(), default=list)
    closed_holidays = ArrayField(models.TextField(), default=list, help_text="names as the holidays library gives them")
    extra_closed_days = models.JSONField(default=list, help_text='[{"on": "2026-12-24", "reason": "…"}]')

    class Meta:
        constraints = [models.CheckConstraint(name="organisation_one_municipality", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.name

    @property
    def theme_address(self) -> str:
        """Where its own style sheet is found, on this website; empty without one."""
        is_file = self.theme_css and not self.theme_css.startswith("/")
        return reverse("theme", args=[self.theme_css]) if is_file else self.theme_css


class Team(models.Model):
    """A department or group that owns questions and keeps promises."""

    class Kind(models.TextChoices):
        """What kind of unit it is."""

        DEPARTMENT = "department"
        GROUP = "group"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    key = models.SlugField(unique=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    kind = models.TextField(choices=Kind.choices, default=Kind.DEPARTMENT)
    mailbox = models.EmailField(blank=True)
    is_contact_centre = models.BooleanField(default=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    hours = models.JSONField(default=dict, help_text='{"mon": [["08:30", "17:00"]], …}')
    closed_days = ArrayField(models.DateField(), default=list)
    is_active = models.BooleanField(default=True)
    register_actor = models.OneToOneField(
        "ActorRecord", null=True, blank=True, on_delete=models.SET_NULL, related_name="own_team"
    )

    actor_kind: ClassVar[str] = "team"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisation_one_contact_centre",
                fields=["is_contact_centre"],
                condition=models.Q(is_contact_centre=True, is_active=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def is_at_work(self) -> bool:
        """Whether promises can be made on its behalf: it still exists and is open at some hour of the week."""
        return self.is_active and any(self.hours.values())


class EmployeeManager(BaseUserManager["Employee"]):
    """Finds employees for logging in."""

    def get_by_natural_key(self, username: str | None) -> Employee:
        return self.get(email__iexact=username)


class Employee(AbstractBaseUser):
    """Someone who works here and can log in."""

    class Language(models.TextChoices):
        """Languages of the screens."""

        DUTCH = "nl", "Nederlands"
        ENGLISH = "en", "English"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    email = models.EmailField(unique=True)
    name = models.TextField()
    function = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    language = models.TextField(choices=Language.choices, default=Language.DUTCH)
    is_active = models.BooleanField(default=True)
    channels = ArrayField(
        models.TextField(),
        default=list,
        db_default=[],
        help_text="The channels with which the queue opens; empty means all.",
    )
    is_available = models.BooleanField(default=True, help_text="Set by the employee: at work and reachable now.")
    register_actor = models.OneToOneField(
        "ActorRecord", null=True, blank=True, on_delete=models.SET_NULL, related_name="own_employee"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    actor_kind: ClassVar[str] = "employee"

    objects = EmployeeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="organisation_email_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", maxsplit=1)[0]


class Role(models.TextChoices):
    """What someone does here; `organisation.permissions` says what each may do."""

    AGENT = "agent", _("Contact centre agent")
    DEPARTMENT_EMPLOYEE = "department_employee", _("Department employee")
    SUPERVISOR = "supervisor", _("Supervisor")
    CONTENT_EDITOR = "content_editor", _("Content editor")
    FUNCTIONAL_ADMINISTRATOR = "functional_administrator", _("Functional administrator")
    MANAGER = "manager", _("Manager")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")


class Membership(models.Model):
    """A role someone has, in one team or everywhere."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    role = models.TextField(choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "team", "role"], name="organisation_role_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.role}"


class ActorRecord(models.Model):
    """Someone or something that does work, as other systems know it: an employee, a system or a unit.

    Each employee and team of ours has one of its own (`register_actor`); others are made by other systems, and stand
    for one of ours where they can be matched (`organisation.matching`).
    """

    class Kind(models.TextChoices):
        """What it is."""

        EMPLOYEE = "employee"
        SYSTEM = "system"
        UNIT = "unit"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    name = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    is_active = models.BooleanField(default=True)
    object_id = models.TextField(blank=True, help_text="its identity in another register, e.g. an e-mail address")
    object_type = models.TextField(blank=True)
    register = models.TextField(blank=True)
    object_id_kind = models.TextField(blank=True)
    details = models.JSONField(default=dict, help_text="function, email, phone, fax, description, as its kind has them")
    has_details = models.BooleanField(default=True)
    employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="actors")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="actors")

    class Meta:
        db_table = "actor"
        constraints = [
            models.CheckConstraint(
                name="actor_known_kind", condition=models.Q(kind__in=["employee", "system", "unit"])
            ),
            models.CheckConstraint(
                name="actor_stands_for_one", condition=models.Q(employee__isnull=True) | models.Q(team__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["object_id"], name="actor_by_object", condition=~models.Q(object_id="")),
        ]

    def __str__(self) -> str:
        return self.name
