# Signs programs and installers for Windows. NEVER RUN: see ../README.md.
#   sign.ps1 FILE...
# The certificate (code signing, from a public authority) is in the store of the building account; its thumbprint is in the
# environment as SIGNING_THUMBPRINT. The time stamp keeps signatures valid after the certificate has expired.
$ErrorActionPreference = "Stop"
if (-not $env:SIGNING_THUMBPRINT) { throw "SIGNING_THUMBPRINT is not set: nothing was signed." }
foreach ($file in $args) {
    & signtool sign /sha1 $env:SIGNING_THUMBPRINT /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 `
        /d "ECG Viewer" $file
    if ($LASTEXITCODE) { throw "signtool ended with $LASTEXITCODE for $file" }
    & signtool verify /pa $file
    if ($LASTEXITCODE) { throw "The signature of $file is not valid." }
}
