"""Asks all that the OpenAPI document describes, as nobody, an end user, an agent and an admin: no answer may be a server's
fault, and each must be as its description says. First what can be read, of things that there are, then everything with
whatever the descriptions allow. The seed is fixed and the examples are few: TEST_SCHEMATHESIS_EXAMPLES=N asks N times as
much, within TEST_SCHEMATHESIS_SECONDS. What the time was too short for is told.

python with_schemathesis.py [further options for schemathesis]
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

AT = "http://" + os.environ["GUICHET_AT"]
EXAMPLES = os.environ.get("TEST_SCHEMATHESIS_EXAMPLES", "1")
UNTIL = time.monotonic() + float(os.environ.get("TEST_SCHEMATHESIS_SECONDS", "170"))
PEOPLE = json.loads(os.environ["GUICHET_PEOPLE"])
CHECKS = "not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance"


def document():
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{AT}/api/v2/openapi") as answer:
        described = json.load(answer)
    # A stream has no end that could be waited for.
    described["paths"].get("/api/guichet/v1/news", {}).pop("get", None)
    return described


def with_ids(described):
    """The settings that put numbers of things that there are into every path: what is named 1 is there in most cases."""
    names = set()
    for path in described["paths"]:
        names |= set(re.findall(r"{(\w+)}", path))
    known = {"user_id": PEOPLE["ana"][2]}
    lines = [f'"path.{name}" = {known.get(name, 1)}' for name in sorted(names) if name.endswith("_id")]
    return "[parameters]\n" + "\n".join(lines) + "\n"


def ask(name, what, settings, *options):
    """One run of schemathesis as somebody: whether all was well, None where the time was over before it ended."""
    home = pathlib.Path(tempfile.mkdtemp(dir=folder))
    config = home / "schemathesis.toml"
    config.write_text(settings)
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", f"{folder}/openapi.json",
        "--url", AT, "--checks", CHECKS, "--seed", "1", "--no-shrink", "--phases", "fuzzing", "--no-color",
        "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", *options, *sys.argv[1:],
    ]
    if name != "nobody":
        address, token, _ = PEOPLE[name]
        command += ["--auth", f"{address}/token:{token}"]
    left = UNTIL - time.monotonic()
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=home, timeout=max(left, 1),
            env={**os.environ, "NO_PROXY": "*", "COLUMNS": "120"},
        )
    except subprocess.TimeoutExpired:
        print(f"{name}, {what}: NOT ASKED TO ITS END: the time was over (TEST_SCHEMATHESIS_SECONDS gives more)")
        return None
    summary = [line.strip() for line in done.stdout.splitlines() if re.search(r"Selected|Tested|generated|Seed", line)]
    print(f"{name}, {what}: {'well' if done.returncode == 0 else 'NOT WELL'} ({'; '.join(summary)})")
    if done.returncode != 0:
        print(done.stdout[-20_000:])
        print(done.stderr[-2_000:])
    return done.returncode == 0


with tempfile.TemporaryDirectory() as folder:
    described = document()
    (pathlib.Path(folder) / "openapi.json").write_text(json.dumps(described))
    runs = []
    for name in ("admin", "agent", "ana", "nobody"):
        # What is written by one would be read by the others: first all of them read.
        runs.append((name, "what there is", with_ids(described), "--include-method", "GET", "-n", "1", "--mode", "positive"))
    for name in ("admin", "agent", "ana", "nobody"):
        runs.append((name, "anything", "", "-n", EXAMPLES))
    with ThreadPoolExecutor(max_workers=2) as pool:
        well = list(pool.map(lambda run: ask(*run), runs))
sys.exit(0 if False not in well else 1)
