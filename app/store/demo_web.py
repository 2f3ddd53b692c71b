"""The demo's pages for customers: a form, the portal switched on, and somebody who is signed in to it."""

from app.domain.ids import new_id
from app.store.engine import Access, connect

_FORM = """
INSERT INTO web_forms (id, organisation_id, key, title_en, title_fr, intro_en, intro_fr, type_id, team_id)
SELECT $1, o.id, web_key(), 'Ask for a repair', 'Demander une réparation', 'We answer within a day.', 'Nous répondons sous un jour.',
  (SELECT id FROM case_types t WHERE t.organisation_id = o.id AND t.enabled AND t.kind = 'case' LIMIT 1),
  (SELECT team_id FROM numbers n WHERE n.organisation_id = o.id ORDER BY position LIMIT 1) FROM organisations o
WHERE NOT EXISTS (SELECT FROM web_forms f WHERE f.organisation_id = o.id)"""
_SESSION = """
INSERT INTO portal_sessions (hash, organisation_id, address) SELECT $1, id, $2 FROM organisations ON CONFLICT DO NOTHING"""


async def open_demo_pages(admin: Access, url: str, address: str, session: bytes) -> tuple[str, str]:
    """The keys of a form and of the portal, whose customer with this address is signed in by a session's hash."""
    connection = await connect(admin)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL ROLE guichet_owner")
            await connection.execute(_FORM, new_id())
            await connection.execute("UPDATE web_settings SET portal = true, public_url = $1", url)
            await connection.execute(_SESSION, session, address)
            form = await connection.fetchval("SELECT key FROM web_forms WHERE archived_at IS NULL LIMIT 1")
            return str(form), str(await connection.fetchval("SELECT portal_key FROM web_settings LIMIT 1"))
    finally:
        await connection.close()
