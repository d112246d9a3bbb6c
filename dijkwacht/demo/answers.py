"""What Dijkstad and its shared service answered, as a story: much is in order, some is not, some is unknown.

Values are in plain form; a number of days stands for the day that long ago. Everything is invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ago:
    """The day that lies this many days back."""

    days: int


SUBJECTS: tuple[tuple[str, str, str], ...] = (
    ("system", "zaaksysteem", "Zaaksysteem"),
    ("system", "burgerzaken", "Burgerzaken"),
    ("system", "financien", "Financieel systeem"),
    ("system", "gemalen", "Besturing gemalen en bruggen"),
    ("process", "paspoorten", "Paspoorten en verhuizingen"),
    ("process", "uitkeringen", "Uitkeringen"),
    ("supplier", "zaakzicht", "Zaakzicht BV"),
    ("supplier", "burgerloket", "Burgerloket Software BV"),
    ("domain", "www", "www.dijkstad.example"),
    ("domain", "loket", "loket.dijkstad.example"),
    ("digid_connection", "digid-loket", "DigiD Burgerloket"),
    ("location", "gemeentehuis", "Gemeentehuis"),
    ("board_member", "burgemeester", "Burgemeester"),
    ("board_member", "wethouder-1", "Wethouder digitale zaken"),
    ("board_member", "wethouder-2", "Wethouder financiën"),
)

COMPLETE = ("system", "process", "supplier", "domain", "digid_connection", "board_member", "location")

# Of the organisation itself: documented, unless the workbook says it.
OWN: dict[str, object] = {
    "cbw.applies": True,
    "cbw.applies_since": "2026-08-15",
    "suwinet.used": True,
    "soa.adopted": True,
    "soa.published": True,
    "isms.scope.adopted": True,
    "isms.scope.published": True,
    "isms.running": True,
    "isms.context.described": True,
    "isms.objectives.set": False,
    "risk.register.kept": True,
    "risk.acceptance_criteria": True,
    "backup.policy.adopted": True,
    "backup.ransomware_protected": True,
    "backup.integrity_checked": True,
    "crisis.plan.adopted": True,
    "crisis.exercise.held_on": Ago(95),
    "crisis.communication.emergency": True,
    "crisis.communication.tested_on": Ago(402),
    "incident.procedure.crisis_link": True,
    "incident.triage.criteria": True,
    "network.availability.defended": True,
    "crypto.spare_certificates": "arranged",
    "risk.method.adopted": True,
    "notification.roles": True,
    "notification.eherkenning_holders": 1,
    "notification.reachable": True,
    "board.measures.approved_on": Ago(60),
    "board.oversight.reported_on": Ago(60),
    "registration.done": True,
    "registration.contacts_right": True,
    "assets.ot.in_use": True,
    "assets.inventory.check_interval": "P6M",
    "logging.integrity.check_interval": "P1Y",
}

ABOUT: dict[tuple[str, str], object] = {
    ("zaaksysteem", "system.critical"): True,
    ("burgerzaken", "system.critical"): True,
    ("financien", "system.critical"): False,
    ("gemalen", "system.critical"): True,
    ("zaaksysteem", "system.restore_test.passed_on"): Ago(200),
    ("gemalen", "system.restore_test.passed_on"): Ago(150),
    ("zaaksysteem", "system.changed_majorly_on"): "never",
    ("burgerzaken", "system.changed_majorly_on"): "never",
    ("gemalen", "system.changed_majorly_on"): Ago(500),
    ("digid-loket", "digid_connection.system"): "burgerzaken",
    ("digid-loket", "digid_connection.supplier"): "burgerloket",
    ("digid-loket", "digid_connection.domain"): "loket",
    ("digid-loket", "digid_connection.agreement"): "signed",
    ("zaakzicht", "supplier.ict"): True,
    ("burgerloket", "supplier.ict"): True,
    ("zaakzicht", "supplier.cloud"): True,
    ("burgerloket", "supplier.cloud"): False,
    ("www", "domain.web"): True,
    ("loket", "domain.web"): True,
    ("paspoorten", "process.critical"): True,
    ("uitkeringen", "process.critical"): True,
    ("paspoorten", "process.continuity_plan"): True,
    ("uitkeringen", "process.continuity_plan"): True,
    ("paspoorten", "process.continuity_test.done_on"): Ago(95),
    ("uitkeringen", "process.continuity_test.done_on"): Ago(95),
    ("paspoorten", "process.critical_systems.reviewed_on"): Ago(300),
    ("uitkeringen", "process.critical_systems.reviewed_on"): Ago(300),
    **{(name, "system.recovery_targets.set"): True for name in ("zaaksysteem", "burgerzaken", "financien", "gemalen")},
    **{(name, "system.backup.separate_site"): True for name in ("burgerzaken", "financien", "gemalen")},
    **{(name, "system.owner"): True for name in ("zaaksysteem", "burgerzaken", "financien", "gemalen")},
    ("burgemeester", "board_member.knowledge.updated_on"): Ago(95),
    ("wethouder-1", "board_member.knowledge.updated_on"): Ago(95),
    ("wethouder-2", "board_member.knowledge.updated_on"): Ago(430),
}

# What the shared service knows of the system that it runs for its members, and shares with Dijkstad.
HOSTED: dict[str, object] = {
    "system.backup.separate_site": True,
    "system.hardened": True,
    "system.patches.in_time": True,
    "system.log.follows_standard": True,
    "system.mfa.admins": True,
}
