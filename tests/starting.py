"""Loading the settings in a program of their own, since what they refuse they refuse on import."""

import os
import subprocess
import sys


def start(environment: dict[str, str], show: str = "") -> str:
    """Load the settings in a program of their own and return the last line it wrote."""
    program = f"from avvikelse import settings; {show}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], **{name: value for name, value in environment.items() if value}},
        check=False,
        capture_output=True,
        text=True,
    )
    return (done.stdout + done.stderr).strip().split("\n")[-1]
