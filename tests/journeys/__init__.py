"""Whole campaigns."""

import pytest

pytest.register_assert_rewrite("tests.journeys.campaign", "tests.journeys.respondent")
