"""What an assessment shows on any page: the questions, or the result of answers."""

from django import template

from assessment.examples import NotAnswers, read_answers
from assessment.models import Assessment
from assessment.presentation import (
    ResultView,
    blank_result_view,
    questions,
    result_view,
)
from assessment.scoring import Answers
from assessment.soundness import Unsound

register = template.Library()


@register.inclusion_tag("assessment/includes/assessment.html", takes_context=True)
def self_assessment(
    context,
    assessment: Assessment,
    level: int = 2,
    answers: Answers | None = None,
    preview: bool = False,
):
    """The questions, ready to be taken. ``level`` is that of the title's heading.

    Shows nothing while the assessment isn't published, or can't be scored. ``answers`` are those of
    a reader who left some out and is asked for them.
    """
    shown = {"request": context.get("request"), "settings": context.get("settings")}
    if not (assessment.live or preview):
        return shown
    try:
        definition = assessment.definition
    except Unsound:
        return shown
    asked = questions(assessment, answers)
    return shown | {
        "assessment": assessment,
        "prefix": f"sa{assessment.pk or 0}",
        "level": level,
        "questions": asked,
        "unanswered": [q for q, answer in zip(asked, answers or (), strict=False) if answer is None],
        "blank": blank_result_view(assessment),
        "data": definition.as_data(),
        "counts": assessment.counts_runs and not preview,
    }


@register.inclusion_tag("assessment/includes/result.html", takes_context=True)
def assessment_result(context, assessment: Assessment, result: ResultView, level: int = 2):
    return {
        "request": context.get("request"),
        "settings": context.get("settings"),
        "assessment": assessment,
        "result": result,
        "prefix": f"sa{assessment.pk or 0}",
        "level": level,
        "below": level + 1,
    }


@register.inclusion_tag("assessment/includes/preview.html", takes_context=True)
def assessment_preview(context, assessment: Assessment):
    """For the editor alone: what keeps it from publication, and the reader's view or a result."""
    shown = {
        "request": context.get("request"),
        "settings": context.get("settings"),
        "assessment": assessment,
        "problems": assessment.publishing_problems(),
    }
    request = context.get("request")
    if getattr(request, "preview_mode", "") != "result":
        return shown
    shown["wants_result"] = True
    try:
        answers = read_answers(assessment.definition, assessment.trial_answers)
        shown["result"] = result_view(assessment, answers)
    except (NotAnswers, Unsound) as error:
        shown["refusal"] = str(error)
    return shown
