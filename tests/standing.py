"""A world that the tests of a module share: made once, and for each test as it was.

Making a house with its answers takes a second; a module of thirty tests needs one. The world is made in a transaction that
stays open as long as the module lasts. A test runs within it and is rolled back to it, and gets copies of the world's objects
and of its files, so that no test sees what another did. Not for tests that commit (``transaction=True``).

    stands = standing(lambda: house(on=ON))

    @pytest.fixture
    def world(stands, db, tmp_path):
        return again(stands, tmp_path)
"""

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings


def standing(make: Callable[[], Any]) -> Any:
    """A fixture of a whole module: what ``make`` returns, and the folder in which its files stand."""

    @pytest.fixture(scope="module")
    def stands(
        django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[tuple[Any, Path]]:
        folder = tmp_path_factory.mktemp("standing")
        with django_db_blocker.unblock(), transaction.atomic():
            with override_settings(DATA_DIR=folder):
                made = make()
            yield made, folder
            transaction.set_rollback(True)

    return stands


def again(stands: tuple[Any, Path], folder: Path) -> Any:
    """The world as it was made, for one test; its files copied to the test's own data folder."""
    made, files = stands
    shutil.copytree(files, folder, dirs_exist_ok=True)
    return copy.deepcopy(made)
