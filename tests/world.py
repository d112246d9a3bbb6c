"""The cast of the tests is that of the demo world: one municipality, those around it, and a stranger who gets 404."""

from dijkwacht.demo.world import CAST, ORGANISATIONS, PASSWORD, Player, World, build

__all__ = ["CAST", "ORGANISATIONS", "PASSWORD", "Player", "World", "build"]
