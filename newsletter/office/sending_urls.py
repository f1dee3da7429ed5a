from django.urls import path

from newsletter.office import sending_desk as desk

app_name = "newsletter_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("issue/<int:page_id>/", desk.prepare, name="prepare"),
    path("issue/<int:page_id>/test/", desk.send_test, name="send_test"),
    path("<int:campaign_id>/", desk.results, name="results"),
    path("<int:campaign_id>/progress/", desk.progress, name="progress"),
    path("<int:campaign_id>/decide/", desk.decide, name="decide"),
]
