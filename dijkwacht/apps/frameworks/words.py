"""What this room says: the answer of a page, and what was read, in one sentence."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.frameworks.models import Framework, LinkChoice, MappingSet
from dijkwacht.apps.frameworks.services.reading import NewMapping, Reading, Side
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.carry import Relation
from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import FactType
from dijkwacht.core.packdiff import DryRun, PackDiff
from dijkwacht.core.sheets import Problem
from dijkwacht.core.verdict import Status
from dijkwacht.web.charts import counts_words
from dijkwacht.web.framework_words import RELATIONS
from dijkwacht.web.import_words import error_sentence
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import norm_word, status_word, text_of

KINDS_OF_CHANGE = {
    "added": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "gone": gettext_lazy("Gone"),
}


def carried_sentence(counts: Mapping[str, int], *, mapped: bool) -> str:
    """How far a framework is, in one sentence."""
    n = sum(counts.values())
    if not n:
        return _("No lines.")
    if not mapped:
        text = ngettext("%(n)d line. No mapping leads to it yet, so nothing is known of it.",
                        "%(n)d lines. No mapping leads to them yet, so nothing is known of them.", n)  # fmt: skip
        return text % {"n": n}
    told = {"n": n, "counts": counts_words(counts)}
    return ngettext("%(n)d line: %(counts)s.", "%(n)d lines: %(counts)s.", n) % told


def relations(per_relation: Mapping[str, int]) -> list[tuple[str, int]]:
    """The relations of a mapping in words, with how many pairs there are of each."""
    return [(str(RELATIONS[Relation(name)]), number) for name, number in per_relation.items()]


def side_of(each: Side, norms: Norms) -> str:
    """What one side of a mapping is, for a person."""
    return norm_word(norms, each.norm) if each.norm else each.name.rpartition("/")[2]


def ends_of(each: MappingSet, norms: Norms) -> tuple[str, str]:
    """What both sides of a stored mapping are."""
    sides = ((each.source_norm, each.source, each.source_name), (each.target_norm, each.target, each.target_name))
    found = [norm_word(norms, norm) if norm else _title(framework, name) for norm, framework, name in sides]
    return found[0], found[1]


def _title(framework: Framework | None, name: str) -> str:
    return str(framework) if framework is not None else _("%(name)s (not here)") % {"name": name.rpartition("/")[2]}


def according_to(each: MappingSet) -> str:
    """Whose mapping it is, who brought it in, and when: what a verdict over it rests on."""
    told = {
        "author": each.author, "title": each.title, "organisation": each.organisation.name,
        "day": day_words(localtime(each.brought.at).date()),
    }  # fmt: skip
    if each.author:
        return _("According to the mapping of %(author)s, brought in by %(organisation)s on %(day)s.") % told
    return (
        _("According to the mapping “%(title)s” that names no author, brought in by %(organisation)s on %(day)s.")
        % told
    )


def counting_sentence(counting: int, total: int) -> str:
    """How many links of a mapping count."""
    if counting == total:
        text = ngettext("The one link counts.", "All %(n)d links count.", total)
        return text % {"n": total}
    text = ngettext("%(counting)d of %(n)d link counts.", "%(counting)d of %(n)d links count.", total)
    return text % {"counting": counting, "n": total}


def choice_sentence(each: LinkChoice, *, of: Organisation) -> str:
    """Who let a link count or not, when, and why. ``of``: who reads it; the people of another organisation are not named."""
    told = {
        "who": each.person or "–" if each.organisation == of else each.organisation.name,
        "day": day_words(localtime(each.at).date()), "why": each.why,
    }  # fmt: skip
    if each.counts:
        return _("Switched on by %(who)s on %(day)s: %(why)s") % told
    return _("Switched off by %(who)s on %(day)s: %(why)s") % told


def preview_sentence(reading: Reading) -> str:
    """Whether what was brought can be kept, and how much it is."""
    if reading.refused:
        text = ngettext("No: %(n)d thing was refused, so nothing can be kept.",
                        "No: %(n)d things were refused, so nothing can be kept.", len(reading.refused))  # fmt: skip
        return text % {"n": len(reading.refused)}
    parts = []
    if lines := sum(len(each.framework.items) for each in reading.frameworks):
        parts.append(ngettext("%(n)d line", "%(n)d lines", lines) % {"n": lines})
    if maps := sum(len(each.maps.maps) for each in reading.mappings):
        parts.append(ngettext("%(n)d pair of a mapping", "%(n)d pairs of mappings", maps) % {"n": maps})
    if texts := sum(len(each.texts) for each in reading.texts):
        parts.append(ngettext("%(n)d own text", "%(n)d own texts", texts) % {"n": texts})
    return _("We read %(what)s. Nothing has been kept yet.") % {"what": ", ".join(parts) or "–"}


def lost_sentence(each: NewMapping) -> str:
    """How many pairs are left out because our norm does not have their number; empty for none."""
    if not each.lost:
        return ""
    text = ngettext("%(n)d pair has a number that our norm does not have, and is left out.",
                    "%(n)d pairs have a number that our norm does not have, and are left out.", each.lost)  # fmt: skip
    return text % {"n": each.lost}


def diff_sentence(found: PackDiff) -> str:
    """What a new version changes, in one sentence."""
    look, told = len(found.look_again), {"n": len(found.look_again), "same": found.unchanged}
    if not found.changes and not found.facts:
        return _("Nothing: every line and every question stays as it is.")
    return ngettext("%(n)d line to look at again; %(same)d stay as they are.",
                    "%(n)d lines to look at again; %(same)d stay as they are.", look) % told  # fmt: skip


def facts_by_kind(found: PackDiff, types: Mapping[str, FactType]) -> dict[str, list[str]]:
    """The questions that a version treats differently, per kind of difference."""
    told: dict[str, list[str]] = {}
    for each in found.facts:
        question = text_of(types[each.fact_type].question) if each.fact_type in types else ""
        told.setdefault(each.kind, []).append(question or each.fact_type)
    return told


def turns_sentence(found: DryRun) -> str:
    """How many verdicts would turn, and from what to what."""
    if not found.turns:
        return _("No verdict would turn.")
    pairs = sorted(found.moved.items(), key=lambda pair: -pair[1])
    told = "; ".join(f"{n} × {_status(before)} → {_status(after)}" for (before, after), n in pairs)
    text = ngettext("%(n)d verdict would turn: %(told)s.", "%(n)d verdicts would turn: %(told)s.", len(found.turns))
    return text % {"n": len(found.turns), "told": told}


def _status(status: Status | None) -> str:
    return status_word(status) if status is not None else "–"


def upload_trouble(code: str, limit: object) -> str:
    """Why a file could not be taken at all."""
    most = str(int(limit) // 1024 // 1024) if isinstance(limit, int) else "20"
    return error_sentence(Problem("empty_file" if code == "empty" else "too_large", params={"most": most}))


def changed_kinds(kinds: Sequence[str]) -> list[tuple[str, int]]:
    """How many changes there are of each kind, in words."""
    return [(str(word), kinds.count(kind)) for kind, word in KINDS_OF_CHANGE.items() if kind in kinds]
