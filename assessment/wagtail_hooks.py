from wagtail import hooks
from wagtail.snippets.models import register_snippet

from assessment.desk import AssessmentViewSet, counts_menu_item, counts_urls

register_snippet(AssessmentViewSet)
hooks.register("register_reports_menu_item", counts_menu_item)
hooks.register("register_admin_urls", counts_urls)
