"""JSON-LD parts that several pages share (schema.org). Each function returns one thing as a dict without @context.

Empty values are left out: a statement that is not there cannot be untrue.
"""

import json

from django.utils.safestring import SafeString, mark_safe

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def organization_id(base_url: str) -> str:
    """The identifier by which every page refers to the practice."""
    return f"{base_url}/#practice"


def without_empty(thing: dict) -> dict:
    """`thing` without keys whose value is None, empty text or an empty list."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def organization(practice, base_url: str, logo_url: str = "") -> dict:
    """The practice as schema.org MedicalBusiness."""
    return without_empty(
        {
            "@type": "MedicalBusiness",
            "@id": organization_id(base_url),
            "name": practice.practice_name,
            "legalName": practice.legal_name,
            "url": f"{base_url}/",
            "telephone": practice.phone,
            "email": practice.email,
            "logo": logo_url,
            "sameAs": practice.social_addresses,
        }
    )


def web_site(practice, base_url: str) -> dict:
    """The site itself, with its search (schema.org WebSite)."""
    return {
        "@type": "WebSite",
        "@id": f"{base_url}/#site",
        "name": practice.practice_name,
        "url": f"{base_url}/",
        "publisher": {"@id": organization_id(base_url)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base_url}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def web_page(name: str, url: str, description: str) -> dict:
    return without_empty({"@type": "WebPage", "@id": url, "url": url, "name": name, "description": description})


def breadcrumb_list(crumbs: list[dict[str, str]], base_url: str) -> dict:
    """The trail (schema.org BreadcrumbList) from `title` and `url` (path) of each step."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb["title"], "item": f"{base_url}{crumb['url']}"}
            for number, crumb in enumerate(crumbs, start=1)
        ],
    }


def dump(things: list[dict]) -> SafeString:
    """The graph as JSON that cannot end the script element around it."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped one line above)
