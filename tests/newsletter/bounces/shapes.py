"""Messages as mail servers write them about a letter of ours, in the shape of each of them."""

from dataclasses import dataclass, field, replace

READER = "ann@reader.example"


@dataclass(frozen=True)
class Facts:
    """What a report is about. to: the address it goes back to. name: the letter's Message-ID."""

    to: str
    name: str
    leave: str = ""
    status: str = "5.1.1"
    words: str = "550 5.1.1 User unknown"
    action: str = "failed"


def original(facts: Facts) -> str:
    return "\n".join(
        [
            f"Return-Path: <{facts.to}>",
            'From: "Parley" <newsletter@parley.example>',
            f"To: {READER}",
            "Subject: What happened",
            f"Message-ID: {facts.name}",
            f"List-Unsubscribe: <https://parley.example/newsletter/leave/{facts.leave}/>",
            "MIME-Version: 1.0",
            'Content-Type: text/plain; charset="utf-8"',
            "",
            "The week: a study of 550 5.1.1 households. Undeliverable promises. Permanent errors.",
            "",
        ]
    )


@dataclass(frozen=True)
class Shape:
    """How one kind of server writes a report by RFC 3464.

    returns: as what it gives the letter back. per_message, per_recipient: the fields, in which
    {status}, {words}, {action}, {reader} and {name} stand for the facts.
    """

    sender: str
    subject: str
    text: str
    per_recipient: str
    per_message: str = "Reporting-MTA: dns; mx.out.example"
    headers: str = ""
    returns: str = "message/rfc822"
    boundary: str = "=_boundary.1/mx"
    parts: list[str] = field(default_factory=list)

    def write(self, facts: Facts) -> bytes:
        letter = original(facts)
        if self.returns == "text/rfc822-headers":
            letter = letter.partition("\n\n")[0] + "\n"
        values = {"reader": READER, **vars(facts)}
        told = f"{self.per_message}\n\n{self.per_recipient}\n".format(**values)
        parts = [
            f"Content-Type: text/plain; charset=us-ascii\n\n{self.text}\n",
            f"Content-Type: message/delivery-status\n\n{told}",
            *self.parts,
            f"Content-Type: {self.returns}\n\n{letter}",
        ]
        lines = [
            f"From: {self.sender}",
            f"To: <{facts.to}>" if facts.to else f"To: {READER}",
            f"Subject: {self.subject}",
            "Message-ID: <1.report@mx.out.example>",
            *filter(None, [self.headers.format(**values)]),
            "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status;",
            f'\tboundary="{self.boundary}"',
            "",
            "This is a MIME-encapsulated message.",
            "",
        ]
        for part in parts:
            lines += [f"--{self.boundary}", part]
        return "\n".join([*lines, f"--{self.boundary}--", ""]).encode()


