"""A run in a process of its own that comes to lack something half way: `python -m tests.adapters.probing.starved WHAT PORTS …`.

WHAT: nothing, descriptors (none are left for a while), network (no route for good), resolver (nobody answers any more). Prints as
JSON what was seen of each name, in order, how long it took and how much memory.
"""

import asyncio
import errno
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.looks import looks_through
from dijkwacht.adapters.probing.pace import IN_THE_LAB, Pace
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.scan import Plan, Scanner
from dijkwacht.adapters.probing.visits import Folder
from dijkwacht.core.checks.observed import DomainSeen
from tests.adapters.probing.consenting import consent
from tests.adapters.probing.lines import AT
from tests.adapters.probing.test_scan import LIMITS

NAMES, LACK_AT, BACK_AT = 36, 6, 18


class Mapped(Gate):
    """A gate to which the ports of the web and mail are those of servers of a test."""

    ports: dict[int, int]
    cut = False

    async def _connected(self, factory: Any, address: str, port: int) -> Any:
        if self.cut:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return await super()._connected(factory, "127.0.0.1", self.ports[port])


def _lacks(what: str, gate: Mapped, number: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if number == LACK_AT and what == "descriptors":
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    elif number == LACK_AT and what == "network":
        gate.cut = True
    elif number == LACK_AT and what == "resolver":
        gate.resolver = ("127.0.0.1", 9)
    elif number == BACK_AT and what == "descriptors":
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _run(what: str, gate: Mapped, trust: Trust, folder: Path) -> list[DomainSeen]:
    resolver = Resolver(gate, trusted=True, waits=(2.0, 4.0))
    scanner = Scanner(gate, resolver, looks_through(gate, trust), Plan(LIMITS), sharing=Folder(folder))
    seen: list[DomainSeen] = []

    def on_seen(each: DomainSeen) -> None:
        seen.append(each)
        _lacks(what, gate, len(seen))
        if what == "resolver" and len(seen) == LACK_AT:
            resolver.close()
            resolver._waits = (0.3,)  # that it is silent is what matters, not how long we listen

    names = [f"n{n}.example" for n in range(NAMES)]
    await run(scanner, names, on_seen, progress=Progress(NAMES), at_once=5)
    resolver.close()
    return seen


def main(what: str, web: str, plain: str, mail: str, resolver: str, root: str, folder: str) -> None:
    made = Mapped(
        consents=[consent(organisation="dijkstad", scope=["*.example", "127.0.0.0/8"], level=2)], clock=lambda: AT,
        lab=True, resolver=("127.0.0.1", int(resolver)), pace=Pace(IN_THE_LAB),
    )  # fmt: skip
    made.ports = {443: int(web), 80: int(plain), 25: int(mail)}
    since = time.monotonic()
    seen = asyncio.run(_run(what, made, Trust(Path(root).read_bytes(), AT), Path(folder)))
    rows = [
        {
            "name": each.name,
            "lookups": sorted({found.rcode for found in each.lookups.values()}),
            "https": sorted({found.https for found in each.web}),
            "http": sorted({found.http for found in each.web}),
            "smtp": sorted({found.smtp for host in each.mail for found in host.addresses}),
            "reasons": sorted(
                {found.reason for found in each.web} | {f.reason for h in each.mail for f in h.addresses}
            ),
            "failed": failed(each),
        }
        for each in seen
    ]
    peak = most() / 1024
    json.dump({"rows": rows, "seconds": time.monotonic() - since, "peak": peak}, sys.stdout)


def most() -> int:
    """The most memory that this program itself had, in KiB; what the kernel counts includes that of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


def failed(seen: DomainSeen) -> list[str]:
    """The checks of web and mail that say *failed*, by our own word."""
    from dijkwacht.core.checks.judge import judge
    from tests.core.checks.names_world import POLICY

    return sorted({f"{each.area}.{each.check}" for each in judge(seen, POLICY) if each.word == "failed"})


if __name__ == "__main__":
    main(*sys.argv[1:])
