"""The pages behind a problem's ``type``: what each kind means and what to do about it.

They are the sections of ``openapi/problems.md``, one for each slug.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from markdown_it import MarkdownIt

from platform_api.core.errors import NotVisible, Refusal

from . import conf
from .problems import problem_response
from .refusals import MethodNotAllowed
from .renderers import negotiate

_HTML, _MARKDOWN = "text/html", "text/markdown"
_HEADING = re.compile(r"^## (\S+)$", re.MULTILINE)
_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{}</title></head>
<body><main>
{}</main></body>
</html>
"""


@cache_control(public=True, max_age=3600)
def problem_page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The page of one kind of problem, or of all; HTML, or Markdown where that is asked for."""
    try:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(["GET", "HEAD"])
        media_type = negotiate(request.headers.get("Accept", ""), [_HTML, _MARKDOWN])
        markdown = problem_sections().get(slug)
        if markdown is None:
            raise NotVisible
    except Refusal as refusal:
        return problem_response(refusal, request)
    if media_type == _MARKDOWN:
        content = markdown
    else:
        # The file is ours, and raw HTML in it is shown as text.
        body = mark_safe(MarkdownIt("commonmark", {"html": False}).render(markdown))  # noqa: S308
        content = format_html(_PAGE, slug or "Problems", body)
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Vary"] = "Accept"
    return response


@lru_cache(maxsize=1)
def problem_sections() -> Mapping[str, str]:
    """The Markdown of each slug's section; the whole file under the empty name."""
    whole = (Path(conf.text("BASE_DIR")) / conf.text("PROBLEMS_FILE")).read_text(encoding="utf-8")
    pieces = _HEADING.split(whole)
    sections = {
        slug: f"# {slug}\n\n{content.strip()}\n"
        for slug, content in zip(pieces[1::2], pieces[2::2], strict=True)
    }
    return {"": whole, **sections}
