"""The office's screens for importing a list of addresses: a dry run, a yes, and the numbers as they come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from newsletter.desk.screens import LIST, pages, screen
from newsletter.forms.office import ImportForm
from newsletter.models import SubscriberImport
from newsletter.rules.address_lists import read_list
from newsletter.rules.import_states import ImportState
from newsletter.services import importing

PER_PAGE = 20
# How long one press of a button works; housekeeping does the rest.
SECONDS = 1
ADD = "newsletter.add_subscriber"
TO_LIST = (LIST, _("Subscribers"))
TO_IMPORTS = ("newsletter_subscribers:import", _("Import"))


@private_admin_view(ADD, methods=READING + CHANGING)
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and the earlier imports. A file is looked at first: nobody is changed by that."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        job = importing.look(
            listed=read_list(data["text"]),
            confirmed=data["confirmed"],
            consent_note=data["consent_note"],
            file_name=data["file"].name,
            user=request.user,
            now=timezone.now(),
        )
        return redirect("newsletter_subscribers:import_one", job.pk)
    earlier = SubscriberImport.objects.select_related("created_by", "started_by").defer("errors")
    return screen(
        request,
        "subscriber_import",
        title=gettext("Import"),
        trail=(TO_LIST,),
        form=form,
        **pages(request, earlier, per_page=PER_PAGE),
    )


@private_admin_view(ADD)
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """The dry run with its button, or the import with its progress."""
    return _show(request, get_object_or_404(SubscriberImport, pk=import_id))


@private_admin_view(ADD, methods=CHANGING)
def start(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say yes to the dry run. A second click only shows how far the first one is."""
    job = get_object_or_404(SubscriberImport, pk=import_id)
    now = timezone.now()
    importing.start(import_id=job.pk, user=request.user, now=now)
    importing.work(import_id=job.pk, seconds=SECONDS, now=now)
    return redirect("newsletter_subscribers:import_one", job.pk)


@private_admin_view(ADD, methods=CHANGING)
def go_on(request: HttpRequest, import_id: int) -> HttpResponse:
    """Work a moment longer: pressed by the page itself while somebody watches, or by hand without JavaScript."""
    job = get_object_or_404(SubscriberImport, pk=import_id)
    importing.work(import_id=job.pk, seconds=SECONDS, now=timezone.now())
    return redirect("newsletter_subscribers:import_one", job.pk)


@private_admin_view(ADD, methods=CHANGING)
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Delete a dry run with its addresses."""
    if importing.discard(import_id=import_id):
        messages.success(request, gettext("The file's addresses are deleted. Nothing else was changed."))
        return redirect("newsletter_subscribers:import")
    get_object_or_404(SubscriberImport, pk=import_id)
    messages.error(request, gettext("This list is already being imported, or has been."))
    return redirect("newsletter_subscribers:import_one", import_id)


def _show(request: HttpRequest, job: SubscriberImport) -> HttpResponse:
    dry = job.state == ImportState.CHECKED
    if job.confirmed:
        new = gettext("Would be put on the list") if dry else gettext("Put on the list")
    else:
        new = gettext("Would be asked to confirm") if dry else gettext("Asked to confirm")
    return screen(
        request,
        "subscriber_import_one",
        title=gettext("Dry run") if dry else gettext("Import %(number)s") % {"number": job.pk},
        trail=(TO_LIST, TO_IMPORTS),
        job=job,
        dry=dry,
        running=job.state == ImportState.RUNNING,
        stopped=job.state == ImportState.STOPPED,
        numbers=[
            (new, job.new),
            (gettext("Already known; left as they are"), job.known),
            (gettext("Must not be emailed; left out"), job.suppressed),
            (gettext("Not asked: this mailbox is getting a confirmation email today anyway"), job.not_asked),
        ],
        more_errors=job.error_count - len(job.errors),
    )
