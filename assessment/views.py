"""A self-assessment on its own page, scored here only for readers without JavaScript."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from assessment.formats.results import result_view
from assessment.models import Assessment
from assessment.rules.answers import answers_from
from assessment.rules.validation import NotScorable
from assessment.services import Reached, count_run
from innerbalance.security.public_forms import public_form
from innerbalance.security.rate_limits import client_network, hit

COUNTED, COUNTED_IN = 30, timedelta(hours=1)
"""How many runs of one network are counted: a waiting room's worth, and no more from a script."""


def _published(slug: str) -> Assessment:
    assessment = get_object_or_404(Assessment.objects.live(), slug=slug)
    try:
        _ = assessment.definition
    except NotScorable as error:
        raise Http404("This self-assessment can't be scored.") from error
    return assessment


@sensitive_post_parameters()
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers a POST at once with the result, `no-store`. A 303, as other public forms give, would have to carry the
    answers in the address or store them. Reloading asks before sending again.
    """
    assessment = _published(slug)
    if request.method == "POST":
        return _answered(request, assessment)
    return render(request, "assessment/take.html", {"assessment": assessment, "quick_exit": True})


@never_cache
def _answered(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    answers = answers_from(assessment.definition, request.POST)
    context = {"assessment": assessment, "answers": answers, "quick_exit": True}
    if None in answers and request.POST.get("without") != "1":
        return render(request, "assessment/take.html", context, status=422)
    context["result"] = result_view(assessment.definition, assessment.result_texts, answers)
    return render(request, "assessment/result.html", context)


@public_form
@require_POST
def count(request: HttpRequest, slug: str, reached: str) -> HttpResponse:
    """Takes a beacon that says nothing but which assessment was started or finished.

    What one network sends beyond the limit is answered like the rest and not counted.
    """
    assessment = get_object_or_404(Assessment.objects.live(), slug=slug)
    now = timezone.now()
    if assessment.counts_runs and hit(
        purpose="assessment.count", identity=client_network(request), limit=COUNTED, window=COUNTED_IN, now=now
    ):
        count_run(assessment=assessment, reached=Reached(reached), now=now)
    return HttpResponse(status=204)
