"""For the administrator: mails of which nobody knows whether they arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.refusals import NotInDoubt
from aanspreekpunt.messaging.sending import in_doubt, send_again, take_as_sent

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Lists mails in doubt; sends one again or takes it as sent."""

    help = "List mails of which nobody knows whether they arrived; send one again, or take it as sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--send-again", metavar="ID", help="send this one again; it may arrive twice")
        choice.add_argument("--take-as-sent", metavar="ID", help="take it that this one arrived")

    def handle(self, **options: Any) -> None:
        if options["send_again"]:
            send_again(delivery=_found(options["send_again"]), at=timezone.now())
        elif options["take_as_sent"]:
            take_as_sent(delivery=_found(options["take_as_sent"]), at=timezone.now())
        else:
            for delivery in in_doubt(at=timezone.now()):
                self.stdout.write(f"{delivery.uuid}  {delivery.kind}  {delivery.claimed_at:%Y-%m-%d %H:%M %Z}")


def _found(uuid: str) -> Delivery:
    delivery = Delivery.objects.filter(uuid=uuid).first()
    if delivery is None:
        raise CommandError("There is no such mail.")
    if delivery.state != Delivery.State.UNCERTAIN:
        raise CommandError(str(NotInDoubt()))
    return delivery
