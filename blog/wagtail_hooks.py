from wagtail import hooks
from wagtail.snippets.models import register_snippet

from blog.desk import ReviewsDuePanel, TopicViewSet, review_new_index, reviews_due_menu_item, reviews_due_url

register_snippet(TopicViewSet)
hooks.register("register_reports_menu_item", reviews_due_menu_item)
hooks.register("register_admin_urls", reviews_due_url)
hooks.register("after_create_page", review_new_index)


@hooks.register("construct_homepage_panels")
def add_reviews_due(request, panels):
    panels.append(ReviewsDuePanel())
