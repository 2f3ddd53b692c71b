"""pjsua2 for Linux, built once from the pjproject source that ships inside Debian's asterisk package.

The wheel on the package index has no sound device, four calls at most, no Opus and OpenSSL 1.0.2. Ours has
native ALSA, Opus, SRTP, OpenSSL 3, WebRTC's AEC3 and 32 calls. Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from debian_sid import EngineError, PrivateApt, cache_folder, locked, need_tools, run
from pjproject_cures import CURES, cure

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM_PACKAGES = (
    "build-essential",
    "pkg-config",
    "python3-dev",
    "swig",
    "libasound2-dev",
    "libssl-dev",
    "libopus-dev",
    "libsrtp2-dev",
    "libspeex-dev",
    "libspeexdsp-dev",
    "libgsm1-dev",
    "libbcg729-dev",
    "uuid-dev",
)
"""Debian packages the build needs."""

RUNTIME_PACKAGES = (
    "libasound2",
    "libasound2-plugins",
    "libssl3",
    "libopus0",
    "libsrtp2-1",
    "libspeex1",
    "libspeexdsp1",
    "libgsm1",
    "libbcg729-0",
    "libuuid1",
)
"""Debian packages the built wheel needs; the -dev packages bring all but `libasound2-plugins`."""

OUR_SOURCE = "GUICHET_PJPROJECT"
"""Environment variable: a pjproject source tree or tarball to build from instead of Debian's."""

_CONFIGURE = (
    *("--disable-video", "--disable-sdl", "--disable-ffmpeg", "--disable-v4l2", "--disable-openh264"),
    *("--disable-vpx", "--disable-libyuv", "--disable-libwebrtc", "--enable-libwebrtc-aec3"),
    *("--with-external-speex", "--with-external-gsm", "--with-external-srtp", "--enable-speex-resample"),
    *("--disable-g7221-codec", "--disable-ilbc-codec", "--disable-upnp", "--disable-opencore-amr"),
    *("--disable-silk", "--disable-lyra"),
    # Without it an ioqueue that waits does not see a socket that is opened meanwhile: its threads wake a hundred times
    # a second to look again, which cost a third of a call's CPU.
    "--enable-epoll",
)

VERSION = "2.17"
_FLAGS = "-O2 -fPIC -DNDEBUG"

_CONFIG_SITE = """\
#define PJ_HAS_IPV6 1
#define PJMEDIA_HAS_VIDEO 0
#define PJSUA_MAX_CALLS 32
#define PJ_IOQUEUE_MAX_HANDLES 1024
#define PJSUA_MAX_CONF_PORTS 254
#define PJSIP_MAX_PKT_LEN 65535
#define PJMEDIA_RTCP_INTERVAL 2000
/* A STUN server that says nothing is given up after 1.5 s, not 8: until then no call rings. */
#define PJ_STUN_MAX_TRANSMIT_COUNT 4
#define PJ_STUN_TIMEOUT_VALUE 800
"""


def ensure(say: Callable[[str], None], python: Path) -> Path:
    """Return a pjsua2 wheel for `python`, built if the cache has none, and install it there.

    The build takes 2 to 5 minutes. Raises `EngineError` with a plain sentence when it cannot be made.
    """
    if not sys.platform.startswith("linux"):
        raise EngineError("pjsua2 is built from source on Linux only; elsewhere its published wheel is used.")
    python = python.absolute()  # not resolved: a virtual environment's link is what makes it one
    cache = cache_folder() / "pjsua2"
    with locked(cache):
        cache.mkdir(exist_ok=True)
        source = _source(cache, say)
        wheel = _cached(cache, source, python)
        if wheel is None:
            wheel = _build(cache, source, python, say)
    if not _is_installed(python, wheel):
        say("pjsua2: installing")
        pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall")
        run(python, *pip, "--disable-pip-version-check", wheel)
        run(python, "-c", "import pjsua2")
    return wheel


def _source(cache: Path, say: Callable[[str], None]) -> Path:
    """The source tree or tarball: the one given, else what was fetched before, else Debian's."""
    given = os.environ.get(OUR_SOURCE)
    if given:
        if not Path(given).exists():
            raise EngineError(f"{OUR_SOURCE} names {given}, which does not exist.")
        return Path(given).resolve()
    sources = cache / "source"
    if not (found := sorted(sources.glob("*Xpjproject.tar.*"))):
        say("pjsua2: fetching the source from Debian sid")
        with tempfile.TemporaryDirectory(dir=cache) as work:
            apt = PrivateApt(Path(work) / "apt")
            apt.open()
            sources.mkdir(exist_ok=True)
            for file in apt.download_source("asterisk", Path(work) / "source"):
                if "Xpjproject.tar" in file.name:
                    shutil.move(file, sources / file.name)
        found = sorted(sources.glob("*Xpjproject.tar.*"))
    if not found:
        raise EngineError("Debian's asterisk source package no longer brings pjproject with it.")
    return found[-1]


def _cached(cache: Path, source: Path, python: Path) -> Path | None:
    wheels = sorted((cache / _key(source, python)).glob("*.whl"))
    return wheels[0] if wheels else None


def _key(source: Path, python: Path) -> str:
    """The name of a build: what it was made of (source and recipe) and the Python it is for."""
    digest = hashlib.sha256(repr((_CONFIGURE, _FLAGS, _CONFIG_SITE, CURES)).encode())
    if source.is_file():
        digest.update(source.read_bytes())
    else:
        for file in sorted(source.rglob("*")):
            if file.suffix in {".c", ".cpp", ".h", ".hpp", ".i", ".mak"}:
                digest.update(str(file.relative_to(source)).encode() + file.read_bytes())
    abi = _asked(python, "get_config_var('SOABI')")
    return f"{digest.hexdigest()[:16]}-{abi}"