REPORTS = {
    "postfix": Shape(
        sender="MAILER-DAEMON@mx.out.example (Mail Delivery System)",
        subject="Undelivered Mail Returned to Sender",
        headers="Auto-Submitted: auto-replied",
        text="This is the mail system at host mx.out.example.\n\nI'm sorry to have to inform you …",
        per_message="Reporting-MTA: dns; mx.out.example\nX-Postfix-Queue-ID: 4F2A\n"
        "X-Postfix-Sender: rfc822; x@parley.example\nArrival-Date: Mon,  1 Jun 2026 09:00:00 +0000",
        per_recipient="Final-Recipient: rfc822; {reader}\nOriginal-Recipient: rfc822;{reader}\n"
        "Action: {action}\nStatus: {status}\nRemote-MTA: dns; mx.reader.example\n"
        "Diagnostic-Code: smtp; {words} (in\n    reply to RCPT TO command)",
        boundary="4F2A.1780300000/mx.out.example",
    ),
    "postfix headers": Shape(
        sender="MAILER-DAEMON@mx.out.example (Mail Delivery System)",
        subject="Undelivered Mail Returned to Sender",
        text="The mail system",
        per_recipient="Final-Recipient: rfc822; {reader}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: X-Postfix; {words}",
        returns="text/rfc822-headers",
    ),
    "exim": Shape(  # its status is always 5.0.0
        sender="Mail Delivery System <Mailer-Daemon@mx.out.example>",
        subject="Mail delivery failed: returning message to sender",
        headers="X-Failed-Recipients: {reader}\nAuto-Submitted: auto-replied",
        text="This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients.",
        per_recipient="Action: {action}\nFinal-Recipient: rfc822;{reader}\nStatus: 5.0.0\n"
        "Remote-MTA: dns; mx.reader.example\nDiagnostic-Code: smtp; {words}",
        boundary="1780300000-eximdsn-1804289383",
    ),
    "sendmail": Shape(
        sender="Mail Delivery Subsystem <MAILER-DAEMON>",
        subject="Returned mail: see transcript for details",
        headers="Auto-Submitted: auto-generated (failure)",
        text="   ----- The following addresses had permanent fatal errors -----\n<{reader}>",
        per_message="Reporting-MTA: dns; mx.out.example\nReceived-From-MTA: DNS; web.example\n"
        "Arrival-Date: Mon, 1 Jun 2026 09:00:00 GMT",
        per_recipient="Final-Recipient: RFC822; {reader}\nAction: {action}\nStatus: {status}\n"
        "Remote-MTA: DNS; mx.reader.example\nDiagnostic-Code: SMTP; {words}\n"
        "Last-Attempt-Date: Mon, 1 Jun 2026 09:00:01 GMT",
        boundary="u51900Ab012345.1780300000/mx.out.example",
    ),
    "exchange": Shape(
        sender="Microsoft Exchange <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@out.example>",
        subject="Undeliverable: What happened",
        headers="In-Reply-To: {name}\nReferences: {name}\nX-MS-Exchange-Message-Is-Ndr:",
        text="Delivery has failed to these recipients or groups:",
        per_message="Reporting-MTA: dns;EX01.out.example",
        per_recipient="Final-recipient: RFC822;{reader}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp;{words}\nX-Display-Name: Ann",
    ),
    "office 365": Shape(
        sender="postmaster@out.onmicrosoft.example",
        subject="Undeliverable: What happened",
        headers="Auto-Submitted: auto-replied\nIn-Reply-To: {name}",
        text="Your message to ann couldn't be delivered.",
        per_message="Reporting-MTA: dns;AM0PR01MB1234.prod.exchangelabs.example\n"
        "Received-From-MTA: dns;web.example\nArrival-Date: Mon, 1 Jun 2026 09:00:00 +0000",
        per_recipient="Final-Recipient: rfc822;{reader}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp;{words}",
        boundary="b1f9-4c2e_AM0PR01MB1234_",
    ),
    "gmail": Shape(
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Failure)",
        headers="Auto-Submitted: auto-replied\nX-Failed-Recipients: {reader}\n"
        "In-Reply-To: {name}\nReferences: {name}",
        text="** Address not found **\n\nYour message wasn't delivered to ann.",
        per_message="Reporting-MTA: dns; googlemail.example\n"
        "Arrival-Date: Mon, 01 Jun 2026 02:00:00 -0700 (PDT)\nX-Original-Message-ID: {name}",
        per_recipient="Final-Recipient: rfc822; {reader}\nAction: {action}\nStatus: {status}\n"
        "Remote-MTA: dns; mx.reader.example. (192.0.2.1, the server for the domain\n"
        " reader.example.)\nDiagnostic-Code: smtp; {words}\n"
        "Last-Attempt-Date: Mon, 01 Jun 2026 02:00:01 -0700 (PDT)",
        boundary="000000000000a1b2c3",
    ),
    "yahoo": Shape(
        sender="MAILER-DAEMON@yahoo.example",
        subject="Failure Notice",
        text="Sorry, we were unable to deliver your message to the following address.",
        per_recipient="Final-Recipient: rfc822;{reader}\nAction: {action}\n"
        "Diagnostic-Code: smtp; {words}\nStatus: {status}",
        returns="text/rfc822-headers",
    ),
    "ses": Shape(
        sender="MAILER-DAEMON@eu-west-1.amazonses.example",
        subject="Delivery Status Notification (Failure)",
        text="An error occurred while trying to deliver the mail to the following recipients:",
        per_message="Reporting-MTA: dsn; a1-2.smtp-out.eu-west-1.amazonses.example",
        per_recipient="Action: {action}\nFinal-Recipient: rfc822; {reader}\n"
        "Diagnostic-Code: smtp; {words}\nStatus: {status}",
        boundary="----=_Part_1_2.3",
    ),
    "zimbra": Shape(
        sender="MAILER-DAEMON@zimbra.out.example (Mail Delivery System)",
        subject="Undelivered Mail Returned to Sender",
        text="This is the mail system at host zimbra.out.example.",
        per_recipient="Final-Recipient: rfc822; {reader}\nOriginal-Recipient:\n rfc822;{reader}\n"
        "Action: {action}\nStatus: {status}\nRemote-MTA: dns; 127.0.0.1\n"
        "Diagnostic-Code: smtp; {words}",
    ),
    "opensmtpd": Shape(
        sender="Mailer Daemon <MAILER-DAEMON@mx.out.example>",
        subject="Delivery status notification: error",
        text="    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.",
        per_recipient="Final-Recipient: rfc822; {reader}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; {words}",
    ),
    "domino": Shape(
        sender="Postmaster@notes.out.example",
        subject="DELIVERY FAILURE: User ann (ann@reader.example) not listed",
        text="Your message was not delivered",
        per_recipient="Final-Recipient: rfc822;{reader}\nAction: {action} (as it seems)\n"
        "Status: {status} (a comment (within another))\nDiagnostic-Code: X-Notes; {words}",
        returns="text/rfc822-headers",
    ),
    "courier": Shape(
        sender='"Courier mail server at mx.out.example" <@>',
        subject="NOTICE: mail delivery status.",
        text="This is a delivery status notification from mx.out.example",
        per_message="Reporting-MTA: dns; mx.out.example\nOriginal-Envelope-Id: {name}",
        per_recipient="Final-Recipient: rfc822; {reader}\nAction: {action}\nStatus: {status}\n"
        "Remote-MTA: dns; mx.reader.example [192.0.2.1]\nDiagnostic-Code: smtp; {words}",
    ),
    "icloud": Shape(
        sender="Mail Delivery System <postmaster@icloud.example>",
        subject="Undelivered Mail Returned to Sender",
        text="Unable to deliver",
        per_message="Reporting-MTA: dns;pv50p00im.me.example (tcp-daemon)",
        per_recipient="Original-recipient: rfc822;{reader}\nFinal-recipient: rfc822;{reader}\n"
        "Action: {action}\nStatus: {status} ({words})\nDiagnostic-code: smtp;{words}",
    ),
}


def elsewhere(facts: Facts) -> Facts:
    """The report came to an address that tells nothing, as some servers take From for it."""
    return replace(facts, to="newsletter@parley.example")
