"""Addresses of the equipment."""

from django.urls import path

from pkportal.website.lists import list_paths

from .views import EquipmentList, EquipmentPage

urlpatterns = [
    *list_paths("equipment", EquipmentList),
    path("equipment/<slug:code>/", EquipmentPage.as_view(), name="equipment-page"),
]
