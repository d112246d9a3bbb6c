"""dijkwacht tick, accounts and next-questions."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.mailing import send_waiting as send_warnings
from dijkwacht.apps.advisories.services.ticking import tick as tick_advisories
from dijkwacht.apps.ensia.services.reminding import remind
from dijkwacht.apps.incidents.services.alerting import send_waiting as send_terms
from dijkwacht.apps.incidents.services.registering import watch_all
from dijkwacht.apps.incidents.services.settling import settle_all as settle_incidents
from dijkwacht.apps.incidents.services.ticking import fire
from dijkwacht.apps.incidents.services.weighing import ask_again
from dijkwacht.apps.ledger.queries.questions import open_questions
from dijkwacht.apps.ledger.queries.verdicts import tallies
from dijkwacht.apps.ledger.services.due import settle
from dijkwacht.apps.ledger.services.due import tick as tick_all
from dijkwacht.apps.order.services import warning as order_terms
from dijkwacht.apps.order.services.signals import erase_due
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.services.alerting import send_waiting
from dijkwacht.apps.perimeter.services.issues import reopen_ended
from dijkwacht.apps.perimeter.services.runs import plan
from dijkwacht.apps.perimeter.services.settling import settle_all as settle_measured
from dijkwacht.apps.suppliers.services import review_mails
from dijkwacht.apps.suppliers.services.concluding import expire as expire_reviews
from dijkwacht.apps.suppliers.services.telling import settle_all as settle_suppliers
from dijkwacht.commands import Outcome
from dijkwacht.commands.register import pass_on_measured
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import norms_on
from dijkwacht.pulse import Pulse
from dijkwacht.web.terms import status_word, text_of


class UnknownAccount(LookupError):
    """No account of that name in the packs in force."""


def tick(
    *, on: date, at: datetime, limit: int | None, progress: Callable[[int, int, Organisation], None] | None,
    pulse: Pulse | None = None,
) -> Outcome:  # fmt: skip
    """Tells the ledger what was measured, judges what is due, warns and reminds, plans measurements. ``pulse``: times it."""
    part = (pulse or Pulse("tick", at=at)).part
    fired = part("terms", fire, at=at)  # first: a legal term waits for nothing else
    mails = part("mails_terms", send_terms, at=at)
    ordered = part("terms_decisions", order_terms.warn, at=at)
    mails += part("mails_decisions", order_terms.send_waiting, at=at)
    asked, told = part("weighings", ask_again, at=at), part("runs", settle_measured, on=on, at=at)
    products = part("registers", pass_on_measured, on=on, at=at)
    registrations, incidents_told = part("registrations", watch_all, at=at), part("incidents", settle_incidents, at=at)
    suppliers_told, reviews_ended = part("suppliers", settle_suppliers, at=at), part("reviews", expire_reviews, at=at)
    erased = part("signals", erase_due, at=at)
    advised = part("advisories", tick_advisories, at=at)
    done = part("judging", tick_all, on=on, at=at, limit=limit, progress=progress)
    reopened, planned = part("issues", reopen_ended, on=on, at=at), part("plan", plan, at=at)
    faults = Faults(advised.faults)
    mails += part("reminders", remind, on=on, at=at).sent + part("mails_perimeter", send_waiting, at=at)
    mails += part("mails_advisories", send_warnings, at=at, faults=faults)
    mails += part("mails_reviews", review_mails.send_waiting, at=at)
    data = {
        "organisations": done.organisations, "turned": done.turned, "left": done.left, "mails": mails,
        "terms_fired": fired.clocks, "warnings": fired.alerts, "weighings_asked": asked, "registrations": registrations,
        "incidents_told": incidents_told, "suppliers_told": suppliers_told, "reviews_ended": reviews_ended,
        "signals_erased": erased, "order_terms": ordered,
        "runs_told": told, "issues_reopened": reopened, "names_planned": planned.names,
        "registers_measured": products, "advisories": {**asdict(advised), "faults": faults.count},
    }  # fmt: skip
    return Outcome(data, list(_told(data)))


def _told(data: dict[str, Any]) -> Iterator[str]:
    """What a tick did, in lines."""
    yield _("%(organisations)s organisations judged, %(turned)s verdicts turned, %(left)s left.") % data
    if data["names_planned"]:
        yield _("%(names_planned)s names wait to be measured.") % data
    if data["warnings"]:
        yield _("%(warnings)s warnings of legal terms.") % data
    if data["advisories"]["warned"]:
        yield _("%(warned)s organisations warned of an advisory.") % data["advisories"]
    if data["advisories"]["calls"]:
        yield _("%(calls)s calls to make about warnings nobody took note of.") % data["advisories"]
    if data["advisories"]["faults"]:
        yield _("%(faults)s times something went wrong in warnings; it stands in the log.") % data["advisories"]
    if data["mails"]:
        yield _("%(mails)s mails sent.") % data


def accounts(organisation: Organisation, *, on: date, at: datetime, today: date) -> Outcome:
    """Every account in force on a day, counted per verdict as its addressee takes it.

    What is due is judged first; for another day than today all is counted on the spot and nothing is written.
    """
    if on == today:
        settle(organisation, on=on, at=at)
    norms, counted = norms_on(on), tallies(organisation, on=on)
    data: list[dict[str, Any]] = []
    lines: list[str] = []
    for name, account in norms.accounts.items():
        tally = counted[name]
        counts = {str(status): getattr(tally, status) for status in Status}
        data.append(
            {
                "organisation": organisation.slug, "account": name, "addressee": text_of(account.addressee), "counts": counts,
                "lines": tally.lines, "answered": tally.answered, "reuse": tally.reuse and round(tally.reuse, 2),
            }
        )  # fmt: skip
        told = ", ".join(f"{status_word(status)} {getattr(tally, status)}" for status in Status)
        reuse = _("reuse %(factor).2f") % {"factor": tally.reuse} if tally.reuse else ""
        lines.append(f"{text_of(account.name)[:60]:<60}  {told}" + (f"; {reuse}" if reuse else ""))
    return Outcome(data, lines)


def questions(organisation: Organisation, *, on: date, account: str | None, role: str | None, limit: int) -> Outcome:
    """What to ask first."""
    norms, requirements = norms_on(on), None
    if account is not None:
        if account not in norms.accounts:
            raise UnknownAccount(f"no account {account}; there are {', '.join(norms.accounts)}")
        requirements = norms.accounts[account].requirements
    found = open_questions(organisation, on=on, requirements=requirements, role=role)
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    data = [
        {
            "subject": each.subject, "fact": each.fact_type, "settles": each.settles, "touches": each.touches,
            "question": _asked(norms.fact_types.get(each.fact_type), language),
            "answered_by": getattr(norms.fact_types.get(each.fact_type), "answered_by", None),
        }
        for each in found[:limit]
    ]  # fmt: skip
    lines = [f"{each['settles']:>4}  {each['subject']}: {each['question']}" for each in data]
    left = ngettext("%(n)s question left", "%(n)s questions left", len(found)) % {"n": len(found)}
    return Outcome({"left": len(found), "questions": data}, [*lines, left])


def _asked(fact_type: Any, language: str) -> str:
    return str(fact_type.question.get(language, fact_type.id)) if fact_type is not None else ""
