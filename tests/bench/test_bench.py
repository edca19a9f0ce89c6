"""The parts of the bench that decide what a figure says."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.bench.cases import make_cases
from tests.bench.figures import Figures, Load, pooled
from tests.bench.measure import Measured, Round, percentile
from tests.bench.page import ratio, target_row
from tests.bench.processes import CpuTimes, Process, tree_cpu
from tests.bench.scenario import BenchError, Step, read_scenario
from tests.bench.targets import FLOOR, HELPDESK, OURS, RULES, SCALE_RULES, Target, targets
from tests.bench.user import Done, check, extracted, fill

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))


def load(p50: float, per_second: float, cpu: float) -> Load:
    return Load(operations=10, per_second=per_second, p50=p50, p95=p50, app=cpu, pg=0, foreign=0)


def figures(p50: float = 10, per_second: float = 100, cpu: float = 5, sql: float = 3, requests: float = 1) -> Figures:
    one = load(p50, per_second, cpu)
    return Figures(alone=one, at_once=one, requests=requests, size=1000, sql=sql, sql_ms=1)


def took(*seconds: float, foreign: float = 0, app: float = 0) -> Round:
    done = [Done(one, size=100, requests=2) for one in seconds]
    return Round(done, CpuTimes(app, 0, 0, machine=app + foreign), wall=1)


def test_the_shared_data_is_the_same_each_time(tmp_path: Path) -> None:
    make_cases(tmp_path, 500)
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in tmp_path.iterdir()}
    assert found == {
        "cases.csv": "1a0bb9456846c6b6",
        "comments.csv": "2214b553eead2518",
        "words.txt": "c1c20989fb5d1742",
    }


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_can_be_read_and_each_operation_looks_at_its_answer(path: Path, tmp_path: Path) -> None:
    for name in ("words.txt", "references.txt"):
        (tmp_path / name).write_text("one\ntwo\n", encoding="utf-8")
    scenario = read_scenario(path, tmp_path)
    assert [op.name for op in scenario.operations.values() if not any(step.contains for step in op.steps)] == []


@pytest.mark.parametrize(
    ("text", "in_url", "filled"),
    [
        ("/case/{id}", True, "/case/7"),
        ("?q={word}", True, "?q=bl%C3%A5%20hatt"),
        ("{word} och {other}", False, "blå hatt och {other}"),
    ],
)
def test_names_in_braces_are_filled_in_when_they_have_a_value(text: str, in_url: bool, filled: str) -> None:  # noqa: FBT001
    assert fill(text, {"id": "7", "word": "blå hatt"}, in_url=in_url) == filled


def test_an_answer_that_is_not_the_expected_stops_the_run() -> None:
    answer = httpx.Response(200, text="Ärendet finns inte", request=httpx.Request("GET", "http://127.0.0.1/"))
    check(answer, Step("get", "/", contains="finns inte"), {})
    with pytest.raises(BenchError, match="'AVV-1' is not in the page"):
        check(answer, Step("get", "/", contains="{case}"), {"case": "AVV-1"})
    with pytest.raises(BenchError, match="status 200, not 302"):
        check(answer, Step("get", "/", status=302), {})


def test_a_value_is_taken_from_the_page_and_unescaped() -> None:
    answer = httpx.Response(200, text='<input value="a&amp;b">', request=httpx.Request("GET", "http://127.0.0.1/"))
    assert extracted(answer, Step("get", "/", extract={"x": 'value="([^"]+)"'})) == {"x": "a&b"}


@pytest.mark.parametrize(("share", "found"), [(0, 1), (0.5, 3), (0.95, 5), (1, 5)])
def test_percentiles_are_numbers_that_were_measured(share: float, found: float) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == found


def test_a_disturbed_round_is_left_out_when_there_is_a_calm_one() -> None:
    calm, disturbed = took(0.010, 0.012, app=0.02), took(0.5, 0.6, foreign=0.5, app=0.9)
    assert pooled(Measured([calm, disturbed], [calm, disturbed])) == pooled(Measured([calm], [calm]))
    assert pooled(Measured([disturbed], [disturbed])).alone.disturbed
    assert pooled(Measured([calm], [calm])).alone.app == pytest.approx(10)


def test_a_tree_of_processes_leaves_out_those_that_are_measured_for_themselves() -> None:
    table = {1: Process(0, 100), 2: Process(1, 200), 3: Process(2, 400), 4: Process(1, 800)}
    second = os.sysconf("SC_CLK_TCK")
    assert tree_cpu(1, table) == 1500 / second
    assert tree_cpu(1, table, without=(2,)) == 900 / second


def test_targets_need_both_sides_and_are_reached_at_their_bound() -> None:
    found = targets(
        RULES,
        {
            OURS: {"list": figures(p50=25, per_second=100, cpu=10, sql=12), "wizard request": figures(cpu=10)},
            FLOOR: {"list": figures(p50=10, cpu=5)},
            HELPDESK: {"list": figures(per_second=5.1, cpu=200), "submit": figures(cpu=27, requests=3)},
        },
    )
    assert [(one.what, round(one.value, 2), one.by_cpu, one.reached) for one in found] == [
        ("wizard request: CPU, times a request of django-helpdesk's submit", 1.11, None, False),
        ("list: operations a second, times django-helpdesk's", 19.61, 20, False),
        ("list: p50, times the floor's", 2.5, 2, True),
        ("list: SQL statements", 12, None, True),
    ]


def test_growth_is_that_of_the_larger_beside_the_smaller() -> None:
    results = {OURS: {"list": figures(p50=10, cpu=4)}, "larger": {"list": figures(p50=15, cpu=5)}}
    assert targets(SCALE_RULES, results) == [
        Target("list: p50 with more cases, times that with fewer", 1.5, 1.25, 1.5, False)
    ]


@pytest.mark.parametrize(("value", "text"), [(0.456, "0.46"), (9.994, "9.99"), (19.61, "19.6"), (123.4, "123")])
def test_ratios_have_three_digits(value: float, text: str) -> None:
    assert ratio(value) == text


def test_a_missed_target_is_seen_at_once() -> None:
    calm = Target("list: p50, times the floor's", 3, 2.4, 2.5, at_least=False)
    assert target_row(calm) == "| list: p50, times the floor's | ≤ 2.5 | 3.00 | 2.40 | **missed** |"
    assert target_row(replace(calm, disturbed=True)).count("3.00*") == 1
