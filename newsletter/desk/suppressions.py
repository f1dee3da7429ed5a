"""The office's screen for one address: may we email it, and if not, why. By POST, since URLs are logged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from newsletter.desk.screens import LIST, screen
from newsletter.formats import SUPPRESSION_LABELS
from newsletter.forms.office import LiftForm, LookUpForm, SuppressForm
from newsletter.rules.addresses import Address
from newsletter.rules.subscriber_states import OFFICE_MAY_LIFT_WHEN_ASKED, SuppressionReason
from newsletter.services import suppress_manually

HERE = "newsletter_subscribers:suppression"
TRAIL = ((LIST, _("Subscribers")),)


@private_admin_view("newsletter.view_suppression", methods=READING + CHANGING)
def look_up(request: HttpRequest) -> HttpResponse:
    """The question; after a POST the answer below it, with what can be done about it."""
    form = LookUpForm(request.POST or None)
    address = form.cleaned_data["address"] if request.method == "POST" and form.is_valid() else None
    return _show(request, form=form, address=address)


@private_admin_view("newsletter.add_suppression", methods=CHANGING)
def suppress(request: HttpRequest) -> HttpResponse:
    form = SuppressForm(request.POST)
    if not form.is_valid():
        return _again(request, form, "suppress_form")
    data = form.cleaned_data
    suppress_manually.suppress(
        address_key=data["address"].key,
        reason=SuppressionReason(data["kind"]),
        why=data["why"],
        user=request.user,
        now=timezone.now(),
    )
    messages.success(request, gettext("Nothing is sent to this address anymore."))
    return redirect(HERE)


@private_admin_view("newsletter.delete_suppression", methods=CHANGING)
def lift(request: HttpRequest) -> HttpResponse:
    form = LiftForm(request.POST, needs_consent=request.POST.get("reason", "") in OFFICE_MAY_LIFT_WHEN_ASKED)
    if not form.is_valid():
        return _again(request, form, "lift_form")
    data = form.cleaned_data
    try:
        suppress_manually.lift(
            address_key=data["address"].key,
            reason=SuppressionReason(data["reason"]),
            asked=data.get("consent", False),
            why=data["why"],
            user=request.user,
            now=timezone.now(),
        )
    except suppress_manually.NotLifted as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            gettext("We may email this address again. To bring the person back, add them: they still confirm."),
        )
    return redirect(HERE)


def _again(request: HttpRequest, form, name: str) -> HttpResponse:
    """The same screen with what was typed, and what is wrong with it."""
    typed = LookUpForm({"address": request.POST.get("address", "")})
    return _show(
        request, form=typed, address=typed.cleaned_data["address"] if typed.is_valid() else None, **{name: form}
    )


def _show(request: HttpRequest, *, form: LookUpForm, address: Address | None, **forms) -> HttpResponse:
    context: dict[str, object] = {"form": form}
    if address:
        found = suppress_manually.suppression_status(address_key=address.key)
        hidden = {"address": address.typed, "reason": found.reason}
        context |= {
            "address": address.typed,
            "status": found,
            "label": SUPPRESSION_LABELS[found.reason] if found.reason else "",
            "suppress_form": SuppressForm(initial=hidden),
            "lift_form": LiftForm(initial=hidden, needs_consent=found.needs_consent),
            **forms,
        }
    return screen(request, "subscriber_suppression", title=gettext("Never email"), trail=TRAIL, **context)
