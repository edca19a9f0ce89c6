"""Filters of this room's templates."""

from django import template

from avvikelse.ivo.paper import fine_words, in_sentence

register = template.Library()
register.filter("kronor", fine_words)
register.filter("how", in_sentence)
