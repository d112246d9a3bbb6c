"""Who agreed to what: whether something may be sent to an address for a name, at a level, at a moment; and by which path.

Levels: 0 nothing; 1 public sources (DNS, certificate transparency, route tables, an NS question to a name server);
2 as an ordinary visitor, with every hello that a visitor's program could say; 3 detectable (port scan, zone walk);
4 intrusive.

How a level flows. A consent gives its level to what lies in its scope: names and addresses. A name passes its level on to the
addresses it resolves to, at most 2: what a visitor of that name would do. It passes on no more than 1 to an address that belongs
to another organisation or is known to serve others; there the supplier's own consent is needed beside it. A name outside the
scope inherits nothing: a mail host of a supplier asks for the consent of that supplier. An own consent for a name that another
organisation may hold (`core/consent_claims`) gives no more than 1 either.

Moments are aware; a weekly window is read in the zone of the moment that is given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from dijkwacht.core.consent_claims import NOWHERE, Elsewhere
from dijkwacht.core.consent_scope import NOTHING, Address, Scope, Window, address_of, scope_of

__all__ = [
    "Allowed", "Consent", "Decision", "Kind", "Refused", "Request", "Scope", "Step", "Window", "decide", "holds_until",
    "scope_of", "text_hash",
]  # fmt: skip

Kind = Literal["own", "supplier", "csirt"]

INHERITED, SHARED, NON_INTRUSIVE, HIGHEST = 2, 1, 2, 4
"""What a name passes on to an address; to one that serves others; what the scan of the CSIRT may do; the highest level."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent, as signed. A supplier's consent covers what it runs for others; that of the CSIRT rests on its `article`.

    What is known around an own consent and not part of it: `elsewhere`, the names that another organisation may hold, and
    `serving`, how many other organisations an address is known to serve.
    """

    organisation: str
    scope: Scope
    level: int
    since: datetime
    until: datetime
    exclude: Scope = NOTHING
    kind: Kind = "own"
    version: str = ""  # of the text that was signed
    text: str = ""  # SHA-256 of that text
    signatory: str = ""
    mandate: str = ""
    article: str = ""  # of law, for the CSIRT
    windows: tuple[Window, ...] = ()  # none: always
    revoked: datetime | None = None
    elsewhere: Elsewhere = field(default=NOWHERE, compare=False)
    serving: Mapping[Address, int] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Refuses with ValueError what could be taken in two ways."""
        if not 0 <= self.level <= HIGHEST:
            raise ValueError(f"a level is 0 to {HIGHEST}, not {self.level}")
        if any(moment is not None and moment.tzinfo is None for moment in (self.since, self.until, self.revoked)):
            raise ValueError("a moment without a time zone can be taken in two ways")
        if self.kind == "csirt" and not self.article:
            raise ValueError("a scan by the CSIRT needs the article that it rests on")
        if "*" in self.scope.names and self.kind != "csirt":
            raise ValueError("nobody can consent for all names: * stands in the scope")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: to send to `address` for `name`, at `level`, at a moment. Either may be "", not both.

    `systems`: the AS numbers that announce the address. `others`: organisations that the address is known to serve.
    """

    name: str
    address: str
    level: int
    at: datetime
    systems: frozenset[int] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path along which a level came: a code with what it is about, and the level after it."""

    code: Literal[
        "consent", "name", "elsewhere", "network", "inherited", "shared", "serves", "supplier", "non_intrusive"
    ]
    about: str
    level: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be sent, with the path of steps that gave the level."""

    organisation: str
    level: int
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be sent. Codes, the most telling first: see `TELLING`."""

    code: str
    params: dict[str, object] = field(default_factory=dict)


Decision = Allowed | Refused

TELLING = (
    "opted_out",
    "excluded",
    "revoked",
    "elsewhere",
    "shared",
    "level",
    "window",
    "ended",
    "not_yet",
    "no_consent",
    "malformed",
)
"""Codes of a refusal; when consents refuse for different reasons, the first in this order is told."""


def decide(consents: Iterable[Consent], request: Request, *, opted_out: Scope = NOTHING) -> Decision:
    """Whether any consent allows the request. An exclusion of a consent in force, and an opt-out, beat every consent."""
    name = request.name.lower().removesuffix(".")  # however it is written: it must not get around an opt-out
    if name != request.name:
        request = replace(request, name=name)
    address = address_of(request.address)
    if not (request.name or request.address) or (request.address and address is None):
        return Refused("malformed", {"name": request.name, "address": request.address})
    if found := _covered(opted_out, request, address):
        return Refused("opted_out", {"by": found})
    if not 1 <= request.level <= HIGHEST:
        return Refused("level", {"asked": request.level, "given": 0})
    refusals: list[Refused] = []
    live: list[Consent] = []
    for consent in consents:
        trouble = _not_in_force(consent, request.at)
        if trouble is None:
            live.append(consent)
        elif _covered(consent.scope, request, address):
            refusals.append(trouble)
    for consent in live:
        if found := _covered(consent.exclude, request, address):
            return Refused("excluded", {"by": found, "organisation": consent.organisation})
    for consent in live:
        decision = _given(consent, live, request, address)
        if isinstance(decision, Allowed):
            return decision
        refusals.append(decision)
    return min(refusals, key=lambda each: TELLING.index(each.code), default=Refused("no_consent"))


