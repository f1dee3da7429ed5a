"""The search backend: Wagtail's own for each database, and on SQLite one that ranks what it found once.

SQLite's backend ranks by a subquery that matches all over again for each row found: a word in 10,000 posts took more
than a minute. Here all matches are ranked in one pass and each row looks its score up. `bench/search.py` measures it.
"""

from typing import Any

from django.db import connection
from django.db.models import CharField, F, FloatField, Func, QuerySet, Subquery
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as DatabaseSearchBackend
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """What `WAGTAILSEARCH_BACKENDS` looks for in this module."""
    backend = DatabaseSearchBackend(params)
    if connection.vendor == "sqlite" and backend.query_compiler_class.__module__.endswith(".sqlite"):
        backend.query_compiler_class = _ranking_once(backend.query_compiler_class)
        backend.autocomplete_query_compiler_class = _ranking_once(backend.autocomplete_query_compiler_class)
    return backend


class ScoreOf(Func):
    """The score of a row among `matches`, a subquery of `object_id` and `score` that nothing ties to the row: SQLite
    then evaluates it once, keeps it with an index, and only looks up.
    """

    output_field = FloatField()

    def as_sql(self, compiler, connection, **context):
        matches, key = self.get_source_expressions()
        matches_sql, matches_params = compiler.compile(matches)
        key_sql, key_params = compiler.compile(key)
        lookup = f"SELECT ranked.score FROM ranked WHERE ranked.object_id = {key_sql} LIMIT 1"  # noqa: S608
        sql = f"(WITH ranked AS MATERIALIZED {matches_sql} {lookup})"
        return sql, (*matches_params, *key_params)


def _ranking_once(compiler_class: type) -> type:
    """`compiler_class`, an SQLite query compiler, with its order by relevance worked out in one pass."""
    # On other databases these can't be imported.
    from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
    from modelsearch.backends.database.sqlite.sqlite import SQLiteFTSIndexEntry

    class RankingOnce(compiler_class):
        def search(self, config, start, stop, score_field=None) -> QuerySet:
            query = normalize(self.query)
            ranks = self.order_by_relevance or score_field is not None
            if not ranks or isinstance(query, (MatchAll, Not)):
                return super().search(config, start, stop, score_field)
            matches = (
                SQLiteFTSIndexEntry.objects.filter(
                    MatchExpression(
                        self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(query, config=config)
                    ),
                    index_entry__content_type__in=get_descendants_content_types_pks(self.queryset.model),
                )
                .annotate(score=self._build_rank_expression(self.get_search_vectors(), config))
                .annotate(object_id=F("index_entry__object_id"))
            )
            score = score_field or "_score"
            found = self.queryset.filter(pk__in=matches.values("object_id")).annotate(
                **{
                    score: ScoreOf(
                        Subquery(matches.values("object_id", "score"), output_field=FloatField()),
                        Cast(F("pk"), CharField()),
                    )
                }
            )
            if self.order_by_relevance:
                found = found.order_by(score, "-pk")
            return found[start:stop]

    return RankingOnce
