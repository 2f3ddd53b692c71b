# Read by run, test and bench: sets $python to a Python >= 3.11, installed through apt where that is allowed,
# or ends with the one thing to do. Its venv module is looked for by build/setup.py.

usable() {
  command -v "$1" >/dev/null 2>&1 &&
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  for python in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    usable "$python" && return 0
  done
  return 1
}

if ! find_python; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Guichet needs Python 3.11 or newer and its venv module: install them and run this again." >&2
    exit 1
  fi
  get="apt-get update && apt-get install -y --no-install-recommends python3 python3-venv"
  if [ "$(id -u)" = 0 ]; then
    echo "Installing Python …"
    sh -c "DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; $get" >/dev/null
  elif sudo -n true >/dev/null 2>&1; then
    echo "Installing Python …"
    sudo -n sh -c "DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; $get" >/dev/null
  else
    echo "Guichet needs Python 3.11 or newer and its venv module. Run this once as root, then this again:" >&2
    echo "  $get" >&2
    exit 1
  fi
  if ! find_python; then
    echo "This system's python3 is older than 3.11: install Python 3.11 or newer and run this again." >&2
    exit 1
  fi
fi
