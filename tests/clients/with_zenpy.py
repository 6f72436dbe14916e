"""Drives a served account with zenpy as it is published: python with_zenpy.py [words of the steps to run]."""

import logging
import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
logging.disable(logging.CRITICAL)

import driving  # noqa: E402
import zenpy_people  # noqa: E402, F401
import zenpy_setup  # noqa: E402, F401
import zenpy_tickets  # noqa: E402, F401

driving.run()
