"""Files with a network of dependencies: JSON or YAML from strangers, read whole or not at all, and written."""

import json
from typing import Any

import yaml

from dijkwacht.adapters.limits import MEGABYTE
from dijkwacht.core.cascade.form import data_of, network_of
from dijkwacht.core.cascade.network import Network

MOST_JSON, MOST_YAML = 20 * MEGABYTE, 5 * MEGABYTE


class FileError(ValueError):
    """A file that cannot be read. ``code``: too_large, not_text, not_readable, name_twice; ``line`` where it is known."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code.replace("_", " ") + (f" (line {line})" if line else ""))
        self.code, self.line = code, line


def read_network(content: bytes, name: str = "") -> Network:
    """The network in a file. Raises FileError, or NetworkError for what is wrong in it, by node or edge."""
    is_yaml = name.lower().endswith((".yaml", ".yml"))
    if len(content) > (MOST_YAML if is_yaml else MOST_JSON):
        raise FileError("too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("not_text") from None
    return network_of(_yaml(text) if is_yaml else _json(text))


def write_network(network: Network) -> bytes:
    """The network as JSON that ``read_network`` reads back."""
    return json.dumps(data_of(network), ensure_ascii=False, indent=1).encode()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no name stands twice: of two the reader would silently take the last."""
    if len(found := dict(pairs)) < len(pairs):
        raise FileError("name_twice")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except FileError:
        raise
    except json.JSONDecodeError as error:
        raise FileError("not_readable", error.lineno) from None
    except (RecursionError, ValueError):
        raise FileError("not_readable") from None


def _yaml(text: str) -> Any:
    """Without aliases: with a few of them a small file becomes an endless one."""
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise FileError("not_readable", event.start_mark.line + 1 if event.start_mark else None)
        return yaml.load(text, yaml.CSafeLoader)  # noqa: TID251 -- it is the safe one; safe_load() would take ten times as long
    except yaml.MarkedYAMLError as error:
        raise FileError("not_readable", error.problem_mark.line + 1 if error.problem_mark else None) from None
    except FileError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError):
        raise FileError("not_readable") from None
