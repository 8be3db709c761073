"""What several tests share: no network, and the real pipeline loaded once."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import NoReturn

import pytest

from summarise.language import Analyser
from summarise.pipeline import Summariser
from summarise.settings import Settings
from summarise.workers import Drafter


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the program does may reach for the network; tests of a cluster talk to this machine."""
    if request.node.get_closest_marker("loopback"):
        return

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the program tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def real_make() -> Callable[[Settings], Drafter]:
    """The real pipeline, made once for each settings, so that its models are loaded once a session."""
    made: dict[str, Drafter] = {}

    def make(settings: Settings) -> Drafter:
        if settings.digest() not in made:
            made[settings.digest()] = Summariser(settings)
        return made[settings.digest()]

    return make


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analyser with the pipeline that the package ships."""
    return Analyser()


@pytest.fixture(scope="session")
def blank_analyser() -> Analyser:
    """The analyser with spaCy's English tokenizer alone."""
    return Analyser("blank")
