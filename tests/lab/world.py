"""A lab of its own for whoever asks: made-up names behind real servers, in a network namespace that is gone afterwards.

The lab itself stands in `easm/`: a program that also runs without us. It needs root, and the packages that `PROGRAMS` names.
"""

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EASM = Path(__file__).parent / "easm"
PROGRAMS = {
    "ip": "iproute2", "knotd": "knot", "unbound": "unbound", "nginx": "nginx-light", "openssl": "openssl",
}  # fmt: skip
MODULES = {
    "ngx_mail_module.so": "libnginx-mod-mail",
    "ngx_http_headers_more_filter_module.so": "libnginx-mod-http-headers-more-filter",
}
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
PREFIX = "dijkwacht-lab-"
RESOLVER = "127.0.0.53"
SCOPE = ["*.test", "127.0.0.0/8", "fd00:ea5::/32"]
CONSENT = {"organisation": "lab", "scope": SCOPE, "level": 2, "from": "2020-01-01", "until": "2099-12-31"}


def missing() -> str:
    """Why no lab can be made here; "" when it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "the lab makes a network namespace, and needs root for it"
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program, path=PLACES)]
    packages += [package for module, package in MODULES.items() if not Path("/usr/lib/nginx/modules", module).exists()]
    if not (shutil.which("dig", path=PLACES) or shutil.which("kdig", path=PLACES)):
        packages.append("knot-dnsutils")
    packages += [each for each in ("dns", "tlslite") if importlib.util.find_spec(each) is None]
    return f"the lab needs {', '.join(packages)}" if packages else _refused()


def _refused() -> str:
    """Why the kernel lets us make no namespace: in a container root is often not enough."""
    name = f"{PREFIX}{os.getpid()}-try"
    tries = (["netns", "add", name], ["netns", "exec", name, "sysctl", "-qw", "net.ipv6.ip_nonlocal_bind=1"])
    try:
        said = [_ip(*each) for each in tries]
    finally:
        _ip("netns", "del", name)
    wrong = next((each.stderr.strip() for each in said if each.returncode), "")
    return f"no network namespace with IPv6 can be made here: {wrong.splitlines()[-1][:200]}" if wrong else ""


def _ip(*words: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("ip", path=PLACES) or "ip"
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab that is up: its files and its namespace."""

    folder: Path
    netns: str

    @property
    def truth(self) -> dict[str, Any]:
        """What a good measurement says of each name, in the words of internet.nl."""
        found: dict[str, Any] = json.loads((self.folder / "truth.json").read_text())["domains"]
        return found

    def command(self, *words: str, cpu: str = "") -> list[str]:
        """A command as it runs inside, on one core if that is given."""
        return ["ip", "netns", "exec", self.netns, *(["taskset", "-c", cpu] if cpu else []), *words]

    def scan(
        self, out: Path, *more: str, targets: Path | None = None, consent: Any = None, cpu: str = ""
    ) -> dict[str, Any]:
        """Runs `dijkwacht scan` inside; its summary."""
        paper = out.with_suffix(".consent")
        paper.write_text(json.dumps(consent or CONSENT))
        told = subprocess.run(
            self.command(
                *dijkwacht(), "scan", "--targets", str(targets or self.folder / "targets.txt"), "--consent", str(paper),
                "--out", str(out), *self.sources(), "--json", *more, cpu=cpu,
            ),
            capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr[-2000:]
        summary: dict[str, Any] = json.loads(told.stdout)
        return summary

    def sources(self) -> list[str]:
        """Where to ask, whom to trust, and which routes there are: the same for a scan and for a worker."""
        tables = ["--vrps", str(self.folder / "vrps.json"), "--routes", str(self.folder / "bgp.tsv")]
        return ["--lab", "--resolver", RESOLVER, "--ca", str(self.folder / "ca.pem"), *tables]

    def agreement(
        self, words: Mapping[str, Mapping[str, Mapping[str, str]]], of: Collection[str] = ()
    ) -> tuple[int, list[str]]:
        """How many words agree with the truth, and each that does not. A word that is missing does not agree.

        ``of``: the names that were asked about, all without.
        """
        good, wrong = 0, []
        for name, parts in self.truth.items():
            if of and name not in of:
                continue
            for part in ("web", "mail"):
                for check, right in parts[part].items():
                    if check == "mx_state":  # describes the lab, no check
                        continue
                    said = words.get(name, {}).get(part, {}).get(check, "absent")
                    good += said == right
                    wrong += [] if said == right else [f"{name} {part}.{check}: {said}, truth {right}"]
        return good, wrong

    def mail_hosts(self) -> dict[str, str]:
        """Which mail host listens on an address."""
        text = (self.folder / "nginx-mail.conf").read_text()
        rows = re.findall(r"server \{ ((?:listen \S+; )+)server_name (\S+);", text)
        return {
            each: host for listens, host in rows for each in re.findall(r"listen \[?([0-9a-f.:]+?)\]?:25;", listens)
        }

    def pid(self) -> int:
        """A process inside: what `/proc` says of its network is true of the whole namespace."""
        found: int = json.loads((self.folder / "pids.json").read_text())["nginx"]
        return found

    def counters(self) -> dict[str, int]:
        """Connections begun (`tcp`) and datagrams sent (`udp`) inside since it came up, counted by the kernel, not by us."""
        lines = Path(f"/proc/{self.pid()}/net/snmp").read_text().splitlines()
        rows = [(head.split(), row.split()) for head, row in zip(lines[::2], lines[1::2], strict=True)]
        counts = {
            f"{head[0]}{key}": int(value) for head, row in rows for key, value in zip(head[1:], row[1:], strict=True)
        }
        six = dict(line.split() for line in Path(f"/proc/{self.pid()}/net/snmp6").read_text().splitlines())
        return {
            "tcp": counts["Tcp:ActiveOpens"] + counts["Tcp:AttemptFails"],
            "udp": counts["Udp:OutDatagrams"] + int(six["Udp6OutDatagrams"]),
        }


def dijkwacht() -> list[str]:
    """The command, of this installation."""
    return [sys.executable, "-m", "dijkwacht.cli"]


@contextmanager
def lab(folder: Path, *, seed: str, names: int, cpu: str = "") -> Iterator[Lab]:
    """Makes a lab and brings it up; takes it down, whatever happens. AssertionError when it does not come up."""
    _sweep()
    made = Lab(folder, f"{PREFIX}{os.getpid()}")
    try:
        _easm("gen", "--dir", str(folder), "--seed", seed, "--domains", str(names))
        _easm("up", "--dir", str(folder), "--netns", made.netns, *(["--cpu", cpu] if cpu else []))
        yield made
    finally:
        _easm("down", "--dir", str(folder), "--netns", made.netns)
        _swept(made.netns)


def _easm(*words: str) -> None:
    told = subprocess.run(
        [sys.executable, str(EASM / "easmlab.py"), *words], capture_output=True, text=True, check=False, timeout=600
    )
    assert told.returncode == 0, (told.stdout + told.stderr)[-2000:]


def _sweep() -> None:
    """Takes down what a test run left behind that was killed."""
    for line in _ip("netns", "list").stdout.splitlines():
        found = re.match(rf"{PREFIX}(\d+)\b", line)
        if found and not Path("/proc", found[1]).exists():
            _swept(line.split()[0])


def _swept(netns: str) -> None:
    """Ends, one by one, the processes that are still inside, and removes the namespace."""
    for pid in _ip("netns", "pids", netns).stdout.split():
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            continue
    _ip("netns", "del", netns)
    shutil.rmtree(Path("/etc/netns", netns), ignore_errors=True)


@dataclass(slots=True)
class Watch:
    """Looks, again and again, which connections to port 25 stand open; per mail host the most at once.

    The kernel does not show its table as of one moment, so only what stands in two looks in a row counts: all of that was open
    between the two. (Connections end with a reset, so that none lingers.)
    """

    lab: Lab
    looks: int = 0
    most: Counter[str] = field(default_factory=Counter)
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator["Watch"]:
        """Looks for as long as the context lasts."""
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            thread.join()

    def _look(self) -> None:
        hosts = {_in_kernel(address): host for address, host in self.lab.mail_hosts().items()}
        tables = [Path(f"/proc/{self.lab.pid()}/net/{each}") for each in ("tcp", "tcp6")]
        before: set[tuple[str, str]] = set()
        while not self._ended.is_set():
            now: set[tuple[str, str]] = set()
            for line in (line for table in tables for line in table.read_text().splitlines()):
                _, local, remote, state, *_ = line.split(None, 4)
                if remote.endswith(":0019") and state == "01":  # established, seen from whoever connected
                    now.add((hosts.get(remote[:-5], remote), local))
            for host, count in Counter(host for host, _ in now & before).items():
                self.most[host] = max(self.most[host], count)
            before = now
            self.looks += 1


def _in_kernel(address: str) -> str:
    """An address as `/proc/net/tcp` writes it: words of 32 bits in the order of the machine."""
    import socket

    octets = socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
    return "".join(octets[at : at + 4][::-1].hex().upper() for at in range(0, len(octets), 4))
