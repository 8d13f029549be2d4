"""What the refusals of mail servers say about the reader."""

import pytest

from newsletter.bounces.codes import of_answer

# What a server answers, and what that means; "-": nothing about the reader.
TABLE = """
hard 5.1.1  | 550 5.1.1 The email account that you tried to reach does not exist.
hard 5.1.1  | 550-5.1.1 <[address]>: Recipient address rejected: User unknown in relay table
hard 5.1.2  | 550 5.1.2 Host unknown (Name server: no.such.example: host not found)
hard 5.1.3  | 553 5.1.3 The recipient address is not a valid RFC 5321 address
hard 5.1.6  | 550 5.1.6 Recipient has moved, no forwarding address
hard 5.1.10 | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
hard 5.2.1  | 550 5.2.1 The email account that you tried to reach is inactive
hard        | 550 No such user here
hard        | 550 Unknown user
hard        | 550 Mailbox not found
hard        | 550 Requested action not taken: mailbox was not found
hard        | 554 delivery error: dd This user doesn't have a yahoo.com account ([address]) [-5]
hard        | 550 Unrouteable address
hard 5.0.0  | 550 5.0.0 [address]... User unknown
soft 5.2.1  | 550 5.2.1 The user you are trying to contact is receiving mail at a rate that
soft 5.2.2  | 552 5.2.2 The email account that you tried to reach is over quota
soft 5.2.3  | 552 5.2.3 Message exceeds the limit of that mailbox
soft 5.3.0  | 554 5.3.0 Mail system trouble
soft 5.4.1  | 550 5.4.1 Recipient address rejected: Access denied. AS(201806281)
soft 5.4.6  | 554 5.4.6 Routing loop detected
soft 5.5.0  | 550 5.5.0 Requested action not taken: mailbox unavailable
soft 4.2.2  | 452 4.2.2 The email account is over quota
soft 4.4.7  | 550 4.4.7 QUEUE.Expired; message expired
soft        | 552 Quota exceeded
soft        | 451 Greylisted, try again later
soft        | 554 Transaction failed
- 5.1.7     | 550 5.1.7 Invalid address of the sender
- 5.1.8     | 550 5.1.8 Access denied, bad outbound sender
- 5.6.0     | 554 5.6.0 Message contains bare LF
- 5.7.1     | 550 5.7.1 Service unavailable, client host blocked using a list
- 5.7.26    | 550-5.7.26 This mail has been blocked because the sender is unauthenticated.
- 5.7.133   | 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup
-           | 554 Your access to this mail system has been rejected due to poor reputation
-           | 550 Rejected by policy
-           | 550 Relay access denied
-           | 550 Sender address does not exist
-           | 554 Message looks like spam
-           |
-           | The connection was closed.
-           | 354 Go ahead
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_refusal_says_of_the_reader(line: str) -> None:
    expected, _, answer = line.partition("|")
    kind, _, code = expected.strip().partition(" ")

    found, found_code = of_answer(answer.strip())

    assert (found or "-", found_code) == (kind, code.strip())


@pytest.mark.parametrize("text", ["550 5.10.20.30 said no", "550 15.1.1", "550 5.1.1.9 x"])
def test_internet_address_is_no_code(text: str) -> None:
    assert of_answer(text)[1] == ""
