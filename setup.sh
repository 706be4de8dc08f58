#!/usr/bin/env bash
# Sets up what `make` needs; called by the Makefile only, one verb a call:
#   setup.sh service    .venv            from requirements.lock (Python 3.11)
#   setup.sh dev        .venv            from requirements-dev.lock, a superset
#   setup.sh rasa       bot/rasa/.venv   from bot/rasa/requirements.lock (Python 3.10)
#   setup.sh bench      tests/bench/.venv  the service's packages and what benchmarks compare with (Python 3.11)
#   setup.sh lock       the four lock files, from their .in files; "lock --upgrade" takes the newest versions
#   setup.sh browser    for the browser tests: Debian's chromium and a font, where apt can install them; axe-core
#                       and TypeScript, where npm can
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '%s\n' "hoidap: $*" >&2; }

die() { say "$*"; exit 1; }

# Prints the uv to use: one on the PATH that can choose a torch build, or else our own in .uv/.
find_uv() {
  local found
  found=$(command -v uv || true)
  if [ -n "$found" ] && "$found" pip sync --help 2>/dev/null | grep -q -- --torch-backend; then
    echo "$found"
    return
  fi
  if ! [ -x .uv/bin/uv ]; then
    say "bringing uv into .uv/"
    python3 -m venv --clear .uv >&2 || die "python3 could not make .uv; install Debian's python3-venv, or uv itself"
    .uv/bin/python -m pip install -qq --disable-pip-version-check uv >&2 || die "pip could not install uv into .uv; is the package index reachable?"
  fi
  echo .uv/bin/uv
}

