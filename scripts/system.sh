#!/bin/sh
# Installs the Debian packages that sohoa needs, and those named, that are missing. Does nothing where all are there.
set -eu

packages="tesseract-ocr tesseract-ocr-vie poppler-utils python3-venv
fonts-texgyre fonts-dkg-handwriting fonts-breip fonts-sjfonts $*"

if [ "$(uname)" = Darwin ]; then
    if ! command -v tesseract >/dev/null || ! command -v pdftoppm >/dev/null; then
        echo "sohoa: run \`brew install tesseract tesseract-lang poppler\` and try again" >&2
        exit 1
    fi
    exit 0
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    for program in tesseract pdftoppm; do
        command -v "$program" >/dev/null || missing="${missing:-}$program "
    done
    [ -z "${missing:-}" ] && exit 0
    echo "sohoa: install Tesseract with its Vietnamese model, and poppler, with your system's package manager" >&2
    exit 1
fi

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=
for package in $packages; do
    installed "$package" || missing="$missing $package"
done
# Liberation has all Vietnamese letters from version 2 on; Debian 12 has that under a name of its own.
liberation=$(dpkg-query -W -f='${Version}' fonts-liberation 2>/dev/null || echo 0)
installed fonts-liberation2 || dpkg --compare-versions "$liberation" ge 1:2 || missing="$missing fonts-liberation2"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    root=
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    root=sudo
else
    echo "sohoa: ask whoever runs this machine for" >&2
    echo "    apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "installing$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get -qq -o Acquire::Retries=3 update
if ! apt-cache show fonts-liberation2 >/dev/null 2>&1; then
    missing=$(echo "$missing" | sed s/fonts-liberation2/fonts-liberation/)
fi
# shellcheck disable=SC2086  # the list is words
$root apt-get -qq -o Acquire::Retries=3 install -y --no-install-recommends $missing >/dev/null
