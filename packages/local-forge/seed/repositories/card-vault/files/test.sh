#!/bin/sh
# Compiles and tests with a plain JDK (17 or newer).
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
javac -Xlint:all -Werror -d "$out" src/vault/*.java test/vault/*.java
java -ea -cp "$out" vault.VaultTest
