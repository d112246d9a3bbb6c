"""A criterion as a checklist in readable words: of every part what is asked, what was found, and whether that will do.

Takes what the engine worked out for one line (a ``Judgement``) and adds words; it decides nothing itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.facts import Fact, FactType
from dijkwacht.core.judge import Judgement
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import place
from dijkwacht.core.select import Choice
from dijkwacht.web import sentences
from dijkwacht.web.moments import day_words, duration_words
from dijkwacht.web.terms import kind_words, number_words, status_word, text_of, value_words
from dijkwacht.web.words import question_words

MOST = 12  # subjects of one *each* that are spelled out; the others are counted
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """The subjects of one *each* or *some* by name: of which it is so, is not so, is not known, and who is not meant."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a checklist. ``truth`` None: not known.

    A part about a fact has ``needed`` and ``found`` in words, ``subject`` and ``fact_type`` where it is answered, the
    ``fact`` that counts, and ``until``, its last usable day. A group has ``parts``; ``more``: how many it left out.
    ``apart``: a subject to which the group does not apply. ``counted``: of a group over subjects, all of them by name.
    """

    text: str
    truth: bool | None
    needed: str = ""
    found: str = ""
    subject: str = ""
    fact_type: str = ""
    requirement: str = ""
    fact: Fact | None = None
    until: date | None = None
    parts: tuple["Check", ...] = ()
    more: int = 0
    apart: bool = False
    counted: Counted | None = None


def checklist(j: Judgement, node: Node, subject: str, names: Names) -> Check:
    """The checklist of a criterion, for the subject in scope."""
    return _Teller(j, names).node(node, subject)


def truth_word(truth: bool | None) -> str:
    """Whether a part holds, in words."""
    words = {True: gettext_noop("fulfilled"), False: gettext_noop("not fulfilled"), None: gettext_noop("not known")}
    return _(words[truth])


def facts_in(check: Check) -> list[Check]:
    """The parts of a checklist that are about a fact, each question once, in order."""
    found: dict[tuple[str, str], Check] = {}
    for part in _walk(check):
        if part.fact_type:
            found.setdefault((part.subject, part.fact_type), part)
    return list(found.values())


def counted_in(check: Check) -> list[Check]:
    """The groups over subjects in a checklist, in order; those within a subject are left to that subject."""
    if check.counted is not None:
        return [check]
    return [found for part in check.parts for found in counted_in(part)]


def _walk(check: Check) -> Iterable[Check]:
    yield check
    for part in check.parts:
        yield from _walk(part)


class _Teller:
    """Puts the parts of one criterion in words."""

    def __init__(self, j: Judgement, names: Names) -> None:
        self.j, self.names = j, names

    def truth(self, node: Node, subject: str) -> bool | None:
        return TRUTH[self.j.value(node, subject)]

    def node(self, node: Node, subject: str) -> Check:
        match node:
            case Leaf():
                return self.leaf(node, subject, self.truth(node, subject))
            case Not(Leaf() as leaf):
                told = self.leaf(leaf, subject, self.truth(node, subject))
                return replace(
                    told, needed=_("no") if leaf.op == "yes" else _("not: %(value)s") % {"value": told.needed}
                )
            case Not(part):
                return self.group(_("This must not be so:"), node, subject, (part,))
            case All(parts):
                return self.group(_("All of this:"), node, subject, parts)
            case Any_((Leaf() as leaf, Leaf(op="never"))) if leaf.other is not None:  # how or_never is read
                told = self.leaf(leaf, subject, self.truth(node, subject))
                return replace(told, needed=_("%(needed)s (or that never happened)") % {"needed": told.needed})
            case Any_(parts):
                return self.group(_("At least one of these:"), node, subject, parts)
            case AtLeast(n, parts):
                words = {"n": n, "of": len(parts)}
                return self.group(_("At least %(n)d of these %(of)d:") % words, node, subject, parts)
            case Each() | Some():
                return self.over(node, subject)
            case VerdictOf(name):
                return self.verdict(name, subject, self.truth(node, subject))
            case Due(fact, plus):
                told = self.fact(fact, place(self.j, self.j.fact_type(fact), subject), self.truth(node, subject))
                return replace(told, needed=_("longer than %(span)s ago") % {"span": duration_words(plus)})
            case WherePossible(part, exception):
                return self.exception(node, part, exception, subject)
        raise TypeError(node)

    def group(self, text: str, node: Node, subject: str, parts: Sequence[Node]) -> Check:
        return Check(text, self.truth(node, subject), parts=tuple(self.node(part, subject) for part in parts))

    def verdict(self, name: str, subject: str, truth: bool | None) -> Check:
        rule, where = self.j.norms.requirements[name], self.j.scope(name, subject)
        words = {"number": rule.number, "title": text_of(rule.title)}
        return Check(
            _("%(number)s %(title)s") % words, truth, _("in order, or not applicable"),
            status_word(self.j.status(name, where)), subject=where, requirement=name,
        )  # fmt: skip

    def exception(self, node: Node, part: Node, exception: str, subject: str) -> Check:
        where = place(self.j, self.j.fact_type(exception), subject)
        held = self.fact(exception, where, None)
        held = replace(held, truth=held.fact is not None, needed=_("a reason, an owner and an end that lies ahead"))
        parts = (self.node(part, subject), held)
        return Check(
            _("This, or as long as it is impossible a reasoned exception:"), self.truth(node, subject), parts=parts
        )

    def leaf(self, leaf: Leaf, subject: str, truth: bool | None) -> Check:
        where = place(self.j, self.j.fact_type(leaf.fact), subject)
        if leaf.via is not None:
            origin = place(self.j, self.j.fact_type(leaf.via), subject)
            reference = self.choice(origin, leaf.via).winner
            if reference is None or reference.value not in self.j.world.kind_of:
                return replace(self.fact(leaf.via, origin, truth), needed=_("a choice from the register"))
            kind = self.j.fact_type(leaf.fact)
            where = place(self.j, kind, str(reference.value), referred=True)
        told = replace(self.fact(leaf.fact, where, truth), needed=self.needed(leaf, where))
        if leaf.other is None:
            return told
        other = self.fact(leaf.other, where, None)
        return replace(told, parts=(replace(other, truth=other.fact is not None or None, needed=_("an answer")),))

    def fact(self, name: str, where: str, truth: bool | None) -> Check:
        """A part about one fact, without what is needed."""
        kind, choice = self.j.fact_type(name), self.choice(where, name)
        text = question_words(kind, where, self.names)
        if not kind.question and name.startswith("register."):
            register = kind_words(name.removeprefix("register.").removesuffix(".complete"))
            text = _("Are all %(kind)s registered?") % {"kind": register}
        winner, until = choice.winner, None
        if winner is not None and kind.shelf_life is not None:
            until = winner.last_usable_day(kind.shelf_life, self.j.known_at)
        found = self.found(kind, choice, where)
        return Check(text, truth, "", found, where, name, fact=winner, until=until)

    def choice(self, subject: str, name: str) -> Choice:
        return self.j.choices(subject, name)[0][1]

    def found(self, kind: FactType, choice: Choice, where: str) -> str:
        if choice.winner is not None:
            return value_words(kind, choice.winner.value, self.names)
        if choice.why == "expired":
            return _("expired; it was: %(value)s") % {"value": value_words(kind, choice.rivals[0].value, self.names)}
        if choice.why == "contradicted":
            values = dict.fromkeys(value_words(kind, fact.value, self.names) for fact in choice.rivals)
            return _("contradicted: %(values)s") % {"values": " / ".join(values)}
        if owner := self.j.world.inherits.get(where):
            return _("not shared by %(organisation)s") % {"organisation": self.names.get(owner, owner)}
        return _("not answered yet")

    def needed(self, leaf: Leaf, where: str = "") -> str:
        """What a leaf asks of its fact."""
        kind = self.j.fact_type(leaf.fact)
        if leaf.op in _NEEDED:
            return _NEEDED[leaf.op](leaf.value)
        if leaf.op in ("is", "one_of"):
            wanted = leaf.value if leaf.op == "one_of" else (leaf.value,)
            return " / ".join(value_words(kind, each, self.names) for each in wanted)
        other = question_words(self.j.fact_type(leaf.other or ""), where, self.names)
        words = {"question": sentences.lower_first(other, self.names)}
        return (_("earlier than: %(question)s") if leaf.op == "before_fact" else _("later than: %(question)s")) % words

    def over(self, node: Each | Some, subject: str) -> Check:
        kind, members = node.subject, self.j.members(node.subject)
        checks = [self.member(node, each, subject) for each in members]
        checks.sort(key=lambda check: {False: 0, None: 1, True: 2}[check.truth])
        register = self.fact(self.j.completeness(kind).fact, self.j.world.organisation, None)
        complete = TRUTH[self.j.complete(kind)[0][1]]
        register = replace(register, truth=complete or None, needed=_("yes"))
        heading = _EVERY if isinstance(node, Each) else _ONE
        text = _(heading) % {"kind": kind_words(kind, 1)}
        if node.where is not None:
            text = _("%(who)s for which holds: %(condition)s") % {"who": text, "condition": self.condition(node.where)}
        parts = (*checks[:MOST], register)
        more = max(0, len(checks) - MOST)
        return Check(f"{text}:", self.truth(node, subject), parts=parts, more=more, counted=_counted(checks))

    def member(self, node: Each | Some, each: str, subject: str) -> Check:
        name, truth = self.names.get(each, each), TRUTH[self.j.part(node, each, subject)[0][1]]
        chosen = self.j.chosen(node, each, subject)
        meant = True if chosen is None else TRUTH[chosen[0][1]]
        if meant is False:
            return Check(name, truth, found=_("does not fall under this"), apart=True)
        told = self.node(node.that, each)
        parts = told.parts if isinstance(node.that, All) else (told,)
        if meant is None and node.where is not None:
            parts = (self.node(node.where, each), *parts)
        return Check(name, truth, parts=parts)

    def condition(self, node: Node) -> str:
        """A condition on subjects, in one line: ``is dit systeem kritiek? (ja)``."""
        match node:
            case Leaf():
                question, wanted = text_of(self.j.fact_type(node.fact).question), self.needed(node)
            case Not(Leaf(op="yes") as leaf):
                question, wanted = text_of(self.j.fact_type(leaf.fact).question), _("no")
            case Not(part):
                return _("not: %(value)s") % {"value": self.condition(part)}
            case All(parts):
                return _(" and ").join(self.condition(part) for part in parts)
            case Any_(parts):
                return _(" or ").join(self.condition(part) for part in parts)
            case _:
                return _("what the norm names")
        words = {"question": sentences.lower_first(question, self.names), "value": wanted}
        return _("%(question)s (%(value)s)") % words


def _counted(checks: Iterable[Check]) -> Counted:
    found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    apart: list[str] = []
    for check in checks:
        (apart if check.apart else found[check.truth]).append(check.text)
    return Counted(tuple(found[True]), tuple(found[False]), tuple(found[None]), tuple(apart))


_EVERY = gettext_noop("Every %(kind)s")
_ONE = gettext_noop("At least one %(kind)s")


def _range(bounds: Any) -> str:
    least, most = bounds
    words = {key: number_words(value) for key, value in (("least", least), ("most", most)) if value is not None}
    if least is not None and most is not None:
        return _("between %(least)s and %(most)s") % words
    return (_("at least %(least)s") if least is not None else _("at most %(most)s")) % words


_NEEDED: Mapping[str, Callable[[Any], str]] = {
    "yes": lambda _ignored: _("yes"),
    "known": lambda _ignored: _("an answer, whatever it is"),
    "never": lambda _ignored: _("never"),
    "range": _range,
    "within": lambda span: _("no longer than %(span)s ago") % {"span": duration_words(span)},
    "within_fact": lambda value: (
        _("within our own interval, and no longer than %(span)s ago") % {"span": duration_words(value[1])}
    ),
    "before": lambda day: _("before %(day)s") % {"day": day_words(day)},
    "after": lambda day: _("after %(day)s") % {"day": day_words(day)},
}
