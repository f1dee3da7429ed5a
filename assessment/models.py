from django.db import models


class Assessment(models.Model):
    title = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.title
