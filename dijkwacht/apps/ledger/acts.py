"""The acts of this room as sentences in the trail, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dijkwacht.apps.ledger.models import Evidence, Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.read import norms_on
from dijkwacht.web.words import question_words

SENTENCES = {
    "ledger.answer": _("%(actor)s answered “%(value)s” to “%(about)s” (verdicts turned: %(turned)s)."),
    "ledger.answers": _("%(actor)s recorded answers of %(about)s (answers: %(answers)s; verdicts turned: %(turned)s)."),
    "ledger.correct": _("%(actor)s corrected to “%(value)s” the answer to “%(about)s” (verdicts turned: %(turned)s)."),
    "ledger.withdraw": _("%(actor)s took back the answer to “%(about)s”."),
    "ledger.ended": ngettext_lazy(
        "%(actor)s noted that this no longer holds: “%(about)s” (%(turned)s verdict turned).",
        "%(actor)s noted that this no longer holds: “%(about)s” (%(turned)s verdicts turned).",
        "turned",
    ),
    "ledger.undo": _("%(actor)s undid the answer to “%(about)s”."),
    "ledger.observe": _("%(actor)s measured (observations: %(observations)s; verdicts turned: %(turned)s)."),
    "ledger.judge": _("Time passed (verdicts of %(about)s that turned: %(turned)s)."),
    "ledger.import": _("%(actor)s imported %(file)s (lines: %(claims)s; verdicts turned: %(turned)s)."),
    "ledger.repair": _("All verdicts of %(about)s were judged anew: some were not what the facts give."),
    "ledger.evidence": _("%(actor)s added the evidence %(about)s."),
    "ledger.subject_registered": _("%(actor)s registered %(about)s."),
    "ledger.subjects_registered": _("%(actor)s registered several at once (%(count)s): %(first)s."),
    "ledger.subject_renamed": _("%(actor)s renamed “%(before)s” to “%(after)s”."),
    "ledger.subject_owner": _("%(actor)s changed who is responsible for %(about)s."),
    "ledger.subject_archived": _("%(actor)s took %(about)s out of the register."),
    "ledger.subject_adopts": _("%(actor)s adopted a joint review of %(about)s."),
    "ledger.subject_leaves": _("%(actor)s let go of a joint review of %(about)s."),
    "ledger.subject_inherits": _("%(actor)s changed whose facts count for %(about)s."),
    "ledger.ask": _("%(actor)s asked a colleague about “%(about)s”."),
    "ledger.ask_many": ngettext_lazy(
        "%(actor)s asked a colleague to answer %(about)s (%(count)s requirement).",
        "%(actor)s asked a colleague to answer %(about)s (%(count)s requirements).",
        "count",
    ),
    "ledger.confirm": _(
        "%(actor)s confirmed answers of %(about)s as unchanged (answers: %(confirmed)s; verdicts turned: %(turned)s)."
    ),
    "ledger.asked_done": _("%(actor)s closed what was asked about “%(about)s”."),
    "ledger.defer": _("%(actor)s did not know the answer to “%(about)s” yet."),
}


def _questions(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """Subjects by their key, and questions as ``subject|fact type``; several answers in one act name the organisation."""
    wanted = {key.partition("|")[0] for key in keys}
    rows = Subject.objects.filter(organisation=organisation, key__in=wanted).values_list("key", "name")
    names = dict(rows) | {organisation.slug: organisation.name}
    types = norms_on(date.max).fact_types  # the newest words for it
    found = {}
    for key in keys:
        subject, bar, name = key.partition("|")
        if not bar:
            found[key] = names.get(subject, subject)
        elif name in types:
            found[key] = question_words(types[name], subject, names)
    return found


def _files(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    return dict(Evidence.objects.filter(organisation=organisation, sha256__in=keys).values_list("sha256", "name"))


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {"": _questions, "evidence": _files}
