#!/bin/sh
# Installs the production dependencies of the skeleton in $1, and nothing else.
set -eu
cd "${1:?usage: install-production.sh <folder>}"
node .yarn/releases/yarn-4.13.0.cjs workspaces focus --all --production
