# shellcheck shell=bash
# The parts of deploy/run and deploy/stop: settings, files, processes. To be sourced after lib.sh.
#
# A home (BALAI_HOME) holds: conf/ secrets/ tls/ mariadb/ redis/ log/ run/ lock demo-access.json.
# Each process has a pid file in RUN_DIR; `supervise` starts again what ends by itself.

TRAINING_CODES='7317102003 7317102007 7317102009 7317112019 7317022012 7317132005'

stack_settings() {
    PORT=${PORT:-8080}
    if ! [[ $PORT =~ ^[1-9][0-9]{0,4}$ ]] || [ "$PORT" -gt 65534 ]; then
        die "PORT must be a number from 1 to 65534, not '$PORT'"
    fi
    TLS_PORT=$((PORT + 1))
    HOME_DIR=$(realpath -m "${BALAI_HOME:-$BALAI_SOURCE/var}")
    BUILD_DIR=$(realpath -m "${BALAI_BUILD:-$BALAI_SOURCE/build}")
    PROGRAMS=${BALAI_PROGRAMS:-$BUILD_DIR}            # set: use these programs, build nothing (deploy/test does)
    UNITS=${BALAI_UNITS:-$BALAI_SOURCE/deploy/luwu.tsv} # villages to provision
    TRAINING=${BALAI_TRAINING:-$TRAINING_CODES}
    LISTEN=${BALAI_LISTEN:-127.0.0.1 [::1]}           # addresses nginx listens on
    BASE_HOST=localhost:$PORT
    LOOPS=${BALAI_LOOPS:-$(nproc)}
    RATE=${BALAI_RATE:-2000}                          # requests a second from one address
}

set_run_dir() { RUN_DIR=$(runtime_dir "$HOME_DIR") || die "no runtime directory for $HOME_DIR"; }

make_home() {
    (umask 077 && mkdir -p "$HOME_DIR"/{conf,secrets,tls,log,tmp,mariadb,redis}) ||
        die "cannot write in $HOME_DIR: choose another BALAI_HOME"
    set_run_dir
}

# One running copy a home. The lock is this process's alone: children get fd 9 closed.
take_lock() {
    exec 9>"$HOME_DIR/lock"
    if ! flock -n 9; then
        exec 9>&-
        local pid
        pid=$(cat "$RUN_DIR/run.pid" 2>/dev/null || true)
        die "Balai already runs in $HOME_DIR (pid ${pid:-unknown}). Stop it with BALAI_HOME=$HOME_DIR ./deploy/stop, or set another BALAI_HOME and PORT."
    fi
    printf '%s\n' $BASHPID >"$RUN_DIR/run.pid"
    rm -f "$RUN_DIR/ready" "$RUN_DIR/rest-done"
}

# A plain bind of both ports, before anything is installed, built or started (perl-base is always there).
free_ports() {
    local port address
    for port in "$PORT" "$TLS_PORT"; do
        for address in $LISTEN; do
            case $address in *:*) continue ;; esac
            perl -MSocket -e '
                socket(my $s, PF_INET, SOCK_STREAM, 0) or die;
                setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
                bind($s, sockaddr_in($ARGV[1], inet_aton($ARGV[0]))) && listen($s, 1) or exit 1' \
                "$address" "$port" ||
                die "port $port on $address is taken (or needs root). Set PORT to a free one (it and the next number are used): PORT=8090 ./deploy/run"
        done
    done
}

# ---- build ----

build_release() {
    [ -z "${BALAI_PROGRAMS:-}" ] || { say "using the programs in $PROGRAMS"; return 0; }
    (
        umask 022
        mkdir -p "$BUILD_DIR"
        exec 8>"$BUILD_DIR/.lock"
        flock 8 # two copies of run may share a build directory
        [ -e "$BUILD_DIR/build.ninja" ] ||
            cmake -S "$BALAI_SOURCE" -B "$BUILD_DIR" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBALAI_TESTS=OFF || exit 1
        ninja -C "$BUILD_DIR" balai-server balai-worker balaictl
    ) 9>&-
}

# ---- files ----