def _build(cache: Path, source: Path, python: Path, say: Callable[[str], None]) -> Path:
    need_tools("gcc", "g++", "make", "pkg-config", "swig", "tar")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=cache) as work:
        tree = Path(work) / "pjproject"
        if source.is_file():
            tree.mkdir()
            run("tar", "-x", "--strip-components=1", "-f", source, "-C", tree)
        else:
            shutil.copytree(source, tree, symlinks=True)
        _prepare(tree)
        flags = {"CFLAGS": _FLAGS, "CXXFLAGS": _FLAGS}
        say("pjsua2: configuring")
        run("./configure", *_CONFIGURE, cwd=tree, env=flags)
        _check_configuration(tree)
        say("pjsua2: compiling (2 to 5 minutes)")
        bindings = tree / "pjsip-apps/src/swig/python"
        with ThreadPoolExecutor(1) as pool:
            wrapper = pool.submit(_compile_wrapper, bindings, python)
            run("make", "-j2", "dep", "EXCLUDE_APP=1", cwd=tree, env=flags)
            run("make", "-j2", "lib", "EXCLUDE_APP=1", cwd=tree, env=flags)
            wrapper.result()
        say("pjsua2: building the wheel")
        suffix = _asked(python, "get_config_var('EXT_SUFFIX')")
        extension = bindings / f"_pjsua2{suffix}"
        libraries = [f"-l{name}" for name in _helper(bindings, "libs")]
        run("g++", "-shared", "-s", "-o", extension, "wrap.o", *_helper(bindings, "ldflags"), *libraries,
            cwd=bindings)  # fmt: skip
        folder = cache / _key(source, python)
        folder.mkdir(parents=True, exist_ok=True)
        wheel = _pack(folder, _tag(python), bindings / "pjsua2.py", extension)
    say(f"pjsua2: built in {time.monotonic() - began:.0f} s")
    return wheel


def _prepare(tree: Path) -> None:
    """Set our limits and cure what does not build or does not fail well."""
    (tree / "pjlib/include/pj/config_site.h").write_text(_CONFIG_SITE)
    cure(tree)
    # Debian leaves out this non-free driver and unbreaks the Makefile with a patch of its own.
    makefile = tree / "pjmedia/build/Makefile"
    if not (tree / "pjmedia/src/pjmedia-audiodev/bdimad_dev.c").exists():
        makefile.write_text(makefile.read_text().replace("bdimad_dev.o", ""))


def _check_configuration(tree: Path) -> None:
    """Stop before compiling when a part that calls need was not found."""
    auto = (tree / "pjlib/include/pj/compat/os_auto.h").read_text()
    codecs = (tree / "pjmedia/include/pjmedia-codec/config_auto.h").read_text()
    made = (tree / "build.mak").read_text()
    for what, there in {
        "OpenSSL": "PJ_HAS_SSL_SOCK 1" in auto,
        "Opus": "PJMEDIA_HAS_OPUS_CODEC 1" in codecs,
        "ALSA": "-lasound" in made,
        "SRTP": "-lsrtp2" in made,
        "epoll": "PJ_IOQUEUE_IMP_EPOLL" in auto,
    }.items():
        if not there:
            raise EngineError(f"{what} was not found; install {' '.join(SYSTEM_PACKAGES)}.")


def _compile_wrapper(bindings: Path, python: Path) -> None:
    """Make and compile the wrapper: 8 MB of generated code, where optimising costs minutes for nothing."""
    headers = Path(_asked(python, "get_path('include')"))
    if not (headers / "Python.h").exists():
        raise EngineError(f"The headers of {python} are missing; install python3-dev.")
    run("make", "pjsua2_wrap.cpp", cwd=bindings)
    run("g++", "-c", "-O1", "-g0", "-fPIC", "-w", f"-I{headers}", *_helper(bindings, "cflags"),
        "pjsua2_wrap.cpp", "-o", "wrap.o", cwd=bindings)  # fmt: skip


def _helper(bindings: Path, what: str) -> list[str]:
    """Ask pjproject's own makefile for its flags, one a line."""
    said = run("make", "--no-print-directory", "-f", "helper.mak", what, cwd=bindings)
    return [part for line in said.splitlines() for part in line.split()]


def _asked(python: Path, what: str) -> str:
    return run(python, "-c", f"import sysconfig; print(sysconfig.{what})").strip()


def _tag(python: Path) -> str:
    """The wheel's compatibility tag (PEP 425)."""
    version = _asked(python, "get_config_var('py_version_nodot')")
    platform = _asked(python, "get_platform()").replace("-", "_").replace(".", "_")
    return f"cp{version}-cp{version}-{platform}"


def _pack(folder: Path, tag: str, *files: Path) -> Path:
    """Write a wheel (PEP 427); its version carries the build's key, so that pip tells builds apart."""
    version = f"{VERSION}+guichet.{folder.name.partition('-')[0]}"
    info = f"pjsua2-{version}.dist-info"
    contents = {file.name: file.read_bytes() for file in files}
    contents[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: pjsua2\nVersion: {version}\n".encode()
    contents[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: guichet\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = ""
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = folder / f"pjsua2-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel.with_suffix(".part"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return wheel.with_suffix(".part").rename(wheel)


def _is_installed(python: Path, wheel: Path) -> bool:
    """Whether this very build is installed and can be imported."""
    version = wheel.name.split("-")[1]
    check = f"import pjsua2, importlib.metadata as m; assert m.version('pjsua2') == {version!r}"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    try:
        print(ensure(lambda sentence: print(sentence, file=sys.stderr), Path(sys.argv[1])))
    except (EngineError, IndexError) as error:
        sys.exit(str(error) or "usage: pjsua2_engine.py PYTHON")
