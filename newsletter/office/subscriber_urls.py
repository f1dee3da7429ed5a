from django.urls import path

from newsletter.office import growth_desk, import_desk, subscriber_desk, suppression_desk

app_name = "newsletter_subscribers"
urlpatterns = [
    path("", subscriber_desk.index, name="index"),
    path("add/", subscriber_desk.add, name="add"),
    path("import/", import_desk.upload, name="import"),
    path("import/<int:import_id>/", import_desk.one, name="import_one"),
    path("import/<int:import_id>/start/", import_desk.start, name="import_start"),
    path("import/<int:import_id>/go-on/", import_desk.go_on, name="import_go_on"),
    path("import/<int:import_id>/discard/", import_desk.discard, name="import_discard"),
    path("export/", subscriber_desk.export_csv, name="export"),
    path("growth/", growth_desk.show, name="growth"),
    path("never-write-to/", suppression_desk.look_up, name="suppression"),
    path("never-write-to/suppress/", suppression_desk.suppress, name="suppress"),
    path("never-write-to/lift/", suppression_desk.lift, name="lift"),
    path("<int:subscriber_id>/", subscriber_desk.history, name="history"),
]
