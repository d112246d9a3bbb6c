"""Who may do what: roles to rights, and what a share covers. Pure; the periods and rows are in the people room.

No law prescribes these roles. Each line of the table says why a role has what it has; what is not there is not allowed.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class RoleName(StrEnum):
    """What a person is within one organisation."""

    CISO = "ciso"
    PROCESS_OWNER = "process_owner"
    RESPONDENT = "respondent"
    COORDINATOR = "coordinator"
    COLLEGE = "college"
    SECRETARY = "secretary"
    AUDITOR = "auditor"
    CSIRT_ANALYST = "csirt_analyst"
    SUPERVISOR = "supervisor"
    COACH = "coach"
    ADMINISTRATOR = "administrator"
    SUPPLIER_MANAGER = "supplier_manager"
    SAFETY_ADVISER = "safety_adviser"
    MAYOR = "mayor"
    PRIVACY_OFFICER = "privacy_officer"


class Right(StrEnum):
    """What a page or a verb asks for. A right about *assigned* or *shared* things is contained in the wide one."""

    SEE = "see"  # everything of the organisation, except the trail
    SEE_ASSIGNED = "see_assigned"  # only what was asked of this person
    SEE_SHARED = "see_shared"  # of another organisation: only what it shared with ours
    ANSWER = "answer"  # any question of the organisation
    ANSWER_ASSIGNED = "answer_assigned"  # only questions asked of this person
    CORRECT = "correct"  # withdraw or correct what was recorded, by whomever
    REGISTER = "register"  # subjects: add, archive, declare a register complete
    ASSIGN = "assign"  # ask a colleague
    IMPORT = "import"  # a workbook or another system's export
    AUDIT = "audit"  # record with the assurance *audited*
    PREPARE = "prepare"  # a statement for whoever signs, and the year in which it is made
    SIGN = "sign"  # a statement
    KEEP_ISMS = "keep_isms"  # scope, context, risks, treatments, policies, audits and actions of the management system
    WATCH = "watch"  # the outside: names, measurements on request, issues
    CONSENT = "consent"  # that the outside is measured, how far and by whom; and what of it is shown in public
    SCAN = "scan"  # the outside of others, by the law that lets a CSIRT do so without intrusion
    TELL = "tell"  # of an incident, within a minute
    HANDLE = "handle"  # incidents: weigh, keep, report to authorities; and see those that are restricted
    TRIAGE = "triage"  # advisories: take in, weigh, decide who is warned, and write for whoever pulls
    SUPPLY = "supply"  # suppliers: register, contracts, proof, tenders, joint reviews and adopting what they found
    STEER = "steer"  # beyond the own walls: crisis plan and log, exercises, cascade, picture of cybercrime, needs
    ORDER = "order"  # public order: decision files and signals, which only few may see; keep them
    DECIDE = "decide"  # in a decision file, as the office that the law names
    PRIVACY = "privacy"  # advise on and watch over what is logged of persons: see signals, tick or object, never decide
    SHARE = "share"  # facts or an account with another organisation, and end that
    RECEIVE = "receive"  # look, for this organisation, at what others share with it
    READ_TRAIL = "read_trail"  # the trail of all acts, and its proof
    MANAGE_PEOPLE = "manage_people"  # add persons, grant and end roles


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0: how far a recipient may pass something on."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


CONTAINED: Mapping[Right, frozenset[Right]] = MappingProxyType(
    {
        Right.SEE: frozenset({Right.SEE_ASSIGNED, Right.SEE_SHARED}),
        Right.ANSWER: frozenset({Right.ANSWER_ASSIGNED}),
        Right.RECEIVE: frozenset({Right.SEE_ASSIGNED}),  # may be asked something at home like anybody
    }
)

TABLE: Mapping[RoleName, frozenset[Right]] = MappingProxyType(
    {
        # Runs information security from day to day and answers for it to the college: everything about content. Not
        # signing (the college's mandate), not persons, not audited: nobody audits his own work.
        RoleName.CISO: frozenset(
            {
                Right.SEE,
                Right.ANSWER,
                Right.CORRECT,
                Right.REGISTER,
                Right.ASSIGN,
                Right.IMPORT,
                Right.PREPARE,
                Right.KEEP_ISMS,
                Right.WATCH,
                Right.CONSENT,
                Right.TELL,
                Right.HANDLE,
                Right.TRIAGE,
                Right.SUPPLY,
                Right.STEER,
                Right.SHARE,
                Right.RECEIVE,
                Right.READ_TRAIL,
            }
        ),
        # Knows how his process runs and answers for it; asks his own people. Sees the rest, since one fact counts for many.
        # Mends what outsiders can see of his systems, so measures again and gives it to whoever does it. Resolves incidents in
        # his process (BIO2 5.24), so weighs and reports them. Judges the proof of the suppliers on whom it leans (BIO2 5.22).
        RoleName.PROCESS_OWNER: frozenset(
            {Right.SEE, Right.ANSWER, Right.REGISTER, Right.ASSIGN, Right.WATCH, Right.TELL, Right.HANDLE, Right.SUPPLY}
        ),
        # Keeps who supplies what and on which terms, asks for proof and buys. The rest of the house is there to be seen, since
        # what leans on a supplier decides how heavy it is.
        RoleName.SUPPLIER_MANAGER: frozenset(
            {Right.SEE, Right.ANSWER, Right.REGISTER, Right.ASSIGN, Right.IMPORT, Right.TELL, Right.SUPPLY}
        ),
        # Is asked now and then. Has no need of the whole picture of where the organisation is weak. Anybody may tell of an
        # incident.
        RoleName.RESPONDENT: frozenset({Right.SEE_ASSIGNED, Right.ANSWER_ASSIGNED, Right.TELL}),
        # Keeps the yearly round going: divides the questions and brings in the workbook; the answers are the owners'.
        RoleName.COORDINATOR: frozenset(
            {Right.SEE, Right.REGISTER, Right.ASSIGN, Right.IMPORT, Right.PREPARE, Right.TELL, Right.READ_TRAIL}
        ),
        # Has the mandate. Sees and signs; whoever signs does not also make the answers.
        RoleName.COLLEGE: frozenset({Right.SEE, Right.SIGN, Right.TELL}),
        # Signs where the college gave the mandate; the account says which of the two. Leads the civil service in a crisis.
        RoleName.SECRETARY: frozenset({Right.SEE, Right.SIGN, Right.TELL, Right.STEER}),
        # Looks at everything including how it came about, and records what he himself established. Changes nothing else.
        RoleName.AUDITOR: frozenset({Right.SEE, Right.AUDIT, Right.READ_TRAIL}),
        # These work for many organisations and see of each only what that one shared. Nothing of their own house follows.
        RoleName.CSIRT_ANALYST: frozenset({Right.RECEIVE, Right.SCAN, Right.TRIAGE}),
        RoleName.SUPERVISOR: frozenset({Right.RECEIVE}),
        RoleName.COACH: frozenset({Right.RECEIVE}),  # regioaanjager: helps the municipalities of a region
        # Adviser public order and safety: prepares crisis, exercises and the decisions of the mayor, and answers the questions
        # on continuity and crisis. Does not decide: that is never mandated (Gemeentewet 177 and 178).
        RoleName.SAFETY_ADVISER: frozenset(
            {Right.SEE, Right.ANSWER, Right.ASSIGN, Right.TELL, Right.STEER, Right.ORDER}
        ),
        # Decides on public order, or whoever replaces (Gemeentewet 77): sees the files, and only this role decides in them.
        RoleName.MAYOR: frozenset({Right.SEE, Right.TELL, Right.ORDER, Right.DECIDE}),
        # Data protection officer (AVG 37 to 39): independent, so keeps and decides nothing that is watched over.
        RoleName.PRIVACY_OFFICER: frozenset({Right.SEE, Right.ANSWER, Right.TELL, Right.READ_TRAIL, Right.PRIVACY}),
        # Gives and ends access, so may not gain anything by it: sees, to help colleagues, and reads who did what.
        RoleName.ADMINISTRATOR: frozenset({Right.SEE, Right.TELL, Right.READ_TRAIL, Right.MANAGE_PEOPLE}),
    }
)

GUEST: frozenset[Right] = frozenset({Right.SEE_SHARED})  # someone of an organisation with which something was shared


def rights(roles: Iterable[str]) -> frozenset[Right]:
    """All rights that these roles give together, what they contain included. Raises ValueError on an unknown role."""
    granted = frozenset(right for role in roles for right in TABLE[RoleName(role)])
    return granted.union(*(CONTAINED.get(right, frozenset()) for right in granted))


def covers(what: str, *, subject: str, fact_type: str) -> bool:
    """Whether a share of facts covers one fact type of one subject.

    ``what`` is ``subject|fact type``. The subject ``*`` stands for every subject; a fact type that ends in ``.*`` for
    every fact type below it, and ``*`` alone for all.
    """
    shared_subject, _, shared_type = what.partition("|")
    if shared_subject not in ("*", subject):
        return False
    if shared_type == "*" or shared_type == fact_type:
        return True
    return shared_type.endswith(".*") and fact_type.startswith(shared_type[:-1])
