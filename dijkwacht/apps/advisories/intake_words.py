"""What the pages of the intake say: how a source goes, why a document was set aside, what became of a file."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.advisories import words
from dijkwacht.apps.advisories.models import Document, DocumentState, Provider, ProviderKind
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.files import Result
from dijkwacht.apps.advisories.services.lists import Taken
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.web.advisory_problem_words import REFUSALS, problem_sentence, refused_sentence
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import number_words

_FAULTS: Mapping[str, Any] = {
    "fault": gettext_lazy("Something went wrong at our side (%(cause)s). It stands in the log of the command."),
    "our_name": gettext_lazy(
        "By what it says %(name)s published this, which is an address of ours, but it came from outside. Read it only when you "
        "know how that came about."
    ),
    "another_source": gettext_lazy(
        "This advisory came from %(first)s. The source of this document is not at the address of the publisher and was not added "
        "as one that passes on documents of others, so it may not revise it. Read it only when the publisher confirms it."
    ),
    "another_than_hand": gettext_lazy(
        "This advisory was brought by hand. The source of this document is not at the address of the publisher and was not added "
        "as one that passes on documents of others, so it may not revise it. Read it only when the publisher confirms it."
    ),
    "not_taken_in": gettext_lazy("The document could not be kept as what it is (%(cause)s); only its bytes were."),
}
_NOT_OPENED: Mapping[str, Any] = {
    "empty_file": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than %(most)s MB."),
    "no_document": gettext_lazy("No JSON file is in this ZIP file."),
    "broken_archive": gettext_lazy("This ZIP file is damaged and was not opened."),
    "unsafe_archive": gettext_lazy("This ZIP file is put together in an unsafe way and was not opened."),
    "too_many_entries": gettext_lazy("More than %(most)s files are in this ZIP file; it was not opened."),
    "protected": gettext_lazy("This ZIP file has a password and was not opened."),
    "zip_bomb": gettext_lazy("This ZIP file grows beyond %(most)s MB when it is opened; it was not read any further."),
    "too_slow": gettext_lazy("Opening this ZIP file took longer than %(seconds)s seconds, so we stopped."),
}
_BECAME: Mapping[str, Any] = {
    "read": gettext_lazy("Taken in"),
    "older": gettext_lazy("Kept; a newer revision was here already"),
    "aside": gettext_lazy("Set aside"),
    "known": gettext_lazy("Known already"),
    "left": gettext_lazy("Not looked at yet: time was up. Bring it once more."),
    "not_opened": gettext_lazy("Not opened"),
}
_DEMANDS: Mapping[str, Any] = {"hash": gettext_lazy("a hash"), "signature": gettext_lazy("a signature")}
_LISTS: Mapping[str, Any] = {"kev": gettext_lazy("KEV"), "epss": gettext_lazy("EPSS"), "ssvc": gettext_lazy("SSVC")}


def trouble_sentence(trouble: str) -> str:
    """What went wrong at the last run of a source; nothing when nothing did."""
    if not trouble:
        return ""
    code, params = json.loads(trouble)
    if code in _FAULTS:
        return str(str(_FAULTS[code]) % params)
    return refused_sentence(code, params) if code in REFUSALS else problem_sentence(Problem(code, params=params))


def finding_sentence(found: Mapping[str, Any]) -> str:
    """A finding of a document, after its place in it."""
    if found["code"] in _FAULTS:
        return str(str(_FAULTS[found["code"]]) % found["params"])
    return problem_sentence(Problem(found["code"], found["path"], found["weight"], found["params"]))


def list_refusal(error: Refused) -> str:
    """Why a list was not taken over."""
    return problem_sentence(error.params["why"]) if error.code == "list_unreadable" else words.refusal(error)


def demand_words(must: Iterable[str]) -> str:
    """What is demanded of a source, as one text."""
    return _(" and ").join(str(_DEMANDS[each]) for each in must if each in _DEMANDS)


def sources_sentence(rows: Iterable[Provider]) -> str:
    """How the sources go, in one sentence."""
    live = [each for each in rows if each.ended_at is None and each.kind != ProviderKind.HAND]
    wrong = sum(bool(each.trouble) for each in live)
    if not live:
        return _("Nothing is fetched yet. Add a source, or bring files yourself.")
    if not wrong:
        return ngettext(
            "%(n)d source, without trouble at its last run.", "%(n)d sources, without trouble at their last run.", len(live)
        ) % {"n": len(live)}  # fmt: skip
    said = {"n": len(live), "wrong": wrong}
    return (
        ngettext(
            "At %(wrong)d of %(n)d sources something goes wrong.",
            "At %(wrong)d of %(n)d sources something goes wrong.",
            wrong,
        )
        % said
    )


def source_sentence(row: Provider) -> str:
    """How one source goes."""
    if row.ended_at is not None:
        return _("Ended: nothing more is taken in from it.")
    if row.kind == ProviderKind.HAND:
        return _("Files that somebody brings.")
    if row.last_at is None:
        return _("Nothing was fetched yet.")
    return trouble_sentence(row.trouble) or _("The last run went well.")


def aside_sentence(count: int, *, settled: bool) -> str:
    """How many documents were set aside, in one sentence."""
    if settled:
        return ngettext("A person settled %(n)d document.", "Persons settled %(n)d documents.", count) % {"n": count}
    if not count:
        return _("Everything that came in could be read.")
    return ngettext(
        "%(n)d document was not taken in. Read it anyway, or refuse it.",
        "%(n)d documents were not taken in. Read them anyway, or refuse them.",
        count,
    ) % {"n": count}


def state_sentence(row: Document) -> str:
    """What became of a document, in one sentence."""
    if row.state == DocumentState.ASIDE:
        return _("Set aside: nothing follows from it until somebody decides.")
    if row.state == DocumentState.REFUSED:
        return _("Refused: nothing follows from it.")
    if row.advisory is not None and row.advisory.document_id == row.pk:
        return _("Taken in: this is the revision that counts.")
    return _("Taken in; a newer revision took its place.")


def became_word(result: Result) -> str:
    """What became of a file."""
    return str(_BECAME[result.became])


def not_opened_sentence(result: Result) -> str:
    """Why nothing came of a file; nothing when something did."""
    said = _NOT_OPENED.get(result.code)
    return str(said) % result.params if said else (f"({result.code})" if result.code else "")


def files_sentence(results: Iterable[Result]) -> str:
    """What became of all files together, in one sentence."""
    became = [each.became for each in results]
    said = {
        "all": len(became), "read": became.count("read") + became.count("older"), "aside": became.count("aside"),
        "known": became.count("known"), "not": became.count("left") + became.count("not_opened"),
    }  # fmt: skip
    return (
        _("Of %(all)s files: %(read)s taken in, %(aside)s set aside, %(known)s known already, %(not)s not read.") % said
    )


def list_word(kind: str) -> str:
    """The name of a list."""
    return str(_LISTS[kind])


def taken_sentences(taken: Taken) -> list[str]:
    """What came of a list."""
    said = {"rows": number_words(taken.rows), "changed": number_words(taken.changed)}
    first = _("%(rows)s weaknesses read.") % said
    if taken.day and taken.kind == "epss":
        first = _("%(rows)s weaknesses read, scores of %(day)s.") % {**said, "day": day_words(taken.day)}
    lines = [first]
    if taken.weighed:
        lines.append(
            ngettext("%(n)d advisory weighs otherwise now.", "%(n)d advisories weigh otherwise now.", taken.weighed)
            % {"n": taken.weighed}
        )
    else:
        lines.append(_("No advisory weighs otherwise by it."))
    if taken.used:
        lines.append(
            ngettext(
                "Of %(n)d advisory it is new that the weakness is being used.",
                "Of %(n)d advisories it is new that the weakness is being used.",
                taken.used,
            )
            % {"n": taken.used}
        )
    if taken.back:
        lines.append(
            ngettext("%(n)d is back in the queue.", "%(n)d are back in the queue.", taken.back) % {"n": taken.back}
        )
    if taken.told:
        lines.append(
            ngettext("%(n)d warning was told again.", "%(n)d warnings were told again.", taken.told) % {"n": taken.told}
        )
    return lines
