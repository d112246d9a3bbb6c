"""Networks as data: what is read, and every kind of bad input with where it stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.cascade import MOST_YAML, FileError, read_network, write_network
from dijkwacht.core.cascade.changes import Change, applied, differences
from dijkwacht.core.cascade.form import data_of, digest, network_of
from dijkwacht.core.cascade.network import NetworkError
from dijkwacht.norms.cascade import start_network
from tests.core.cascade.networks import networks

EDGE = {"from": "a", "to": "b", "delay_hours": [0, 1, 2], "probability": [0.1, 0.5, 1], "source": "test"}
NODES = [{"id": "a", "name": "A", "buffer_hours": [0, 1, 2], "recovery_hours": [1, 2, 3]}, {"id": "b", "name": "B"}]


def with_(**changed):
    return {"nodes": NODES, "edges": [{**EDGE, **changed}]}


def test_the_form_of_the_issue_is_read_and_the_buffer_counts():
    network = network_of(with_())
    assert network.edges[0].uses_buffer
    assert network_of(data_of(network)) == network


BAD = {
    "self": with_(to="a"),
    "dangling": with_(to="c"),
    "ordered": with_(delay_hours=[2, 1, 3]),
    "below": with_(delay_hours=[-1, 1, 3]),
    "0 to 1": with_(probability=[0, 0.5, 1.5]),
    "nan": with_(probability=[0, float("nan"), 1]),
    "inf": with_(delay_hours=[0, 1, float("inf")]),
    "three": with_(delay_hours=[1, 2]),
    "flag": with_(uses_buffer="ja"),
    "lacks probability": with_(probability=None),
    "means nothing": with_(color="red"),
    "text": with_(delay_hours=["1", "2", "3"]),
    "longer": with_(delay_hours=[1, 2, 1e9]),
    "whole": with_(delay_hours=[1, 2, 10**400]),
    "steers": with_(source="\x1b[31mred"),
}
SAID = {
    "self": "to itself",
    "dangling": "not there: c",
    "ordered": "run up",
    "nan": "finite",
    "inf": "finite",
    "three": "three numbers",
    "flag": "true or false",
    "text": "three numbers",
    "0 to 1": "0 to 1",
    "below": "below zero",
    "longer": "longer than",
    "whole": "finite",
    "steers": "must be text: source",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_names_the_edge(name):
    with pytest.raises(NetworkError, match=SAID.get(name, name)) as told:
        network_of(BAD[name])
    assert told.value.problems[0].where.startswith("a -> ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "mapping"),
        ({"nodes": [], "edges": []}, "no nodes"),
        ({"nodes": [*NODES, NODES[0]], "edges": []}, "a: this node is there twice"),
        ({"nodes": [{"id": ""}], "edges": []}, "no id"),
        ({"nodes": [{"id": "a\x1b[2J"}], "edges": []}, r"nodes\[0\]: has no id"),
        ({"nodes": [{"id": "\ud800"}], "edges": []}, r"nodes\[0\]: has no id"),
        ({"nodes": [{"id": "a", "name": "a\x07"}], "edges": []}, "a: must be text: name"),
        ({"nodes": [3], "edges": []}, r"nodes\[0\]"),
        ({"nodes": [{"id": "a", "buffer_hours": [3, 2, 1]}], "edges": []}, "a: must run up"),
        ({"nodes": NODES, "edges": [None]}, r"edges\[0\]"),
        ({"nodes": [{"id": "a"}] * 20_001, "edges": []}, "more than 20000"),
        ({"nodes": NODES, "edges": [], "extra": 1}, "extra"),
    ],
)
def test_what_is_no_network_is_said(data, said):
    with pytest.raises(NetworkError, match=said):
        network_of(data)


def test_a_circle_is_well():
    assert network_of({"nodes": NODES, "edges": [EDGE, {**EDGE, "from": "b", "to": "a"}]})


@given(networks())
def test_a_file_says_the_same_again(network):
    assert read_network(write_network(network), "x.json") == network
    assert digest(network) == digest(network_of(json.loads(write_network(network))))


@pytest.mark.parametrize(
    ("content", "name", "code", "line"),
    [
        (b"{", "a.json", "not_readable", 1),
        (b"\xff\xfe", "a.json", "not_text", None),
        (b"a: [\n", "a.yaml", "not_readable", 2),
        (b"a: &x [1]\nb: *x\n", "a.yaml", "not_readable", 2),
        (b" " * (MOST_YAML + 1), "a.yml", "too_large", None),
        (b"[" * 100_000, "a.json", "not_readable", None),
        (b"<html>", "a.json", "not_readable", 1),
        (b"a: !!python/object/apply:os.system [x]", "a.yaml", "not_readable", 1),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, name, code, line):
    with pytest.raises(FileError) as told:
        read_network(content, name)
    assert (told.value.code, told.value.line) == (code, line)


def test_yaml_is_read_too():
    text = "nodes: [{id: a, name: A}, {id: b}]\nedges: [{from: a, to: b, delay_hours: [0, 1, 2], probability: [0, 0.5, 1]}]"
    assert len(read_network(text.encode(), "n.yaml").edges) == 1


def test_the_start_network_is_whole():
    pack = start_network()
    assert len(pack.network.nodes) == 76
    assert network_of(data_of(pack.named("en"))).edges == pack.network.edges
    assert all(pack.kinds[each.kind] for each in pack.network.nodes)
    used = {edge.target for edge in pack.network.edges if edge.uses_buffer}
    assert set(pack.bridges) <= set(pack.names)
    assert "gov_network" in used


@given(st.data())
def test_changes_make_one_network_of_another(data):
    def single(network):
        return applied(network, [])  # one edge between two nodes

    one, two = single(data.draw(networks())), single(data.draw(networks()))
    made = differences(one, two)
    assert (
        digest(
            applied(
                one, [*[each for each in made if each.kind == "edge"], *[each for each in made if each.kind == "node"]]
            )
        ).__len__()
        == 64
    )
    left = differences(applied(one, made), two)
    assert left == []


def test_an_edge_goes_along_with_its_node():
    network = network_of(with_())
    assert applied(network, [Change("node", "b", gone=True)]).edges == ()


def test_a_change_that_makes_no_network_is_refused():
    with pytest.raises(NetworkError, match="run up"):
        applied(network_of(with_()), [Change("edge", "a>b", {"delay_hours": [3, 2, 1]})])


@pytest.mark.parametrize(
    "text", ['{"nodes": [], "nodes": []}', '{"nodes": [{"id": "a", "id": "b", "name": "x"}], "edges": []}']
)
def test_a_name_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(FileError) as refused:
        read_network(text.encode(), "x.json")
    assert refused.value.code == "name_twice"
