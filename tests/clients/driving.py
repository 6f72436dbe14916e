"""What driving a served account with zenpy needs: people who are signed in, calls that are printed, steps that are counted.

The account is told by the environment: GUICHET_AT=127.0.0.1:PORT and GUICHET_PEOPLE, a JSON object of
{name: [address, token, number]} for "admin", "agent", "ana" (an end user) and "cleo" (another).
"""

import json
import os
import sys
import time
import traceback

AT = os.environ["GUICHET_AT"]
os.environ["ZENPY_FORCE_SCHEME"] = "http"
os.environ["ZENPY_FORCE_NETLOC"] = AT
os.environ["NO_PROXY"] = "*"

import requests  # noqa: E402
from zenpy import Zenpy  # noqa: E402
from zenpy.lib.exception import APIException, RecordNotFoundException  # noqa: E402

PEOPLE = json.loads(os.environ["GUICHET_PEOPLE"])


def told(response, *_args, **_kwargs):
    """Prints which call on which path answered what."""
    path = response.request.path_url.replace("/api/v2", "", 1)
    print(f"    {response.request.method:6} {path[:150]} -> {response.status_code}")
    if response.status_code >= 400:
        print(f"           {response.text[:300]}")
    assert response.status_code < 500, f"{response.status_code} is the server's own fault: {response.text[:300]}"


def session():
    one = requests.Session()
    one.trust_env = False
    one.hooks["response"].append(told)
    return one


def signed_in(name, **options):
    """zenpy as somebody, without its cache unless it is asked for: what is looked at is what the server says."""
    address, token, _ = PEOPLE[name]
    options.setdefault("disable_cache", True)
    return Zenpy(subdomain="here", email=address, token=token, session=session(), **options)


def number(name):
    return PEOPLE[name][2]


def ids(rows):
    return [row.id for row in rows]


def eq(found, wanted, what=""):
    assert found == wanted, f"{what}: {found!r} is not {wanted!r}"


def refused(kind, status, call, *args, **kwargs):
    """The answer to what is refused, which zenpy raises as an exception of a kind."""
    try:
        got = call(*args, **kwargs)
    except kind as error:
        eq(error.response.status_code, status, "status")
        return error.response.json()
    raise AssertionError(f"not refused, but {got!r}")


def done(zen, job):
    """A job, when it has ended."""
    assert isinstance(job.id, str), job.id
    for _ in range(100):
        job = zen.job_status(id=job.id)
        if job.status in ("completed", "failed", "killed"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"job {job.id} does not end: {job.status}")


STEPS = []


def step(function):
    STEPS.append(function)
    return function


def run():
    """Every step by itself, so that one that fails hides no other. Ends the program."""
    only = sys.argv[1:]
    failed = []
    for function in STEPS:
        if only and not any(word in function.__name__ for word in only):
            continue
        print(f"{function.__name__.replace('_', ' ')}")
        try:
            function()
        except (Exception, StopIteration) as error:  # noqa: BLE001
            failed.append(function.__name__)
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/clients/" in frame.filename]
            where = next((f for f in reversed(frames) if "driving.py" not in f.filename and "site-packages" not in f.filename), None)
            at = f"{os.path.basename(where.filename)}:{where.lineno}: {where.line}" if where else ""
            print(f"  FAILED {at}\n         {type(error).__name__}: {str(error)[:600]}")
    print(f"{len(STEPS) - len(failed)} of {len(STEPS)} steps are well")
    for name in failed:
        print(f"  failed: {name}")
    sys.exit(1 if failed else 0)
