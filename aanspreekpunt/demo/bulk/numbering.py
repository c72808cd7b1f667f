"""The numbers by which other registers know the people of the bulk load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdnum.nl import bsn
from uuid_utils import uuid7

from aanspreekpunt.common.sealing import keyed_hash, seal
from aanspreekpunt.parties.models import PartyIdentifier

if TYPE_CHECKING:
    from aanspreekpunt.demo.bulk.sheets import Sheets


def write_number(sheets: Sheets, *, party_id: int) -> None:
    """Give a person a number that is sealed and found as a bsn is; one that may be somebody's is left out.

    Nine digits that fail the 11-test are nobody's; one in eleven passes it.
    """
    number = f"{party_id:09d}"
    if bsn.is_valid(number):
        return
    sealed, found_by = (rf"\\x{made(number, purpose='bsn').hex()}" for made in (seal, keyed_hash))
    sheets.add(PartyIdentifier, uuid7(), party_id, "bsn", "", sealed, found_by, "")
