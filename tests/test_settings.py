"""What the environment may say, and what the program refuses to start with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from avvikelse.environment import Environment
from tests.starting import start

RIGHT = {
    "MODE": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "avvikelse.ekhamn.example",
    "MUNICIPALITY": "Ekhamns kommun",
    "DATA_DIR": "/srv/avvikelse",
    "EMAIL_FROM": "avvikelse@ekhamn.example",
    "BROKER_URL": "redis://broker.example/0",
    "DATABASE_URL": "postgresql://avvikelse_web@/avvikelse",
}
LOCAL = {"MODE": "local", "DEMO": "1", "SECRET_KEY": "x", "DATABASE_URL": "postgresql://avvikelse_web@/avvikelse"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"DEBUG": "1"}, "DEBUG får inte vara på i drift: ta bort DEBUG ur miljön."),
        ({"DEMO": "1"}, "DEMO får inte vara på i drift: ta bort DEMO ur miljön."),
        ({"SECRET_KEY": ""}, "SECRET_KEY saknas: ange den i miljön."),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY är för kort: ange minst 50 slumpade tecken."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS saknas: ange den i miljön."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS får inte vara *: räkna upp värdnamnen."),
        ({"MUNICIPALITY": ""}, "MUNICIPALITY saknas: ange den i miljön."),
        ({"DEBUG": "flase"}, "DEBUG ska vara true eller false, inte 'flase'."),
        ({"MODE": "prod"}, "MODE ska vara production eller local, inte 'prod'."),
    ],
)
def test_production_refuses_to_start_with(change: dict[str, str], sentence: str) -> None:
    assert start(RIGHT | change) == f"django.core.exceptions.ImproperlyConfigured: {sentence}"


def test_production_starts_with_what_it_needs() -> None:
    assert start(RIGHT, "print(settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_NAME)") == (
        "False False __Host-sessionid"
    )


@pytest.mark.parametrize("hosts", ["ekhamn.example", "127.0.0.1,ekhamn.example", "0.0.0.0", "*"])  # noqa: S104
def test_demo_refuses_every_host_but_the_own_computer(hosts: str) -> None:
    assert start(LOCAL | {"ALLOWED_HOSTS": hosts}) == (
        "django.core.exceptions.ImproperlyConfigured: DEMO går bara på den egna datorn: "
        "ALLOWED_HOSTS får bara vara 127.0.0.1, localhost och [::1]."
    )


def test_demo_starts_on_the_own_computer() -> None:
    assert start(LOCAL, "print(settings.DEMO)") == "True"


def test_the_owner_of_the_tables_is_known_only_where_migrations_run() -> None:
    show = "print(sorted(settings.DATABASES))"
    owner = {"OWNER_DATABASE_URL": "postgresql://avvikelse_owner@/avvikelse"}
    assert (start(RIGHT, show), start(RIGHT | owner, show)) == ("['default']", "['default', 'owner']")


def test_a_database_url_is_read_whole() -> None:
    url = "postgresql://avvikelse_web:hemligt@db.example:5433/avvikelse?sslmode=verify-full"
    show = "d = settings.DATABASES['default']; print(*(d[k] for k in KEYS.split()), d['OPTIONS']['sslmode'])"
    show = show.replace("KEYS", "'NAME USER PASSWORD HOST PORT'")
    assert start(RIGHT | {"DATABASE_URL": url}, show) == ("avvikelse avvikelse_web hemligt db.example 5433 verify-full")


def test_a_password_beside_the_url_is_the_one_used() -> None:
    show = "print(settings.DATABASES['default']['PASSWORD'])"
    assert start(RIGHT | {"DATABASE_PASSWORD": "hemligt"}, show) == "hemligt"


Reader = Callable[[Environment], object]


@pytest.mark.parametrize(
    ("values", "reader", "expected"),
    [
        ({"A": " ord "}, lambda e: e.text("A"), "ord"),
        ({"A": "  "}, lambda e: e.text("A", "annat"), "annat"),
        ({}, lambda e: e.text("A", ""), ""),
        ({"A": "TRUE"}, lambda e: e.flag("A", default=False), True),
        ({"A": "1"}, lambda e: e.flag("A", default=False), True),
        ({"A": "false"}, lambda e: e.flag("A", default=True), False),
        ({"A": "0"}, lambda e: e.flag("A", default=True), False),
        ({}, lambda e: e.flag("A", default=True), True),
        ({"A": "17"}, lambda e: e.number("A", 0), 17),
        ({}, lambda e: e.number("A", 3), 3),
        ({"A": "a.example, b.example,"}, lambda e: e.names("A"), ["a.example", "b.example"]),
        ({}, lambda e: e.names("A"), []),
        ({"A": "b"}, lambda e: e.choice("A", ("a", "b"), "a"), "b"),
        ({"A": "x"}, lambda e: e.secret("A"), "x"),
        ({}, lambda e: e.given("A"), False),
        ({"A_FILE": "/x"}, lambda e: e.given("A"), True),
    ],
)
def test_a_value_is_read_as_its_type(values: dict[str, str], reader: Reader, expected: object) -> None:
    assert reader(Environment(values)) == expected


@pytest.mark.parametrize(
    ("values", "reader", "sentence"),
    [
        ({}, lambda e: e.text("A"), "A saknas: ange den i miljön."),
        ({"A": ""}, lambda e: e.secret("A"), "A saknas: ange den i miljön."),
        ({"A": ","}, lambda e: e.names("A", None), "A saknas: ange den i miljön."),
        ({"A": "yes"}, lambda e: e.flag("A", default=True), "A ska vara true eller false, inte 'yes'."),
        ({"A": "-1"}, lambda e: e.number("A", 0), "A ska vara ett heltal, inte '-1'."),
        ({"A": "1.5"}, lambda e: e.number("A", 0), "A ska vara ett heltal, inte '1.5'."),
        ({"A": "c"}, lambda e: e.choice("A", ("a", "b"), "a"), "A ska vara a eller b, inte 'c'."),
        ({"A": "x", "A_FILE": "/x"}, lambda e: e.secret("A"), "Ange A eller A_FILE, inte båda."),
        (
            {"A_FILE": "/finns/inte"},
            lambda e: e.secret("A"),
            "A_FILE går inte att läsa: No such file or directory.",
        ),
    ],
)
def test_a_wrong_value_gets_one_sentence(values: dict[str, str], reader: Reader, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        reader(Environment(values))
    assert str(refusal.value) == sentence


def test_a_secret_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hemligt\n", encoding="utf-8")
    assert Environment({"A_FILE": str(file)}).secret("A") == "hemligt"


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch()
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({"A_FILE": str(file)}).secret("A")
    assert str(refusal.value) == "Filen som A_FILE pekar på är tom."