config_file() { # NAME ROLE
    cat <<CONF
# Written by deploy/run at each start. Keys: server/base/config.h.
base_host = $BASE_HOST
public_scheme = http
run_dir = $RUN_DIR
log_level = ${BALAI_LOG_LEVEL:-info}
loops = $LOOPS
mysql_socket = $RUN_DIR/mariadb.sock
mysql_control_user = balai_control
mysql_control_secret = $HOME_DIR/secrets/mysql-control
control_schema = balai_control
reference_schema = balai_ref
village_prefix = desa_
redis_socket = $RUN_DIR/redis.sock
connections = 256
village_connections = 3
master_key_file = $HOME_DIR/secrets/master.key
pepper_file = $HOME_DIR/secrets/pepper.key
worker_lanes = ${BALAI_LANES:-4}
CONF
    if [ "$1" = worker ]; then
        cat <<CONF
mysql_admin_user = balai_admin
mysql_admin_secret = $HOME_DIR/secrets/mysql-admin
CONF
        relay_config
        printf '%s = %s\n' esign_reach "${BALAI_ESIGN_REACH:-public}" esign_timeout_ms "${BALAI_ESIGN_TIMEOUT_MS:-30000}"
        [ -z "${BALAI_ESIGN_CA:-}" ] || printf 'esign_ca = %s\n' "$BALAI_ESIGN_CA"
        [ -z "${BALAI_ESIGN_ROOTS:-}" ] || printf 'esign_roots = %s\n' "$BALAI_ESIGN_ROOTS"
        [ -z "${BALAI_ESIGN_ANSWER:-}" ] || printf 'esign_answer = %s\n' "$BALAI_ESIGN_ANSWER"
    fi
}

# Mail goes out only where a relay is named; the server has no part in it.
relay_config() {
    [ -n "${BALAI_SMTP:-}" ] || return 0
    printf '%s = %s\n' smtp_url "$BALAI_SMTP" smtp_tls "${BALAI_SMTP_TLS:-starttls}" smtp_timeout_ms "${BALAI_SMTP_TIMEOUT_MS:-10000}"
    [ -z "${BALAI_SMTP_CA:-}" ] || printf 'smtp_ca = %s\n' "$BALAI_SMTP_CA"
    [ -z "${BALAI_SMTP_FROM:-}" ] || printf 'smtp_from = %s\n' "$BALAI_SMTP_FROM"
    [ -z "${BALAI_SMTP_USER:-}" ] || printf '%s = %s\n' smtp_user "$BALAI_SMTP_USER" smtp_secret "$BALAI_SMTP_SECRET"
}

write_configuration() {
    local name
    command -v openssl >/dev/null || return 1
    for name in master.key pepper.key mysql-control mysql-admin mysql-root; do
        random_key "$HOME_DIR/secrets/$name" || return 1
    done
    (
        umask 077
        config_file server >"$HOME_DIR/conf/server.conf" # the server does not even know the administrator's account
        config_file worker >"$HOME_DIR/conf/worker.conf"
        printf '[client]\nuser = root\npassword = %s\nsocket = %s\n' \
            "$(cat "$HOME_DIR/secrets/mysql-root")" "$RUN_DIR/mariadb.sock" >"$HOME_DIR/secrets/root.cnf"
    ) || return 1
    write_nginx
}

write_nginx() {
    local i upstreams='' uploads='' listen='' address paths
    for ((i = 0; i < LOOPS; i++)); do
        upstreams+="        server unix:$RUN_DIR/balai-$i.sock max_fails=0;"$'\n'
        uploads+="        server unix:$RUN_DIR/balai-$i.sock max_fails=0 max_conns=6;"$'\n'
    done
    for address in $LISTEN; do
        # No IPv6 on this machine: leave that address out.
        if [[ $address == *:* ]] && [ ! -e /proc/net/if_inet6 ]; then continue; fi
        listen+="        listen $address:$PORT default_server backlog=1024;"$'\n'
        listen+="        listen $address:$TLS_PORT ssl http2 default_server backlog=1024;"$'\n'
    done
    paths=$("$PROGRAMS/balai-server" --uploads) || return 1
    (umask 077 && mkdir -p "$HOME_DIR/tmp/nginx") || return 1
    local user_line='# not root: the workers are this user'
    [ "$(id -u)" -ne 0 ] || user_line="user $(id -un) $(id -gn);"
    fill "$BALAI_SOURCE/deploy/nginx.conf.in" "$HOME_DIR/conf/nginx.conf" USER="$user_line" WORKERS="$(nproc)" \
        RUN="$RUN_DIR" LOG="$HOME_DIR/log" TMP="$HOME_DIR/tmp/nginx" UPSTREAMS="${upstreams%$'\n'}" \
        UPLOAD_UPSTREAMS="${uploads%$'\n'}" UPLOADS="$paths" \
        LISTEN="${listen%$'\n'}" CERT="$HOME_DIR/tls/cert.pem" KEY="$HOME_DIR/tls/cert.key" \
        HSTS='        # no HSTS on localhost: it would lock browsers out of the http port' \
        RATE="$RATE" BURST=$((RATE * 2)) CONNECTIONS="${BALAI_CONNECTIONS:-512}"
}

