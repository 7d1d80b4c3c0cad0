#!/bin/sh
# Installs all packages of the lock file, which the build needs.
set -eu
cd "$(dirname "$0")/../.."
node .yarn/releases/yarn-4.13.0.cjs install --immutable
