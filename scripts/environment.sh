#!/bin/sh
# Makes .venv as uv.lock says, with a uv of its own where none is installed.
set -eu

uv_version=0.13.9
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "sohoa: Python 3.11 or newer is needed, $python is $("$python" -V); set PYTHON=/path/to/python3" >&2
    exit 1
}
uv=.cache/uv/bin/uv
if [ "$("$uv" --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
    rm -rf .cache/uv
    "$python" -m venv .cache/uv
    .cache/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
fi
# The system's certificates, as behind the proxies of offices.
UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV='' "$uv" sync --quiet --frozen --all-extras --python "$python"
