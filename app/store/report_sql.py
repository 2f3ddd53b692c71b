"""The statements behind the reports. All of them run under the viewer's own policies.

`:before`, `:start` and `:end` bound the two spans; `cal` has the chosen calendar as arrays, in which a binary search
finds how much was open until an instant (`open_before` is the same for one row).
"""

CALENDAR = """
cal AS MATERIALIZED (
  SELECT array_agg(extract(epoch FROM opens_at)::float8 ORDER BY opens_at) AS o,
    array_agg(extract(epoch FROM closes_at - opens_at)::float8 ORDER BY opens_at) AS l,
    array_agg(before_s::float8 ORDER BY opens_at) AS b
  FROM calendar_spans WHERE calendar_id = CAST(:calendar AS uuid))"""


def elapsed(start: str, end: str) -> tuple[str, str]:
    """How long it took in the chosen hours: what is joined, and the expression."""
    # OFFSET 0 keeps the planner from writing each search anew wherever it is named.
    joined = f"""CROSS JOIN cal CROSS JOIN LATERAL (SELECT extract(epoch FROM {start})::float8 AS a,
    extract(epoch FROM {end})::float8 AS z OFFSET 0) t
  CROSS JOIN LATERAL (SELECT width_bucket(t.a, cal.o) AS a, width_bucket(t.z, cal.o) AS z OFFSET 0) k"""
    until = "coalesce(cal.b[k.{0}] + least(t.{0} - cal.o[k.{0}], cal.l[k.{0}]), 0)"
    expression = (
        f"greatest(CASE WHEN CAST(:calendar AS uuid) IS NULL THEN t.z - t.a "
        f"ELSE {until.format('z')} - {until.format('a')} END, 0)"
    )
    return joined, expression


def teams(column: str) -> str:
    """The teams that are asked for; none named means all."""
    return f"(CAST(:teams AS uuid[]) IS NULL OR {column} = ANY (CAST(:teams AS uuid[])))"


_REPLY_JOIN, REPLY_S = elapsed("m.created_at", "m.first_replied_at")
_SOLVED_JOIN, SOLVED_S = elapsed("m.created_at", "m.solved_at")

RESPONSES = f"""
WITH {CALENDAR},
r AS MATERIALIZED (
  SELECT m.first_replied_at >= :start AS now, (m.first_replied_at AT TIME ZONE :zone)::date AS day,
    m.first_replied_by AS agent, {REPLY_S} AS s
  FROM case_measures m {_REPLY_JOIN}
  WHERE m.first_replied_at >= :before AND m.first_replied_at < :end AND {teams("m.team_id")})
SELECT now, day, agent, grouping(day, agent) AS level, count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY s) AS median
FROM r GROUP BY GROUPING SETS ((now), (now, day), (now, agent))"""

RESOLUTIONS = f"""
WITH {CALENDAR},
r AS MATERIALIZED (
  SELECT m.solved_at >= :start AS now, m.solved_by AS agent, {SOLVED_S} AS s
  FROM case_measures m {_SOLVED_JOIN}
  WHERE m.solved_at >= :before AND m.solved_at < :end AND {teams("m.team_id")}),
b AS (SELECT *, width_bucket(s, CAST(:edges AS float8[])) AS bucket FROM r)
SELECT now, bucket, agent, grouping(bucket, agent) AS level, count(*) AS count,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY s) AS median
FROM b GROUP BY GROUPING SETS ((now), (now, bucket), (now, agent))"""

# Every answer that a person gave, in writing or on the telephone, the first of a case like the tenth.
ANSWERS = (
    "m.author_id IS NOT NULL AND (m.public AND m.direction = 'out' OR m.channel IN ('call', 'meeting')) "
    "AND m.channel NOT IN ('note', 'system')"
)
REPLIES = f"""
SELECT at >= :start AS now, author_id AS agent, grouping(author_id) AS level, count(*) AS count FROM follow_ups m
WHERE {ANSWERS} AND at >= :before AND at < :end AND (CAST(:teams AS uuid[]) IS NULL OR EXISTS (
  SELECT FROM case_measures k WHERE k.case_id = m.case_id AND k.team_id = ANY (CAST(:teams AS uuid[]))))
GROUP BY GROUPING SETS ((1), (1, author_id))"""

