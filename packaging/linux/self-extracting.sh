#!/bin/sh
# ECG Viewer @VERSION@ for Linux (@MACHINE@). Research use only, not for diagnosis.
# A shell script, then an archive. Installs into a folder of the user's, without root, a network or questions.
set -eu

version='@VERSION@'
machine='@MACHINE@'
sha256='@SHA256@'
size='@SIZE@'

usage() {
    cat <<EOF
sh $(basename "$0") [--prefix FOLDER]     install, by default into ~/.local
sh $(basename "$0") --uninstall [--prefix FOLDER]
sh $(basename "$0") --check               only check that the file is whole
Settings, journal and scores of the program are left alone by --uninstall.
EOF
}

fail() {
    echo "ecg-viewer: $*" >&2
    exit 1
}

prefix=${HOME:-}/.local
action=install
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -ge 2 ] || fail '--prefix needs a folder.'; prefix=$2; shift ;;
        --prefix=*) prefix=${1#--prefix=} ;;
        --uninstall) action=uninstall ;;
        --check) action=check ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; fail "unknown argument $1" ;;
    esac
    shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
home=$prefix/lib/ecg-viewer
list=$prefix/share/doc/ecg-viewer/installed-files

refresh() { # menus and file types show it at once where the desktop has the tools; without them at the next login
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$prefix/share/applications" 2>/dev/null || true
    fi
    if command -v update-mime-database >/dev/null 2>&1; then
        update-mime-database "$prefix/share/mime" 2>/dev/null || true
    fi
}

uninstall() {
    [ -f "$list" ] || fail "nothing of ECG Viewer is installed in $prefix."
    while IFS= read -r name; do
        case $name in '' | /* | *..*) continue ;; esac
        [ -d "$prefix/$name" ] && [ ! -L "$prefix/$name" ] || rm -f -- "$prefix/$name"
    done <"$list"
    # Folders last, the deepest first, and only if nothing of others is in them.
    sort -r "$list" | while IFS= read -r name; do
        case $name in '' | /* | *..*) continue ;; esac
        [ ! -d "$prefix/$name" ] || rmdir -- "$prefix/$name" 2>/dev/null || true
    done
    rm -f -- "$list"
    rmdir -- "$prefix/share/doc/ecg-viewer" "$prefix/share/doc" 2>/dev/null || true
    refresh
    forget_indexes
}

forget_indexes() { # of menus and file types, where nothing is left for them to list
    if ! ls "$prefix"/share/applications/*.desktop >/dev/null 2>&1; then
        rm -f -- "$prefix/share/applications/mimeinfo.cache"
    fi
    if ! ls "$prefix"/share/mime/packages/*.xml >/dev/null 2>&1; then
        for name in aliases application generic-icons globs globs2 icons magic mime.cache subclasses treemagic types version \
            XMLnamespaces; do
            rm -rf -- "$prefix/share/mime/$name"
        done
    fi
    rmdir -- "$prefix/share/applications" "$prefix/share/mime/packages" "$prefix/share/mime" "$prefix/share" "$prefix/bin" \
        "$prefix/lib" 2>/dev/null || true
}

strangers() { # files that would be overwritten and did not come from here; lib/ecg-viewer is looked at as a whole
    archive | tar -t -J -f - | sed -n -e '/\/$/d' -e '/^\.\/usr\/lib\/ecg-viewer\//d' -e 's|^\./usr/||p' |
        while IFS= read -r name; do
            [ -e "$prefix/$name" ] || [ -L "$prefix/$name" ] || continue
            grep -Fxq -e "$name" "$list" 2>/dev/null || echo "$prefix/$name"
        done
}

archive() { tail -c "$size" "$0"; }

check() {
    command -v sha256sum >/dev/null 2>&1 || fail 'sha256sum is missing; install coreutils.'
    found=$(archive | sha256sum | cut -d ' ' -f 1)
    [ "$found" = "$sha256" ] || fail 'this file is damaged or incomplete; download it again.'
}

if [ "$action" = uninstall ]; then
    uninstall
    echo "ECG Viewer is removed from $prefix."
    exit 0
fi
check
if [ "$action" = check ]; then
    echo "This file is whole: ECG Viewer $version."
    exit 0
fi
[ "$(uname -s) $(uname -m)" = "Linux $machine" ] || fail "this file is for Linux on $machine."
command -v xz >/dev/null 2>&1 || fail 'xz is missing; install the package xz-utils (or xz).'
[ ! -e "$home" ] || [ -f "$list" ] || fail "$home is there and was not installed by this file; move it away."
other=$(strangers | head -n 1)
[ -z "$other" ] || fail "$other is there and was not installed by this file; move it away."
mkdir -p "$prefix"
[ ! -f "$list" ] || uninstall # an older version leaves nothing behind
archive | (cd "$prefix" && tar -x -J -f - --strip-components=2 --no-same-owner) # -C would take \ for an escape
mkdir -p "$(dirname "$list")"
archive | tar -t -J -f - | sed -e 's|^\./usr/||' -e '/^\.\//d' -e '/^$/d' >"$list"
desktop=$prefix/share/applications/ecg-viewer.desktop
# Escaped as menu entries want it (\ " ` $ and %), then for sed.
command=$(printf '%s\n' "$prefix/bin/ecg-viewer" |
    sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g' -e 's/[&|\\]/\\&/g')
sed -i "s|^Exec=ecg-viewer|Exec=\"$command\"|" "$desktop"
refresh
echo "ECG Viewer $version is in $prefix. Start it from the menu, or with $prefix/bin/ecg-viewer"
exit 0
