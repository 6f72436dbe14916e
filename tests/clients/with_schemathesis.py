"""Asks everything that the OpenAPI document describes, as an admin, an agent, an end user and nobody: no answer may be a
server's fault, and every answer must be as its description says. Seeds are fixed, examples few."""

import json
import os
import sys

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
