from django.urls import path

from assessment import views
from assessment.services import Reached

app_name = "assessment"

urlpatterns = [
    path("<slug:slug>/", views.take, name="take"),
    *(
        path(f"<slug:slug>/{reached}/", views.count, {"reached": str(reached)}, name=str(reached))
        for reached in Reached
    ),
]
