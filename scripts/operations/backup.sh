#!/bin/sh
# Writes every database of the portal into the new folder $1, one archive of
# pg_dump each. PGHOST, PGPORT, PGUSER and PGPASSWORD say where the server is.
set -eu
folder=${1:?usage: backup.sh <new folder>}
umask 077
mkdir "$folder"

databases=$(psql --no-psqlrc --quiet --tuples-only --no-align --dbname=postgres \
  --command="SELECT datname FROM pg_database WHERE datname LIKE 'backstage\\_plugin\\_%' ORDER BY datname")
if [ -z "$databases" ]; then
  echo "There is no database of a portal on this server." >&2
  exit 1
fi
for database in $databases; do
  # Only a complete archive gets its name.
  pg_dump --format=custom --no-owner --no-acl --file="$folder/$database.partial" "$database"
  mv "$folder/$database.partial" "$folder/$database.dump"
  echo "$database"
done
