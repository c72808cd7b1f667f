"""Against a real Dovecot: each mail comes in once and whole, whatever happens between two looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.intake.channels.email.clearing import clear_stored
from aanspreekpunt.intake.channels.email.connecting import SignIn, connected
from aanspreekpunt.intake.channels.email.reading.limits import BEGINNING
from aanspreekpunt.intake.channels.email.tests.make import cursor, follower, mail, subjects
from aanspreekpunt.intake.channels.email.trouble import Trouble
from aanspreekpunt.messaging.models import Arrival, Mailbox

if TYPE_CHECKING:
    from pathlib import Path

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart
    from aanspreekpunt.intake.channels.email.tests.dovecot import Box

pytestmark = [pytest.mark.django_db, pytest.mark.dovecot]


def look(part: MailboxPart, folder: str = "INBOX") -> None:
    """Look once, as after a restart."""
    once = follower(part, folder)
    with connected(once.sign_in) as server:
        once.look(server)


def test_new_mail_comes_in_as_it_is_and_stays_unread(box: Box) -> None:
    box.put(mail(1), mail(2))
    look(box.part())
    look(box.part())
    box.put(mail(3))
    look(box.part())
    assert subjects() == ["Bak 1", "Bak 2", "Bak 3"]
    first = Arrival.objects.order_by("id")[0]
    assert bytes(first.raw or b"") == mail(1)
    row = Mailbox.objects.get()
    assert (first.account, first.external_id) == ("email/post", f"INBOX {row.uidvalidity} 1")
    assert (row.last_uid, row.error, row.succeeded_at) == (3, "", first.arrived_at)
    assert box.flags() == [(), (), ()]


def test_all_of_a_full_mailbox_comes_in(box: Box) -> None:
    box.put_many([mail(number) for number in range(500)])
    look(box.part())
    assert len(set(subjects())) == Arrival.objects.count() == 500


def test_an_empty_mailbox_is_fine(box: Box) -> None:
    look(box.part())
    assert (cursor(), Arrival.objects.count()) == (0, 0)


def test_a_folder_that_numbers_anew_brings_nothing_twice_and_loses_nothing(box: Box) -> None:
    box.put(mail(1), mail(2), mail(3))
    look(box.part())
    numbering = Mailbox.objects.get().uidvalidity
    box.number_anew()
    box.put(mail(4))
    look(box.part())
    assert sorted(subjects()) == ["Bak 1", "Bak 2", "Bak 3", "Bak 4"]
    assert Mailbox.objects.get().uidvalidity != numbering


def test_what_came_while_nobody_looked_for_days_comes_in(box: Box) -> None:
    box.put(mail(1))
    look(box.part())
    with box.client() as client:
        client.select_folder("INBOX")
        client.add_flags(client.search(), [rb"\Seen"])
    box.put(*(mail(number) for number in range(2, 30)))
    with box.client() as client:  # read and filed away by a colleague, in part
        client.select_folder("INBOX")
        client.add_flags([2, 3], [rb"\Seen"])
        client.delete_messages([4])
        client.expunge()
    look(box.part())
    assert subjects() == [f"Bak {number}" for number in range(1, 30) if number != 4]


@pytest.mark.parametrize("folder", ["Verwerkt", "Café/Ünïcode & meer", "met spatie"])
def test_stored_mail_is_moved(box: Box, folder: str) -> None:
    box.put(mail(1), mail(2))
    part = box.part(after="move", move_to=folder)
    look(part)
    assert (box.flags(), box.flags(folder)) == ([], [(), ()])
    box.put(mail(3))
    look(part)
    assert (subjects(), len(box.flags(folder))) == (["Bak 1", "Bak 2", "Bak 3"], 3)


def test_stored_mail_is_deleted(box: Box) -> None:
    box.put(mail(1), mail(2))
    with box.client() as client:  # what somebody else marked is not ours to remove
        client.select_folder("INBOX")
        client.delete_messages([1])
    look(box.part(after="delete"))
    assert (subjects(), box.flags()) == (["Bak 1", "Bak 2"], [(rb"\Deleted",)])


@pytest.mark.parametrize("after", [{"after": "move", "move_to": "Verwerkt"}, {"after": "delete"}])
def test_what_a_crash_left_there_goes_at_the_next_look(box: Box, after: dict[str, str]) -> None:
    box.put(mail(1), mail(2))
    once = follower(box.part(**after))
    with connected(once.sign_in) as server:
        once.folder.take_over(server)  # and dies before it can clear
    assert len(box.flags()) == 2
    look(box.part(**after))
    assert (box.flags(), Arrival.objects.count()) == ([], 2)


def test_a_folder_of_any_name_is_looked_in(box: Box) -> None:
    box.put(mail(1), folder="Beroep & bezwaar/Überig")
    look(box.part(), "Beroep & bezwaar/Überig")
    assert subjects() == ["Bak 1"]
    assert Mailbox.objects.get().folder == "Beroep & bezwaar/Überig"


def test_a_mail_too_large_is_kept_apart_and_stays_on_the_server(box: Box) -> None:
    box.put(mail(1), mail(2, size=1_200_000), mail(3))
    part = box.part(most_megabytes=1, after="delete")
    look(part)
    look(part)
    assert subjects() == ["Bak 1", "Bak 2", "Bak 3"]
    large = Arrival.objects.get(reason="too_large")
    assert (large.state, large.size) == ("quarantined", BEGINNING)
    assert len(box.flags()) == 1


def test_a_folder_that_does_not_exist_is_said(box: Box) -> None:
    with pytest.raises(Trouble) as trouble:
        look(box.part(), "Nergens")
    assert (trouble.value.code, trouble.value.is_lasting) == ("no_such_folder", True)


def test_a_wrong_password_is_said(box: Box, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("iets anders")
    with pytest.raises(Trouble) as trouble:
        look(box.part(password_file=wrong))
    assert trouble.value.code == "login_refused"
    with pytest.raises(Trouble) as trouble:
        look(box.part(password_file=tmp_path / "nothing"))
    assert (trouble.value.code, trouble.value.detail) == ("secret_unreadable", "nothing")


def test_where_mails_may_not_be_moved_they_still_come_in(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put(mail(1))
    once = follower(box.part(after="move", move_to="Verwerkt"))
    with connected(once.sign_in) as server:
        monkeypatch.setattr(server, "folder_exists", lambda _folder: True)  # though it does not
        once.look(server)
        row = Mailbox.objects.get()
        assert (row.error, row.succeeded_at, Arrival.objects.count()) == ("cannot_move", row.looked_at, 1)
        monkeypatch.undo()
        assert clear_stored(server, once.part, row) == ""
    assert len(box.flags("Verwerkt")) == 1


@pytest.mark.parametrize("capability", ["UIDPLUS", ""])
def test_servers_that_cannot_move_are_helped(box: Box, monkeypatch: pytest.MonkeyPatch, capability: str) -> None:
    box.put(mail(1))
    part = box.part(after="move", move_to="Verwerkt")
    with connected(SignIn(part)) as server:
        once = follower(part)
        monkeypatch.setattr(server, "has_capability", lambda name: name == capability)
        monkeypatch.setattr(server, "capabilities", lambda: (b"IMAP4REV1", b"UIDPLUS"))
        once.look(server)
        once.look(server)
    assert len(box.flags("Verwerkt")) == 1
    assert box.flags() == ([] if capability else [(rb"\Deleted",)])
