"""The office's screens: closures, weekly hours, federal holidays, and the panel on the admin's home."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from innerbalance.locations.formats import full_date, week_text
from innerbalance.locations.forms import ClosureForm, HolidayForm, WeekFormSet
from innerbalance.locations.models import Closure, HolidayDecision, LocationPage
from innerbalance.locations.models.pages import read_timetable
from innerbalance.locations.rules.federal_holidays import (
    REMIND_WITHIN,
    FederalHoliday,
    federal_holidays,
    undecided,
)
from innerbalance.locations.services import hours as services
from innerbalance.locations.services.previews import previews

MAY_CLOSE = "locations.add_closure"
MAY_SET_HOURS = "locations.change_weeklyslot"
MAY_DECIDE = "locations.add_holidaydecision"


class SaveClosureMixin:
    """Saves by the service, and shows what readers see from now on."""

    def save_instance(self):
        return services.save_closure(closure=self.form.save(commit=False), user=self.request.user)

    def get_success_url(self):
        return reverse("closures:saved", args=[self.object.pk])


class ClosureCreateView(SaveClosureMixin, generic.CreateView):
    pass


class ClosureEditView(SaveClosureMixin, generic.EditView):
    pass


class ClosureDeleteView(generic.DeleteView):
    def delete_action(self):
        services.delete_closure(closure=self.object, user=self.request.user)


@private_admin_view(MAY_CLOSE)
def closure_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers see from now on, with a way back."""
    closure = get_object_or_404(Closure, pk=pk)
    context = {"closure": closure, "previews": previews(closure=closure)}
    return render(request, "locations/admin/closure_saved.html", context)


@private_admin_view(MAY_CLOSE)
def closure_preview(request: HttpRequest) -> HttpResponse:
    """A fragment for the form's script: how pages would read with what is typed so far; empty while it can't be."""
    form = ClosureForm(request.GET)
    found = previews(closure=form.save(commit=False)) if form.is_valid() else []
    return render(request, "locations/admin/previews.html", {"previews": found})


class ClosureViewSet(ModelViewSet):
    model = Closure
    name = "closures"
    icon = "date"
    menu_label = _("Closures")
    copy_view_enabled = False
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    delete_view_class = ClosureDeleteView
    list_display = ["__str__", "location", "first", "last"]
    list_filter = ["location"]
    ordering = ["-last"]
    template_prefix = "locations/admin/"

    def get_form_class(self, for_update=False):
        return ClosureForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("saved/<int:pk>/", closure_saved, name="saved"),
            path("preview/", closure_preview, name="preview"),
        ]


class PermittedMenuItem(MenuItem):
    def __init__(self, *args, permission: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


class DeskViewSet(ViewSet):
    """A screen of our own in the menu, for those who have `permission`."""

    permission = ""

    def get_menu_item(self, order=None):
        return PermittedMenuItem(
            self.menu_label,
            reverse(f"{self.name}:index"),
            icon_name=self.icon,
            order=order or 100,
            permission=self.permission,
        )


@private_admin_view(MAY_SET_HOURS)
def hours_index(request: HttpRequest) -> HttpResponse:
    table = read_timetable()
    offices = [(location, week_text(table.hours(location))) for location in LocationPage.objects.order_by("path")]
    return render(request, "locations/admin/hours_index.html", {"offices": offices})


@private_admin_view(MAY_SET_HOURS, methods=READING + CHANGING)
def edit_hours(request: HttpRequest, pk: int) -> HttpResponse:
    location = get_object_or_404(LocationPage, id=pk)  # `pk` is the page pointer, whose range Django does not check
    names = ["kind", "weekday", "opens", "closes", "past_midnight"]
    initial = list(location.weekly_slots.values(*names))
    formset = WeekFormSet(request.POST or None, initial=initial)
    if request.method == "POST" and formset.is_valid():
        services.replace_slots(location=location, slots=formset.slots(), user=request.user)
        named = {"office": location.title, "hours": week_text(read_timetable().hours(location))}
        message = (
            gettext("%(office)s now reads: %(hours)s.")
            if named["hours"]
            else gettext("%(office)s now has no front-office hours.")
        )
        messages.success(request, message % named)
        return redirect("opening_hours:index")
    return render(request, "locations/admin/hours_edit.html", {"location": location, "formset": formset})


class OpeningHoursViewSet(DeskViewSet):
    name = "opening_hours"
    icon = "history"
    menu_label = _("Weekly hours")
    permission = MAY_SET_HOURS

    def get_urlpatterns(self):
        return [path("", hours_index, name="index"), path("<int:pk>/", edit_hours, name="edit")]


@private_admin_view(MAY_DECIDE, methods=READING + CHANGING)
def holidays(request: HttpRequest) -> HttpResponse:
    """The federal holidays of twelve months, each with what was decided."""
    today = timezone.localdate()
    offered = federal_holidays(today=today)
    decided = {d.day: d for d in HolidayDecision.objects.select_related("closure")}
    rows = [(holiday, _holiday_form(request, holiday, decided.get(holiday.day))) for holiday in offered]
    invalid = [form for _, form in rows if not form.is_valid()]  # each is asked, so that each shows its errors
    if request.method == "POST" and not invalid:
        changed = [(h, form.cleaned_data) for h, form in rows if form.has_changed() and form.cleaned_data["decision"]]
        for holiday, data in changed:
            services.decide_holiday(holiday=holiday, user=request.user, **data)
        message = ngettext("%(count)s decision saved.", "%(count)s decisions saved.", len(changed))
        messages.success(request, message % {"count": len(changed)})
        return redirect("holidays:index")
    shown = [(h, full_date(h.day, today), h.other and full_date(h.other, today), form) for h, form in rows]
    return render(request, "locations/admin/holidays.html", {"rows": shown})


def _holiday_form(request: HttpRequest, holiday: FederalHoliday, decision: HolidayDecision | None) -> HolidayForm:
    initial: dict[str, object] = {"decision": decision.decision if decision else ""}
    if decision and decision.closure:
        initial |= {"opens": decision.closure.opens, "closes": decision.closure.closes}
    return HolidayForm(request.POST or None, initial=initial, prefix=holiday.day.isoformat())


class HolidaysViewSet(DeskViewSet):
    name = "holidays"
    icon = "calendar"
    menu_label = _("Federal holidays")
    permission = MAY_DECIDE

    def get_urlpatterns(self):
        return [path("", holidays, name="index")]


class HoursGroup(ViewSetGroup):
    menu_label = _("Offices and hours")
    menu_icon = "date"
    menu_order = 250
    items = (ClosureViewSet(), OpeningHoursViewSet(), HolidaysViewSet())


class ClosurePanel(Component):
    """On the admin's home: close for a day in ten seconds, and the holidays that wait for a decision."""

    name = "closures"
    template_name = "locations/admin/closure_panel.html"
    order = 120

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        if not request.user.has_perm(MAY_CLOSE):
            return {"shown": False}
        today = timezone.localdate()
        decided = list(HolidayDecision.objects.filter(day__gte=today).values_list("day", flat=True))
        waiting = undecided(today=today, decided=decided, within=REMIND_WITHIN)
        return {
            "shown": True,
            "csrf_token": get_token(request),  # a component is rendered without the request
            "form": ClosureForm(initial={"first": today + timedelta(days=1)}),
            "upcoming": Closure.objects.not_over(today).select_related("location")[:6],
            "undecided": [(holiday, full_date(holiday.day, today)) for holiday in waiting],
        }