def holds_until(consents: Iterable[Consent], at: datetime) -> datetime | None:
    """The first moment after `at` on which the same request may be decided otherwise; None: never. Windows are whole minutes."""
    consents = tuple(consents)
    moments = [
        each for consent in consents for each in (consent.since, consent.until, consent.revoked) if each and each > at
    ]
    if any(consent.windows for consent in consents):
        moments.append(at.replace(second=0, microsecond=0) + timedelta(minutes=1))
    return min(moments, default=None)


def text_hash(text: str) -> str:
    """SHA-256 in hex of a consent text, line ends and outer blanks made even."""
    return sha256("\n".join(text.strip().splitlines()).encode()).hexdigest()


def _not_in_force(consent: Consent, at: datetime) -> Refused | None:
    about: dict[str, object] = {"organisation": consent.organisation}
    if consent.revoked is not None and at >= consent.revoked:
        return Refused("revoked", about | {"on": consent.revoked.isoformat()})
    if at < consent.since:
        return Refused("not_yet", about | {"from": consent.since.isoformat()})
    if at >= consent.until:
        return Refused("ended", about | {"until": consent.until.isoformat()})
    return None


def _covered(scope: Scope, request: Request, address: Address | None) -> str:
    return scope.names_it(request.name) or scope.holds(address, request.systems)


def _given(consent: Consent, live: Sequence[Consent], request: Request, address: Address | None) -> Decision:
    """What one consent in force says; `no_consent` when the request lies outside its scope."""
    name = consent.scope.names_it(request.name)
    network = consent.scope.holds(address, request.systems)
    if not name and (not network or (request.name and consent.kind != "csirt")):
        return Refused("no_consent")  # what points into a network may be of others: the owner of the name has a say too
    if not _in_window(consent, request.at):
        return Refused("window", {"organisation": consent.organisation})
    level = consent.level
    path = [Step("consent", consent.organisation, level)]
    if consent.kind == "csirt":
        level = min(level, NON_INTRUSIVE)
        path.append(Step("non_intrusive", consent.article, level))
    path.append(Step("name", name, level) if name else Step("network", network, level))
    if consent.kind == "own" and (other := consent.elsewhere.names_it(request.name)):
        path.append(Step("elsewhere", other, min(level, SHARED)))
        level = path[-1].level
    if address is not None and consent.kind != "csirt":
        path.append(_at_address(consent, live, request, address, level=level))
        level = path[-1].level
    if request.level <= level:
        return Allowed(consent.organisation, level, tuple(path))
    return Refused(_bound(path), {"asked": request.level, "given": level, "organisation": consent.organisation})


def _bound(path: Sequence[Step]) -> str:
    """Which step of a path that goes not far enough is to be told: the code of the refusal."""
    codes = {step.code for step in path}
    if "elsewhere" in codes:
        return "elsewhere"
    return "shared" if codes & {"shared", "serves"} else "level"


def _at_address(consent: Consent, live: Sequence[Consent], request: Request, address: Address, *, level: int) -> Step:
    """What becomes of a level at the address itself: whose is it, and whom does it serve?"""
    network = consent.scope.holds(address, request.systems)
    theirs = [
        each for each in live
        if each.organisation != consent.organisation
        and each.kind != "csirt"
        and each.scope.holds(address, request.systems)
    ]  # fmt: skip
    suppliers = [each for each in theirs if each.kind == "supplier" and _in_window(each, request.at)]
    if suppliers:
        supplier = max(suppliers, key=lambda each: each.level)
        return Step("supplier", supplier.organisation, min(level, supplier.level))
    if theirs:
        return Step("shared", theirs[0].organisation, min(level, SHARED))
    if network:
        return Step("network", network, level)
    if consent.kind == "supplier":  # serving others is what it consents to
        return Step("inherited", str(address), min(level, INHERITED))
    if others := sorted(request.others - {consent.organisation}):
        return Step("shared", others[0], min(level, SHARED))
    if serves := consent.serving.get(address):
        return Step("serves", str(serves), min(level, SHARED))
    return Step("inherited", str(address), min(level, INHERITED))


def _in_window(consent: Consent, at: datetime) -> bool:
    return not consent.windows or any(window.holds(at) for window in consent.windows)
