from django.urls import path

from intake import views

app_name = "intake"
urlpatterns = [
    path("", views.request_consultation, name="request"),
    path("begin/", views.begin, name="begin"),
    path("received/<str:token>/", views.received, name="received"),
]
