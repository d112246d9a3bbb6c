"""What stands in the menu: entries by right, the pages beside each other under one, and for whom."""

from django.utils.translation import gettext_noop

from dijkwacht.core.access import Right

# At most nine entries; an entry shows only to who has one of the rights, and only when its room is installed. Who has one
# of the last rights finds it elsewhere: under Accounts, or for what lies outside the own house under Beyond our walls.
ENTRIES: tuple[tuple[str, str, tuple[Right, ...], tuple[Right, ...]], ...] = (
    (gettext_noop("Today"), "today:today", (Right.SEE_ASSIGNED,), ()),
    (gettext_noop("Questions"), "ledger:questions", (Right.ANSWER_ASSIGNED, Right.ASSIGN), ()),
    (gettext_noop("Accounts"), "accountability:accounts", (Right.SEE,), ()),
    (gettext_noop("ISMS"), "isms:home", (Right.SEE,), ()),
    (gettext_noop("The outside"), "perimeter:home", (Right.SEE,), ()),
    (gettext_noop("Incidents"), "incidents:home", (Right.SEE,), ()),
    (gettext_noop("Warnings"), "advisories:home", (Right.SEE,), ()),
    (gettext_noop("Suppliers"), "suppliers:home", (Right.SEE,), ()),
    (gettext_noop("Beyond our walls"), "landscape:beyond", (Right.SEE,), ()),
    (gettext_noop("Tell of an incident"), "incidents:tell", (Right.TELL,), (Right.SEE,)),
    (gettext_noop("Overview"), "accountability:overview", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Incidents"), "incidents:received", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Advisories"), "advisories:triage", (Right.TRIAGE,), (Right.SEE,)),
    (gettext_noop("Suppliers"), "suppliers:shared", (Right.RECEIVE,), (Right.SEE,)),
    (gettext_noop("Reading room"), "accountability:room", (Right.RECEIVE, Right.AUDIT), (Right.ANSWER,)),
)

# The menu of who works on safety outside the own house and not inside it: adviser, mayor, privacy officer.
SAFETY_RIGHTS = (Right.ORDER, Right.PRIVACY)
HOUSE_RIGHTS = (Right.KEEP_ISMS, Right.SUPPLY, Right.PREPARE, Right.WATCH, Right.MANAGE_PEOPLE)
SAFETY_ENTRIES: tuple[tuple[str, str, tuple[Right, ...], tuple[Right, ...]], ...] = (
    (gettext_noop("Today"), "today:today", (Right.SEE_ASSIGNED,), ()),
    (gettext_noop("Crisis"), "crisis:home", (Right.SEE,), ()),
    (gettext_noop("Exercises"), "exercises:home", (Right.SEE,), ()),
    (gettext_noop("Public order"), "order:home", (Right.SEE,), ()),
    (gettext_noop("Cybercrime"), "crime:home", (Right.SEE,), ()),
    (gettext_noop("Landscape"), "landscape:home", (Right.SEE,), ()),
    (gettext_noop("Incidents"), "incidents:home", (Right.SEE,), ()),
    (gettext_noop("Questions"), "ledger:questions", (Right.ANSWER_ASSIGNED, Right.ASSIGN), ()),
    (gettext_noop("Accounts"), "accountability:accounts", (Right.SEE,), ()),
)

# What is arranged now and then stands in the menu of the person.
AT_PERSON = ((gettext_noop("Records"), "ledger:subjects", Right.SEE),)

SEEN_FROM_ABOVE = tuple(f"leveranciers/{each}/" for each in ("last", "concentratie", "exitplannen", "delen"))

