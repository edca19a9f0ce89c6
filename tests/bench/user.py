"""Simulated users: each does the operations of a scenario over HTTP, as a browser without a screen would."""

import html
import random
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote
from uuid import uuid4

import httpx

from tests.bench.scenario import BenchError, Form, Operation, Scenario, Step, Values

SHOWN_OF_A_PAGE = 1500


@dataclass(frozen=True, slots=True)
class Seat:
    """One user's place: who it is, and the cookies its login gave."""

    number: int
    cookies: Values


@dataclass(slots=True)
class Done:
    """One operation that was done: seconds, bytes of the answers, number of requests."""

    seconds: float = 0.0
    size: int = 0
    requests: int = 0


def fill(text: str, values: Values, *, in_url: bool = False) -> str:
    """`text` with each {name} that has a value replaced."""

    def one(match: re.Match[str]) -> str:
        value = values.get(match[1], match[0])
        return quote(value, safe="/=?&") if in_url and match[1] in values else value

    return re.sub(r"\{(\w+)\}", one, text)


class Visitor:
    """A browser without a screen: keeps cookies, and sends those marked Secure over loopback too."""

    def __init__(self, base: str, headers: Values, cookies: Values) -> None:
        self.cookies = cookies
        self.http = httpx.Client(
            base_url=base,
            timeout=60,
            headers={"Accept-Encoding": "identity", **headers},
            event_hooks={"request": [self.send_cookies], "response": [self.keep_cookies]},
        )

    def send_cookies(self, request: httpx.Request) -> None:
        """Put the cookies on a request, redirects too."""
        request.headers.pop("Cookie", None)
        if self.cookies:
            request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def keep_cookies(self, response: httpx.Response) -> None:
        """Keep what an answer set, and forget what it emptied."""
        for header in response.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.coded_value
                if morsel["max-age"] == "0":
                    del self.cookies[name]


class User:
    """One simulated user of one program."""

    def __init__(self, scenario: Scenario, base: str, seat: Seat, seed: int) -> None:
        self.scenario, self.seed, self.made = scenario, seed, 0
        self.rng = random.Random(seed)  # noqa: S311  chooses which case to open
        self.always = {"seat": str(seat.number), "host": base.removeprefix("http://")}
        headers = {name: fill(text, self.always) for name, text in scenario.headers.items()}
        self.known = Visitor(base, headers, dict(seat.cookies))
        self.stranger = Visitor(base, headers, {})

    def log_in(self) -> Seat:
        """Do the login steps; the seat can be handed to other processes."""
        values = dict(self.always)
        for step in self.scenario.login:
            self.take(self.known, step, values)
        return Seat(int(self.always["seat"]), dict(self.known.cookies))

    def prepare(self, operation: Operation) -> Values:
        """Draw the values of one operation and do its untimed steps."""
        self.made += 1
        values = {**self.always, "n": f"{self.seed}-{self.made}", "uuid": str(uuid4())}
        values.update({name: self.rng.choice(lines) for name, lines in self.scenario.choices.items()})
        visitor = self.visitor(operation)
        for step in operation.prepare:
            self.take(visitor, step, values)
        return values

    def do(self, operation: Operation, values: Values) -> Done:
        """Do the timed steps of an operation with the values that prepare() gave."""
        visitor = self.visitor(operation)
        done = Done()
        for step in operation.steps:
            one = self.take(visitor, step, values)
            done.seconds += one.seconds
            done.size += one.size
            done.requests += one.requests
        return done

    def visitor(self, operation: Operation) -> Visitor:
        """Who does the operation: an anonymous one is done by somebody who was never here before."""
        if not operation.anonymous:
            return self.known
        if not operation.prepare:
            self.stranger.cookies.clear()
        return self.stranger

    def take(self, visitor: Visitor, step: Step, values: Values) -> Done:
        """Take one step, check its answer and add what it extracts to `values`."""
        request = build_request(visitor.http, step, values)
        began = time.perf_counter()
        try:
            response, done = follow(visitor.http, request) if step.follow else once(visitor.http, request)
        except httpx.HTTPError as error:
            raise BenchError(f"{step.method} {request.url}: {error!r}") from error
        done.seconds = time.perf_counter() - began
        check(response, step, values)
        values.update(extracted(response, step))
        return done


def once(http: httpx.Client, request: httpx.Request) -> tuple[httpx.Response, Done]:
    """Send a request; its answer, and what it took."""
    response = http.send(request)
    return response, Done(size=len(response.content), requests=1)


def follow(http: httpx.Client, request: httpx.Request) -> tuple[httpx.Response, Done]:
    """Send a request and follow where it leads; the last answer, and what all took."""
    response, done = once(http, request)
    while response.next_request is not None:
        response = http.send(response.next_request)
        done.requests += 1
        done.size += len(response.content)
    return response, done


def build_request(http: httpx.Client, step: Step, values: Values) -> httpx.Request:
    """The request of a step, with its values filled in."""
    url = fill(step.path, values, in_url=True)
    if step.form is None:
        return http.build_request(step.method, url)
    form: Form = {
        name: fill(value, values) if isinstance(value, str) else [fill(one, values) for one in value]
        for name, value in step.form.items()
    }
    if not step.multipart:
        return http.build_request(step.method, url, data=form)
    parts = [
        (name, (None, one)) for name, value in form.items() for one in ([value] if isinstance(value, str) else value)
    ]
    return http.build_request(step.method, url, files=parts)


def check(response: httpx.Response, step: Step, values: Values) -> None:
    """Stop the run when an answer is not the one that the step expects."""
    where = f"{step.method} {response.url}"
    if response.status_code != step.status:
        location = response.headers.get("location", "")
        msg = f"{where}: status {response.status_code}, not {step.status} {location} {shown(response)}"
        raise BenchError(msg)
    wanted = fill(step.contains, values)
    if wanted not in response.text:
        msg = f"{where}: {wanted!r} is not in the page {shown(response)}"
        raise BenchError(msg)


def extracted(response: httpx.Response, step: Step) -> Values:
    """What the step takes out of its answer."""
    if not step.extract:
        return {}
    text = f"{response.text}\nLocation: {response.headers.get('location', '')}\nURL: {response.url}"
    found = {}
    for name, pattern in step.extract.items():
        match = re.search(pattern, text, re.DOTALL)
        if match is None:
            msg = f"{step.method} {response.url}: nothing like {pattern!r} in {shown(response)}"
            raise BenchError(msg)
        found[name] = html.unescape(match[1])
    return found


def shown(response: httpx.Response) -> str:
    """The beginning of an answer's text, for an error."""
    body = response.text.partition("<body")[2] or response.text
    return repr(re.sub(r"\s+", " ", body)[:SHOWN_OF_A_PAGE])
