"""How many of the office's and readers' emails are in which state, for who watches the site."""

from django.db.models import Count

from intake.models import OutgoingEmail


def count_emails() -> dict[str, int]:
    """State -> number, zeros included. Rows are deleted with their request, so numbers may also fall."""
    found = dict(OutgoingEmail.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in OutgoingEmail.State.values}