# Makes the environment $1 for Python $2, keeping one that already has that Python.
make_venv() {
  local have
  have=$("$1/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)
  [ "$have" = "$2" ] || "$uv" venv --quiet --clear --python "$2" "$1"
}

# The CPU build of torch is not on PyPI, and what is there for Linux brings gigabytes of CUDA. A machine that keeps the
# wheel in a folder tells pip so, in PIP_FIND_LINKS or pip.conf (uv reads neither); elsewhere uv knows where PyTorch
# publishes it. The lock's torch line has neither "+cpu" nor a hash, so that the wheel of either satisfies it.
# Prints the options for uv, one a line.
torch_source() {
  local place
  for place in ${PIP_FIND_LINKS:-$(python3 -m pip config get global.find-links 2>/dev/null || true)}; do
    if compgen -G "${place#file://}/torch-*+cpu-*.whl" >/dev/null; then
      printf '%s\n' --find-links "$place"
      return
    fi
  done
  printf '%s\n' --torch-backend cpu
}

# Options of both installs. Hashes are verified where the lock has them; --require-hashes would refuse torch's line.
# Bytecode is compiled here (some 20 s, once), also for users who may not write to the environment later or who set
# PYTHONDONTWRITEBYTECODE: without it, sentence-transformers alone takes 10 s to import at every start, with it 4 s.
sync_options=(--quiet --verify-hashes --compile-bytecode)

# Installs the lock file $1 into .venv, and this repository itself, editable.
sync_service() {
  local source
  mapfile -t source < <(torch_source)
  make_venv .venv 3.11
  say "installing $1 into .venv"
  "$uv" pip sync "${sync_options[@]}" --python .venv "${source[@]}" "$1" ||
    die "could not install $1 (the message above says what is missing). Where PyTorch's own index cannot be reached," \
      "put torch's CPU wheel into a folder and name the folder in PIP_FIND_LINKS"
  # setuptools comes with the lock (torch needs it), so the build downloads nothing.
  "$uv" pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
  touch .venv/.service
}

sync_rasa() {
  make_venv bot/rasa/.venv 3.10
  say "installing bot/rasa/requirements.lock into bot/rasa/.venv"
  "$uv" pip sync "${sync_options[@]}" --python bot/rasa/.venv bot/rasa/requirements.lock
  touch bot/rasa/.venv/.rasa
}

# An environment of its own: what benchmarks compare with is heavy and never part of the service.
sync_bench() {
  local source
  mapfile -t source < <(torch_source)
  make_venv tests/bench/.venv 3.11
  say "installing tests/bench/requirements.lock into tests/bench/.venv"
  "$uv" pip sync "${sync_options[@]}" --python tests/bench/.venv "${source[@]}" tests/bench/requirements.lock ||
    die "could not install what the benchmarks compare with; is the package index reachable?"
  touch tests/bench/.venv/.bench
}

# Writes the lock file $2 for Python $1 from $3 and further options: versions and hashes, no address, no local folder.
compile() {
  local python=$1 lock=$2
  shift 2
  say "compiling $lock"
  "$uv" pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
    --python-version "$python" --output-file "$lock" "$@"
}

# Takes "+cpu" and the hashes from torch's line in the lock file $1 (see torch_source).
loosen_torch() {
  sed -i -E '/^torch==/,/^    # via/ { s/^(torch==[0-9.]+)(\+cpu)?.*/\1/; /--hash=/d }' "$1"
  if ! grep -qxE 'torch==[0-9.]+' "$1" || grep -qE '^(nvidia-|triton|cuda-)' "$1"; then
    die "$1: expected torch's CPU build, as a line torch==<version> without a hash; look at torch_source"
  fi
}

lock() {
  local source
  mapfile -t source < <(torch_source)
  # What an old lock says is preferred, and torch's line without "+cpu" would mean the CUDA build.
  sed -i '/^torch==/d' requirements.lock requirements-dev.lock tests/bench/requirements.lock
  compile 3.11 requirements.lock requirements.in "${source[@]}" "$@"
  loosen_torch requirements.lock
  compile 3.11 requirements-dev.lock requirements-dev.in --constraints requirements.lock "${source[@]}" "$@"
  loosen_torch requirements-dev.lock
  compile 3.11 tests/bench/requirements.lock tests/bench/requirements.in --constraints requirements.lock \
    "${source[@]}" "$@"
  loosen_torch tests/bench/requirements.lock
  compile 3.10 bot/rasa/requirements.lock bot/rasa/requirements.in --override bot/rasa/overrides.txt "$@"
}

# Never fails: the tests that need it say so and are skipped where it is missing.
node_packages() {
  local folder=tests/browser
  if [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then return; fi
  if ! command -v npm >/dev/null; then
    say "no npm here: axe-core and the check of the scripts' types will be skipped"
    return
  fi
  say "installing $folder/package-lock.json"
  (cd "$folder" && npm ci --silent --ignore-scripts >/dev/null) && touch "$folder/node_modules/.package-lock.json" ||
    say "npm could not install them: axe-core and the check of the scripts' types will be skipped"
}

# Never fails: the tests that need a browser say so and are skipped where there is none.
browser() {
  if command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qiE 'dejavu|noto'; then return; fi
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "no chromium here, and apt cannot be used to install it: the browser tests will be skipped"
    return
  fi
  say "installing Debian's chromium and fonts for the browser tests"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
      chromium fontconfig fonts-dejavu-core; } >/dev/null 2>&1 ||
    say "apt could not install chromium: the browser tests will be skipped"
}

# Never fails, either: a scan or an old .doc is then refused with a message that names the package.
readers() {
  if command -v soffice >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie; then return; fi
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "no Tesseract or LibreOffice here, and apt cannot be used to install them: their tests will be skipped"
    return
  fi
  say "installing Debian's tesseract-ocr-vie and libreoffice-writer-nogui for scans and old Word files"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
      tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui; } >/dev/null 2>&1 ||
    say "apt could not install them: their tests will be skipped"
}

case "${1:-}" in
  service)
    uv=$(find_uv)
    # Where the tests have run, their packages stay: the larger lock holds the same versions.
    if [ -e .venv/.dev ]; then sync_service requirements-dev.lock; else sync_service requirements.lock; fi
    ;;
  dev) uv=$(find_uv); sync_service requirements-dev.lock; touch .venv/.dev ;;
  rasa) uv=$(find_uv); sync_rasa ;;
  bench) uv=$(find_uv); sync_bench ;;
  lock) uv=$(find_uv); lock "${@:2}" ;;
  browser) node_packages; browser ;;
  readers) readers ;;
  *) say "expected service, dev, rasa, bench, lock, readers or browser, got '${1:-}'"; exit 2 ;;
esac
