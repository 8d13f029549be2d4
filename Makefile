# One way to do each thing. What a target needs it makes or installs first.
.PHONY: run dev test check seed bench pictures lock
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE = # each of many processes would compile everything again

run: # the site in production mode at http://127.0.0.1:8000 until Ctrl-C; PORT=8001 make run
	@tools/venv.sh requirements.txt
	@exec $(PY) manage.py run

dev: # the same, reloading on changes and showing errors in full
	@tools/venv.sh requirements-dev.txt
	@DEBUG=true exec $(PY) manage.py run

test: # every test; T="-m 'not browser'" or T=tests/articles for fewer
	@tools/venv.sh requirements-dev.txt
	@tools/browser.sh
	@tools/edge.sh
	@tools/redis.sh
	@tools/npm.sh tests
	@exec $(PY) -m pytest -n auto --dist loadgroup $(T)

check: # format, lint, types, import directions, migrations, static files, deployment settings
	@tools/venv.sh requirements-dev.txt
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) .venv/bin/lint-imports --no-logo
	$(PY) manage.py makemigrations --check --dry-run
	@tools/check_deploy.sh

seed: # the demo magazine, added to what is there
	@tools/venv.sh requirements.txt
	@exec $(PY) manage.py seed

bench: # how fast pages are served, beside a bare Django view
	@tools/venv.sh requirements-dev.txt
	@tools/browser.sh
	@tools/edge.sh
	@tools/redis.sh
	@tools/npm.sh bench
	@exec $(PY) -m tests.bench

pictures: # those of the handbook, docs/pictures/handbook, from a demo of their own
	@tools/venv.sh requirements-dev.txt
	@tools/browser.sh
	@exec $(PY) -m tests.handbook

lock: # requirements*.txt anew from pyproject.toml; UPGRADE=--upgrade for newer versions
	@tools/venv.sh requirements-dev.txt
	@tools/lock.sh $(UPGRADE)
