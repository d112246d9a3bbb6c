"""Lists of a whole statement: its lines, the facts behind them, and the evidence behind those."""

from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Pair, Say
from dijkwacht.core.statement import EvidenceMark, StatementLine, UsedFact
from dijkwacht.core.verdict import Status

_TEXTS: dict[str, Pair] = {
    "lines": ("regels", "lines"),
    "facts": ("gegevens", "facts"),
    "evidence": ("bewijs", "evidence"),
    "id": ("Kenmerk", "Id"),
    "norm": ("Kader", "Norm"),
    "number": ("Nummer", "Number"),
    "title": ("Eis", "Requirement"),
    "subject": ("Onderwerp", "Subject"),
    "status": ("Oordeel", "Verdict"),
    "was": ("Oordeel vorige verklaring", "Verdict in the statement before"),
    "assurance": ("Zekerheid", "Assurance"),
    "shown": ("Aangetoond", "Shown"),
    "stale_at": ("Loopt af op", "Runs out on"),
    "owner": ("Eigenaar", "Owner"),
    "claim": ("Volgens zelfevaluatie", "By self-assessment"),
    "reasons": ("Redenen", "Reasons"),
    "uncertain": ("Onzeker", "Uncertain"),
    "basis": ("Grondslag", "Basis"),
    "fact": ("Gegeven", "Fact"),
    "type": ("Soort gegeven", "Fact type"),
    "question": ("Vraag", "Question"),
    "value": ("Antwoord", "Answer"),
    "valid_from": ("Geldt vanaf", "Holds from"),
    "valid_to": ("Geldt tot", "Holds until"),
    "recorded_at": ("Vastgelegd op", "Recorded on"),
    "last_seen": ("Laatst gezien op", "Last seen on"),
    "origin": ("Herkomst", "Origin"),
    "said_by": ("Gezegd door", "Said by"),
    "act": ("Nummer in het spoor", "Number in the trail"),
    "inherited_from": ("Overgenomen van", "Taken from"),
    "explanation": ("Toelichting", "Explanation"),
    "hash": ("SHA-256", "SHA-256"),
    "name": ("Naam", "Name"),
    "media_type": ("Soort bestand", "Kind of file"),
    "size": ("Bytes", "Bytes"),
    "made_on": ("Gemaakt op", "Made on"),
    "used_for": ("Onder gegeven", "Under fact"),
    "stand": ("Stand", "State"),
    "in_place": ("op orde", "in order"),
    "not_yet": ("nog niet aangetoond", "not yet shown"),
}
_LINES = (
    "id", "norm", "number", "title", "subject", "status", "was", "assurance", "shown", "stale_at", "owner", "claim",
    "reasons", "uncertain", "basis",
)  # fmt: skip
_FACTS = (
    "id", "subject", "fact", "type", "question", "value", "assurance", "valid_from", "valid_to", "recorded_at", "last_seen",
    "origin", "said_by", "act", "inherited_from", "explanation", "hash",
)  # fmt: skip
_EVIDENCE = ("hash", "name", "media_type", "size", "made_on", "used_for")


def lines_sheet(told: Telling) -> Sheet:
    """Every line with its verdict and reasons."""
    say = Say(_TEXTS, told.language)
    return Sheet(say("lines"), tuple(say(each) for each in _LINES), tuple(_line(told, line) for line in told.lines))


def _line(told: Telling, line: StatementLine) -> tuple[Value, ...]:
    was, rule = told.was(line), told.rule(line)
    return (
        line.requirement, told.catalog_name(line.requirement.partition(":")[0]), told.number(line), told.title(line),
        line.subject_name or line.subject, told.words.status(line.status), told.words.status(was.status) if was else "",
        told.words.assurance(line.assurance) if line.assurance is not None else "",
        told.words.shows(line.shown) if line.shown is not None else "", line.stale_at, line.owner,
        told.words.claim(line.claim) if line.claim else "", "\n".join(told.reasons(line)), told.uncertain(line),
        rule.basis if rule else "",
    )  # fmt: skip


def facts_sheet(told: Telling) -> Sheet:
    """Every fact under every line that rests on it: a row for each, so that filtering on a line shows all of it."""
    say = Say(_TEXTS, told.language)
    rows = tuple(_fact(told, line, fact) for line in told.lines for fact in line.facts)
    return Sheet(say("facts"), tuple(say(each) for each in _FACTS), rows)


def _fact(told: Telling, line: StatementLine, fact: UsedFact) -> tuple[Value, ...]:
    words = told.words
    return (
        line.requirement, fact.subject_name or fact.subject, fact.id, fact.fact,
        words.question(fact.fact, fact.subject, told.names), words.value(fact.fact, fact.value, told.names),
        words.assurance(fact.assurance), fact.valid_from, fact.valid_to, fact.recorded_at, fact.last_seen,
        words.origin(fact.origin), words.speaker(fact.said_by), fact.act, told.called(fact.inherited_from), fact.explanation,
        "\n".join(each.sha256 for each in fact.evidence),
    )  # fmt: skip


def evidence_sheet(told: Telling) -> Sheet:
    """Every file once, with the facts that rest on it."""
    say = Say(_TEXTS, told.language)
    used: dict[str, list[str]] = {}
    marks: dict[str, EvidenceMark] = {}
    for line in told.lines:
        for fact in line.facts:
            for mark in fact.evidence:
                marks.setdefault(mark.sha256, mark)
                used.setdefault(mark.sha256, []).append(fact.id)
    rows = tuple(
        (mark.sha256, mark.name, mark.media_type, mark.size, mark.made_on, ", ".join(dict.fromkeys(used[mark.sha256])))
        for mark in marks.values()
    )
    return Sheet(say("evidence"), tuple(say(each) for each in _EVIDENCE), rows)


def public_sheet(told: Telling) -> Sheet:
    """Of every number whether it is in order, and nothing that helps an attacker: for a council, whose papers are public.

    As in the public statement of applicability: that a number is partly, not, or not demonstrably in order shows where to look.
    """
    say = Say(_TEXTS, told.language)
    titles = ("id", "norm", "number", "title", "stand")
    rows: dict[str, tuple[Value, ...]] = {}
    for line in sorted(told.lines, key=lambda line: line.status in (Status.MET, Status.NOT_APPLICABLE)):
        if line.status is Status.NOT_APPLICABLE:
            stand = told.words.status(line.status)
        else:
            stand = say("in_place" if line.status is Status.MET else "not_yet")
        name = told.catalog_name(line.requirement.partition(":")[0])
        rows.setdefault(line.requirement, (line.requirement, name, told.number(line), told.title(line), stand))
    ordered = dict.fromkeys(line.requirement for line in told.lines)
    return Sheet(say("lines"), tuple(say(each) for each in titles), tuple(rows[each] for each in ordered))
