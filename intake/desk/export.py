"""The list of requests, as it is filtered, taken away as a file."""

from urllib.parse import urlencode

from django import forms
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from intake.desk import choices
from intake.desk.access import EXPORT, VIEW
from intake.desk.filters import LISTS, QueueFilter
from intake.desk.statistics import ReportView
from intake.services.export import MEDIA_TYPES, export_requests


class FileForm(forms.Form):
    """As which kind of file."""

    file_format = forms.ChoiceField(
        label=_("File"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("CSV"))],
        widget=forms.RadioSelect,
        initial="xlsx",
        error_messages={"required": _("Choose a kind of file."), "invalid_choice": _("Choose a kind of file.")},
    )


class Export(ReportView, FormView):
    """A POST, and for owners alone: a link or a prefetch exports nothing, and the office works on the screen.

    The filter stands in the address, as on the list: it holds nothing about a person. A filter that is not understood
    shows more on the list; here it exports nothing.
    """

    private_permission = (VIEW, EXPORT)
    page_title = _("Export consultation requests")
    header_icon = "download"
    template_name = "intake/admin/reports/export.html"
    form_class = FileForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def filter(self) -> QueueFilter:
        return QueueFilter(self.request.GET, people=choices.people())

    def form_valid(self, form):
        if not self.filter.is_valid():
            return self.form_invalid(form)
        file_format = form.cleaned_data["file_format"]
        content = export_requests(requests=self.filter.apply(self.now), file_format=file_format, user=self.request.user)
        day = timezone.localtime(self.now, timezone.get_default_timezone())
        return StreamingHttpResponse(
            content,
            content_type=MEDIA_TYPES[file_format],
            headers={"Content-Disposition": f'attachment; filename="requests-{day:%Y-%m-%d}.{file_format}"'},
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter=self.filter,
            lists=LISTS,
            count=self.filter.apply(self.now).count(),
            query=urlencode(self.filter.chosen),
            **kwargs,
        )
