#!/bin/bash
# Signed and notarised disk image from the frozen program. NEVER RUN: see ../README.md.
#   packaging/recipes/macos/make_dmg.sh "build/frozen/frozen/ECG Viewer.app" VERSION dist
# Environment: SIGNING_IDENTITY ("Developer ID Application: ..."), NOTARY_PROFILE (made once with
# `xcrun notarytool store-credentials`). Without them the image is neither signed nor notarised, and says so.
set -euo pipefail

app=$1 version=$2 output=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
machine=$(uname -m)
image=$output/ecg-viewer-$version-macos-$machine.dmg
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

# The second command, for terminals: a link beside the first.
ln -sf ecg-viewer "$app/Contents/MacOS/mmae_core"

if [[ -n ${SIGNING_IDENTITY:-} ]]; then
    # Inner libraries first: a signature covers what is in the bundle when it is made.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -111 \) -print0 |
        xargs -0 -n 20 codesign --force --timestamp --options runtime \
            --entitlements "$here/entitlements.plist" --sign "$SIGNING_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "SIGNING_IDENTITY is not set: the program is not signed, and macOS will refuse to open it by a double click." >&2
fi

cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "ECG Viewer $version" -srcfolder "$staging" -format ULFO -ov "$image"

if [[ -n ${SIGNING_IDENTITY:-} && -n ${NOTARY_PROFILE:-} ]]; then
    codesign --timestamp --sign "$SIGNING_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
shasum -a 256 "$image"
