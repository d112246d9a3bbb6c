"""Who may see what, in the query itself: TLP 2.0 (`core/advisories/tlp`) for advisories of a desk and for warnings.

Every page, file, mail and answer to a machine starts from these; nothing in this room reads the tables past them for a person.
"""

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Contact, Document, Provider, Warned
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.tlp import ORDER, Reader, Relation, may_see


def labels(relation: Relation) -> list[str]:
    """The labels that such a reader may see; need to know is given, since a warning is about a product of theirs."""
    return [label for label in ORDER if may_see(label, Reader(relation, needs=True)).yes]


def named_for(desk: Organisation, person: Person) -> list[int]:
    """The advisories with TLP:RED at a desk that are for this person by name."""
    rows = Advisory.objects.filter(organisation=desk, tlp="RED").values_list("pk", "named")
    return [pk for pk, named in rows if person.pk in named]


def advisories_of(desk: Organisation, person: Person) -> QuerySet[Advisory]:
    """What somebody of the desk may see of its advisories: all but what is for other persons by name."""
    return Advisory.objects.filter(
        Q(organisation=desk), Q(tlp__in=labels("own")) | Q(tlp="RED", pk__in=named_for(desk, person))
    )


def documents_of(desk: Organisation, person: Person) -> QuerySet[Document]:
    """The documents that somebody of the desk may see, also those that were set aside.

    What is TLP:RED and of no advisory yet is for whoever brought it, and for those whom its source was set up for.
    """
    named = named_for(desk, person)
    rows = Provider.objects.filter(organisation=desk).exclude(named=[]).values_list("pk", "named")
    red = Q(came_by=person) | Q(advisory=None, provider__in=[pk for pk, told in rows if person.pk in told])
    return Document.objects.filter(
        Q(organisation=desk), Q(tlp__in=labels("own")) | Q(advisory__in=named) | (Q(tlp="RED") & red)
    )


def is_trusted(organisation: Organisation, person: Person) -> bool:
    """Whether a person is a trusted contact (VCIB) of an organisation now."""
    return Contact.objects.filter(organisation=organisation, person=person, role="trusted", until__isnull=True).exists()


def warnings_of(organisation: Organisation, person: Person) -> QuerySet[Warned]:
    """The warnings of an organisation that somebody of it may see.

    Of its own desk what is not for others by name. Of another desk by label: the trusted contact, and who was given a warning to
    handle, see TLP:AMBER too; everybody else CLEAR and GREEN.
    """
    own = Q(desk=organisation) & (_under("own") | Q(tlp="RED", advisory__in=named_for(organisation, person)))
    wide, narrow = _under("trusted"), _under("constituency")
    trusted = is_trusted(organisation, person)
    told = wide if trusted else narrow | (wide & Q(handler=person))
    return Warned.objects.filter(Q(organisation=organisation), own | (~Q(desk=organisation) & told))


def _under(relation: Relation) -> Q:
    """The condition that such a reader may see a warning: by the label under which it was told, and by that of its advisory now,
    which is stricter from the moment that a revision comes in until it is followed."""
    seen = labels(relation)
    return Q(tlp__in=seen, advisory__tlp__in=seen)


def hidden_of(organisation: Organisation, person: Person) -> int:
    """How many warnings of an organisation somebody may not see; that they are there is no secret within it."""
    return Warned.objects.filter(organisation=organisation).count() - warnings_of(organisation, person).count()


def warnings_by(desk: Organisation, person: Person) -> QuerySet[Warned]:
    """The warnings that a desk sent, as far as somebody of the desk may see what they are about."""
    return Warned.objects.filter(desk=desk, advisory__in=advisories_of(desk, person))
