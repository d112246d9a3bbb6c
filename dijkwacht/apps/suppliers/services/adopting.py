"""Adopting what a joint review found: join it, take over what came out for a supplier of one's own, and let go of it again.

That somebody joins stands in the trail of who keeps the review; that it adopts or lets go stands in its own. Adopting and letting
go write in both, so both chains are locked first, always in one order: two who adopt from each other never wait for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services import subjects
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.judging import Judged
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person, Share, ShareKind
from dijkwacht.apps.suppliers.models import (
    Adoption,
    Party,
    PartyRole,
    Review,
    ReviewPhase,
    Service,
    Supplier,
)
from dijkwacht.apps.suppliers.services.doing import ACTOR, Deed, Refused, doing
from dijkwacht.core.access import Tlp
from dijkwacht.web.moments import day_of

LONGEST = 10_000
NO_LONGER = (ReviewPhase.DRAFT, ReviewPhase.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adoption that began or ended, and what it did to the lines of who adopted."""

    adoption: Adoption
    judged: Judged


def join(
    review: Review, *, organisation: Organisation, supplier: Supplier | None = None, person: Person | None, at: datetime
) -> Party:
    """An organisation takes part, to see what comes out. Stands in the trail of who keeps the review.

    Only who has that supplier in its register: by its KvK number, or ``supplier`` says who it is there. Raises Refused:
    not_open, run_out, joined_already, not_your_supplier, other_supplier.
    """
    on = day_of(at)
    with doing(review.organisation, person=None, at=at, actor=organisation.name) as deed:
        review = _fresh(review)
        if organisation.pk in (review.organisation_id, review.portal_id):
            raise Refused("joined_already")
        _check_open(review, organisation, on=on)
        if Party.objects.filter(review=review, organisation=organisation, ended_on__isnull=True).exists():
            raise Refused("joined_already")
        _check_supplier(review, supplier or _known_as(review, organisation), organisation)
        party = Party.objects.create(
            review=review, organisation=organisation, role=PartyRole.JOINED, since=on, added_by=person
        )
        deed.write("joined", about=f"joint_review:{review.pk}", rows=[party], title=review.title, who=organisation.name)
    return party


def adopt(
    review: Review,
    *,
    supplier: Supplier,
    service: Service | None = None,
    remark: str = "",
    person: Person | None,
    at: datetime,
    actor: str = "",
) -> Adopted:
    """Takes over what a concluded review found, for a supplier of one's own: its facts count from now till it runs out.

    Raises Refused: not_concluded, withdrawn, run_out, not_joined, no_facts, adopted_already, not_your_supplier, other_supplier,
    other_service, too_long.
    """
    on, organisation = day_of(at), supplier.organisation
    if len(remark) > LONGEST:
        raise Refused("too_long", field="remark")
    with _both(review, organisation, person=person, at=at, actor=actor) as deed:
        review = _fresh(review)
        _check_adoptable(review, organisation, on=on)
        _check_supplier(review, supplier, organisation)
        if service is not None and (service.supplier_id != supplier.pk or service.ended_on is not None):
            raise Refused("other_service", field="service")
        if Adoption.objects.filter(review=review, supplier=supplier, ended_on__isnull=True).exists():
            raise Refused("adopted_already")
        return _begin(deed, review, supplier, service, remark.strip(), verb="adopted")


def leave(adoption: Adoption, *, because: str = "", person: Person | None, at: datetime, actor: str = "") -> Adopted:
    """Lets go of a review: from now on what it found does not count here any more. Raises Refused: gone, too_long."""
    if len(because) > 300:
        raise Refused("too_long", field="because")
    with _both(adoption.review, adoption.organisation, person=person, at=at, actor=actor) as deed:
        adoption = _running(adoption)
        judged = _end(deed, adoption, because.strip())
        deed.write(
            "adoption_ended", about=f"supplier:{adoption.supplier_id}", rows=[adoption], title=adoption.review.title,
            turned=len(judged.changes),
        )  # fmt: skip
    return Adopted(adoption, judged)


def renew(adoption: Adoption, *, person: Person | None, at: datetime, actor: str = "") -> Adopted:
    """Adopts again what was concluded anew: until the day on which it now runs out, and for all that it now tells of.

    Raises Refused as `adopt` does, and gone.
    """
    with _both(adoption.review, adoption.organisation, person=person, at=at, actor=actor) as deed:
        adoption = _running(adoption)
        review = adoption.review
        _check_adoptable(review, adoption.organisation, on=day_of(at))
        _end(deed, adoption, "")
        return _begin(
            deed, review, adoption.supplier, adoption.service, adoption.remark, verb="renewed", ended=adoption
        )


