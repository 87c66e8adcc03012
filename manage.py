#!/usr/bin/env python3
"""Django's command line. Commands that need the embedded engines find them running, and stop what they started."""

import os
import sys

from django.core.management import execute_from_command_line

from factcheck.embedded import EngineError, Engines, engines_running

# `desk` starts the engines itself, to say so; the others touch neither database nor broker.
RUN_WITHOUT_ENGINES = {
    "check",
    "collectstatic",
    "compilemessages",
    "desk",
    "diffsettings",
    "extract",
    "findstatic",
    "help",
    "makemessages",
    "score_sentences",
    "spectacular",
    "version",
}
# So do these commands if the option is given.
RUN_WITHOUT_ENGINES_ON = {"evaluate_extraction": "--gold"}
INFORMATION = {"-h", "--help", "--version"}


def needs_engines(arguments: list[str]) -> bool:
    if not arguments or INFORMATION.intersection(arguments):
        return False
    options = {argument.partition("=")[0] for argument in arguments}
    if RUN_WITHOUT_ENGINES_ON.get(arguments[0]) in options:
        return False
    return arguments[0] not in RUN_WITHOUT_ENGINES or "--database" in options


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    if not needs_engines(sys.argv[1:]):
        execute_from_command_line(sys.argv)
        return
    with engines_running(Engines.from_environment()):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except EngineError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
