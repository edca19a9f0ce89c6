from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("avvikelse.workplace.urls")),
    path("", include("avvikelse.inquiries.urls")),  # before the moves of cases, which take any word
    path("", include("avvikelse.ivo.urls")),
    path("", include("avvikelse.cases.urls")),
    path("", include("avvikelse.measures.urls")),
    path("", include("avvikelse.inquiries.analysis_urls")),
    path("", include("avvikelse.deviations.urls")),
    path("", include("avvikelse.intake.urls")),
    path("", include("avvikelse.public.urls")),
    path("", include("avvikelse.law.urls")),
    path("", include("avvikelse.lex_sarah.office_urls")),
    path("", include("reports.urls")),
    path("", include("avvikelse.ui.urls")),
    path("", include("avvikelse.workplace.succession.urls")),
    path("", include("avvikelse.organisation.urls")),
    # The municipality keeps people's addresses: allauth's page for changing them is closed.
    path("konto/email/", RedirectView.as_view(pattern_name="start")),
    path("konto/", include("allauth.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("avvikelse.demo.urls")))
