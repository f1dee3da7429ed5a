from wagtail import hooks
from wagtail.snippets.models import register_snippet

from blog import desk

register_snippet(desk.TopicViewSet)
hooks.register("register_reports_menu_item", desk.reviews_due_menu_item)
hooks.register("register_admin_urls", desk.reviews_due_url)
hooks.register("construct_homepage_panels", desk.add_reviews_due)
hooks.register("after_create_page", desk.review_new_index)
