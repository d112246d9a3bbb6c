"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.term_words import form_name, rule_names
from dijkwacht.apps.people.models import Organisation

SENTENCES = {
    "incidents.told": _("%(actor)s recorded incident %(name)s: “%(title)s”."),
    "incidents.changed": _("%(actor)s wrote what is known now of incident %(name)s."),
    "incidents.given": _("%(actor)s gave incident %(name)s to %(handler)s."),
    "incidents.hit": _("%(actor)s noted that %(subject_name)s was hit in incident %(name)s."),
    "incidents.unhit": _("%(actor)s noted that %(subject_name)s was not hit after all in incident %(name)s."),
    "incidents.contained": _("%(actor)s noted that incident %(name)s is contained."),
    "incidents.handled": _("%(actor)s noted that incident %(name)s has been handled."),
    "incidents.closed": _("%(actor)s closed incident %(name)s."),
    "incidents.reopened": _("%(actor)s opened incident %(name)s again."),
    "incidents.weighed": _("%(actor)s weighed whether incident %(name)s is significant, and decided."),
    "incidents.asked_again": _("%(actor)s asked to weigh incident %(name)s again: time changed the answers."),
    "incidents.noted": _("%(actor)s wrote in the timeline of incident %(name)s."),
    "incidents.task_added": _("%(actor)s added a task to incident %(name)s: “%(title)s”."),
    "incidents.task_done": _("%(actor)s finished a task of incident %(name)s: “%(title)s”."),
    "incidents.task_dropped": _("%(actor)s dropped a task of incident %(name)s: “%(title)s”."),
    "incidents.contact_added": _("%(actor)s added a contact to incident %(name)s."),
    "incidents.contact_ended": _("%(actor)s took away a contact of incident %(name)s."),
    "incidents.secured": _("%(actor)s secured exhibit %(label)s in incident %(name)s: “%(what)s”."),
    "incidents.handed_over": _(
        "%(actor)s noted that exhibit %(label)s of incident %(name)s went from %(given_by)s to %(taken_by)s."
    ),
    "incidents.message_logged": _("%(actor)s logged a message about incident %(name)s: %(party)s, %(channel)s."),
    "incidents.learned": _("%(actor)s wrote a lesson of incident %(name)s."),
    "incidents.lesson_done": _("%(actor)s finished an improvement from incident %(name)s."),
    "incidents.report_begun": _("%(actor)s began a report on incident %(name)s: %(form)s."),
    "incidents.report_dropped": _("%(actor)s dropped a report on incident %(name)s: %(form)s."),
    "incidents.report_sent": _("%(actor)s sent a report on incident %(name)s: %(form)s."),
    "incidents.receipt_noted": _("%(actor)s noted the receipt of %(receiver)s for incident %(name)s: %(receipt)s."),
    "incidents.answered": _("%(actor)s noted what %(receiver)s answered about incident %(name)s."),
    "incidents.seen": _("%(actor)s opened the report on incident %(name)s: %(form)s."),
    "incidents.warning_seen": _("%(actor)s said to have seen what was mailed about incident %(name)s."),
    "incidents.registration_seen": _("%(actor)s said to have seen what was mailed about the registration."),
    "incidents.terms_moved": _("%(actor)s moved terms, since their moment had come: %(terms)s."),
    "incidents.rehearsal_begun": _("%(actor)s began exercise %(name)s: “%(title)s”."),
    "incidents.rehearsal_run": _("%(actor)s let the clock of exercise %(name)s run on."),
    "incidents.on_duty": _("%(actor)s put %(who)s on duty."),
    "incidents.off_duty": _("%(actor)s took %(who)s off duty."),
    "incidents.registration_told": _("%(actor)s noted what the register of entities was told."),
    "incidents.registration_changed": _(
        "%(actor)s found that the record at the register of entities is no longer right."
    ),
    "incidents.monitoring_imported": _(
        "%(actor)s took over a report of %(service)s: %(fresh)s alerts new, %(updated)s otherwise, %(made)s incidents."
    ),
    "incidents.monitoring_incident": _("%(actor)s made incident %(name)s of alert %(number)s of %(service)s."),
    "incidents.role_taken": _("%(actor)s noted what the organisation is under the law: %(role)s."),
    "incidents.role_ended": _("%(actor)s noted what the organisation no longer is under the law: %(role)s."),
}


def _incidents(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    rows = Incident.objects.filter(organisation=organisation, pk__in=wanted)
    return {str(row.pk): row.name for row in rows}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {"incident": _incidents}
WORDS: Mapping[str, Callable[[str], str]] = {"form": form_name, "terms": rule_names}
