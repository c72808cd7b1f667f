"""Which addresses are out of bounds, how long we wait, and what filters let through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aanspreekpunt.subscriptions.rules import (
    LONGEST_REST,
    REST,
    WAITS,
    can_filter_on,
    is_outside,
    lets_through,
    rest_after,
    wait_after,
)

INSIDE = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",  # noqa: S104 - to be refused
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:db8::1",
]
OUTSIDE = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:400e:80e::200e"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_out_of_bounds_in_every_disguise(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_outside_is_not(address: str) -> None:
    assert is_outside(address)


def test_each_wait_is_longer_and_then_it_ends() -> None:
    waits = [wait_after(attempts) for attempts in range(1, len(WAITS) + 2)]
    assert waits[-1] is None
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert timedelta(days=2) < sum(known, timedelta()) < timedelta(days=4)


def test_a_receiver_is_left_alone_longer_each_time_up_to_a_limit() -> None:
    assert [rest_after(1), rest_after(2), rest_after(3)] == [REST, 2 * REST, 4 * REST]
    assert rest_after(50) == LONGEST_REST


@pytest.mark.parametrize(
    ("filters", "is_let_through"),
    [
        ({}, True),
        ({"status": "verwerkt"}, True),
        ({"status": "te_verwerken"}, False),
        ({"status": "*"}, True),
        ({"status": "verwerkt", "nummer": "2"}, False),
        ({"kleur": "rood"}, True),
    ],
)
def test_a_filter_lets_through_what_agrees(filters: dict[str, str], *, is_let_through: bool) -> None:
    assert lets_through(filters, {"status": "verwerkt", "nummer": "1"}) is is_let_through


def test_one_filters_only_on_what_messages_have() -> None:
    assert can_filter_on(["status"], features=["nummer", "status"])
    assert not can_filter_on(["toelichting"], features=["nummer", "status"])
