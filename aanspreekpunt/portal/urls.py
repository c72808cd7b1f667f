"""The addresses of `portal`: Dutch, short, and never with anything personal in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from aanspreekpunt.portal.views import answers, asking, following, home, pages

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("zoeken/", home.show_found, name="found"),
    path("zoeken/terwijl-u-typt/", home.suggest, name="suggest"),
    path("onderwerpen/", home.show_products, name="products"),
    path("contact/", home.show_contact, name="contact"),
    path("antwoord/<slug:key>/", answers.show_answer, name="answer"),
    path("antwoord/<slug:key>/hielp/", answers.say_whether_it_helped, name="helped"),
    path("onderwerp/<slug:key>/", answers.show_product, name="product"),
    path("vraag/", asking.ask, name="ask"),
    path("vraag/over/<slug:key>/", asking.ask, name="ask-about"),
    path("vraag/stap/<str:token>/", asking.show_step, name="step"),
    path("vraag/ontvangst/<str:token>/", asking.show_receipt, name="receipt"),
    path("volgen/", following.enter, name="follow"),
    path("volgen/vraag/", following.show, name="question"),
    path("volgen/vraag/aanvullen/", following.add, name="add"),
    path("volgen/vraag/geen-antwoord/", following.say_no_answer, name="no-answer"),
    path("volgen/vraag/beter/", following.say_what_could_be_better, name="better"),
    path("volgen/vraag/sluiten/", following.stop, name="stop"),
    path("volgen/vraag/bestand/<uuid:uuid>/", following.download, name="download"),
    path("privacy/", pages.show_privacy, name="privacy"),
    path("toegankelijkheid/", pages.show_accessibility, name="accessibility"),
]
