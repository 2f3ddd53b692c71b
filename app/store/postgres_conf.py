"""What we tell PostgreSQL: the private server's guichet.conf and pg_hba.conf, written anew at each start."""

import os
import sys
from pathlib import Path

# Passwords on every way in, loopback only; what is not named here is refused.
HBA = """\
local  all  all                scram-sha-256
host   all  all  127.0.0.1/32  scram-sha-256
"""

MIB = 1024 * 1024


def server_conf(host: str, port: int, sockets: Path) -> str:
    """Give guichet.conf: settings for many desks with small queries, nothing that could lose a commit."""
    memory = _memory_mib()
    socket_folder = "" if sys.platform == "win32" else str(sockets).replace("'", "''")
    return f"""\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 300
timezone = 'UTC'

shared_buffers = {max(128, min(memory // 8, 2048))}MB
effective_cache_size = {max(512, memory // 2)}MB
work_mem = 8MB
maintenance_work_mem = {max(64, min(memory // 16, 512))}MB
random_page_cost = 1.1
jit = off

fsync = on
full_page_writes = on
synchronous_commit = on
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 15min

# A desk that fell asleep in a transaction would hold back everybody's change feed.
idle_in_transaction_session_timeout = 60s

# One file a day, a week of them. Statements and their values (names, verifiers) stay out.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def _memory_mib() -> int:
    if sys.platform == "win32":
        return 4096  # no cheap way to ask; a modest guess only costs a little speed
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
