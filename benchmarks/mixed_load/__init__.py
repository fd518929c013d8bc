"""Half an hour of web, Teams and hostile requests on the containers of ``deploy/compose.yml``.

``scripts/test-containers .venv/bin/python -W ignore -m benchmarks.mixed_load`` as root; the figures
are in ``docs/resilience.md``.
"""
