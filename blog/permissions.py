"""Who may put a post live: nobody past the clinical review but those who carry the practice's name."""

from wagtail.models import PagePermissionTester


class ReviewedPostPermissionTester(PagePermissionTester):
    """As Wagtail's, but publishing a post needs `blog.publish_without_review` (Owners); others send it to review."""

    def can_publish(self) -> bool:
        return super().can_publish() and self.user.has_perm("blog.publish_without_review")
