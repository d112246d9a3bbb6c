"""Who supplies what: suppliers, services, contracts, what leans on a service, and whom a supplier leans on.

Days: a start is inclusive, an end the first day after. What ended stays, for a replay.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models.columns import answer_column, file_column, organisation_column, person_column


class ServiceKind(models.TextChoices):
    """What is supplied. The first three are cloud services (BIO2 5.23)."""

    SAAS = "saas", _("Application in the cloud (SaaS)")
    PLATFORM = "platform", _("Platform in the cloud (PaaS)")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure in the cloud (IaaS)")
    HOSTING = "hosting", _("Hosting of our own application")
    SOFTWARE = "software", _("Software that we run ourselves")
    DEVELOPMENT = "development", _("Software made for us")
    ADMINISTRATION = "administration", _("Administration and workplaces")
    NETWORK = "network", _("Network and connections")
    MONITORING = "monitoring", _("Security monitoring")
    EQUIPMENT = "equipment", _("Equipment and operational technology")
    WORK = "work", _("Work by people")
    OTHER = "other", _("Something else")


CLOUD = (ServiceKind.SAAS, ServiceKind.PLATFORM, ServiceKind.INFRASTRUCTURE)


class Terms(models.TextChoices):
    """What was done with the general terms of the supplier (fact `supplier.terms`)."""

    EXCLUDED = "excluded", _("Excluded")
    WEIGHED = "weighed", _("Weighed: what is accepted, mitigated and never accepted is recorded")
    NOT_WEIGHED = "not_weighed", _("Not looked at")
    UNKNOWN = "unknown", _("Not known yet")


class Chain(models.TextChoices):
    """What was known of sub-suppliers before the contract (fact `supplier.subcontractors`); empty: not filled in."""

    NONE = "none", _("There are none")
    ACCEPTED = "accepted", _("Known, and the risks found acceptable")
    KNOWN = "known", _("Known, risks not judged")
    UNKNOWN = "unknown", _("Unknown")


class Processing(models.TextChoices):
    """Whether there is a processing agreement (GDPR 28)."""

    SIGNED = "signed", _("Signed")
    NOT_NEEDED = "not_needed", _("Not needed: no personal data are processed for us")
    MISSING = "missing", _("Missing")
    UNKNOWN = "unknown", _("Not known yet")


class Supplier(models.Model):
    """One supplier in the register of one organisation.

    ``subject``: what facts are about; none for who is only known further down the chain, so that no norm asks for a contract
    with somebody with whom there is none. ``kvk``: 8 digits, ``own_id``: the number in our own administration. ``portal``: the
    organisation here in which the supplier's people sign in. ``merged_into``: it turned out to be another one.
    """

    organisation = organisation_column()
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    kvk = models.CharField(max_length=8, blank=True)
    own_id = models.CharField(max_length=80, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2
    note = models.TextField(blank=True)
    portal = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kvk"],
                condition=~Q(kvk="") & Q(merged_into__isnull=True, ended_on__isnull=True),
                name="supplier_kvk_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "own_id"],
                condition=~Q(own_id="") & Q(merged_into__isnull=True, ended_on__isnull=True),
                name="supplier_own_id_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kvk"], name="supplier_kvk", condition=~Q(kvk=""))]

    def __str__(self) -> str:
        return self.name

    @property
    def direct(self) -> bool:
        """Whether we have dealings with it ourselves."""
        return self.subject_id is not None


class Service(models.Model):
    """What one supplier delivers. ``subject``: of kind service. The answers make it light or heavy (`norms/suppliers`)."""

    organisation = organisation_column()
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices, default=ServiceKind.OTHER)
    what = models.TextField(blank=True)
    personal_data = answer_column()
    special_data = answer_column()  # special personal data, or the citizen service number
    admin_access = answer_column()
    key_register = answer_column()  # keeps data of a key register
    national_chain = answer_column()  # feeds or leans on DigiD, BRP, Suwinet and the like
    owner = person_column()
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "supplier"], name="service_of")]

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """What was agreed with a supplier, for which services. ``until`` empty: without end. ``notice_months``: to give notice.

    The clauses are what the ledger asks of a contract (BIO2 5.20 to 5.23); a clause that is not known settles nothing.
    """

    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="contracts")
    services = models.ManyToManyField(Service, related_name="contracts", blank=True)
    number = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    renews = answer_column()  # by itself, when nobody gives notice
    security_requirements = answer_column()
    assurance_clause = answer_column()
    audit_right = answer_column()
    transparency = answer_column()
    exit = answer_column()
    flow_down = answer_column()
    termination_grounds = answer_column()
    dependency_weighed = answer_column()
    terms = models.CharField(max_length=12, choices=Terms.choices, default=Terms.UNKNOWN)
    subcontractors = models.CharField(max_length=10, choices=Chain.choices, blank=True)
    processing = models.CharField(max_length=10, choices=Processing.choices, default=Processing.UNKNOWN)
    processing_signed_on = models.DateField(null=True, blank=True)
    file = file_column()
    owner = person_column()
    note = models.TextField(blank=True)
    added_by = person_column()
    added_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)  # stopped before its end, or was never what it seemed

    class Meta:
        ordering: ClassVar = ["-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("starts_on")), name="contract_period"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "until"], name="contract_ends")]

    def __str__(self) -> str:
        return self.title

    def runs(self, on: date) -> bool:
        """Whether it holds on a day."""
        ends = [day for day in (self.until, self.ended_on) if day is not None]
        return self.starts_on <= on and all(on < day for day in ends)


class Use(models.Model):
    """A process or system that leans on a service, and after how many hours without it hurts (empty: nobody knows).

    ``group``: uses of one process with the same word are ways to do the same: only when all are gone does it hurt.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="uses")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    hours = models.PositiveIntegerField(null=True, blank=True)
    group = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "subject"], condition=Q(ended_on__isnull=True), name="use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ← {self.service}"


