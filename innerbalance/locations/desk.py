"""The office's screens: closures, weekly hours, federal holidays."""

from django.contrib import messages as django_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from . import services
from .federal_holidays import federal_holidays
from .forms import ClosureForm, HolidayForm, WeekFormSet
from .models import Closure, HolidayDecision, LocationPage
from .preview import previews
from .timetable import Timetable
from .wording import full_date, week_text

MAY_CLOSE = "locations.add_closure"
MAY_SET_HOURS = "locations.change_weeklyslot"
MAY_DECIDE = "locations.add_holidaydecision"


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


class ClosureCreateView(generic.CreateView):
    def save_instance(self):
        return services.save_closure(closure=self.form.save(commit=False), user=self.request.user)

    def get_success_url(self):
        return reverse("closures:saved", args=[self.object.pk])


class ClosureEditView(generic.EditView):
    def save_instance(self):
        return services.save_closure(closure=self.form.save(commit=False), user=self.request.user)

    def get_success_url(self):
        return reverse("closures:saved", args=[self.object.pk])


class ClosureDeleteView(generic.DeleteView):
    def delete_action(self):
        services.delete_closure(closure=self.object, user=self.request.user)


@require_safe
def closure_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers see from now on, with a way back."""
    require(request, MAY_CLOSE)
    closure = get_object_or_404(Closure, pk=pk)
    context = {"closure": closure, "previews": previews(closure, timezone.now())}
    return render(request, "locations/admin/closure_saved.html", context)


@require_safe
def closure_preview(request: HttpRequest) -> HttpResponse:
    """A fragment for the form's script: how pages would read with what is typed so far; empty while it can't be."""
    require(request, MAY_CLOSE)
    form = ClosureForm(request.GET)
    found = previews(form.save(commit=False), timezone.now()) if form.is_valid() else []
    return render(request, "locations/admin/previews.html", {"previews": found})


class ClosureViewSet(ModelViewSet):
    model = Closure
    name = "closures"
    icon = "date"
    menu_label = "Closures"
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


def hours_index(request: HttpRequest) -> HttpResponse:
    require(request, MAY_SET_HOURS)
    table = Timetable(timezone.now())
    offices = [(location, week_text(table.hours(location))) for location in LocationPage.objects.order_by("path")]
    return render(request, "locations/admin/hours_index.html", {"offices": offices})


def edit_hours(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, MAY_SET_HOURS)
    location = get_object_or_404(LocationPage, pk=pk)
    names = ["kind", "weekday", "opens", "closes", "past_midnight"]
    initial = list(location.weekly_slots.values(*names))
    formset = WeekFormSet(request.POST or None, initial=initial)
    if request.method == "POST" and formset.is_valid():
        services.replace_slots(location=location, slots=formset.slots(), user=request.user)
        text = week_text(Timetable(timezone.now()).hours(location)) or "no front-office hours"
        django_messages.success(request, f"{location.title} now reads: {text}.")
        return redirect("opening_hours:index")
    return render(request, "locations/admin/hours_edit.html", {"location": location, "formset": formset})


class OpeningHoursViewSet(DeskViewSet):
    name = "opening_hours"
    icon = "history"
    menu_label = "Weekly hours"
    permission = MAY_SET_HOURS

    def get_urlpatterns(self):
        return [path("", hours_index, name="index"), path("<int:pk>/", edit_hours, name="edit")]


def holidays(request: HttpRequest) -> HttpResponse:
    """The federal holidays of twelve months, each with what was decided."""
    require(request, MAY_DECIDE)
    today = timezone.localdate()
    offered = federal_holidays(today=today)
    decided = {d.day: d for d in HolidayDecision.objects.select_related("closure")}
    rows = [(holiday, _holiday_form(request, holiday, decided.get(holiday.day))) for holiday in offered]
    invalid = [form for _, form in rows if not form.is_valid()]  # each is asked, so that each shows its errors
    if request.method == "POST" and not invalid:
        changed = [(h, form.cleaned_data) for h, form in rows if form.has_changed() and form.cleaned_data["decision"]]
        for holiday, data in changed:
            services.decide_holiday(holiday=holiday, user=request.user, **data)
        django_messages.success(request, f"{len(changed)} of {len(rows)} holidays decided anew.")
        return redirect("holidays:index")
    shown = [(h, full_date(h.day, today), h.other and full_date(h.other, today), form) for h, form in rows]
    return render(request, "locations/admin/holidays.html", {"rows": shown})


def _holiday_form(request: HttpRequest, holiday, decision: HolidayDecision | None) -> HolidayForm:
    initial = {"decision": decision.decision if decision else ""}
    if decision and decision.closure:
        initial |= {"opens": decision.closure.opens, "closes": decision.closure.closes}
    return HolidayForm(request.POST or None, initial=initial, prefix=holiday.day.isoformat())


class HolidaysViewSet(DeskViewSet):
    name = "holidays"
    icon = "calendar"
    menu_label = "Federal holidays"
    permission = MAY_DECIDE

    def get_urlpatterns(self):
        return [path("", holidays, name="index")]


class HoursGroup(ViewSetGroup):
    menu_label = "Offices and hours"
    menu_icon = "date"
    menu_order = 250
    items = (ClosureViewSet(), OpeningHoursViewSet(), HolidaysViewSet())
