"""Accounts of the covenant: making one, its files; and lessons of exercises that become needs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from dijkwacht.adapters import covenant_paper
from dijkwacht.adapters.covenant_paper import TYPES
from dijkwacht.apps.exercises.models import Lesson, LessonKind
from dijkwacht.apps.landscape.accounts import account
from dijkwacht.apps.landscape.models import Area, Need, Paper, TakenOver
from dijkwacht.apps.landscape.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.covenant.papers import Account, account_of, digest, plain
from dijkwacht.web.moments import day_of, day_words

__all__ = ["TYPES", "File", "file_of", "make", "now", "take_over"]
LANGUAGE = "nl"
"""Accounts go to a council, a ministry or parliament: they are written in Dutch, whoever makes them."""


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


def make(organisation: Organisation, *, product: str, on: date, person: Person, at: datetime) -> Paper:
    """Keeps an account as it is on a day, with the digest of its content in the trail. Raises Refused: odd (no such account),
    future, unchanged (the last one made of that day says the same)."""
    if on > day_of(at):
        raise Refused("future")
    with doing(organisation, person=person, at=at) as deed:
        try:
            with translation.override(LANGUAGE):
                content = plain(account(organisation, product, on=on))
        except KeyError:
            raise Refused("odd") from None
        value = digest(content)
        last = Paper.objects.filter(organisation=organisation, product=product, on=on).first()
        if last is not None and last.digest == value:
            raise Refused("unchanged")
        made = Paper.objects.create(
            organisation=organisation, product=product, on=on, made_at=at, by=person, content=content, digest=value
        )
        deed.write(
            "product_made",
            about=f"paper:{made.pk}",
            rows=[made],
            name=content["title"],
            on=on.isoformat(),
            digest=value,
        )
    return made


def file_of(paper: Paper, form: str) -> File:
    """One file of an account that was made: always the same bytes. Raises KeyError for a form that is not there."""
    with translation.override(LANGUAGE):
        made = covenant_paper.Made(
            account_of(paper.content), paper.made_at, paper.digest, day_words(paper.on), LANGUAGE
        )
        content = covenant_paper.write(made, _labels(), form)
    name = f"{paper.organisation.slug}-convenant-{paper.product}-{paper.on.isoformat()}.{form}"
    return File(name, TYPES[form], content)


def now(organisation: Organisation, paper: Paper) -> Account:
    """The same account of the same day, made of what is known now, to hold beside it."""
    with translation.override(LANGUAGE):
        return account(organisation, paper.product, on=paper.on)


def take_over(organisation: Organisation, *, lesson: Lesson, person: Person, at: datetime) -> Need:
    """A lesson of an exercise becomes a need of its own organisation. Raises Refused: no_need, taken, another."""
    if lesson.session.organisation_id != organisation.pk:
        raise Refused("another")
    if lesson.kind != LessonKind.NEED:
        raise Refused("no_need")
    with doing(organisation, person=person, at=at) as deed:
        if TakenOver.objects.filter(organisation=organisation, lesson=lesson.pk).exists():
            raise Refused("taken")
        title = " ".join(lesson.text.split())
        made = Need.objects.create(
            organisation=organisation, title=title if len(title) <= 200 else f"{title[:199]}…", needed=lesson.text,
            area=Area.DISRUPTION, raised_on=day_of(at), raised_by=person,
        )  # fmt: skip
        row = TakenOver.objects.create(organisation=organisation, lesson=lesson.pk, need=made, on=day_of(at), by=person)
        deed.write("need_raised", about=f"need:{made.pk}", rows=[made, row], name=made.title)
    return made


def _labels() -> covenant_paper.Labels:
    return covenant_paper.Labels(
        audience=_("For"), basis=_("Basis"), day=_("As of"), packs=_("Rests on packs"), made=_("Made"), digest=_("Digest"),
        figures=_("Where the figures come from"), figure=(_("No."), _("Figure"), _("What it counts"), _("Source")),
        unknown=_("What this account cannot say"), page=_("page {page} of {pages}"),
        part=(_("Part"), _("Line"), _("Text")), licence="CC0-1.0",
    )  # fmt: skip
