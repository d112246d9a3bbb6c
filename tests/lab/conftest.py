"""One lab for all tests of this folder, in whichever process they run."""

from collections.abc import Iterator

import pytest

from tests.lab import world


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.Lab]:
    """A hundred names, from a seed of its own."""
    if why := world.missing():
        pytest.skip(why)
    with world.lab(tmp_path_factory.mktemp("lab"), seed="toetssteen", names=100) as made:
        yield made
