"""The wheel holds what git ignores but a server needs: built style sheets and compiled messages; and the norm packs."""

import subprocess
import sys
import zipfile

from tests.architecture import house


def test_the_wheel_is_complete(tmp_path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=house.ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()

    def has(folder: str, ending: str) -> bool:
        return any(name.startswith(folder) and name.endswith(ending) for name in names)

    assert has("dijkwacht/web/static/", ".css")
    assert has("dijkwacht/web/static/vendor/", ".css")
    assert has("dijkwacht/web/locale/nl/", ".mo")
    assert has("dijkwacht/web/templates/", "base.html")
    assert has("dijkwacht/norms/", "criteria.yaml")
    assert has("dijkwacht/apps/", "migrations/0001_initial.py")
    assert has("dijkwacht-", "licenses/LICENSE")
    assert not any(name.startswith("tests/") for name in names)
