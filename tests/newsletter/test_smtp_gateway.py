"""Letters handed to a mail server, and what is made of its answers."""

from time import monotonic

import pytest
from pytest_django.fixtures import Settings

from newsletter.sending.answers import Answer, Outcome, Unreachable
from newsletter.sending.smtp import SmtpGateway
from tests.scripted_smtp import CLOSE, SLOWLY, USUAL, Answers, scripted
from tests.smtp import Sink

AT_ONCE = b"250-here\r\n250 PIPELINING\r\n"
LETTER = b"From: us@example.org\r\nSubject: Hello\r\n\r\nA line.\r\n"


@pytest.fixture(autouse=True, params=["one by one", "at once"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How the server takes commands."""
    if request.param == "at once":
        monkeypatch.setitem(USUAL, "EHLO", AT_ONCE)


@pytest.fixture(autouse=True)
def patience(settings: Settings) -> None:
    settings.EMAIL_HOST = settings.EMAIL_PORT = None  # put back, as the server below sets them
    settings.EMAIL_TIMEOUT = settings.EMAIL_DATA_TIMEOUT = 0.5


def hand_over(gateway: SmtpGateway, to: str = "ann@example.org", letter: bytes = LETTER) -> Answer:
    return gateway.send(envelope_from="us+7@example.org", to=to, letter=letter)


def outcomes(*answers: Answers, letters: int = 1) -> list[Answer | str]:
    """What becomes of some letters in a row."""
    found: list[Answer | str] = []
    with scripted(*answers):
        gateway = SmtpGateway()
        for _ in range(letters):
            try:
                found.append(hand_over(gateway))
            except Unreachable as error:
                found.append(str(error))
        gateway.close()
    return found


def outcome(answers: Answers) -> Answer | str:
    (found,) = outcomes(answers)
    return found


def test_letter_arrives_byte_for_byte(smtp: Sink) -> None:
    letter = b"Subject: Dots\r\n\r\n.\r\n..\r\n.a\r\n a.\r\nno end"
    gateway = SmtpGateway()

    answer = hand_over(gateway, letter=letter)
    gateway.close()

    assert answer == Answer(Outcome.ACCEPTED, "250 OK")
    assert smtp.raw == [letter + b"\r\n"]
    assert smtp.recipients == [["ann@example.org"]]


def test_many_letters_take_one_connection() -> None:
    with scripted() as server:
        gateway = SmtpGateway()
        for number in range(3):
            hand_over(gateway, f"reader-{number}@example.org")
        gateway.close()

    (commands,) = server.connections
    assert commands[1:4] == [
        "MAIL FROM:<us+7@example.org>",
        "RCPT TO:<reader-0@example.org>",
        "DATA",
    ]
    assert commands.count("DATA") == len(server.letters) == 3
    assert commands[-1] == "QUIT"


@pytest.mark.parametrize("when", ["RCPT", "DATA", "."])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (b"450 4.2.0 later\r\n", Answer(Outcome.DEFERRED, "450 4.2.0 later")),
        (b"550 5.1.1 nobody\r\n", Answer(Outcome.FAILED, "550 5.1.1 nobody")),
        (b"550-5.1.1 no\r\n550 body\r\n", Answer(Outcome.FAILED, "550 5.1.1 no body")),
        (b"550\r\n", Answer(Outcome.FAILED, "550")),
    ],
)
def test_a_refusal_is_about_the_letter(when: str, words: bytes, expected: Answer) -> None:
    nobody = {"DATA": b"554 5.5.1 nobody\r\n"} if when == "RCPT" else {}
    with scripted(nobody | {when: words}) as server:
        gateway = SmtpGateway()
        answers = [hand_over(gateway), hand_over(gateway)]
        gateway.close()

    assert answers == [expected, expected]
    assert len(server.connections) == 1
    assert server.connections[0].count("rset") == (0 if when == "." else 2)


@pytest.mark.parametrize(
    "answers",
    [
        {"banner": b"554 no\r\n"},
        {"banner": b"what\r\n"},
        {"banner": CLOSE},
        {"EHLO": b"550 no\r\n", "HELO": b"550 no\r\n"},
        {"EHLO": CLOSE},
        {"MAIL": b"550 5.7.1 you may not\r\n"},
        {"MAIL": b"451 4.3.0 not now\r\n"},
        {"MAIL": b"421 4.3.2 closing\r\n" + CLOSE},
        {"MAIL": CLOSE},
        {"RCPT": b"421 4.3.2 closing\r\n" + CLOSE},
        {"RCPT": CLOSE},
        {"RCPT": b"what?\r\n"},
        {"RCPT": b"354 go on\r\n"},
        {"RCPT": b"250-without\r\n250-an end\r\n" + CLOSE},
        {"DATA": b"421 4.3.2 closing\r\n" + CLOSE},
        {"DATA": b"250 fine\r\n"},
        {"DATA": b"\r\n"},
        {"DATA": CLOSE},
        {"DATA": b"354 go on\r\n552 too much\r\n"},  # before it has seen the end
        {"DATA": b"354 go on\r\n" + CLOSE},
    ],
)
def test_whatever_is_not_about_the_letter_leaves_it_untried(answers: Answers) -> None:
    assert isinstance(outcome(answers), str)


@pytest.mark.processes
@pytest.mark.parametrize(
    "words", [CLOSE, b"", b"250-and\r\n" + CLOSE, b"what?\r\n", b"354 go on\r\n", b"\xff" * 20_000]
)
def test_an_answer_that_is_lost_leaves_a_doubt(words: bytes) -> None:
    answer = outcome({".": words})

    assert isinstance(answer, Answer)
    assert answer.outcome == Outcome.LOST
    assert answer.text


@pytest.mark.parametrize("words", [b"250-fine\r\n" + CLOSE, b"354 go on\r\n"])
def test_after_a_doubt_the_next_letter_takes_another_connection(words: bytes) -> None:
    with scripted({".": words}, {}) as server:
        gateway = SmtpGateway()
        outcomes = [hand_over(gateway).outcome, hand_over(gateway).outcome]
        gateway.close()

    assert outcomes == [Outcome.LOST, Outcome.ACCEPTED]
    assert len(server.connections) == 2


def test_closing_after_a_letter_puts_off_that_one_only() -> None:
    found = outcomes({".": b"421 4.3.2 closing\r\n" + CLOSE}, {}, letters=2)

    assert found == [
        Answer(Outcome.DEFERRED, "421 4.3.2 closing"),
        Answer(Outcome.ACCEPTED, "250 fine"),
    ]


def test_a_server_that_waits_for_a_letter_to_nobody_gets_none() -> None:
    with scripted({"EHLO": AT_ONCE, "RCPT": b"550 5.1.1 nobody\r\n"}, {}) as server:
        gateway = SmtpGateway()
        first, second = hand_over(gateway), hand_over(gateway)
        gateway.close()

    assert (first.outcome, second.outcome) == (Outcome.FAILED, Outcome.ACCEPTED)
    assert server.letters == [LETTER]
    assert server.unfinished == [b""]


@pytest.mark.parametrize("ending", [b"", b"421 4.4.2 idle\r\n"])
def test_a_server_that_ends_the_connection_between_letters_costs_none(ending: bytes) -> None:
    accepted = Answer(Outcome.ACCEPTED, "250 fine")

    found = outcomes({".": b"250 fine\r\n" + ending + CLOSE}, letters=3)

    assert found == [accepted] * 3


@pytest.mark.parametrize("words", ["fine", "x" * 4090])
def test_what_is_said_unasked_is_no_answer_to_the_next_letter(words: str) -> None:
    twice = f"250 {words}\r\n250 fine\r\n".encode()
    with scripted({".": twice}, {"RCPT": b"550 no\r\n"}):
        gateway = SmtpGateway()
        first, second = hand_over(gateway), hand_over(gateway)
        gateway.close()

    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.FAILED)


@pytest.mark.processes
@pytest.mark.parametrize("when", ["banner", "DATA"])
@pytest.mark.parametrize("words", [b"", SLOWLY + b"250 this takes a while\r\n"])
def test_a_silent_or_slow_server_is_not_waited_for_longer_than_set(when: str, words: bytes) -> None:
    began = monotonic()

    assert outcome({when: words}) == "The mail server takes too long."
    assert monotonic() - began < 5


@pytest.mark.processes
def test_the_answer_to_a_letter_is_waited_for_as_long_as_set_for_it(settings: Settings) -> None:
    settings.EMAIL_TIMEOUT, settings.EMAIL_DATA_TIMEOUT = 30, 1
    began = monotonic()

    answer = outcome({".": b""})

    assert answer == Answer(Outcome.LOST, "The mail server takes too long.")
    assert monotonic() - began < 10


@pytest.mark.parametrize("words", [b"250-more\r\n" * 5_000, b"250-" + b"x" * 50_000])
def test_an_answer_without_end_is_not_read_to_its_end(words: bytes) -> None:
    assert outcome({"RCPT": words}) == "The mail server's answer does not end."


def test_nobody_at_the_other_end(settings: Settings) -> None:
    with scripted() as server:
        pass

    with pytest.raises(Unreachable, match="refused"):
        hand_over(SmtpGateway())
    assert server.connections == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (b"550 <ann@example.org>: ann%40example.org?\r\n", "550 <[address]>: [address]?"),
        (b"550 a\x00b\x1b[31m\xe2\x80\xaec\r\n", "550 a b [31m c"),
        (b"550 " + "é".encode("latin-1") + b"\r\n", "550 \ufffd"),
        (b"550 " + b"x" * 500 + b"\r\n", "550 " + "x" * 196),
    ],
)
def test_an_answer_is_kept_on_one_line_without_addresses(said: bytes, kept: str) -> None:
    assert outcome({"RCPT": said}) == Answer(Outcome.FAILED, kept)


@pytest.mark.parametrize(
    "address",
    ["", "ann", "a b@c.org", "a@b.org>\r\nDATA", "a@b.org,c@d.org", "é@b.org", "<a@b.org>"],
)
def test_nothing_but_an_address_reaches_the_server(address: str) -> None:
    with scripted() as server:
        answer = hand_over(SmtpGateway(), address)

    assert answer.outcome == Outcome.FAILED
    assert server.connections == []


def test_login_that_is_refused_leaves_the_letter_untried(settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "secret"

    refused = {"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n", "AUTH": b"535 5.7.8 wrong\r\n"}

    assert outcome(refused) == "535 5.7.8 wrong"


def test_without_the_tls_that_is_asked_for_nothing_is_said(settings: Settings) -> None:
    settings.EMAIL_USE_TLS = True

    for refusal in ({}, {"EHLO": b"250-here\r\n250 STARTTLS\r\n", "STAR": b"454 not now\r\n"}):
        with scripted(refusal) as server, pytest.raises(Unreachable):
            hand_over(SmtpGateway())
        assert not any("MAIL" in command for command in server.connections[0])


def test_an_address_of_ours_that_is_none_leaves_the_letter_untried() -> None:
    with scripted() as server, pytest.raises(Unreachable):
        SmtpGateway().send(envelope_from="us>\r\nRSET", to="ann@example.org", letter=LETTER)
    assert server.connections == []
