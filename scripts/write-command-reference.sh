#!/bin/sh
# Prints the command reference, docs/commands.md: what --help says of every command.
# usage: write-command-reference.sh TAGBOAT
set -eu
tagboat=$1
# Help is wrapped to the terminal's width.
export COLUMNS=80

echo "# Commands"
echo
echo "What \`tagboat --help\` and \`tagboat COMMAND --help\` print. Written by \`make docs\`."
for command in "" init release version tags labels metadata build plan push verify list history inspect copy index "index create" delete label bump changelog notes check "check commit" login logout doctor \
    template "template list" "template show" "template render" config "config check" "config show" "config schema"; do
    echo
    echo "## tagboat${command:+ $command}"
    echo
    echo '```'
    # shellcheck disable=SC2086
    "$tagboat" $command --help
    echo '```'
done
