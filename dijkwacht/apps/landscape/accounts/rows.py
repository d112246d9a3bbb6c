"""Lists and tables that several accounts of the covenant share."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from dijkwacht.apps.landscape.models import Area, HowPressing, HowReal, NeedStatus
from dijkwacht.apps.landscape.queries.covenant import Stand
from dijkwacht.apps.landscape.queries.initiatives import Either
from dijkwacht.apps.landscape.queries.needs import Seen
from dijkwacht.apps.landscape.words import covenant as say
from dijkwacht.apps.landscape.words.needs import breadth
from dijkwacht.core.covenant.needs import OPEN, Status
from dijkwacht.core.covenant.papers import Account, Citing, Part
from dijkwacht.core.covenant.stand import Course
from dijkwacht.norms.covenant import initiatives_pack, needs_pack
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of

ENDED = (Course.LAPSED, Course.DONE)


def framed(
    stand: Stand, product: str, *, lead: str, parts: Iterable[Part], cite: Citing, unknown: Iterable[str]
) -> Account:
    """An account with what each of them says of itself: for whom, on what basis, of which day, from which packs."""
    of = next(each for each in stand.pack.products if each.id == product)
    doubts = [*unknown, text_of(of.uncertain)]
    if stand.later:
        doubts.append(
            _(
                "Of needs, something was written or said after this day. What stood there before is not kept and is left out."
            )
        )
    if stand.on < stand.pack.as_of:
        doubts.append(
            _("What public sources say stands here as known on %(day)s, which is later.")
            % {"day": day_words(stand.pack.as_of)}
        )
    packs = _("covenant %(covenant)s, needs %(needs)s, initiatives %(runs)s, landscape %(landscape)s; as of %(day)s") % {
        "covenant": stand.pack.version, "needs": needs_pack().version, "runs": initiatives_pack().version,
        "landscape": stand.landscape.version, "day": day_words(stand.pack.as_of),
    }  # fmt: skip
    return Account(
        product, text_of(of.title), stand.organisation.name, text_of(of.audience), of.basis, stand.on.isoformat(), lead,
        tuple(parts), tuple(cite.figures), tuple(dict.fromkeys(each for each in doubts if each)), packs,
    )  # fmt: skip


def challenges(stand: Stand) -> Part:
    """Per system challenge how many needs, what runs, and how far what was agreed came. Counts, no grade."""
    rows = []
    for each in stand.pack.challenges:
        found = stand.standing(each.id)
        still = sum(n for status, n in found.needs.items() if status in OPEN)
        needs = {"open": still, "met": found.needs[Status.MET], "dropped": found.needs[Status.DROPPED]}
        words = {"open": _("open"), "met": _("met"), "dropped": _("not taken up")}
        rows.append(
            (
                text_of(each.title), say.counted(needs, words), say.counted(_courses(found.running), _course_words()),
                say.counted(found.agreed, say.COMES), str(found.gaps) if found.gaps else "–",
            )
        )  # fmt: skip
    heads = (_("System challenge"), _("Needs"), _("Initiatives"), _("Agreed or announced"), _("Gaps in the landscape"))
    return Part(_("Stand of the three system challenges"), heads=heads, rows=tuple(rows))


def _courses(counts: Mapping[Course, int]) -> dict[str, int]:
    runs = counts.get(Course.RUNNING, 0) + counts.get(Course.LAPSING, 0)
    return {
        "runs": runs, "planned": counts.get(Course.PLANNED, 0), "lapsed": counts.get(Course.LAPSED, 0),
        "done": counts.get(Course.DONE, 0), "unknown": counts.get(Course.UNKNOWN, 0),
    }  # fmt: skip


def _course_words() -> dict[str, str]:
    return {
        "runs": _("under way"), "planned": _("still to begin"), "lapsed": _("lapsed"), "done": _("finished"),
        "unknown": _("announced"),
    }  # fmt: skip


def agreed(stand: Stand) -> Part:
    """What was agreed or announced, how far it came, and why."""
    titles = say.titles_of(stand)
    challenge = {each.id: text_of(each.title) for each in stand.pack.challenges}
    rows = tuple(
        (
            text_of(each.text), challenge[each.challenge], day_words(each.due) if each.due else _("no day was named"),
            str(say.COMES[judged.come]), say.why(judged, titles),
            f"{each.source} ({say.CONFIDENCE[each.confidence]})",
        )
        for each, judged in stand.agreed
    )  # fmt: skip
    heads = (_("Agreed or announced"), _("System challenge"), _("Before"), _("How far"), _("Why"), _("Source"))
    return Part(_("What was agreed, and how far it came"), heads=heads, rows=rows)


def needs(seen: Sequence[Seen], name: str) -> Part:
    """What the letter to parliament asks of each need: how widely felt, how realistic, how pressing, who acts."""
    none = _("not said")
    rows = tuple(
        (
            each.title, str(Area(each.area).label), breadth(each.weighed.voices),
            str(HowReal(each.weighed.realism).label) if each.weighed.realism else none,
            str(HowPressing(each.weighed.priority).label) if each.weighed.priority else none,
            each.weighed.holder or _("nobody known"), str(NeedStatus(each.weighed.status).label),
        )
        for each in seen
    )  # fmt: skip
    heads = (
        _("Need"), _("Area"), _("How widely felt"), _("How realistic"), _("Priority"), _("Who acts"), _("Where it stands"),
    )  # fmt: skip
    return Part(name, heads=heads, rows=rows)


def runs(found: Sequence[Either], stand: Stand, name: str) -> Part:
    """Initiatives with who keeps them going, until when, and what they should meet."""
    titles = {each.key: each.title for each in stand.needs}
    rows = tuple(
        (
            each.title, each.owner, day_words(each.ends) if each.ends else _("no end was found"),
            str(say.PACK_COURSES[each.course]), "; ".join(titles[key] for key in each.closes if key in titles) or "–",
        )
        for each in found
    )  # fmt: skip
    heads = (
        _("Initiative"),
        _("Who keeps it going"),
        _("Last day"),
        _("Where it stands"),
        _("Needs that it should meet"),
    )
    return Part(name, heads=heads, rows=rows)
