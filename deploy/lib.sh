# shellcheck shell=bash
# Functions shared by run, stop, test, bench and the harness. To be sourced by bash with `set -eu`.
# Everything here works as root or as an ordinary user, listens on unix sockets only, and ends
# processes by the pid it wrote down, after checking that the pid is still that program.

BALAI_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# step "what" command…: prints what, the seconds it took, and on failure why and what to do.
# Its output goes to $STEP_LOG (set by the caller).
step() {
    local what=$1 begun rc=0
    shift
    begun=$(date +%s%N)
    printf '  %-44s ' "$what"
    [ -t 1 ] || printf '… '
    "$@" >>"$STEP_LOG" 2>&1 || rc=$?
    local tenths=$((($(date +%s%N) - begun) / 100000000))
    if [ "$rc" -ne 0 ]; then
        printf 'FAILED after %d.%d s\n' $((tenths / 10)) $((tenths % 10))
        say
        say "  The last lines of $STEP_LOG:"
        tail -n 15 "$STEP_LOG" | sed 's/^/    /'
        [ -z "${STEP_HINT:-}" ] || say "  What to do: $STEP_HINT"
        return "$rc"
    fi
    printf '%d.%d s\n' $((tenths / 10)) $((tenths % 10))
}

# ---- packages ----

