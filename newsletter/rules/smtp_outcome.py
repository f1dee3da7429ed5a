"""What a reply of a mail server means for one recipient (RFC 5321 section 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from enum import StrEnum

ENHANCED_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
WORD = re.compile(r"<?[^\s<>]++>?")
LONGEST_DETAIL = 200
# What a server says is read no further: anybody may be that server.
LONGEST_REPLY = 2_000


class Outcome(StrEnum):
    SENT = "sent"
    RETRY = "retry"  # this recipient, later
    FINAL = "final"  # this recipient, never
    SLOW_DOWN = "slow_down"  # everyone, later: the server wants a rest
    UNCERTAIN = "uncertain"  # the server may have it


@dataclass(frozen=True, slots=True)
class Verdict:
    """`hard_bounce`: the mailbox does not exist, so the address is suppressed for good.
    `rest`: whoever answered is not well, so everyone waits, whatever became of this copy.
    `detail`: for the office, at most 200 characters, without any email address."""

    outcome: Outcome
    detail: str = ""
    hard_bounce: bool = False
    rest: bool = False


class TransportUnavailable(Exception):
    """Nothing can be sent to anyone at the moment; this recipient's copy did not leave.

    `slow_down`: it was too much for the server, so the rate goes down as well.
    """

    def __init__(self, detail: str, *, slow_down: bool = False):
        super().__init__(detail)
        self.slow_down = slow_down


def judge(code: int, text: str) -> Verdict:
    """What the last reply (`code`, `text`) says about the recipient."""
    detail = clean_detail(f"{code} {text}" if code > 0 else text)
    if 200 <= code < 300:
        return Verdict(Outcome.SENT, detail)
    if code == 421:
        return Verdict(Outcome.SLOW_DOWN, detail)
    if 400 <= code < 500:
        return Verdict(Outcome.RETRY, detail)
    if 500 <= code < 600:
        return Verdict(Outcome.FINAL, detail, hard_bounce=mailbox_is_gone(code, text))
    # -1 and the like: the line broke before an answer. Nothing was handed over yet
    # (the transport says UNCERTAIN itself where that is not so).
    return Verdict(Outcome.RETRY, detail)


def mailbox_is_gone(code: int, text: str) -> bool:
    """Whether the refusal is about the address itself, not about us or the message.

    RFC 3463: x.1.x addressing, x.2.1 mailbox disabled; x.7.x is policy and
    x.2.2 a full mailbox: both may be different tomorrow. Without an enhanced
    status 550, 551 and 553 speak of the mailbox (RFC 5321 section 4.2.3).
    """
    status = enhanced_status(text)
    if status is None:
        return code in {550, 551, 553} and not re.search(
            r"spam|block|policy|blacklist|reputation|denied|relay", text, re.IGNORECASE
        )
    return is_gone(status)


def is_gone(status: tuple[int, int, int]) -> bool:
    """Whether an enhanced status code says that the mailbox does not exist (any more)."""
    kind, subject, detail = status
    if kind != 5:
        return False
    # 5.1.7 and 5.1.8 blame the sender's address.
    return (subject == 1 and detail not in {7, 8}) or (subject, detail) == (2, 1)


def enhanced_status(text: str) -> tuple[int, int, int] | None:
    found = ENHANCED_STATUS.search(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def clean_detail(text: str) -> str:
    """One printable line without email addresses: replies quote them, and this is kept."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_REPLY]).split())
    return WORD.sub(lambda word: "[address]" if "@" in word[0] else word[0], line)[:LONGEST_DETAIL]