RATINGS = f"""
WITH s AS (
  SELECT answered_at >= :start AS now, date_trunc('week', answered_at AT TIME ZONE :zone)::date AS week, agent_id AS agent, rating
  FROM satisfaction WHERE answered_at >= :before AND answered_at < :end AND rating IS NOT NULL AND {teams("team_id")})
SELECT now, week, agent, grouping(week, agent) AS level, count(*) FILTER (WHERE rating = 'good') AS good,
  count(*) FILTER (WHERE rating = 'fair') AS fair, count(*) FILTER (WHERE rating = 'bad') AS bad
FROM s GROUP BY GROUPING SETS ((now), (now, week), (now, agent))"""

ASKED = f"""
SELECT asked_at >= :start AS now, count(*) AS asked FROM satisfaction
WHERE asked_at >= :before AND asked_at < :end AND {teams("team_id")} GROUP BY 1"""

LEVELS = f"""
SELECT e.at >= :start AS now, count(*) FILTER (WHERE e.kind = 'breach') AS broken,
  count(*) FILTER (WHERE e.kind = 'fulfil' AND NOT EXISTS (
    SELECT FROM metric_events x WHERE (x.case_id, x.metric, x.round, x.kind) = (e.case_id, e.metric, e.round, 'breach'))) AS kept
FROM metric_events e JOIN case_measures m ON m.case_id = e.case_id
WHERE e.organisation_id = (SELECT my_organisation()) AND e.kind IN ('fulfil', 'breach') AND e.policy_id IS NOT NULL
  AND e.at >= :before AND e.at < :end AND {teams("m.team_id")} GROUP BY 1"""

# A promised call is kept when it was done within the quarter of an hour for which it was promised.
TASKS = f"""
SELECT due_at >= :start AS now, count(*) FILTER (WHERE done_at <= due_at + interval '15 minutes') AS kept,
  count(*) FILTER (WHERE status <> 'cancelled' AND NOT coalesce(done_at <= due_at + interval '15 minutes', false)
                   AND due_at + interval '15 minutes' < now()) AS late
FROM tasks WHERE due_at >= :before AND due_at < least(:end, now()) AND {teams("team_id")} GROUP BY 1"""

# Nobody is in a state for a team: of some teams, those of their members.
STATES = f"""
SELECT agent_id, state, sum(extract(epoch FROM least(coalesce(ended_at, now()), :end) - greatest(began_at, :start))) AS seconds
FROM agent_state_log l WHERE began_at < :end AND (ended_at > :start OR ended_at IS NULL) AND state <> 'offline'
  AND (CAST(:teams AS uuid[]) IS NULL OR EXISTS (SELECT FROM memberships s WHERE s.agent_id = l.agent_id AND {teams("s.team_id")}))
GROUP BY 1, 2"""

CALLS = f"""
WITH p AS (
  SELECT call_id FROM call_parts WHERE began_at >= :before AND began_at < CAST(:end AS timestamptz) + interval '1 day'
  GROUP BY call_id HAVING count(DISTINCT agent_id) > 1),
c AS (
  SELECT started_at >= :start AS now, (started_at AT TIME ZONE :zone)::date AS day, answered_at IS NOT NULL AS answered,
    answered_at IS NULL AND outcome = 'abandoned' AS abandoned,
    extract(epoch FROM answered_at - coalesce(waiting_since_at, started_at)) AS speed_s,
    p.call_id IS NOT NULL AS transferred
  FROM calls c LEFT JOIN p ON p.call_id = c.id WHERE direction = 'in' AND phase = 'ended' AND outcome <> 'closed' AND started_at >= :before
    AND started_at < :end AND ({teams("team_id")} OR communication_team_id = ANY (CAST(:teams AS uuid[]))))
SELECT now, day, grouping(day) AS level, count(*) AS offered, count(*) FILTER (WHERE answered) AS answered,
  count(*) FILTER (WHERE abandoned) AS abandoned, count(*) FILTER (WHERE speed_s <= :within) AS within,
  avg(greatest(speed_s, 0)) FILTER (WHERE answered) AS speed_s, count(*) FILTER (WHERE transferred) AS transferred
FROM c GROUP BY GROUPING SETS ((now), (now, day))"""