# ---- certificate ----

# Every village by name: libraries refuse a bare *.localhost, browsers take either.
certificate_hosts() {
    printf '%s\n' localhost '*.localhost' dpmd.localhost kelola.localhost
    village_rows | cut -f3 | sed 's/$/.localhost/'
}

make_certificate() {
    local tls=$HOME_DIR/tls names
    if [ ! -s "$tls/ca.pem" ]; then
        (umask 077 && openssl ecparam -name prime256v1 -genkey -noout -out "$tls/ca.key") || return 1
        openssl req -x509 -new -key "$tls/ca.key" -sha256 -days 3650 -subj '/O=Balai demo/CN=Balai demo CA' \
            -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
            -out "$tls/ca.pem" || return 1
    fi
    names=$(certificate_hosts | sort -u)
    if [ -s "$tls/cert.pem" ] && [ "$names" = "$(cat "$tls/names" 2>/dev/null)" ] &&
        openssl x509 -in "$tls/cert.pem" -noout -checkend 2592000; then
        return 0
    fi
    [ -s "$tls/cert.key" ] || (umask 077 && openssl ecparam -name prime256v1 -genkey -noout -out "$tls/cert.key") || return 1
    {
        printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1,IP:::1'
        printf '%s\n' "$names" | sed 's/^/,DNS:/' | tr -d '\n'
        printf '\n'
    } >"$tls/extensions"
    openssl req -new -key "$tls/cert.key" -subj '/CN=localhost' -out "$tls/cert.csr" &&
        openssl x509 -req -in "$tls/cert.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -sha256 -days 397 \
            -set_serial "0x$(openssl rand -hex 16)" -extfile "$tls/extensions" -out "$tls/cert.new" &&
        mv "$tls/cert.new" "$tls/cert.pem" && printf '%s\n' "$names" >"$tls/names"
}

# ---- database ----

start_database() {
    start_mariadb "$HOME_DIR/mariadb" "$RUN_DIR" "$HOME_DIR/secrets/mariadb-files.key" "${BALAI_BUFFER:-256M}"
}

# As root of MariaDB: the socket's directory is 0700, and after the first start it has a password too.
sql() { mariadb --defaults-file="$HOME_DIR/secrets/root.cnf" --batch --skip-column-names "$@"; }

make_accounts() {
    local control admin root
    control=$(cat "$HOME_DIR/secrets/mysql-control")
    admin=$(cat "$HOME_DIR/secrets/mysql-admin")
    root=$(cat "$HOME_DIR/secrets/mysql-root")
    # A new data directory: root has no password yet, and the 0700 directory of the socket is the wall.
    if ! sql -e 'SELECT 1' >/dev/null 2>&1; then
        printf "ALTER USER root@localhost IDENTIFIED BY '%s';" "$root" |
            mariadb --defaults-file="$HOME_DIR/mariadb/mariadb.cnf" --user=root || return 1
    fi
    # The secrets are hex digits; given on standard input, never as an argument. The administrator makes schemas,
    # accounts and grants; files of the machine, other processes and the server itself are not its business.
    sql <<SQL
CREATE DATABASE IF NOT EXISTS balai_control CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE DATABASE IF NOT EXISTS balai_ref CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS balai_control@localhost;
ALTER USER balai_control@localhost IDENTIFIED BY '$control' WITH MAX_STATEMENT_TIME 10;
GRANT SELECT, INSERT, UPDATE, DELETE ON balai_control.* TO balai_control@localhost;
GRANT SELECT ON balai_ref.* TO balai_control@localhost;
CREATE USER IF NOT EXISTS balai_admin@localhost;
ALTER USER balai_admin@localhost IDENTIFIED BY '$admin' WITH MAX_STATEMENT_TIME 600;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM balai_admin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER, CREATE USER ON *.* TO balai_admin@localhost WITH GRANT OPTION;
DROP USER IF EXISTS root@'127.0.0.1', root@'::1', root@'$(hostname)';
SQL
}

