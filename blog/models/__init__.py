"""Topics, the list of posts, the post, and its clinical reviews."""

from .index import BlogIndexPage
from .post_counts import PostCounts
from .posts import BlogPostPage, PostAuthor
from .reviews import ClinicalReview, ClinicalReviewTask
from .topics import Topic

__all__ = ["BlogIndexPage", "BlogPostPage", "ClinicalReview", "ClinicalReviewTask", "PostAuthor", "PostCounts", "Topic"]
