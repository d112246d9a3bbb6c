"""``crime refer``: whom a victim turns to, by the rules that the pages use. Needs no database and keeps nothing."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from dijkwacht.apps.crime.words_referral import URGENCIES
from dijkwacht.commands import Outcome
from dijkwacht.core.first_hour import first_steps
from dijkwacht.core.referral import Direction, directions, known
from dijkwacht.norms.crime_first_hour import first_hour_pack
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.terms import text_of


def refer(said: Sequence[tuple[str, str]]) -> Outcome:
    """The desks in order, and what to do in the first hour. Not well when an answer is none of ours, so none is missed."""
    pack = crime_packs().referral
    options = {each.id: [one.id for one in each.options] for each in pack.questions}
    if problems := list(_wrong(said, options)):
        return Outcome({"directions": [], "problems": problems}, problems, well=False)
    answers = {name: [value for one, value in said if one == name] for name, _value in said}
    found = directions(pack, answers)
    steps = [text_of(each.text) for each in first_steps(first_hour_pack(), known(pack, answers))]
    data = {
        "as_of": pack.as_of.isoformat(),
        "directions": [_told(each) for each in found],
        "first_hour": steps,
        "problems": [],
    }
    return Outcome(data, [*_lines(found), "", *(f"- {step}" for step in steps)])


def _wrong(said: Sequence[tuple[str, str]], options: dict[str, list[str]]) -> Iterator[str]:
    several = {each.id for each in crime_packs().referral.questions if each.several}
    for name, value in said:
        if name not in options:
            yield _("%(name)s is no question: %(known)s.") % {"name": name[:40], "known": ", ".join(options)}
        elif value not in options[name]:
            words = {"value": value[:40], "name": name, "known": ", ".join(options[name])}
            yield _("%(value)s is no answer to %(name)s: %(known)s.") % words
    for name in sorted({one for one, _value in said} & options.keys() - several):
        if len({value for one, value in said if one == name}) > 1:
            yield _("%(name)s has one answer, not more.") % {"name": name}


def _told(each: Direction) -> dict[str, object]:
    point = each.point
    return {
        "desk": point.id, "name": text_of(point.name), "urgency": str(each.urgency), "number": point.number,
        "find": text_of(point.find) if point.find else "", "reasons": [text_of(one) for one in each.reasons],
        "source": point.source, "checked": point.checked,
    }  # fmt: skip


def _lines(found: Sequence[Direction]) -> Iterator[str]:
    for number, each in enumerate(found, start=1):
        how = each.point.number or (text_of(each.point.find) if each.point.find else "")
        line = f"{number}. {URGENCIES[each.urgency]}: {text_of(each.point.name)}. {how}".rstrip()
        doubt = "" if each.point.checked else _("No source was read for this desk.")
        yield f"{line} {doubt}".rstrip()
