"""Open ports: what anyone in the world can talk to, and whether it ought to be so. Which port says what is data."""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import whole
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen, OpenPort
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`open_ports`: one finding per port that answered; not tested where consent does not reach that far."""
    if not seen.ports:
        yield whole("open_ports", "names", "not_tested", Why("ports_not_tried"))
        return
    answering = [each for each in seen.ports if each.reach in ("open", "reset")]
    if not answering and all(each.reach in ("denied", "not_tried") for each in seen.ports):
        yield whole("open_ports", "names", "not_tested", Why("ports_denied"))
    elif not answering:
        tried = sum(each.reach not in ("denied", "not_tried") for each in seen.ports)
        yield whole("open_ports", "names", "passed", Why("ports_closed", {"count": tried}), peer="not_tested")
    for each in answering:
        yield _port(each, policy)


def _port(each: OpenPort, policy: Policy) -> Finding:
    rule = policy.known.ports.get(each.port)
    about: dict[str, object] = {"host": each.host, "address": each.address, "port": each.port}
    target = f"{each.host}:{each.port}"
    if rule is None:
        return Finding("open_ports", "names", target, "info", "not_tested", (Why("port_unknown", about),))
    about |= {"service": rule.service, "kind": rule.kind}
    return Finding("open_ports", "names", target, rule.word, "not_tested", (Why("port_open", about),))
