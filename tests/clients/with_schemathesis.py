"""Asks all that the OpenAPI document describes, as nobody, an end user, an agent and an admin: no answer may be a server's
fault, and each must be as its description says. First what can be read, of things that there are, then everything with
whatever the descriptions allow. The seed is fixed and the examples are few.

python with_schemathesis.py [further options for schemathesis]
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

AT = "http://" + os.environ["GUICHET_AT"]
PEOPLE = json.loads(os.environ["GUICHET_PEOPLE"])
CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance"


def document():
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{AT}/api/v2/openapi") as answer:
        return json.load(answer)


def with_ids(described):
    """The settings that put numbers of things that there are into every path: what is named 1 is there in most cases."""
    names = set()
    for path in described["paths"]:
        names |= set(re.findall(r"{(\w+)}", path))
    known = {"user_id": PEOPLE["ana"][2]}
    lines = [f'"path.{name}" = {known.get(name, 1)}' for name in sorted(names) if name.endswith("_id")]
    return "[parameters]\n" + "\n".join(lines) + "\n"


def ask(name, what, settings, *options):
    """One run of schemathesis as somebody; whether all was well."""
    config = pathlib.Path(folder) / "schemathesis.toml"
    config.write_text(settings)
    command = [
        str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(config), "run", f"{folder}/openapi.json",
        "--url", AT, "--checks", CHECKS, "--seed", "1", "--no-shrink", "--phases", "fuzzing", "--no-color",
        "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", *options, *sys.argv[1:],
    ]
    if name != "nobody":
        address, token, _ = PEOPLE[name]
        command += ["--auth", f"{address}/token:{token}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={**os.environ, "NO_PROXY": "*", "COLUMNS": "120"})
    summary = [line.strip() for line in done.stdout.splitlines() if re.search(r"Selected|Tested|generated|Seed", line)]
    print(f"{name}, {what}: {'well' if done.returncode == 0 else 'NOT WELL'} ({'; '.join(summary)})")
    if done.returncode != 0:
        print(done.stdout[-20_000:])
        print(done.stderr[-2_000:])
    return done.returncode == 0


with tempfile.TemporaryDirectory() as folder:
    described = document()
    (pathlib.Path(folder) / "openapi.json").write_text(json.dumps(described))
    well = True
    for name in ("nobody", "ana", "agent", "admin"):
        well &= ask(name, "what there is", with_ids(described), "--include-method", "GET", "-n", "1", "--mode", "positive")
    for name in ("nobody", "ana", "agent", "admin"):
        well &= ask(name, "anything", "", "-n", "2")
sys.exit(0 if well else 1)