def end_for(review: Review, organisation: Organisation, *, person: Person | None, at: datetime) -> None:
    """Ends what an organisation adopted of a review that it no longer takes part in; ``person``: of who keeps the review.

    In the trail of who adopted stands that the other did it, not who there. Call it with both chains locked.
    """
    for row in Adoption.objects.filter(review=review, organisation=organisation, ended_on__isnull=True):
        with doing(organisation, person=None, at=at, actor=str(review.organisation)) as deed:
            adoption = _running(row)
            because = _("%(name)s ended that you take part in the review.") % {"name": str(review.organisation)}
            judged = _end(deed, adoption, because[:300], by=person)
            deed.write(
                "adoption_taken", about=f"supplier:{adoption.supplier_id}", rows=[adoption], title=review.title,
                turned=len(judged.changes),
            )  # fmt: skip


def adopted_for(supplier: Supplier) -> list[Adoption]:
    """What was adopted for a supplier and not let go of."""
    rows = Adoption.objects.filter(supplier=supplier, ended_on__isnull=True, review__subject__isnull=False)
    return list(rows.select_related("review__organisation", "review__portal__business").order_by("pk"))


def end_with(deed: Deed, supplier: Supplier) -> list[Adoption]:
    """Ends what was adopted for a supplier with which we are done. Call it with the chains of who keeps those reviews locked."""
    rows = [_running(each) for each in adopted_for(supplier)]
    for each in rows:
        _end(deed, each, _("You have nothing more to do with this supplier."))
    return rows


def fact_types(review: Review) -> frozenset[str]:
    """The fact types of which a review tells something now: only lines that these touch turn by adopting it."""
    told = Fact.objects.filter(subject=review.subject_id, superseded_at__isnull=True)
    return frozenset(told.order_by().values_list("fact_type", flat=True).distinct())


def _begin(
    deed: Deed,
    review: Review,
    supplier: Supplier,
    service: Service | None,
    remark: str,
    *,
    verb: str,
    ended: Adoption | None = None,
) -> Adopted:
    """Share, link, row and entry of an adoption."""
    source, subject = review.subject, supplier.subject
    if source is None or subject is None:
        raise Refused("no_facts" if source is None else "not_your_supplier")
    on, rows = day_of(deed.at), [] if ended is None else [ended]
    _let_see(deed, review)
    adoption = Adoption.objects.create(
        review=review, organisation=deed.organisation, supplier=supplier, service=service, remark=remark,
        adopted_on=on, adopted_by=deed.person,
    )  # fmt: skip
    judged = subjects.adopt(
        subject, source=source, fact_types=fact_types(review), until=review.until, person=deed.person, on=on, at=deed.at,
        actor=deed.actor,
    )  # fmt: skip
    deed.write(
        verb, about=f"supplier:{supplier.pk}", rows=[*rows, adoption], title=review.title, until=review.until,
        turned=len(judged.changes),
    )  # fmt: skip
    return Adopted(adoption, judged)


def _end(deed: Deed, adoption: Adoption, because: str, *, by: Person | None = None) -> Judged:
    """Ends an adoption: the link, the share when nothing else of ours rests on it, and the row. ``by``: who of the organisation
    that keeps the review ends it; None when who adopted does.
    """
    review, on = adoption.review, day_of(deed.at)
    if review.subject is None or adoption.supplier.subject is None:
        raise Refused("gone")
    adoption.ended_on, adoption.ended_by, adoption.ended_because = on, deed.person, because
    adoption.save(update_fields=["ended_on", "ended_by", "ended_because"])
    judged = subjects.leave(
        adoption.supplier.subject, source=review.subject, fact_types=fact_types(review), person=deed.person, on=on,
        at=deed.at, actor=deed.actor, reason=because,
    )  # fmt: skip
    others = Adoption.objects.filter(review=review, organisation=deed.organisation, ended_on__isnull=True)
    if not others.exists():
        for share in _shares(review, deed.organisation):
            people.revoke_share(share, by=by, actor="" if by else deed.organisation.name[:ACTOR], at=deed.at)
    return judged


def _let_see(deed: Deed, review: Review) -> None:
    """Who keeps a review shares what came out with who adopts it, till it runs out; with itself it need not."""
    recipient, on = deed.organisation, day_of(deed.at)
    if review.organisation_id == recipient.pk or review.subject is None:
        return
    running = _shares(review, recipient)
    if any(each.valid_to == review.until for each in running):
        return
    for share in running:  # of an earlier conclusion
        people.revoke_share(share, by=None, actor=recipient.name[:ACTOR], at=deed.at)
    people.share(
        review.organisation, recipient=recipient, kind=ShareKind.FACT, what=what_of(review), tlp=review.tlp,
        valid_from=min(day_of(review.opened_at), on), valid_to=review.until, by=None, actor=recipient.name[:ACTOR], at=deed.at,
    )  # fmt: skip


