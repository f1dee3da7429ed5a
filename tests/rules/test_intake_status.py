from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.status import (
    ENDED,
    LABELS,
    MOVE_LABELS,
    MOVES,
    OPEN,
    WAITING,
    Attempt,
    Move,
    MoveNotAllowed,
    Status,
    answers,
    destination,
    needs,
    possible_moves,
)

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def _needs(**changes):
    facts = {
        "status": Status.NEW,
        "answered": False,
        "now": NOW,
        "answer_due_at": NOW + timedelta(hours=1),
        "last_step_at": NOW,
        "next_step_at": None,
        "quiet_days": 5,
    }
    return needs(**facts | changes)


def test_every_status_is_open_or_ended():
    assert OPEN | ENDED == set(Status)
    assert not OPEN & ENDED
    assert WAITING < OPEN
    assert set(LABELS) == set(Status)


def test_every_move_has_a_row_and_words():
    assert set(MOVES) == set(Move) == set(MOVE_LABELS)


@pytest.mark.parametrize("status", Status)
def test_no_status_is_a_dead_end(status):
    assert possible_moves(status)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_what_is_open_can_end(status):
    assert any(destination(move, status, answered=True) in ENDED for move in possible_moves(status))


def test_ended_requests_can_only_be_reopened_or_closed():
    for status in ENDED:
        assert set(possible_moves(status)) <= {Move.REOPEN, Move.CLOSE}


def test_an_impossible_move_says_why():
    with pytest.raises(MoveNotAllowed, match="“Book a consultation” is not possible"):
        destination(Move.BOOK, Status.CLOSED, answered=True)


def test_reopening_what_was_never_answered_starts_the_clock_again():
    assert destination(Move.REOPEN, Status.CLOSED, answered=False) is Status.NEW
    assert destination(Move.REOPEN, Status.CLOSED, answered=True) is Status.IN_CONTACT


def test_a_phone_that_rang_unheard_is_not_an_answer():
    assert not answers(Move.ATTEMPT, Attempt.NO_ANSWER)
    assert answers(Move.ATTEMPT, Attempt.VOICEMAIL)
    assert answers(Move.BOOK)
    assert not answers(Move.CLOSE)


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_any_walk_through_the_table_stays_in_it(moves):
    walk = [Status.NEW]
    for move in moves:
        if move in possible_moves(walk[-1]):
            walk.append(destination(move, walk[-1], answered=True))
    assert set(walk) <= set(Status)
    assert all(after is not Status.NEW for _, after in pairwise(walk))


def test_overdue_only_after_the_due_moment_and_only_unanswered():
    assert not _needs(answer_due_at=NOW).overdue
    assert _needs(answer_due_at=NOW - timedelta(seconds=1)).overdue
    assert not _needs(answer_due_at=NOW - timedelta(days=1), answered=True).overdue
    assert not _needs(answer_due_at=None).overdue
    assert not _needs(answer_due_at=NOW - timedelta(days=1), status=Status.CLOSED).overdue


def test_stuck_when_quiet_or_past_its_next_step():
    assert not _needs(last_step_at=NOW - timedelta(days=4, hours=23)).stuck
    assert _needs(last_step_at=NOW - timedelta(days=5)).stuck
    planned = NOW + timedelta(days=30)
    assert not _needs(last_step_at=NOW - timedelta(days=20), next_step_at=planned).stuck
    assert _needs(next_step_at=NOW - timedelta(minutes=1)).stuck
    assert not _needs(status=Status.DECLINED, last_step_at=NOW - timedelta(days=50)).stuck
