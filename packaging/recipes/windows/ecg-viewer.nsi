; Installer for Windows, made from the frozen program. NEVER RUN: see ../README.md.
;   makensis -DVERSION=1.2.3 -DSOURCE=build\frozen\frozen\ecg-viewer -DLICENCE=LICENSE -DOUTPUT=dist ecg-viewer.nsi
; Installs for one user, without administrator's rights. Silent: ecg-viewer-...-win64.exe /S [/D=C:\folder]
!include "MUI2.nsh"
!ifndef VERSION
  !error "Name the version: -DVERSION=1.2.3"
!endif
!ifndef SOURCE
  !error "Name the folder of the frozen program: -DSOURCE=..."
!endif
!ifndef LICENCE
  !error "Name the file of the licence: -DLICENCE=..."
!endif
!ifndef OUTPUT
  !define OUTPUT "."
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ecg-viewer"

Unicode true
Name "ECG Viewer"
OutFile "${OUTPUT}/ecg-viewer-${VERSION}-win64.exe"
InstallDir "$LOCALAPPDATA\Programs\ECG Viewer"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "ECG Viewer"
VIAddVersionKey "FileDescription" "ECG Viewer: research use only"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The ECG viewer authors"

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

; Offered in "Open with" of these files; what opens them by default is left alone.
!macro OPENS EXTENSION
  WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "ECGViewer.Recording" ""
!macroend
!macro OPENS_NOT EXTENSION
  DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "ECGViewer.Recording"
!macroend

Section
  RMDir /r "$INSTDIR\_internal" ; nothing of an older version stays
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  CreateShortcut "$SMPROGRAMS\ECG Viewer.lnk" "$INSTDIR\ecg-viewer.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "ECG Viewer (research use only)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\ecg-viewer.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The ECG viewer authors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "Software\Classes\ECGViewer.Recording" "" "ECG recording"
  WriteRegStr HKCU "Software\Classes\ECGViewer.Recording\shell\open\command" "" '"$INSTDIR\ecg-viewer.exe" "%1"'
  !insertmacro OPENS ".hea"
  !insertmacro OPENS ".scp"
  !insertmacro OPENS ".edf"
  !insertmacro OPENS ".bdf"
  !insertmacro OPENS ".ecg"
  !insertmacro OPENS ".mwf"
  !insertmacro OPENS ".dcm"
SectionEnd

Section Uninstall
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\ecg-viewer.exe"
  Delete "$INSTDIR\mmae_core.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays if the user put anything into it
  Delete "$SMPROGRAMS\ECG Viewer.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\ECGViewer.Recording"
  !insertmacro OPENS_NOT ".hea"
  !insertmacro OPENS_NOT ".scp"
  !insertmacro OPENS_NOT ".edf"
  !insertmacro OPENS_NOT ".bdf"
  !insertmacro OPENS_NOT ".ecg"
  !insertmacro OPENS_NOT ".mwf"
  !insertmacro OPENS_NOT ".dcm"
SectionEnd
