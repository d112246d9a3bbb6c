"""Organisations, persons, roles and shares. A role and a share have a period: ``valid_to`` is the first day after it."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkwacht.core.access import RoleName, Tlp


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("Municipality")
    JOINT_ARRANGEMENT = "joint_arrangement", _("Joint arrangement")
    SUPPLIER = "supplier", _("Supplier")
    CSIRT = "csirt", _("CSIRT")
    SUPERVISOR = "supervisor", _("Supervisor")
    OTHER = "other", _("Other organisation")


class ShareKind(models.TextChoices):
    """What is shared: facts, an account with the lines that belong to it, a framework with its mappings, or the register of
    suppliers: who supplies what, and which processes lean on it."""

    FACT = "fact", _("Facts")
    ACCOUNT = "account", _("Account")
    FRAMEWORK = "framework", _("Framework")
    SUPPLIERS = "suppliers", _("Register of suppliers")


ROLES = [role.value for role in RoleName]
TLP_CHOICES = [(tlp.value, f"TLP:{tlp.value}") for tlp in Tlp]


class Organisation(models.Model):
    """The unit of isolation. The slug is part of the chain of the trail, so it never changes."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    cbs_code = models.CharField(max_length=6, null=True, blank=True, unique=True)  # unique, so never ""
    tooi_code = models.CharField(max_length=20, null=True, blank=True, unique=True)  # unique, so never ""
    province = models.CharField(max_length=40, blank=True)
    safety_region = models.CharField(max_length=80, blank=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The front door of the organisation; which page stands there is up to a higher room."""
        return f"/o/{self.slug}/"


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; the address is kept in lower case, so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A new person, without usable password if none is given. Raises ValueError without an address."""
        if not email:
            raise ValueError("a person needs an e-mail address")
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address, whatever its case."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. What he may do follows from his roles, never from a flag here."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="person_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.Model):
    """What a person is in an organisation, from a day, to a day.

    ``function`` is one of the packs' words for who knows an answer (``it_manager`` …): it decides which questions come
    first for this person, never what he may do.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=[(role, role) for role in ROLES])
    function = models.CharField(_("function"), max_length=40, blank=True, validators=[RegexValidator(r"^[a-z_]*$")])
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["role", "valid_from"]
        constraints: ClassVar = [
            # Equal days: a role that was ended before it began. It stands there, and never held.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="role_period"
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="role_known"),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "function"],
                condition=Q(valid_to__isnull=True),
                name="role_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.organisation}"

    def held(self, on: date) -> bool:
        """Whether the role is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Share(models.Model):
    """Something of one organisation that another may see, for a period and with a TLP label.

    ``what`` for facts: ``subject key|fact type`` (see ``core.access.covers``); for an account: its id; for a framework:
    ``framework:number:title``; for the register of suppliers: ``suppliers``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares_given")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares_received")
    kind = models.CharField(max_length=10, choices=ShareKind.choices)
    what = models.CharField(max_length=250)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES, default=Tlp.AMBER.value)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["recipient__name", "kind", "what", "valid_from"]
        indexes: ClassVar = [models.Index(fields=["recipient", "owner"], name="share_recipient")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(owner=F("recipient")), name="share_with_another"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="share_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} → {self.recipient}: {self.what}"