# code, name, slug of every provisioned village.
village_rows() {
    sql balai_control -e "SELECT v.code, u.name, v.slug FROM village v JOIN unit u ON u.code = v.code WHERE v.step = 'ready' ORDER BY v.code"
}

balaictl() { "$PROGRAMS/balaictl" --config "$HOME_DIR/conf/worker.conf" "$@" 9>&-; }

# ---- people and villages ----

# One console account, kept in consoles/NAME.json. A password is made once, at the first start of a home.
console_account() { # NAME SITE USERNAME FULL-NAME OPTION…
    local name=$1 site=$2 username=$3 full=$4 out=$HOME_DIR/secrets/console-$1.json
    shift 4
    [ ! -s "$out" ] || return 0
    (
        umask 077
        balaictl account add --site "$site" --username "$username" --name "$full" "$@" --json >"$out.new" ||
            balaictl account add --site "$site" --username "$username" --name "$full" "$@" --new-password --json >"$out.new"
    ) && mv "$out.new" "$out"
}

make_console_accounts() {
    # A district account needs the district in the tree, so it follows the villages.
    console_account kelola kelola relawan 'Relawan ForSID' --role volunteer &&
        console_account dpmd dpmd dpmd 'Pegawai DPMD Luwu' --role dpmd
}

provision_training() {
    # shellcheck disable=SC2086 # codes separated by spaces
    balaictl provision --file "$UNITS" --only "${TRAINING// /,}" &&
        balaictl training --access-out "$HOME_DIR/secrets/training.json" $TRAINING &&
        console_account kecamatan dpmd kecamatan 'Pegawai Kecamatan Larompong Selatan' --role district --district 731710
}

# The other villages, while the first already answer. Their set-up links are printed once: kept for the volunteer.
provision_rest() {
    trap - EXIT INT TERM HUP
    local rc=0
    nice -n 5 "$PROGRAMS/balaictl" --config "$HOME_DIR/conf/worker.conf" provision --file "$UNITS" 9>&- >"$HOME_DIR/log/provision.log" 2>&1 || rc=$?
    (umask 077 && grep -ahoE 'https?://[^ ]*/pasang/[A-Za-z0-9_-]+' "$HOME_DIR/log/provision.log" >>"$HOME_DIR/secrets/setup-links") || true
    sed -i -E 's#(/pasang/)[A-Za-z0-9_-]+#\1…#g' "$HOME_DIR/log/provision.log" # a log is handed on; a link makes a village's first account
    chmod 600 "$HOME_DIR/log/provision.log"
    if [ "$rc" -ne 0 ]; then
        say "$(date -u +%FT%TZ) some villages are not ready: see $HOME_DIR/log/provision.log; the next start tries them again"
    fi
    if make_certificate >>"$STEP_LOG" 2>&1; then kill -HUP "$(cat "$RUN_DIR/nginx.pid")" 2>/dev/null || true; fi
    write_access
    : >"$RUN_DIR/rest-done"
    say "$(date -u +%FT%TZ) $(village_rows | wc -l) villages are ready (list: $HOME_DIR/demo-access.json)"
}

# ---- who may sign in ----

write_access() {
    village_rows | python3 "$BALAI_SOURCE/deploy/access.py" write "$HOME_DIR" "$BASE_HOST" "localhost:$TLS_PORT" "$TRAINING"
}
# Once a home, and never in a test: what people did in the last weeks. A demo without it works as well.
fill_demo() {
    [ "${BALAI_DEMO:-yes}" = yes ] && [ ! -e "$HOME_DIR/secrets/demo-done" ] || return 0
    if python3 "$BALAI_SOURCE/deploy/demo.py" "$HOME_DIR"; then
        : >"$HOME_DIR/secrets/demo-done"
    else
        say 'the month of work was not written whole: the villages are there; the next run tries again where there is no letter yet'
    fi
}
print_access() { python3 "$BALAI_SOURCE/deploy/access.py" print "$HOME_DIR"; }

# ---- processes ----

