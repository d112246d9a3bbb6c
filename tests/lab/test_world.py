"""Where no lab can be made, it says why."""

import os

import pytest

from tests.lab import world


def test_without_root_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "root" in world.missing()


def test_it_names_the_packages_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(world, "PLACES", "")
    why = world.missing()
    assert all(package in why for package in ("iproute2", "knot", "unbound", "nginx-light", "knot-dnsutils"))


def test_what_the_kernel_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        world, "_ip", lambda *words: world.subprocess.CompletedProcess(words, 1, "", "no: not permitted")
    )
    assert "not permitted" in world._refused()


def test_addresses_are_read_as_the_kernel_writes_them() -> None:
    assert world._in_kernel("127.0.0.53") == "3500007F"
    assert world._in_kernel("fd00:ea5::1") == "A50E00FD000000000000000001000000"