# Names of deploy/packages that are not installed. A node ≥ 18 with npm from elsewhere counts.
missing_packages() {
    local wanted installed
    wanted=$(sed -E 's/[[:space:]]*#.*//; /^$/d' "$@" | sort -u)
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
    if command -v node >/dev/null && command -v npm >/dev/null &&
        [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; then
        installed=$(printf '%s\nnodejs\nnpm\n' "$installed" | sort -u)
    fi
    comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

# need_packages FILE…: installs what is missing, without starting Debian's own services.
need_packages() {
    local missing as_root=() policy=/usr/sbin/policy-rc.d made_policy=
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            printf 'missing packages, and this is not root: apt-get install %s\n' "${missing[*]}"
            return 1
        }
        as_root=(sudo)
    fi
    printf 'installing: %s\n' "${missing[*]}"
    # 101: invoke-rc.d may not start anything, so no second MariaDB, Redis or nginx appears.
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
        made_policy=1
    fi
    local rc=0
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update || rc=$?
    [ "$rc" -ne 0 ] || "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends "${missing[@]}" || rc=$?
    [ -z "$made_policy" ] || "${as_root[@]}" rm -f "$policy"
    [ "$rc" -eq 0 ] || printf 'apt-get could not install: %s\n' "${missing[*]}"
    return "$rc"
}

# ---- small things ----

# fill TEMPLATE OUT NAME=VALUE…: replaces @NAME@.
fill() {
    local template=$1 out=$2 pair text
    shift 2
    text=$(cat "$template")
    for pair in "$@"; do
        text=${text//"@${pair%%=*}@"/"${pair#*=}"}
    done
    if [[ $text =~ @[A-Z_]+@ ]]; then
        printf '%s: no value for %s\n' "$template" "${BASH_REMATCH[0]}"
        return 1
    fi
    printf '%s\n' "$text" >"$out"
}

# A file of 32 random bytes in hex that only the owner reads; kept when it exists.
random_key() {
    [ -s "$1" ] || (umask 077 && openssl rand -hex 32 >"$1.new" && mv "$1.new" "$1")
}

# A unix socket's path may have 107 bytes (98 here: nginx and h2o add names). Prints the directory to use:
# HOME/run when it fits, else a short one in /run or /tmp whose name follows from the home's path.
runtime_dir() {
    local home=$1 dir
    dir=$home/run
    if [ "${#dir}" -gt 78 ]; then
        local id
        id=$(printf '%s' "$home" | sha256sum | cut -c1-12)
        dir=/tmp/balai-$(id -u)-$id
        [ ! -w /run ] || dir=/run/balai-$id
    fi
    (umask 077 && mkdir -p "$dir") || return 1
    [ -O "$dir" ] || {
        printf '%s belongs to another user\n' "$dir" >&2
        return 1
    }
    printf '%s\n' "$dir"
}

# is_process PID WORD: the process lives and its command line has the word. No forks: supervise asks often.
is_process() {
    local words=()
    [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] || return 1
    { mapfile -d '' -t words <"/proc/$1/cmdline"; } 2>/dev/null || return 1
    [[ "${words[*]}" == *"$2"* ]]
}

# stop_pid PIDFILE WORD SECONDS: TERM, waits, then KILL. Done when the process is gone.
stop_pid() {
    local file=$1 word=$2 tries=$(($3 * 20)) pid
    pid=$(cat "$file" 2>/dev/null) || return 0
    if is_process "$pid" "$word"; then
        kill -TERM "$pid" 2>/dev/null || true
        while is_process "$pid" "$word" && [ "$tries" -gt 0 ]; do
            sleep 0.05
            tries=$((tries - 1))
        done
        if is_process "$pid" "$word"; then
            printf '%s (pid %s) did not stop in %s s: killed\n' "$word" "$pid" "$3"
            kill -KILL "$pid" 2>/dev/null || true
        fi
    fi
    rm -f "$file"
}

# wait_until SECONDS command…: polls until the command succeeds.
wait_until() {
    local tries=$(($1 * 20))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}

# A port of loopback that is free together with the next one.
free_port() {
    perl -MSocket -e '
        # Below the ports that the kernel lends to clients: one of those may have it the moment after.
        my ($low) = do { local @ARGV = "/proc/sys/net/ipv4/ip_local_port_range"; <> } =~ /(\d+)/;
        my $top = $low > 21000 ? $low : 40000;
        for (my $p = 20000 + int(rand($top - 20100)); ; $p += 2) {
            my $ok = 1;
            for my $q ($p, $p + 1) {
                socket(my $s, PF_INET, SOCK_STREAM, 0) or die;
                $ok &&= bind($s, sockaddr_in($q, INADDR_LOOPBACK));
            }
            if ($ok) { print "$p\n"; last }
        }'
}

# ---- MariaDB: DIR holds data, temporary files, configuration, log and key; RUN the socket and pid ----

# A ping is answered to strangers too, so no password is needed here.
mariadb_answers() {
    is_process "$(cat "$2/mariadb.pid" 2>/dev/null)" mariadbd &&
        mariadb-admin --defaults-file="$1/mariadb.cnf" --user=nobody ping
}

# It answers, or has ended by itself. By the pid alone: at first the process is not yet mariadbd.
mariadb_settled() {
    ! kill -0 "$(cat "$2/mariadb.pid")" 2>/dev/null || mariadb_answers "$@"
}

# prepare_mariadb DIR RUN KEYFILE BUFFER: configuration always, data directory once.
prepare_mariadb() {
    local dir=$1 run=$2 key=$3 buffer=$4
    (umask 077 && mkdir -p "$dir" "$dir/tmp") || return 1
    [ -s "$key" ] || (umask 077 && printf '1;%s\n' "$(openssl rand -hex 32)" >"$key")
    fill "$BALAI_SOURCE/deploy/mariadb.cnf.in" "$dir/mariadb.cnf" DATA="$dir/data" SOCKET="$run/mariadb.sock" \
        RUN="$run" LOG="$dir/mariadb.log" TMP="$dir/tmp" KEY="$key" BUFFER="$buffer" CORES="$(nproc)" || return 1
    [ ! -e "$dir/data/.ready" ] || return 0
    rm -rf "$dir/data"
    mkdir -m 700 "$dir/data"
    mariadb-install-db --defaults-file="$dir/mariadb.cnf" --user="$(id -un)" --skip-test-db \
        --auth-root-authentication-method=normal --skip-name-resolve >"$dir/install.log" 2>&1 || {
        cat "$dir/install.log"
        tail -n 20 "$dir/mariadb.log" 2>/dev/null || true
        return 1
    }
}

# ibdata1 holds undo: rows of people. mariadb-install-db makes it plain; a thread of a running MariaDB encrypts it.
new_mariadb() {
    mariadb --defaults-file="$1/mariadb.cnf" --user=root --batch --skip-column-names -e "$2"
}
is_encrypted_mariadb() {
    [ "$(new_mariadb "$1" 'SELECT min_key_version FROM information_schema.innodb_tablespaces_encryption WHERE space = 0')" = 1 ]
}
encrypt_new_mariadb() {
    new_mariadb "$1" 'SET GLOBAL innodb_encryption_rotation_iops = 10000, innodb_encryption_threads = 1' &&
        wait_until 60 is_encrypted_mariadb "$1" &&
        new_mariadb "$1" 'SET GLOBAL innodb_encryption_threads = 0, innodb_encryption_rotation_iops = DEFAULT' &&
        : >"$1/data/.ready"
}

# start_mariadb DIR RUN KEYFILE [BUFFER]
start_mariadb() {
    local dir=$1 run=$2
    prepare_mariadb "$dir" "$run" "$3" "${4:-256M}" || return 1
    if mariadb_answers "$dir" "$run" >/dev/null 2>&1; then return 0; fi
    rm -f "$run/mariadb.pid" "$run/mariadb.sock"
    # Only deploy/test sets BALAI_MARIADB_PRELOAD: its full disk (tests/faults).
    setsid env ${BALAI_MARIADB_PRELOAD:+"LD_PRELOAD=$BALAI_MARIADB_PRELOAD"} mariadbd --defaults-file="$dir/mariadb.cnf" --user="$(id -un)" >>"$dir/mariadb.log" 2>&1 </dev/null 9>&- &
    printf '%s\n' $! >"$run/mariadb.pid"
    wait_until 60 mariadb_settled "$dir" "$run" || true
    mariadb_answers "$dir" "$run" >/dev/null 2>&1 || {
        tail -n 20 "$dir/mariadb.log"
        return 1
    }
    [ -e "$dir/data/.ready" ] || encrypt_new_mariadb "$dir" || {
        printf 'ibdata1 was not encrypted\n'
        stop_mariadb "$run"
        return 1
    }
}
stop_mariadb() { stop_pid "$1/mariadb.pid" mariadbd 60; }

# ---- Redis ----

redis_answers() { [ "$(redis-cli -s "$1/redis.sock" ping 2>/dev/null)" = PONG ]; }

# start_redis DIR RUN [MEMORY]
start_redis() {
    local dir=$1 run=$2
    (umask 077 && mkdir -p "$dir") || return 1
    if redis_answers "$run"; then return 0; fi
    rm -f "$run/redis.pid" "$run/redis.sock"
    fill "$BALAI_SOURCE/deploy/redis.conf.in" "$dir/redis.conf" SOCKET="$run/redis.sock" RUN="$run" \
        LOG="$dir/redis.log" MEMORY="${3:-128mb}" || return 1
    setsid redis-server "$dir/redis.conf" >>"$dir/redis.log" 2>&1 </dev/null 9>&- &
    wait_until 15 redis_answers "$run" || {
        tail -n 20 "$dir/redis.log"
        return 1
    }
}
stop_redis() { stop_pid "$1/redis.pid" redis-server 10; }
