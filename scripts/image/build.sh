#!/bin/sh
# Builds the production bundle into $1: $1/skeleton (manifests and lock file, all
# that the dependency layer needs) and $1/app (compiled code and configuration).
# Needs what install.sh installs.
set -eu
out=${1:?usage: build.sh <folder>}
cd "$(dirname "$0")/../.."

node .yarn/releases/yarn-4.13.0.cjs workspace backend build

mkdir -p "$out/skeleton/scripts" "$out/app/scripts"
cp -R .yarn .yarnrc.yml package.json yarn.lock backstage.json "$out/skeleton/"
cp -R scripts/image "$out/skeleton/scripts/"
tar -xzf packages/backend/dist/skeleton.tar.gz -C "$out/skeleton"
tar -xzf packages/backend/dist/bundle.tar.gz -C "$out/app"
cp app-config.yaml app-config.production.yaml "$out/app/"
cp -R scripts/image "$out/app/scripts/"
