"""The screen on which an employee starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanspreekpunt.desk.access import StaffRequest, staff_view

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_view()
def show_home(request: StaffRequest) -> HttpResponse:
    """Show what an employee comes to do."""
    return render(request, "desk/home.html")
