#!/bin/sh
# Generates the secrets that docker-compose.yml reads; never overwrites one.
set -eu
umask 077
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"

random() { head -c 48 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }
put() { [ -e "$folder/$1" ] || printf '%s\n' "$2" > "$folder/$1"; }
url() { printf 'postgresql://%s:%s@db:5432/rcp' "$1" "$(cat "$folder/$2")"; }

put secret_key "$(random)"
put postgres_password "$(random)"
put owner_password "$(random)"
put runtime_password "$(random)"
put database_url "$(url rcp_runtime runtime_password)"
put database_owner_url "$(url rcp_owner owner_password)"

# Compose mounts the files as they are and the containers' users must read them; the folder
# keeps other users of this machine out.
chmod 0700 "$folder"
chmod 0444 "$folder"/*
echo "Secrets are in $folder."