PARTS = f"""
SELECT began_at >= :start AS now, p.agent_id AS agent, grouping(p.agent_id) AS level, count(*) AS calls,
  sum(extract(epoch FROM ended_at - began_at)) AS talk_s,
  avg(extract(epoch FROM least(coalesce(filed_at, ended_at), ended_at + interval '15 minutes') - began_at)) AS handled_s
FROM call_parts p WHERE began_at >= :before AND began_at < :end AND ended_at IS NOT NULL AND {teams("p.team_id")}
GROUP BY GROUPING SETS ((1), (1, p.agent_id))"""

# The opened cases once, counted by their ids; names come to what was counted.
CREATED = f"""
WITH c AS MATERIALIZED (
  SELECT created_at >= :start AS now, (created_at AT TIME ZONE :zone)::date AS day, team_id, type_id, state_id, tags
  FROM cases c WHERE created_at >= :before AND created_at < :end AND {teams("c.team_id")}),
n AS (
  SELECT now, day, team_id, type_id, state_id, count(*) AS count FROM c
  GROUP BY GROUPING SETS ((now, day), (now, team_id), (now, type_id), (now, state_id)))
SELECT CASE WHEN day IS NOT NULL THEN 'day' WHEN n.team_id IS NOT NULL THEN 'team' WHEN n.type_id IS NOT NULL THEN 'type'
            ELSE 'state' END AS part,
  coalesce(day::text, n.team_id::text, n.type_id::text, n.state_id::text) AS key,
  coalesce(t.name, y.name, s.name, '') AS name, coalesce(y.key, s.key, '') AS word, now, count
FROM n LEFT JOIN teams t ON t.id = n.team_id LEFT JOIN case_types y ON y.id = n.type_id
  LEFT JOIN case_states s ON s.id = n.state_id
UNION ALL (SELECT 'tag', tag, tag, '', now, count(*) FROM c, unnest(c.tags) tag GROUP BY 2, 5 ORDER BY 6 DESC LIMIT 1000)"""

_CASE = f"""
SELECT c.id, c.id AS case_id, c.number, {{person}} AS who, c.subject AS about, {{at}} AS at, {{seconds}} AS seconds, {{word}} AS word
FROM {{source}} JOIN cases c ON c.id = {{case}} JOIN customers u ON u.id = c.customer_id {{joined}}
WHERE {{at}} >= :start AND {{at}} < :end AND {teams("{team}")} AND {{where}} ORDER BY {{order}} LIMIT :limit"""
PERSON = "coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.organisation)"


def behind_cases(
    source: str,
    at: str,
    *,
    where: str = "true",
    case: str = "m.case_id",
    team: str = "m.team_id",
    order: str = "at DESC",
    seconds: tuple[str, str] = ("", "NULL::float8"),
    word: str = "''",
) -> str:
    """The cases behind a figure, the worst or the latest first."""
    statement = _CASE.format(
        person=PERSON, at=at, seconds=seconds[1], word=word, source=source, case=case, joined=seconds[0], team=team,
        where=where, order=order,
    )  # fmt: skip
    return f"WITH {CALENDAR} {statement}" if seconds[0] else statement


BEHIND_CALLS = f"""
SELECT c.id, c.case_id, (SELECT number FROM cases x WHERE x.id = c.case_id) AS number,
  coalesce((SELECT {PERSON} FROM customers u WHERE u.id = c.customer_id), c.caller_number) AS who, c.caller_number AS about,
  c.started_at AS at, extract(epoch FROM coalesce(c.answered_at, c.ended_at) - coalesce(c.waiting_since_at, c.started_at)) AS seconds,
  c.outcome AS word
FROM calls c WHERE direction = 'in' AND phase = 'ended' AND outcome <> 'closed' AND started_at >= :start AND started_at < :end
  AND ({teams("team_id")} OR communication_team_id = ANY (CAST(:teams AS uuid[]))) AND {{where}}
ORDER BY seconds DESC NULLS LAST LIMIT :limit"""

BEHIND_TASKS = f"""
SELECT m.id, m.case_id, c.number, coalesce({PERSON}, '') AS who, m.title AS about, m.due_at AS at,
  extract(epoch FROM coalesce(m.done_at, now()) - m.due_at) AS seconds, '' AS word
FROM tasks m LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN customers u ON u.id = m.customer_id
WHERE m.due_at >= :start AND m.due_at < :end AND {teams("m.team_id")} AND m.status <> 'cancelled'
  AND NOT coalesce(m.done_at <= m.due_at + interval '15 minutes', false) AND m.due_at + interval '15 minutes' < now()
ORDER BY seconds DESC LIMIT :limit"""
