"""What stands in a few columns, with its name on the screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from dijkwacht.core.verdict import Status


class SubjectKind(models.TextChoices):
    """What a subject can be."""

    ORGANISATION = "organisation", _("Organisation")
    PROCESS = "process", _("Process")
    SYSTEM = "system", _("System")
    SUPPLIER = "supplier", _("Supplier")
    SERVICE = "service", _("Service")
    DIGID_CONNECTION = "digid_connection", _("DigiD connection")
    DOMAIN = "domain", _("Domain")
    LOCATION = "location", _("Location")
    BOARD_MEMBER = "board_member", _("Board member")
    JOINT_REVIEW = "joint_review", _("Joint review")


class OriginChoice(models.TextChoices):
    """Where a fact comes from, with its name on the screen."""

    PERSON = Origin.PERSON.value, _("Answer")
    IMPORT = Origin.IMPORT.value, _("Import")
    SELF_ASSESSMENT = Origin.SELF_ASSESSMENT.value, _("Self-assessment")
    MEASUREMENT = Origin.MEASUREMENT.value, _("Measurement")
    AUDIT = Origin.AUDIT.value, _("Audit")


class AssuranceChoice(models.IntegerChoices):
    """How sure we are of a fact, with its name on the screen."""

    STATED = Assurance.STATED.value, _("Stated")
    DOCUMENTED = Assurance.DOCUMENTED.value, _("Documented")
    MEASURED = Assurance.MEASURED.value, _("Measured")
    AUDITED = Assurance.AUDITED.value, _("Audited")


class StatusChoice(models.TextChoices):
    """The five verdicts, with their names on the screen."""

    MET = Status.MET.value, _("In order")
    PARTLY = Status.PARTLY.value, _("Partly")
    NOT_MET = Status.NOT_MET.value, _("Not in order")
    NOT_APPLICABLE = Status.NOT_APPLICABLE.value, _("Not applicable")
    UNKNOWN = Status.UNKNOWN.value, _("Unknown")


class ClaimAnswer(models.TextChoices):
    """What a self-assessment can say of a measure."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    PARTLY = "partly", _("Partly")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
