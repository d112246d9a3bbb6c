"""Options of the commands that look at names from the outside: where the name system is, whom to trust, who we are."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import CommandError

RESOLVER_PORT = 53


def add_network(command: argparse.ArgumentParser, *, given: Mapping[str, str] | None = None) -> None:
    """Adds them; ``given``: the settings that they have by default."""
    default = (given or {}).get
    command.add_argument(
        "--resolver",
        default=default("DIJKWACHT_RESOLVER"),
        help="address of a validating resolver, port after # if it is not 53",
    )
    command.add_argument("--distrust-ad", action="store_true", help="the AD bit of that resolver proves nothing")
    command.add_argument("--vrps", type=_path, default=default("DIJKWACHT_VRPS"), help="validated ROA payloads: JSON")
    command.add_argument(
        "--routes", type=_path, default=default("DIJKWACHT_ROUTES"), help="RIS dump: prefix, AS number, peers"
    )
    command.add_argument("--ca", type=Path, help="authorities to trust: PEM (default: those of this system)")
    command.add_argument(
        "--lab", action="store_true", help="allow private and loopback addresses, at the pace of a lab"
    )
    command.add_argument("--at-once", type=int, default=40, help="names that are looked at side by side, per worker")
    command.add_argument(
        "--contact",
        default=default("DIJKWACHT_CONTACT", ""),
        help="where we can be reached: goes into the User-Agent",
    )
    command.add_argument(
        "--page",
        default=default("DIJKWACHT_ABOUT_SCAN", ""),
        help="page about these scans, where one can opt out: User-Agent and EHLO",
    )


def network(args: argparse.Namespace) -> dict[str, Any]:
    """What was said with them, by the names that the options of a scan and of a worker share. Raises CommandError."""
    address, _, port = args.resolver.partition("#")
    if port and not port.isdigit():
        raise CommandError(f"--resolver: {args.resolver} is no address#port")
    if (args.vrps is None) != (args.routes is None):
        raise CommandError("--vrps and --routes go together")
    return {
        "resolver": (address, int(port or RESOLVER_PORT)), "trusted": not args.distrust_ad, "vrps": args.vrps,
        "routes": args.routes, "ca": args.ca, "lab": args.lab, "at_once": max(1, args.at_once), "contact": args.contact,
        "page": args.page,
    }  # fmt: skip


def _path(text: str) -> Path | None:
    """A setting that is there and empty says nothing."""
    return Path(text) if text else None
