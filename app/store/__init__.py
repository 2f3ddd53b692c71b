"""The only SQL: schema, migrations, queries, change log and feed, blobs, the private server.

`schema/NAME` has what a migration runs: tables, policies, functions; who may do what is decided there. A module a
port, named as its service; whole transactions of the hub are here as well. Rules that need no row belong to
`app.domain`, which these modules call.
"""

import importlib.util
import sys


def _without_orm() -> None:
    """WORKAROUND: the `__init__` of sqlalchemy.ext.asyncio imports the ORM, a tenth of a second and 7 MB at each start.

    We use its engine alone, which needs nothing of it: the package is entered without being run.
    """
    name = "sqlalchemy.ext.asyncio"
    if name not in sys.modules and (spec := importlib.util.find_spec(name)) is not None:
        sys.modules[name] = importlib.util.module_from_spec(spec)


_without_orm()
