#!/bin/sh
# Dev Containers run this as root while they build a container: it installs the command "linekeeper" from the package
# beside it, with no network. LINEKEEPER_SHARE: another folder for the extension, for tests.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${LINEKEEPER_SHARE:-/usr/local/share/linekeeper}

major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
if [ "$major" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
  echo 'Linekeeper needs Node 20 or newer and npm. Use an image that has them, or add the feature "ghcr.io/devcontainers/features/node:1" to the same list.' >&2
  exit 1
fi
npm install --global --offline --no-audit --no-fund "$here"/linekeeper-*.tgz
mkdir -p "$share"
cp "$here"/linekeeper-*.vsix "$share/linekeeper.vsix"
linekeeper --version
