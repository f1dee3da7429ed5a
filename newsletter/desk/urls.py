from django.urls import include, path

from newsletter.desk import campaigns, growth, imports, subscribers, suppressions

campaign_urls = [
    path("", campaigns.index, name="index"),
    path("issue/<int:page_id>/", campaigns.prepare, name="prepare"),
    path("issue/<int:page_id>/test/", campaigns.send_test, name="send_test"),
    path("<int:campaign_id>/", campaigns.results, name="results"),
    path("<int:campaign_id>/progress/", campaigns.progress, name="progress"),
    path("<int:campaign_id>/decide/", campaigns.decide, name="decide"),
]
subscriber_urls = [
    path("", subscribers.index, name="index"),
    path("add/", subscribers.add, name="add"),
    path("import/", imports.upload, name="import"),
    path("import/<int:import_id>/", imports.one, name="import_one"),
    path("import/<int:import_id>/start/", imports.start, name="import_start"),
    path("import/<int:import_id>/go-on/", imports.go_on, name="import_go_on"),
    path("import/<int:import_id>/discard/", imports.discard, name="import_discard"),
    path("export/", subscribers.export_csv, name="export"),
    path("growth/", growth.show, name="growth"),
    path("never-write-to/", suppressions.look_up, name="suppression"),
    path("never-write-to/suppress/", suppressions.suppress, name="suppress"),
    path("never-write-to/lift/", suppressions.lift, name="lift"),
    path("<int:subscriber_id>/", subscribers.history, name="history"),
]
urlpatterns = [
    path("newsletter/sending/", include((campaign_urls, "newsletter_desk"))),
    path("newsletter/subscribers/", include((subscriber_urls, "newsletter_subscribers"))),
]