class SubSupplier(models.Model):
    """Whom a supplier leans on, for all it does or for one service. Circles happen, and are kept as they are told."""

    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="leans_on")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="leans_on")
    on = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="leant_on_by")
    does = models.CharField(max_length=200, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)
    group = models.CharField(max_length=40, blank=True)
    personal_data = answer_column()  # a sub-processor (GDPR 28 paragraphs 2 and 4)
    country = models.CharField(max_length=2, blank=True)  # where it does so
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(supplier=F("on")), name="sub_supplier_another"),
            models.UniqueConstraint(
                fields=["supplier", "service", "on"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="sub_supplier_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} ← {self.on}"


class ExitPlan(models.Model):
    """How we get away from a service: to what, how data come back, how long it takes. One per service, kept up to date."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="exit_plan")
    alternative = models.TextField()
    data = models.TextField()  # in which form, by whom, how it is destroyed there
    steps = models.TextField()
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # how long it takes
    owner = person_column()
    made_on = models.DateField()
    reviewed_on = models.DateField()
    tested_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.service}"


class Distinct(models.Model):
    """Two suppliers that look alike and are two: said by somebody, so that it is not proposed again."""

    organisation = organisation_column()
    one = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+")
    by = person_column()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "one", "other"], name="distinct_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"


class Order(models.Model):
    """An order of the minister to keep a supplier out (Cbw 21a), as it was received. ``until``: replaced before this day."""

    organisation = organisation_column()
    name = models.CharField(max_length=200)
    kvk = models.CharField(max_length=8, blank=True)
    reference = models.CharField(max_length=200)
    parts = models.TextField(blank=True)  # of what, in the words of the order
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    added_by = person_column()
    added_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-given_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("given_on")), name="order_period"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.reference}"


class Replacement(models.Model):
    """What becomes of one service under an order: by what it is replaced, before when, and since when it is gone."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="replacements")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    by_what = models.TextField(blank=True)
    owner = person_column()
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "service"], name="replacement_once")]

    def __str__(self) -> str:
        return f"{self.order}: {self.service}"
