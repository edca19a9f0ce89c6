"""What the document of a händelseanalys needs besides Django's own tags."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from avvikelse.inquiries.analysis_drawn import drawings_on_paper

register = template.Library()


@register.simple_tag(takes_context=True)
def course_on_paper(context: Context) -> list[SafeString]:
    """The pieces of the drawing of the document's content."""
    return drawings_on_paper({name: context[name] for name in ("steps", "whole", "causes")})
