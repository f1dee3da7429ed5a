"""Wagtail as this site uses it."""

WAGTAIL_FINISH_WORKFLOW_ACTION = "innerbalance.workflows.publish_approved"
WAGTAIL_SITE_NAME = "Inner Balance Counseling"
WAGTAILIMAGES_IMAGE_MODEL = "images.PracticeImage"
# No SVG: a browser runs the scripts in one that is opened by its own address.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# The site itself hands out documents, wherever they are stored: their collection says who may read them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "innerbalance.search_backend"}}
# The admin calls nobody: no avatars from elsewhere, no update check, no news banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
