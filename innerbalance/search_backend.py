"""The search backend: Wagtail's own for each database, asked so that 10,000 posts cost little more than 100.

Readers get `best_matches`, which ranks the newest matches and no more: of a word in every post, ranking all would take
as long as there are posts. Editors' searches count all matches, so there SQLite ranks what it found once: its own
backend matches all over again for each row, which took more than a minute. `bench/growth.py` measures both.
"""

from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, FloatField, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as DatabaseSearchBackend
from modelsearch.query import MatchAll, Not, PlainText
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

COLUMN_WEIGHTS = (0.0, 1.0, 4.0)
"""Of SQLite's index: what editors type the beginning of, body, title."""

RANKED_AT_MOST = 500
"""Matches that are compared with each other: the newest. Who gets more of them asked for too common a word."""


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """What `WAGTAILSEARCH_BACKENDS` looks for in this module."""
    backend = DatabaseSearchBackend(params)
    if connection.vendor == "sqlite" and backend.query_compiler_class.__module__.endswith(".sqlite"):
        backend.query_compiler_class = _ranking_once(backend.query_compiler_class)
        backend.autocomplete_query_compiler_class = _ranking_once(backend.autocomplete_query_compiler_class)
    return backend


def best_matches(found: QuerySet, words: str) -> list[int]:
    """Ids of those of `found` with all of `words`, best first: all there are, or the best of the newest 500."""
    backend = get_search_backend()
    compiler = backend.query_compiler_class(found, PlainText(words))
    config = compiler.get_config(backend)
    ranked = _ranked_by_sqlite if connection.vendor == "sqlite" else _ranked_by_postgresql
    # `order_by()`: an order of `found` itself would only cost.
    scores = ranked(found.order_by(), compiler, config)
    return [pk for pk, _ in sorted(scores, key=lambda pair: (-pair[1], -pair[0]))]


def _newest(entries: QuerySet, found: QuerySet, object_id: str) -> QuerySet:
    """The newest of `entries` of the search index whose object is in `found`, each looked up by its key."""
    types = get_descendants_content_types_pks(found.model)
    entry = object_id.removesuffix("object_id")
    return (
        entries.filter(**{f"{entry}content_type__in": types})
        .annotate(found=Cast(object_id, IntegerField()))
        .filter(Exists(found.filter(pk=OuterRef("found"))))
        .order_by("-pk")[:RANKED_AT_MOST]
    )


def _ranked_by_sqlite(found: QuerySet, compiler, config) -> list[tuple[int, float]]:
    """The index is read from its end, and a row is weighed only when it is taken."""
    from modelsearch.backends.database.sqlite.query import MatchExpression
    from modelsearch.backends.database.sqlite.sqlite import SQLiteFTSIndexEntry

    query = compiler.build_search_query(compiler.query, config=config)
    entries = SQLiteFTSIndexEntry.objects.filter(MatchExpression(compiler.FTS_TABLE_FIELDS, query))
    score = WeightedBM25(*COLUMN_WEIGHTS)
    return list(_newest(entries.annotate(score=score), found, "index_entry__object_id").values_list("found", "score"))


class WeightedBM25(Func):
    """How well a row of SQLite's index matches, with a weight for each column: more is better."""

    template = "-bm25(%(table)s, %(expressions)s)"
    output_field = FloatField()

    def as_sql(self, compiler, connection, **context):
        table = connection.ops.quote_name(compiler.query.get_meta().db_table)
        return super().as_sql(compiler, connection, table=table, **context)


def _ranked_by_postgresql(found: QuerySet, compiler, config) -> list[tuple[int, float]]:
    """Two steps in one query: only what was taken is unpacked and weighed."""
    query = compiler.build_tsquery(compiler.query, config=config)
    title, body = F("title"), F("body")
    entries = IndexEntry.objects.annotate(words=CombinedExpression(title, "||", body)).filter(words=query)
    score = F("title_norm") * compiler.build_tsrank(title, compiler.query, config=config)
    score += compiler.build_tsrank(body, compiler.query, config=config)
    newest = _newest(entries, found, "object_id").values("pk")
    ranked = IndexEntry.objects.filter(pk__in=newest).annotate(found=Cast("object_id", IntegerField()), score=score)
    return list(ranked.values_list("found", "score"))


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
