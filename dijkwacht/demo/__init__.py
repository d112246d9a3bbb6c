"""The demo world: an invented municipality and those around it. The same cast plays in the tests (tests/world.py)."""
