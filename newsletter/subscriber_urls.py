from django.urls import path

from . import subscriber_desk

app_name = "newsletter_subscribers"
urlpatterns = [
    path("", subscriber_desk.index, name="index"),
    path("add/", subscriber_desk.add, name="add"),
    path("import/", subscriber_desk.import_csv, name="import"),
    path("export/", subscriber_desk.export_csv, name="export"),
    path("<int:subscriber_id>/", subscriber_desk.history, name="history"),
]