# The pages under one entry of the menu, side by side below it: label, route, right, and what else lies under that page
# (the first part of an address within the organisation).
TABS: dict[str, tuple[tuple[str, str, Right, tuple[str, ...]], ...]] = {
    "accountability:overview": (
        (gettext_noop("Overview"), "accountability:overview", Right.RECEIVE, ()),
        (gettext_noop("Who is stuck"), "ensia:region", Right.RECEIVE, ()),
        (gettext_noop("Map"), "ensia:map", Right.RECEIVE, ()),
        (gettext_noop("What is odd"), "ensia:shared_quality", Right.RECEIVE, ()),
        (gettext_noop("Seen from outside"), "perimeter:csirt", Right.SCAN, ()),
    ),
    "accountability:statements": (
        (gettext_noop("Statements"), "accountability:statements", Right.SEE, ()),
        (gettext_noop("Remarks"), "accountability:remarks", Right.SEE, ()),
        (gettext_noop("Keys"), "accountability:keys", Right.SEE, ()),
        (gettext_noop("Reading room"), "accountability:room", Right.RECEIVE, ()),
    ),
    "accountability:accounts": (
        (gettext_noop("How we stand"), "accountability:accounts", Right.SEE, ("kader/", "eis/")),
        (gettext_noop("Statements"), "accountability:statements", Right.SEE, ()),
        (gettext_noop("ENSIA year"), "ensia:now", Right.SEE, ()),
        (gettext_noop("Frameworks"), "frameworks:frameworks", Right.SEE, ()),
        (gettext_noop("Compare"), "ensia:benchmark", Right.SEE, ()),
        (gettext_noop("What is odd"), "ensia:quality", Right.SEE, ()),
        (gettext_noop("For each other"), "ensia:answered_for", Right.SEE, ()),
        (gettext_noop("Overview"), "accountability:overview", Right.RECEIVE, ()),
    ),
    "isms:home": (
        (gettext_noop("Where we stand"), "isms:home", Right.SEE, ()),
        (gettext_noop("Start"), "isms:start", Right.SEE, ()),
        (gettext_noop("Scope"), "isms:scope", Right.SEE, ("isms/context/",)),
        (gettext_noop("Processes and systems"), "isms:things", Right.SEE, ()),
        (gettext_noop("Risks"), "isms:risks", Right.SEE, ("isms/uitzonderingen/",)),
        (gettext_noop("Plan"), "isms:plan", Right.SEE, ()),
        (gettext_noop("Audits"), "isms:audits", Right.SEE, ("isms/bevindingen/",)),
        (gettext_noop("Management review"), "isms:reviews", Right.SEE, ()),
        (gettext_noop("Policies"), "isms:policies", Right.SEE, ()),
        (gettext_noop("Board and training"), "isms:people", Right.SEE, ()),
        (gettext_noop("Year"), "isms:year", Right.SEE, ()),
    ),
    "perimeter:home": (
        (gettext_noop("Where it is wrong"), "perimeter:home", Right.SEE, ()),
        (gettext_noop("Names"), "perimeter:names", Right.SEE, ()),
        (gettext_noop("Measurements"), "perimeter:runs", Right.SEE, ()),
        (gettext_noop("Changes"), "perimeter:changes", Right.SEE, ()),
        (gettext_noop("Compare"), "perimeter:compare", Right.SEE, ()),
        (gettext_noop("Consent"), "perimeter:consents", Right.SEE, ("buitenkant/niet-meten/",)),
        (gettext_noop("In public"), "perimeter:public_choice", Right.CONSENT, ()),
    ),
    "incidents:home": (
        (gettext_noop("Incidents"), "incidents:home", Right.SEE, ()),
        (gettext_noop("Overview"), "incidents:overview", Right.SEE, ()),
        (gettext_noop("Monitoring"), "incidents:monitoring", Right.SEE, ()),
        (gettext_noop("Who is on duty"), "incidents:duty", Right.SEE, ()),
        (gettext_noop("Registration"), "incidents:registration", Right.SEE, ()),
        (gettext_noop("Reports received"), "incidents:received", Right.RECEIVE, ()),
    ),
    "advisories:triage": (
        (gettext_noop("Queue"), "advisories:triage", Right.TRIAGE, ("adviezen/advies/",)),
        (gettext_noop("Warned"), "advisories:warned", Right.TRIAGE, ("adviezen/week/",)),
        (gettext_noop("To call"), "advisories:calls", Right.TRIAGE, ()),
        (gettext_noop("Whom we warn"), "advisories:served", Right.TRIAGE, ("adviezen/contact/", "adviezen/register/")),
        (gettext_noop("Sources"), "advisories:sources", Right.TRIAGE, ()),
        (gettext_noop("Set aside"), "advisories:aside", Right.TRIAGE, ("adviezen/document/",)),
        (gettext_noop("Products nobody has"), "advisories:unmatched", Right.TRIAGE, ()),
        (gettext_noop("Names"), "advisories:desk_names", Right.TRIAGE, ()),
        (gettext_noop("Own advisories"), "advisories:own", Right.TRIAGE, ()),
        (gettext_noop("Keys"), "advisories:keys", Right.TRIAGE, ()),
    ),
    "advisories:home": (
        (gettext_noop("Warnings"), "advisories:home", Right.SEE, ()),
        (gettext_noop("Product register"), "advisories:register", Right.SEE, ()),
        (gettext_noop("Names"), "advisories:names", Right.SEE, ()),
        (gettext_noop("What we follow"), "advisories:following", Right.SEE, ()),
        (gettext_noop("Who is warned"), "advisories:contacts", Right.SEE, ()),
        (gettext_noop("Keys"), "advisories:keys", Right.TRIAGE, ()),
        (gettext_noop("Advisories"), "advisories:triage", Right.TRIAGE, ()),
    ),
    "crisis:home": (
        (gettext_noop("Crisis"), "crisis:home", Right.SEE, ("crisis/lopend/",)),
        (gettext_noop("Crisis plan"), "crisis:plan", Right.SEE, ()),
        (gettext_noop("Whom to reach"), "crisis:contacts", Right.SEE, ()),
        (gettext_noop("What fails when"), "crisis:cascade", Right.SEE, ()),
        (gettext_noop("Physical and digital"), "crisis:ladders", Right.SEE, ()),
    ),
    "exercises:home": (
        (gettext_noop("Exercises"), "exercises:home", Right.SEE, ()),
        (gettext_noop("Scenarios"), "exercises:scenarios", Right.SEE, ()),
        (gettext_noop("What came of it"), "exercises:lessons", Right.SEE, ()),
    ),
    "order:home": (
        (gettext_noop("What may we do"), "order:home", Right.SEE, ()),
        (gettext_noop("Decisions"), "order:files", Right.ORDER, ()),
        (gettext_noop("Signals"), "order:signals", Right.ORDER, ()),
        (gettext_noop("To check"), "order:checks", Right.PRIVACY, ()),
    ),
    "crime:home": (
        (gettext_noop("Picture"), "crime:home", Right.SEE, ()),
        (gettext_noop("What works"), "crime:interventions", Right.SEE, ()),
        (gettext_noop("What runs here"), "crime:plans", Right.SEE, ()),
        (gettext_noop("Help for victims"), "crime:referral", Right.SEE, ()),
        (gettext_noop("Sources"), "crime:sources", Right.SEE, ()),
    ),
    "landscape:home": (
        (gettext_noop("Who does what"), "landscape:home", Right.SEE, ("landschap/cel/",)),
        (gettext_noop("Gaps and overlaps"), "landscape:findings", Right.SEE, ()),
        (gettext_noop("Whose turn"), "landscape:turn", Right.SEE, ()),
        (gettext_noop("Actors"), "landscape:actors", Right.SEE, ()),
        (gettext_noop("Needs"), "landscape:needs", Right.SEE, ()),
        (gettext_noop("What runs"), "landscape:initiatives", Right.SEE, ()),
        (gettext_noop("Exchange"), "landscape:exchange", Right.SEE, ()),
        (gettext_noop("Covenant"), "landscape:covenant", Right.SEE, ()),
    ),
    "suppliers:home": (
        (gettext_noop("Suppliers"), "suppliers:home", Right.SEE, ()),
        (gettext_noop("Asked of us"), "suppliers:asked", Right.SEE, ()),
        (gettext_noop("Services"), "suppliers:services", Right.SEE, ()),
        (gettext_noop("Contracts"), "suppliers:contracts", Right.SEE, ()),
        (gettext_noop("Proof"), "suppliers:proofs", Right.SEE, ("leveranciers/bevindingen/",)),
        (gettext_noop("What stops"), "suppliers:dependence", Right.SEE, SEEN_FROM_ABOVE),
        (gettext_noop("Joint reviews"), "suppliers:reviews", Right.SEE, ()),
        (gettext_noop("Tenders"), "suppliers:tenders", Right.SEE, ("leveranciers/afspraken/",)),
        (gettext_noop("Together"), "suppliers:collectives", Right.SEE, ()),
    ),
    "ledger:subjects": (
        (gettext_noop("Subjects"), "ledger:subjects", Right.SEE, ()),
        (gettext_noop("Import"), "ledger:import", Right.IMPORT, ()),
        (gettext_noop("People"), "people:members", Right.SEE, ()),
        (gettext_noop("Trail"), "trail:trail", Right.READ_TRAIL, ()),
    ),
}  # fmt: skip

# Pages that only some kinds of organisation have.
FOR_KINDS = {
    "suppliers:asked": ("supplier",),
    "suppliers:reviews": ("municipality", "joint_arrangement", "csirt", "supervisor", "other"),
}

# The entry for who has not the one of these pages.
OTHERWISE = {
    "accountability:overview": "accountability:accounts",
    "accountability:statements": "accountability:accounts",
    "advisories:triage": "advisories:home",
    "crisis:home": "landscape:beyond",
    "exercises:home": "landscape:beyond",
    "order:home": "landscape:beyond",
    "crime:home": "landscape:beyond",
    "landscape:home": "landscape:beyond",
}
