from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.formats import labels
from intake.rules.status import (
    ENDED,
    MOVES,
    OPEN,
    WAITING,
    Attempt,
    Attention,
    Move,
    MoveNotAllowed,
    Status,
    act_by,
    answers,
    attention,
    destination,
    possible_moves,
)

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def _act_by(**changes):
    facts = {
        "status": Status.NEW,
        "answered": False,
        "answer_due_at": NOW + timedelta(hours=1),
        "last_step_at": NOW,
        "next_step_at": None,
        "quiet_days": 5,
    }
    return act_by(**facts | changes)


def test_every_status_is_open_or_ended():
    assert set(Status) == OPEN | ENDED
    assert not OPEN & ENDED
    assert WAITING < OPEN
    assert set(labels.STATUS_LABELS) == set(Status)


def test_every_move_has_a_row_and_words():
    assert set(MOVES) == set(Move) == set(labels.MOVE_LABELS)


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
    with pytest.raises(MoveNotAllowed) as caught:
        destination(Move.BOOK, Status.CLOSED, answered=True)
    assert labels.move_refused(caught.value) == ("“Book a consultation” is not possible while a request is “closed”.")


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


def test_unanswered_it_is_due_when_the_answer_was_promised():
    assert _act_by() == NOW + timedelta(hours=1)
    assert _act_by(next_step_at=NOW + timedelta(days=2)) == NOW + timedelta(hours=1)


def test_tried_in_vain_it_is_due_at_the_next_try():
    tried = {"status": Status.IN_CONTACT, "next_step_at": NOW + timedelta(days=2)}
    assert _act_by(**tried) == NOW + timedelta(days=2)
    assert _act_by(status=Status.IN_CONTACT) == NOW + timedelta(hours=1)


def test_answered_it_is_due_at_its_next_step_or_when_it_has_been_quiet():
    assert _act_by(answered=True, next_step_at=NOW) == NOW
    assert _act_by(answered=True) == NOW + timedelta(days=5)
    assert _act_by(answer_due_at=None) == NOW + timedelta(days=5)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_is_due_once_it_has_ended(status):
    assert _act_by(status=status) is None


@pytest.mark.parametrize("status", sorted(OPEN))
@given(answered=st.booleans(), due=st.none() | st.just(NOW), step=st.none() | st.just(NOW))
def test_every_open_request_comes_due(status, answered, due, step):
    assert _act_by(status=status, answered=answered, answer_due_at=due, next_step_at=step) is not None


def test_late_only_after_the_moment():
    facts = {"status": Status.NEW, "answered": False, "now": NOW}
    assert attention(**facts, act_by=NOW) is Attention.NONE
    assert attention(**facts, act_by=NOW - timedelta(seconds=1)) is Attention.OVERDUE
    late = {"act_by": NOW - timedelta(days=1)}
    assert attention(**facts | {"answered": True}, **late) is Attention.STUCK
    assert attention(**facts | {"status": Status.CLOSED}, **late) is Attention.NONE
