#!/bin/sh
# Builds the image of packaging/Dockerfile without a registry of images, and runs it as docs/production.md says: as an
# ordinary user, on a read-only root. For machines that reach Debian's and npm's packages only. It wants root, buildah,
# bwrap, debootstrap, and the npm that is to be in the image.
#
#   packaging/try-image.sh [WORK-FOLDER]
#
# What stands in for node:24-slim is Debian 12 by debootstrap with the Node that package.json pins, its npm and a user `node`. So this
# tries the Dockerfile, not the base that Docker Hub has today.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
root=$work/rootfs
name=kemihost-try-$$
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
storage="--root $work/storage --runroot $work/run"

say() { printf '\n== %s\n' "$*"; }

if [ ! -e "$root/usr/local/bin/node" ]; then
	say "a base in the place of node:24-slim"
	[ -e "$root/bin/sh" ] || debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
	install "$top/node_modules/node/bin/node" "$root/usr/local/bin/node"
	mkdir -p "$root/usr/local/lib/node_modules"
	cp -r "$(npm root --global)/npm" "$root/usr/local/lib/node_modules/npm"
	for tool in npm npx; do ln -sf "../lib/node_modules/npm/bin/$tool-cli.js" "$root/usr/local/bin/$tool"; done
	chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash node
	# a network may have an authority of its own
	cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
fi
base=$(buildah $storage from scratch)
buildah $storage copy -q "$base" "$root" / >/dev/null
buildah $storage config --cmd node --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$base"
buildah $storage commit -q "$base" docker.io/library/node:24-slim >/dev/null
buildah $storage rm "$base" >/dev/null

say "the Dockerfile"
buildah $storage build --network host --pull-never --file "$top/packaging/Dockerfile" --tag kemihost "$top"

say "as docker run --read-only --tmpfs /tmp -p 8080:8080 -v handler.lua:/scripts/handler.lua:ro kemihost"
cat >"$work/handler.lua" <<'LUA'
function ksr_xhttp_event()
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "from the image\n")
end
LUA
container=$(buildah $storage from --pull-never kemihost)
image=$work/image
mkdir -p "$image"
chmod 755 "$work"
# where an ordinary user reaches it
mount --bind "$(buildah $storage mount "$container")" "$image"
trap 'umount "$image"; buildah $storage rm "$container" >/dev/null' EXIT
of() { buildah $storage inspect --type image --format "$1" kemihost; }
uid=$(chroot "$image" id -u "$(of '{{.OCIv1.Config.User}}')")
# what the image sets, in a namespace of its own: the root read-only, the entry point as process 1, no rights
in_image() {
	env --ignore-environment sh -c '. "$0"; exec "$@"' "$work/environment" \
		setpriv --reuid "$uid" --regid "$uid" --clear-groups --no-new-privs --inh-caps=-all \
		bwrap --die-with-parent --unshare-user --unshare-pid --unshare-ipc --as-pid-1 --ro-bind "$image" / --proc /proc \
		--dev /dev --tmpfs /tmp --tmpfs /scripts --ro-bind "$work/handler.lua" /scripts/handler.lua --chdir "$(of '{{.OCIv1.Config.WorkingDir}}')" "$@"
}
of '{{range .OCIv1.Config.Env}}export {{.}}{{"\n"}}{{end}}' >"$work/environment"
in_image $(of '{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}{{range .OCIv1.Config.Cmd}}{{.}} {{end}}') >"$work/out" 2>"$work/log" &
host=$!
trap 'kill -KILL $host 2>/dev/null || true; umount "$image"; buildah $storage rm "$container" >/dev/null' EXIT
ask() { curl --silent --show-error --max-time 5 "http://127.0.0.1:8080$1"; }
until ask /readyz >/dev/null 2>&1; do
	kill -0 $host || { cat "$work/out" "$work/log"; exit 1; }
	sleep 1
done
for path in / /healthz /readyz; do printf '%s: ' "$path"; ask "$path"; done
first=$(pgrep --parent "$(pgrep --parent $host --oldest || echo $host)" --oldest || echo $host)
awk '/^(Uid|CapEff|NoNewPrivs)/ { print $1, $2 }' "/proc/$first/status"
printf 'writing to its root: '
in_image sh -c 'echo x >/home/node/x' 2>&1 | grep -o 'Read-only file system'
printf 'health check: '
eval "in_image $(grep '^HEALTHCHECK' "$top/packaging/Dockerfile" | sed 's/.*CMD \[//; s/\]$//; s/", "/" "/g')" && echo healthy
printf 'kemihost rpc in it: '
timeout 20 nsenter --target "$first" --user --setuid "$uid" --setgid "$uid" --mount --pid kemihost rpc core.version
printf 'engines: '
cat >"$work/handler.js" <<'JS'
function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "from the image"); }
JS
for engine in fengari wasmoon quickjs isolated-vm; do
	case $engine in fengari | wasmoon) file=handler.lua ;; *) file=handler.js ;; esac
	in_image sh -c "cat >/tmp/$file; kemihost request /tmp/$file --engine $engine </dev/null 2>/dev/null" <"$work/$file" |
		grep --quiet 'from the image' && printf '%s ' "$engine"
done
printf '\n'
kill "$first"
code=0
wait $host || code=$?
printf 'exit code after SIGTERM: %s\n' "$code"
cat "$work/out" "$work/log"
