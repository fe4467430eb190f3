"""Tests, foldered by purpose."""
