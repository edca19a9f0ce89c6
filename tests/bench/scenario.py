"""Scenario files: what a user does with one program, as steps over HTTP.

A file (TOML) has
  name, note        shown in the table
  [headers]         sent with every request
  [vars]            drawn anew for each operation: {range = [1, 9]}, {choice = ["a", "b"]} or
                    {file = "words.txt"} (a line of a file in the data folder)
  [[login]]         steps that log in
  [[op]]            an operation: name, note, anonymous (no login, no cookies), and its steps:
    [[op.prepare]]  done before the measurement, outside its time, CPU and SQL
    [[op.step]]     measured

A step is get|post = "/path", with optional form = {...}, multipart = true, status = 302 (200 if absent),
follow = true (follow redirects), contains = "text" (or the run stops), extract = {name = 'regex'} (from the
body, "Location: …" or "URL: …"), used later as {name}. {n} and {uuid} are unique, {seat} is the number of the
user, {host} the address of the program.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

METHODS = ("get", "post")

Values = dict[str, str]
Form = dict[str, str | list[str]]
Table = dict[str, Any]


class BenchError(Exception):
    """The measurement cannot go on; the text says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and what its answer must be."""

    method: str
    path: str
    form: Form | None = None
    multipart: bool = False
    status: int = 200
    follow: bool = False
    contains: str = ""
    extract: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """Something a user does: its time is that of all its steps together."""

    name: str
    steps: tuple[Step, ...]
    prepare: tuple[Step, ...] = ()
    note: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done with one program, and the lines that its variables are drawn from."""

    name: str
    note: str
    headers: Values
    choices: dict[str, list[str]]
    login: tuple[Step, ...]
    operations: dict[str, Operation]


def read_scenario(path: Path, data: Path) -> Scenario:
    """Read a scenario; `data` is the folder that its variables' files lie in."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    return Scenario(
        name=text["name"],
        note=text.get("note", ""),
        headers=text.get("headers", {}),
        choices={name: read_choices(how, data) for name, how in text.get("vars", {}).items()},
        login=read_steps(text.get("login", [])),
        operations={op["name"]: read_operation(op) for op in text["op"]},
    )


def read_choices(how: Table, data: Path) -> list[str]:
    """Everything one variable can be."""
    if "range" in how:
        first, last = how["range"]
        return [str(number) for number in range(first, last + 1)]
    if "file" in how:
        file: Path = data / how["file"]
        return file.read_text(encoding="utf-8").splitlines()
    return [str(choice) for choice in how["choice"]]


def read_operation(text: Table) -> Operation:
    """One [[op]] of a scenario."""
    return Operation(
        name=text["name"],
        steps=read_steps(text["step"]),
        prepare=read_steps(text.get("prepare", [])),
        note=text.get("note", ""),
        anonymous=text.get("anonymous", False),
    )


def read_steps(steps: list[Table]) -> tuple[Step, ...]:
    """The steps of a login or an operation; an unknown word in one is an error."""
    return tuple(read_step(dict(step)) for step in steps)


def read_step(step: Table) -> Step:
    """One step; its method is its only key that is a method's name."""
    method = next(name for name in METHODS if name in step)
    return Step(method=method, path=step.pop(method), **step)
