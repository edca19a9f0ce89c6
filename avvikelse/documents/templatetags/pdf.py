"""What the templates of documents need besides Django's own tags."""

from django import template

from avvikelse.documents.text import paragraphs

register = template.Library()
register.filter("paragraphs", paragraphs)
