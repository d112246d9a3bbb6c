"""Scripts: those of the house are sound, and what is wrong in one is told with line, inject and field."""

import pytest

from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.scenarios import ROOT, as_yaml, plain, scenario_kept, scenario_of, scenario_problems, scenarios


def test_the_six_scripts_of_the_house() -> None:
    assert scenario_problems(ROOT) == []
    assert len(scenarios()) == 6
    for each in scenarios().values():
        assert len(each.injects) >= 8
        assert each.doubt["nl"]
        assert each.inspired_by


@pytest.mark.parametrize("name", sorted(scenarios()))
def test_written_and_read_it_is_the_same(name: str) -> None:
    one = scenarios()[name]
    assert scenario_of(as_yaml(one).encode(), file="x.yaml") == one == scenario_kept(plain(one))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- grip_3_policy_team", "- no_such_power", "inject i02 decisions[0]: unknown powers no_such_power"),
        ("- bvr-232-1g-gbt", "- no-such-clock", "inject i02 decisions[0]: unknown clocks no-such-clock"),
        ("  at: 20\n", "  at: 9999\n", "inject i02: at lies after the end"),
        ("  at: 20\n", "  at: soon\n", "inject i02: at must be a whole number"),
        ("  - mayor\n", "  - nobody\n", "names a role that is not in roles: nobody"),
        ("minutes: 720", "minutes: 0", "minutes must be a whole number"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, said: str) -> None:
    text = as_yaml(scenarios()["telecom_112_outage"])
    assert old in text
    with pytest.raises(PackErrors) as error:
        scenario_of(text.replace(old, new, 1).encode(), file="eigen.yaml")
    assert said in str(error.value)
    assert str(error.value).startswith("eigen.yaml:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a: &a [1]\nb: [*a, *a]", "anchors and aliases"), (b"!!python/object:os.system {}", "tags are not allowed"),
        (b"[" * 200, "nested too deep"), (b"x" * 300_001, "larger than"), (b"\xff", "not UTF-8"), (b"a: [", "not YAML"),
        (b"- 1", "a scenario is a mapping"), (b"", "a scenario is a mapping"), (b"title: 1", "title must be text"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(text: bytes, said: str) -> None:
    with pytest.raises(PackErrors, match=said):
        scenario_of(text, file="x.yaml")
