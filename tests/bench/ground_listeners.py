"""Desks without a window: the real presenters of many agents over real connections, reading what a hint touches."""

import asyncio
import sys
from contextlib import AsyncExitStack

from app.desk.case_list import CaseList
from app.desk.shell import Shell
from app.domain.views import View, ViewKind
from app.services.cases import Cases
from app.services.organisation import Administration
from app.store.desk import open_desk_store
from app.store.engine import Access


async def listen(accesses: list[Access]) -> None:
    """Keep a shell and a team's list of each agent up to date until the input ends."""
    async with AsyncExitStack() as ending:
        for access in accesses:
            store = await open_desk_store(access)
            ending.push_async_callback(store.close)
            cases = Cases(store.cases)
            shell = Shell().join(cases, Administration(store.organisation), store.feed, store.floor)
            listed = CaseList(cases, store.feed, lambda _: None)
            ending.push_async_callback(shell.close)
            ending.push_async_callback(listed.close)
            shell.begin()
            listed.choose(View(ViewKind.TEAM, store.directory_now.my_teams()[0].id))
            await shell.work.settle()
            await listed.work.settle()
        print("listening", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    host, port, database, password, *names = sys.argv[1:]
    asyncio.run(listen([Access(host, int(port), database, name, password) for name in names]))
