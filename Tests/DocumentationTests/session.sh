# What the commands of a page start from: the same for everybody, at any time and on any machine.
# The comments of a page may use the functions.
unset SOURCE_DATE_EPOCH
export TZ=UTC LC_ALL=C.UTF-8 COLUMNS=80 NO_COLOR=1
export GIT_CONFIG_GLOBAL=$HOME/.gitconfig GIT_CONFIG_SYSTEM=/dev/null GIT_TERMINAL_PROMPT=0
# Whatever engine this machine has.
export TAGBOAT_BUILD_DRIVER=buildah
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs CONTAINERS_STORAGE_CONF=$SANDBOX/storage.conf
export XDG_RUNTIME_DIR=$SANDBOX/run
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/runroot"\n' "$SANDBOX" "$SANDBOX" > "$SANDBOX/storage.conf"
mkdir -p "$XDG_RUNTIME_DIR"
git config --global user.name Ada
git config --global user.email ada@example.com
git config --global init.defaultBranch main
git config --global advice.detachedHead false
git config --global core.pager cat

# Called before each step.
step() {
    current=$1
    CONTENT=$RECORD/$1.content
}
status=0
# A step that ends the shell has no other way to tell how.
trap 'ended=$?; set +e; kill $(jobs -p) 2>/dev/null; [ -e "$RECORD/$current.status" ] || echo $ended > "$RECORD/$current.status"' EXIT

# Makes it half past nine of a day in July 2026 for what git writes from now on.
day() {
    export GIT_AUTHOR_DATE="2026-07-$(printf %02d "$1")T09:30:00Z"
    export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
}
day 1

# Makes the current folder a repository with a VERSION file and one commit.
repository() {
    git init --quiet
    [ -z "${1:-}" ] || echo "$1" > VERSION
    commit "${2:-first}"
}

# Commits everything.
commit() {
    git add --all
    git commit --quiet --allow-empty --message "$1"
}

# Makes a bare repository stand for the address of a remote, and that the remote "origin" of the current one.
origin() {
    git init --quiet --bare "$SANDBOX/origin/$(echo "$1" | tr -c 'a-zA-Z0-9\n' -)"
    git config --global "url.file://$SANDBOX/origin/$(echo "$1" | tr -c 'a-zA-Z0-9\n' -).insteadOf" "$1"
    git remote add origin "$1"
    git push --quiet origin --all
    git push --quiet origin --tags
}

# Starts podman's service, for docker-daemon:, until the end of the page.
engine() {
    export DOCKER_HOST=unix://$SANDBOX/engine.sock
    podman system service --time 0 "$DOCKER_HOST" >/dev/null 2>&1 &
    for _ in $(seq 300); do [ -S "$SANDBOX/engine.sock" ] && return; sleep 0.1; done
    return 1
}

# Writes an image with the labels of the checkout, in no time, into a layout; by default as oci:build:app.
image() {
    rm -rf "${2:-build}"
    "$SOURCE/demo/image.sh" tagboat "${2:-build}" "${1:-app}"
}
