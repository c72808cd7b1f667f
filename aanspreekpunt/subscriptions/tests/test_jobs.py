"""The rounds: what happened is passed on, what was interrupted goes on, and what is old is given up and forgotten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.subscriptions import jobs
from aanspreekpunt.subscriptions.models import Notice
from aanspreekpunt.subscriptions.rules import KEPT_ENDED, KEPT_WAITING, LEASE
from aanspreekpunt.subscriptions.tests.make import make_notice, make_webhook

if TYPE_CHECKING:
    from typing import Any

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.subscriptions.tests.receiver import Receiver

SENDER = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.INTERNAL_RECEIVERS = frozenset({"127.0.0.1"})
django.setup()
from django.utils import timezone
from aanspreekpunt.subscriptions.rounds import pass_on
pass_on(clock=timezone.now, seconds=30)
"""


def test_each_round_is_made_by_itself() -> None:
    periodic = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    ours = {name.rpartition(".")[2]: cron for name, cron in periodic.items() if ".subscriptions." in name}
    assert ours == {
        "pass_on_notices": "* * * * * */5",
        "recover_interrupted_notices": "* * * * *",
        "forget_old_notices": "57 3 * * *",
    }


@pytest.mark.django_db(transaction=True)
def test_the_rounds_pass_on_and_tidy_up(cast: Cast, fatma: Employee, other: Receiver) -> None:
    hook = make_webhook(other.url, by=fatma).subscription
    make_handed_over(to=cast.waste, by=cast.anna)
    jobs.pass_on_notices(timestamp=0)
    assert len(other.got) == 4
    now = timezone.now()
    stuck = make_notice(hook, "question 1", 1, at=now)
    Notice.objects.filter(pk=stuck.pk).update(
        state="sending", attempts=1, claimed_at=now - LEASE - timedelta(seconds=1)
    )
    jobs.recover_interrupted_notices(timestamp=0)
    stuck.refresh_from_db()
    assert stuck.state == "waiting"
    old = make_notice(hook, "question 2", 2, at=now - KEPT_WAITING - timedelta(days=1))
    Notice.objects.filter(state="sent").update(ended_at=now - KEPT_ENDED - timedelta(days=1))
    jobs.forget_old_notices(timestamp=0)
    assert dict(Notice.objects.values_list("pk", "state")) == {stuck.pk: "waiting", old.pk: "dead"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_killed_in_the_middle_loses_nothing(cast: Cast, fatma: Employee, other: Receiver) -> None:
    """The receiver kills the sender while he holds its message; the next sender takes up where it was."""
    make_webhook(other.url, by=fatma)
    make_handed_over(to=cast.waste, by=cast.anna)
    command = (sys.executable, "-c", SENDER, str(connection.settings_dict["NAME"]))
    senders: list[subprocess.Popen[bytes]] = []

    def kill(handler: Any, got: Any) -> None:
        other.got.append(got)
        if len(other.got) == 2:
            senders[0].send_signal(signal.SIGKILL)
        handler.send_response(204)
        handler.end_headers()

    other.answers = kill
    senders.append(subprocess.Popen(command, env=os.environ))  # noqa: S603 - our own words
    assert senders[0].wait(60) == -signal.SIGKILL
    assert Notice.objects.filter(state="sending").count() == 1
    Notice.objects.filter(state="sending").update(claimed_at=MONDAY)
    jobs.recover_interrupted_notices(timestamp=0)
    Notice.objects.filter(state="waiting").update(next_attempt_at=MONDAY)
    jobs.pass_on_notices(timestamp=0)
    said = [json.loads(got.body)["event"] for got in other.got]
    assert said == [
        "contact.registered",
        "question.registered",
        "question.registered",
        "question.handed_over",
        "promise.made",
    ]
    assert other.got[1].headers["webhook-id"] == other.got[2].headers["webhook-id"]
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
