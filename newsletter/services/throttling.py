"""When sending does not go well: rest, slow down, pause, tell the office."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from innerbalance import mail
from innerbalance.practice import practice
from newsletter.models import Sending
from newsletter.rules.backoff import CONNECTION_TROUBLES_BEFORE_PAUSE, FAILURES_BEFORE_PAUSE, SLOWEST_STEP, rest
from newsletter.rules.sending_states import SendingState

CALM = timedelta(minutes=10)
# A copy that may or may not have arrived costs a person's decision: pause much earlier.
UNCERTAIN_WEIGHS = 5


def went_well(*, sending: Sending) -> None:
    """A message was taken: what is counted "in a row" starts again."""
    if sending.failures_in_row or sending.troubles_in_row:
        sending.failures_in_row = sending.troubles_in_row = 0
        Sending.objects.filter(pk=sending.pk).update(failures_in_row=0, troubles_in_row=0)


def failed(*, sending: Sending, detail: str, weight: int = 1) -> None:
    """One recipient's copy failed; too many in a row pause the issue."""
    Sending.objects.filter(pk=sending.pk).update(failures_in_row=F("failures_in_row") + weight)
    sending.refresh_from_db(fields=["failures_in_row"])
    if sending.failures_in_row >= FAILURES_BEFORE_PAUSE:
        pause_by_itself(sending=sending, reason=f"Message after message failed. The last answer: {detail}")


def server_wants_rest(*, sending: Sending, detail: str, now: datetime, slow_down: bool) -> datetime:
    """The server said 421, or can't be reached: everything rests. Returns until when."""
    step = sending.troubles_in_row + 1
    until = now + rest(step)
    everything = Sending.objects.at_work()
    everything.update(rest_until=until, troubles_in_row=F("troubles_in_row") + 1)
    if slow_down:
        everything.filter(slow_step__lt=SLOWEST_STEP).update(slow_step=F("slow_step") + 1)
    sending.refresh_from_db(fields=["rest_until", "troubles_in_row", "slow_step"])
    if sending.troubles_in_row >= CONNECTION_TROUBLES_BEFORE_PAUSE:
        pause_by_itself(sending=sending, reason=f"The mail server does not take messages: {detail}")
    return until


def speed_up(*, now: datetime) -> None:
    """After ten calm minutes the rate doubles again, up to the setting."""
    calm = Sending.objects.filter(state=SendingState.RUNNING, slow_step__gt=0, rest_until__lt=now - CALM)
    calm.update(slow_step=F("slow_step") - 1, rest_until=now)


def pause_by_itself(*, sending: Sending, reason: str) -> None:
    moved = Sending.objects.filter(pk=sending.pk, state=SendingState.RUNNING)
    moved.update(state=SendingState.PAUSED, paused_reason=reason[:300], office_untold=True)


def tell_office() -> int:
    """Tell the office of pauses nobody asked for; how many mails left. Raises what the mail backend raises.

    The flag is cleared after the mail: a mail server that is down hears of it again with the next run.
    """
    told = 0
    for sending in Sending.objects.filter(office_untold=True, state=SendingState.PAUSED):
        address = practice().email
        if address:
            mail.send(
                template="newsletter_paused",
                to=address,
                context={
                    "sending": sending,
                    "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/admin/newsletter/sending/{sending.pk}/",
                },
            )
        told += Sending.objects.filter(pk=sending.pk).update(office_untold=False)
    return told