# As a part in the background: becomes the program. No privileges by way of a file's owner, no core with what people
# typed, and of the starter's environment only what is named here.
plainly() {
    ulimit -c 0
    exec setsid setpriv --no-new-privs env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 ${TMPDIR:+TMPDIR="$TMPDIR"} \
        ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} \
        ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} "$@"
}
launch_server() {
    rm -f "$RUN_DIR"/balai-[0-9]*.sock
    plainly "$PROGRAMS/balai-server" --config "$HOME_DIR/conf/server.conf" >>"$HOME_DIR/log/server.log" 2>&1 </dev/null 9>&- &
    printf '%s\n' $! >"$RUN_DIR/balai-server.pid"
}
start_server() {
    launch_server
    wait_until 30 server_answers || { tail -n 20 "$HOME_DIR/log/server.log"; return 1; }
}
server_answers() {
    curl -fsS -m 2 -o /dev/null --unix-socket "$RUN_DIR/balai-0.sock" -H "Host: $BASE_HOST" http://localhost/readyz
}
start_worker() {
    plainly "$PROGRAMS/balai-worker" --config "$HOME_DIR/conf/worker.conf" >>"$HOME_DIR/log/worker.log" 2>&1 </dev/null 9>&- &
    printf '%s\n' $! >"$RUN_DIR/balai-worker.pid"
}
# A master that was killed leaves its workers, and they keep the ports: nothing of its group may be left when a new one
# starts. What they were answering is finished within a second, or cut.
nginx_group() { pgrep -g "$(cat "$RUN_DIR/nginx.pid" 2>/dev/null || printf none)" -x nginx >/dev/null 2>&1; }
no_nginx_group() { ! nginx_group; }
end_nginx_group() {
    local name pid
    for name in QUIT KILL; do
        nginx_group || return 0
        pid=$(<"$RUN_DIR/nginx.pid")
        pkill "-$name" -g "$pid" -x nginx || true
        wait_until 1 no_nginx_group || true
    done
}
start_nginx() {
    end_nginx_group
    nginx -t -q -e "$HOME_DIR/log/nginx-error.log" -p "$HOME_DIR" -c conf/nginx.conf || return 1
    # shellcheck disable=SC2094 # nginx names its log before it has read its configuration
    setsid nginx -e "$HOME_DIR/log/nginx-error.log" -p "$HOME_DIR" -c conf/nginx.conf >>"$HOME_DIR/log/nginx-error.log" 2>&1 </dev/null 9>&- &
    printf '%s\n' $! >"$RUN_DIR/nginx.pid"
}
answers() { curl -fsS -m 2 -o /dev/null -H "Host: $BASE_HOST" "http://127.0.0.1:$PORT/readyz"; }
wait_ready() { wait_until 30 answers || { tail -n 5 "$HOME_DIR/log/server.log" "$HOME_DIR/log/nginx-error.log"; return 1; }; }

any_leftover() {
    local name
    if nginx_group; then return 0; fi
    for name in nginx balai-server balai-worker redis mariadb; do
        if is_process "$(cat "$RUN_DIR/$name.pid" 2>/dev/null)" "$name"; then return 0; fi
    done
    return 1
}

# Ends the parts in the order that loses nothing: no new requests, answers under way, jobs under way, stores.
stop_leftovers() {
    if is_process "$(cat "$RUN_DIR/nginx.pid" 2>/dev/null)" nginx; then
        kill -QUIT "$(cat "$RUN_DIR/nginx.pid")" 2>/dev/null || true
        local tries=100
        while is_process "$(cat "$RUN_DIR/nginx.pid" 2>/dev/null)" nginx && [ "$tries" -gt 0 ]; do
            sleep 0.05
            tries=$((tries - 1))
        done
    fi
    end_nginx_group
    stop_pid "$RUN_DIR/balai-server.pid" balai-server 15
    stop_pid "$RUN_DIR/balai-worker.pid" balai-worker 15
    stop_redis "$RUN_DIR"
    stop_mariadb "$RUN_DIR"
    rm -f "$RUN_DIR/ready" "$RUN_DIR/nginx.pid"
}

