"""What of torch goes into the frozen program. Takes the place of PyInstaller's own hook, which imports every module."""

from pathlib import Path

from PyInstaller.utils.hooks import get_package_paths

_torch = Path(get_package_paths("torch")[1])
_TEST_LIBRARIES = {"libtorchbind_test", "libaoti_custom_ops", "libbackend_with_compiler", "libjitbackend_test"}
_libraries = [path for pattern in ("*.so*", "*.dll", "*.dylib") for path in (_torch / "lib").glob(pattern)]

binaries = [(str(path), "torch/lib") for path in _libraries if path.name.split(".")[0] not in _TEST_LIBRARIES]
binaries += [(str(path), "torch/bin") for path in (_torch / "bin").glob("torch_shm_manager*")]
datas: list[tuple[str, str]] = []
hiddenimports: list[str] = []
module_collection_mode = "pyz+py"  # torch reads the source of a few of its functions while it is imported
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
