"""The picture of a municipality as the page, the files and the command tell it."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.crime import words_figures as say
from dijkwacht.apps.crime.models.figures import Edition, LocalCounts
from dijkwacht.apps.crime.queries.figures import PEOPLE, POLICE, VICTIMS
from dijkwacht.apps.crime.queries.picture import Picture
from dijkwacht.core.crime.periods import month_of
from dijkwacht.core.crime.picture import YEAR, Against, Cell, Registered, Step, Surveyed, Why
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web import charts, crime_charts
from dijkwacht.web.moments import day_words
from dijkwacht.web.templatetags.ui import text_of

SHOWN = 24  # months in the drawing
SCALES = {"victim": 25.0}  # per cent at the end of the line; more is cut off there, the figure tells it


def answer(picture: Picture) -> str:
    """The picture in two sentences under the title."""
    victim, cyber = picture.survey.get("victim"), next(iter(picture.registered.values()), None)
    told = []
    if victim is not None and victim.now.value is not None:
        words = {
            "part": say.percent(victim.now.value),
            "area": area_words(victim),
            "year": say.period_words(victim.now.period),
        }
        told.append(_("%(part)s was a victim of online crime in %(year)s (%(area)s).") % words)
    if cyber is not None:
        told.append(_registered_answer(cyber))
    elif not picture.where.municipality:
        told.append(_("Say which municipality you are; then the registrations stand here too."))
    elif POLICE in picture.told:
        told.append(
            _(
                "The table of the police has no figure of %(code)s in these twelve months. After a merger a code is another one."
            )
            % {"code": picture.where.municipality}
        )
    else:
        told.append(_("Of registrations nothing is known here yet."))
    return " ".join(told)


def _registered_answer(each: Registered) -> str:
    name = text_of(crime_packs().figures.topics[each.topic].name).lower()
    if not each.now.answered:
        said = _("How often the police registered %(topic)s is suppressed: small numbers are not told.")
    elif each.now.answered < YEAR:
        said = _("The police registered %(total)s × %(topic)s in the %(months)s of twelve months that have a figure.")
    else:
        said = _("The police registered %(total)s × %(topic)s in twelve months.")
    return said % {"total": say.whole(each.now.total), "topic": name, "months": each.now.answered}


def area_words(each: Surveyed) -> str:
    """Of which area a figure is, by name and kind."""
    if each.area.step is Step.COUNTRY:
        return str(say.STEPS[Step.COUNTRY])
    return f"{each.area.name}, {say.STEPS[each.area.step]}"


def survey_rows(picture: Picture) -> list[dict[str, Any]]:
    """What the survey tells: victims first, then how many of them told anybody."""
    least = say.whole(crime_packs().figures.survey_least)
    rows: list[dict[str, Any]] = []
    for measure, each in picture.survey.items():
        now = each.now
        if now.value is None:
            continue
        figure = say.share_words(now.value, now.lower, now.upper)
        title = f"{say.SHORT[measure]}: {figure}"
        rows.append({
            "measure": measure, "what": say.MEASURES[measure], "figure": figure, "area": area_words(each),
            "period": say.period_words(now.period), "why": str(say.WHY[each.why]) % {"least": least},
            "own": each.why is Why.OWN, "bounded": now.interval is not None, "change": _survey_change(each),
            "source": _source(picture, VICTIMS, packed=measure in picture.packed),
            "drawn": crime_charts.bounds(now.value, now.lower, now.upper, of=SCALES.get(measure, 100.0), title=title),
            "most": f"{SCALES.get(measure, 100.0):g}%",
            "explain": not rows or rows[-1]["area"] != area_words(each),
        })  # fmt: skip
    return rows


def _survey_change(each: Surveyed) -> str:
    if each.before is None or each.before.value is None:
        return ""
    told = {"before": say.period_words(each.before.period), "value": say.percent(each.before.value)}
    if each.change is None:
        return _("In %(before)s it was %(value)s; without bounds of both nothing can be said of the difference.") % told
    return str(say.CHANGES[each.change]) % told


def registered_rows(picture: Picture) -> list[dict[str, Any]]:
    """What the police registered, per topic in the order of the pack."""
    topics = crime_packs().figures.topics
    return [
        {
            "topic": topic, "name": text_of(topics[topic].name), "text": text_of(topics[topic].text),
            "figure": say.whole(each.now.total) if each.now.answered else _("suppressed"),
            "span": _span(each),
            "rate": say.rate_words(each.now.rate) if each.now.answered else "",
            "holes": _holes(each), "change": _registered_change(each), "like": _like_words(picture, topic),
            "drawn": _drawn(topic, picture.months[topic], each),
            "left_out": _("%(month)s is left out: the newest month is not complete.") % {
                "month": say.period_words(each.left_out),
            },
        }
        for topic, each in picture.registered.items()
    ]  # fmt: skip


def _span(each: Registered) -> str:
    """Which months, and of how many of them there is a figure when not of all."""
    told = {"first": say.period_words(each.now.first), "last": say.period_words(each.now.last), "n": each.now.answered}
    if 0 < each.now.answered < YEAR:
        return _("%(first)s to %(last)s, a figure of %(n)s months") % told
    return _("%(first)s to %(last)s") % told


def _holes(each: Registered) -> str:
    """Months that are suppressed or not there, in words; empty when all twelve have a figure."""
    told = []
    if n := each.now.suppressed:
        told.append(
            ngettext(
                "%(n)s month is empty: suppressed because the number is small, which is not zero.",
                "%(n)s months are empty: suppressed because the number is small, which is not zero.", n,
            ) % {"n": n}
        )  # fmt: skip
        if each.now.answered:
            told.append(_("Such months are low and count in no rate, so the rate is rather too high than too low."))
    if n := each.now.absent:
        told.append(ngettext("%(n)s month is not in the table.", "%(n)s months are not in the table.", n) % {"n": n})
    return " ".join(told)


def _registered_change(each: Registered) -> str:
    if each.before is None:
        return _("There are no twelve months before to compare with.")
    if each.unlike:
        return _("Not compared with the year before: of some months there is no figure.")
    if each.change is None:
        return ""
    told = {"before": _("the year before"), "value": say.whole(each.before.total)}
    return str(say.CHANGES[each.change]) % told


def _like_words(picture: Picture, topic: str) -> str:
    each, own = picture.like[topic], picture.registered[topic].now
    if own.suppressed and each.against is not Against.TOO_FEW:
        return _("Not compared with municipalities of the same size: of suppressed months the number is not known.")
    said = str(say.AGAINST[each.against]) % {"n": say.whole(each.n)}
    if each.against is Against.TOO_FEW or each.middle is None:
        return said
    low, high = (number_format(part, 1, use_l10n=True) for part in each.middle)
    return _("%(said)s Half of them lie between %(low)s and %(high)s.") % {"said": said, "low": low, "high": high}


def _drawn(topic: str, months: Sequence[Cell], each: Registered) -> dict[str, str]:
    """Two years of months as a drawing, and the same as a table."""
    by_month = {cell.period.month: cell.value for cell in months}
    last = each.now.last.month
    span = range(last - SHOWN + 1, last + 1)
    values: list[float | str | None] = [by_month.get(month, "") for month in span]
    title = _("Registered per month, %(first)s to %(last)s") % {
        "first": say.period_words(month_of(span[0])), "last": say.period_words(each.now.last),
    }  # fmt: skip
    rows = [
        (say.period_words(month_of(month)), _("suppressed") if value is None else say.whole(round(value)))
        for month, value in zip(span, values, strict=True)
        if not isinstance(value, str)
    ]
    text = ", ".join(f"{month}: {value}" for month, value in rows)
    key = f"months-{topic.replace('.', '-')}"
    return {
        "title": title,
        "most": _("the longest bar is %(most)s")
        % {"most": say.whole(max((round(each) for each in values if isinstance(each, float)), default=0))},
        "svg": crime_charts.month_bars(values, key=key, title=title, text=text),
        "table": charts.table((_("Month"), _("Registered")), rows, caption=title),
    }


def local_rows(files: Sequence[LocalCounts]) -> list[dict[str, Any]]:
    """Counts that were brought, each with its source; the newest period of a source first, never by size."""
    names = crime_packs().catalogue.phenomena
    rows = [
        {
            "source": source, "period": say.period_words(period), "code": period, "made_up": each.made_up,
            "phenomenon": text_of(names[phenomenon].name) if phenomenon in names else phenomenon,
            "count": _("fewer than %(bound)s") % {"bound": each.bound} if count is None else say.whole(count),
            "file": each.name, "on": day_words(each.at.date()),
        }
        for each in files
        for source, period, phenomenon, count in each.counts
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["source"].casefold(), row["phenomenon"].casefold()))
    return sorted(rows, key=lambda row: row["code"], reverse=True)


def _source(picture: Picture, table: str, *, packed: bool = False) -> str:
    if packed or table not in picture.told:
        figures = crime_packs().figures
        national = figures.national[0]
        return _("%(source)s, as known on %(day)s") % {"source": national.source, "day": day_words(national.as_of)}
    edition = picture.told[table]  # of all here: who brought it can be asked, and answers for it
    return _("%(said)s, brought by %(who)s") % {"said": source_words(edition), "who": edition.organisation.name}


def source_words(edition: Edition) -> str:
    """Which table, when fetched, and whether it is invented."""
    shape = crime_packs().figures.shapes[edition.table]
    said = _("%(publisher)s %(table)s, fetched on %(day)s") % {
        "publisher": text_of(shape.publisher), "table": edition.table, "day": day_words(edition.fetched_on),
    }  # fmt: skip
    return _("%(said)s, invented for the demo") % {"said": said} if edition.made_up else said


def context_of(picture: Picture) -> dict[str, Any]:
    """All that the template needs of a picture."""
    pack = crime_packs().figures
    rows = survey_rows(picture)
    lacking = [each for each in (VICTIMS, POLICE, PEOPLE) if each not in picture.told]
    return {
        "picture": picture, "answer": answer(picture), "victim": next((row for row in rows if row["measure"] == "victim"), None),
        "told": [row for row in rows if row["measure"] != "victim"], "registered": registered_rows(picture),
        "police": _source(picture, POLICE) if POLICE in picture.told else "",
        "people": _source(picture, PEOPLE) if PEOPLE in picture.told else "",
        "made_up": any(each.made_up for each in picture.told.values()),
        "lacking": [(each, text_of(pack.shapes[each].name)) for each in lacking],
        "notes": [(text_of(text), source) for text, source in pack.context],
        "doubts": [text_of(pack.shapes[each].uncertain) for each in (VICTIMS, POLICE, PEOPLE) if each in picture.told],
    }  # fmt: skip