# MariaDB on a full disk stops in the middle of things: a commit waits for room for ever, and a rollback without room
# ends the process. So before that it takes no more writes, which people read as "Penyimpanan penuh"; what is stored can
# be read. Again after each restart, and undone when there is room. conf/disk-reserve: MiB to keep free (256).
watch_disk() {
    trap - EXIT INT TERM HUP
    local free reserve is_full=''
    while sleep 2 && kill -0 $$ 2>/dev/null; do # as long as the shell that watches the processes
        reserve=$(cat "$HOME_DIR/conf/disk-reserve" 2>/dev/null) || reserve=256
        free=$(df -BM --output=avail "$HOME_DIR/mariadb/data" | tail -n 1 | tr -dc 0-9) || continue
        if [ "$free" -lt "$reserve" ]; then
            [ -n "$is_full" ] || say "$(date -u +%FT%TZ) only $free MB of disk are left: the database takes no more writes"
            is_full=1
            sql -e 'SET GLOBAL read_only = ON' >>"$STEP_LOG" 2>&1 || true
        elif [ -n "$is_full" ] && [ "$free" -ge $((reserve + reserve / 4)) ] && sql -e 'SET GLOBAL read_only = OFF' >>"$STEP_LOG" 2>&1; then
            say "$(date -u +%FT%TZ) $free MB of disk are free again: the database takes writes"
            is_full=''
        fi
    done
}

shut_down() {
    trap - EXIT INT TERM HUP
    rm -f "$RUN_DIR/ready"
    [ "$1" -eq 0 ] || say "Stopping what was started."
    for pid in ${rest_pid:-} ${watch_pid:-}; do kill -TERM "$pid" 2>/dev/null || true; done
    stop_leftovers || true
    rm -f "$RUN_DIR/run.pid"
    exit "$1"
}

# Starts again what ended by itself, each part slower each time it does not last. All parts are looked at every second
# as well as whenever a child ends: one that ends while another is being started is reaped by the shell meanwhile, and
# `wait -n` never tells of it. Nothing here waits for a part to be ready that needs another part: start_server is for the
# first start. Every part is a child of this shell; ends by a signal.
supervise() {
    local name pid
    local -A delay=() started=()
    trap 'say "Stopping …"; exit 0' INT TERM HUP
    while :; do
        for name in mariadb redis balai-server balai-worker nginx; do
            pid=$(<"$RUN_DIR/$name.pid") || pid=''
            if is_process "$pid" "$name"; then continue; fi
            # Just started: it is not yet the program that its command line names. Or it ended soon: not yet again.
            if [ $((SECONDS - ${started[$name]:--60})) -le "${delay[$name]:-0}" ]; then continue; fi
            if [ $((SECONDS - ${started[$name]:--60})) -gt 20 ]; then delay[$name]=0; fi
            say "$(date -u +%FT%TZ) $name has ended: starting it again"
            restart_part "$name" >>"$STEP_LOG" 2>&1 || say "$name did not start: see $STEP_LOG"
            started[$name]=$SECONDS
            delay[$name]=$((${delay[$name]:-0} < 5 ? ${delay[$name]:-0} + 1 : 5))
        done
        sleep 1 9>&- &
        { wait -n || true; } 2>/dev/null # without the shell's own "Killed" line
    done
}
restart_part() {
    case $1 in
        mariadb) start_database ;;
        redis) start_redis "$HOME_DIR/redis" "$RUN_DIR" ;;
        balai-server) launch_server ;;
        balai-worker) start_worker ;;
        nginx) start_nginx ;;
    esac
}

# ---- --detach ----

# The same script in the background; its lines are shown here until it is ready.
run_behind() {
    make_home
    local out=$HOME_DIR/log/run.out pid shown=0 size state=''
    (take_lock) || exit 1 # says who has it
    setsid "$BALAI_SOURCE/deploy/run" --inner >"$out" 2>&1 </dev/null &
    pid=$!
    while [ -z "$state" ]; do
        sleep 0.1
        if ! kill -0 "$pid" 2>/dev/null; then state=ended; fi
        if [ -e "$RUN_DIR/ready" ]; then state=ready; fi
        size=$(stat -c %s "$out")
        tail -c "+$((shown + 1))" "$out" | head -c $((size - shown)) || true # more may have come meanwhile
        shown=$size
    done
    if [ "$state" = ended ]; then
        wait "$pid" || exit $?
        exit 1
    fi
    print_access
    say "It runs in the background; ./deploy/stop ends it. What it says from now on: $out"
}
