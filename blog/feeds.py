"""Atom and RSS with the full posts. An entry's id is the page's own UUID: a new title or address is no new post."""

import re

from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from innerbalance.practice.services import practice

POSTS_IN_FEED = 20
RELATIVE = re.compile(r'(\s(?:href|src)=")(/[^"]*")')
RELATIVE_IN_SET = re.compile(r'(\ssrcset=")([^"]*)(")')


def absolute(html: str, base_url: str) -> str:
    """`html` with each path in href, src and srcset made an absolute address of `base_url`."""
    html = RELATIVE.sub(rf"\g<1>{base_url}\g<2>", html)
    return RELATIVE_IN_SET.sub(
        lambda match: match[1] + re.sub(r"(^|,\s*)/", rf"\g<1>{base_url}/", match[2]) + match[3], html
    )


class FullAtomFeed(Atom1Feed):
    """Atom whose entries carry the whole post as content of type html (RFC 4287 section 4.1.3)."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class FullRssFeed(Rss201rev2Feed):
    """RSS 2.0 with the content module."""

    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class AtomPosts(Feed):
    """The newest posts of one BlogIndexPage."""

    feed_type: type[SyndicationFeed] = FullAtomFeed
    route = "atom"

    def get_object(self, request, index):
        self.request = request
        return index

    def title(self, index):
        return f"{practice(self.request).practice_name}: {index.title}"

    def feed_url(self, index):
        """The feed's own address from the site's settings, whatever host the request named."""
        return index.get_full_url(self.request) + index.reverse_subpage(self.route)

    def subtitle(self, index):
        return index.description

    def link(self, index):
        return index.get_full_url(self.request)

    def feed_guid(self, index):
        return f"urn:uuid:{index.translation_key}"

    def items(self, index):
        return index.posts()[:POSTS_IN_FEED]

    def item_title(self, post):
        return post.title

    def item_description(self, post):
        return post.summary

    def item_link(self, post):
        return post.get_full_url(self.request)

    def item_guid(self, post):
        return f"urn:uuid:{post.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, post):
        return post.first_published_at

    def item_updateddate(self, post):
        return post.last_published_at

    def item_author_name(self, post):
        return ", ".join(one.clinician.name_with_credential for one in post.post_authors.all()) or None

    def item_categories(self, post):
        return [topic.name for topic in post.topics.all()]

    def item_extra_kwargs(self, post):
        base_url = self.item_link(post).removesuffix(post.get_url(self.request))
        html = render_to_string("blog/feed_content.html", {"page": post})
        return {"content": absolute(html, base_url)}


class RssPosts(AtomPosts):
    feed_type = FullRssFeed
    route = "rss"

    def description(self, index):
        return index.description
