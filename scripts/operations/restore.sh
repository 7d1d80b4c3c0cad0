#!/bin/sh
# Makes every database anew that is in the folder $1, which backup.sh wrote.
# PGHOST, PGPORT, PGUSER and PGPASSWORD say where the server is.
set -eu
folder=${1:?usage: restore.sh <folder of a backup>}

set -- "$folder"/*.dump
if [ ! -e "$1" ]; then
  echo "There is no backup in $folder." >&2
  exit 1
fi
# All or nothing: one that exists is found before the first is made.
for archive in "$@"; do
  database=$(basename "$archive" .dump)
  if [ -n "$(psql --no-psqlrc --quiet --tuples-only --no-align --dbname=postgres \
    --command="SELECT 1 FROM pg_database WHERE datname = '$database'")" ]; then
    echo "The database $database exists: drop it, or restore into another server." >&2
    exit 1
  fi
done
for archive in "$@"; do
  database=$(basename "$archive" .dump)
  createdb --template=template0 --encoding=UTF8 "$database"
  pg_restore --exit-on-error --single-transaction --no-owner --no-acl --dbname="$database" "$archive"
  echo "$database"
done