def what_of(review: Review) -> str:
    """How a share names what came out of a review, once it has."""
    return f"{review.subject.key}|supplier.*" if review.subject is not None else ""


def _shares(review: Review, recipient: Organisation) -> list[Share]:
    rows = Share.objects.filter(
        owner=review.organisation_id, recipient=recipient, kind=ShareKind.FACT, what=what_of(review),
        revoked_at__isnull=True,
    )  # fmt: skip
    return list(rows)


@contextmanager
def _both(
    review: Review, organisation: Organisation, *, person: Person | None, at: datetime, actor: str
) -> Iterator[Deed]:
    """A deed of who adopts, with the chain of who keeps the review locked too."""
    with both(review.organisation, organisation), doing(organisation, person=person, at=at, actor=actor) as deed:
        yield deed


@contextmanager
def both(*organisations: Organisation) -> Iterator[None]:
    """A transaction with the chains of these organisations locked, always in one order."""
    with transaction.atomic():
        for each in sorted(set(organisations), key=lambda each: each.pk):
            lock(each)
        yield


def _fresh(review: Review) -> Review:
    """The review as it is now that its chain is locked."""
    return Review.objects.select_related("organisation", "subject__organisation", "portal__business").get(pk=review.pk)


def _running(adoption: Adoption) -> Adoption:
    """An adoption as it is now. Raises Refused (gone) when it ended."""
    rows = Adoption.objects.select_related(
        "organisation", "service", "supplier__subject__organisation", "review__organisation", "review__subject",
        "review__portal__business",
    )  # fmt: skip
    found = rows.filter(pk=adoption.pk, ended_on__isnull=True).first()
    if found is None:
        raise Refused("gone")
    return found


def _check_open(review: Review, organisation: Organisation, *, on: date) -> None:
    """Whether an organisation may join: a supplier does not, nor who was sent away, and a review with TLP:RED goes no further."""
    sent_away = Party.objects.filter(review=review, organisation=organisation, ended_on__isnull=False)
    closed = review.phase in NO_LONGER or review.tlp == Tlp.RED
    if closed or organisation.kind == OrganisationKind.SUPPLIER or sent_away.exists():
        raise Refused("not_open")
    if review.until is not None and on >= review.until:
        raise Refused("run_out")


def _check_adoptable(review: Review, organisation: Organisation, *, on: date) -> None:
    if review.phase == ReviewPhase.WITHDRAWN:
        raise Refused("withdrawn")
    if review.phase != ReviewPhase.CONCLUDED:
        raise Refused("not_concluded")
    if review.until is not None and on >= review.until:
        raise Refused("run_out")
    part = Party.objects.filter(review=review, organisation=organisation, ended_on__isnull=True)
    if review.organisation_id != organisation.pk and not part.exists():
        raise Refused("not_joined")


def _check_supplier(review: Review, supplier: Supplier | None, organisation: Organisation) -> None:
    """Whether this is the supplier of the review in the register of an organisation. What has no number is taken on trust."""
    if supplier is None or supplier.organisation_id != organisation.pk:
        raise Refused("not_your_supplier", field="supplier")
    if supplier.ended_on is not None or supplier.merged_into_id is not None or supplier.subject_id is None:
        raise Refused("not_your_supplier", field="supplier")
    kvk = kvk_of(review)
    if kvk and supplier.kvk and supplier.kvk != kvk:
        raise Refused("other_supplier", field="supplier", name=supplier.name)


def check_number(supplier: Supplier, kvk: str) -> None:
    """Whether what was adopted for a supplier is about the one with this number. Raises Refused (kvk_adopted)."""
    for each in adopted_for(supplier) if kvk else ():
        if kvk_of(each.review) not in ("", kvk):
            raise Refused("kvk_adopted", field="kvk", title=each.review.title)


def kvk_of(review: Review) -> str:
    """The KvK number of who was asked; empty when it is not known."""
    business = getattr(review.portal, "business", None)
    return business.kvk if business is not None else ""


def _known_as(review: Review, organisation: Organisation) -> Supplier | None:
    """The supplier of a review in the register of an organisation, by its number."""
    kvk = kvk_of(review)
    mine = Supplier.objects.filter(
        organisation=organisation, ended_on__isnull=True, merged_into__isnull=True, subject__isnull=False
    )
    return mine.filter(kvk=kvk).first() if kvk else None
