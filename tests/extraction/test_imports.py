"""What is not needed is not loaded: a program that imports the extractor waits for no model."""

import subprocess
import sys

HEAVY = ("numpy", "onnxruntime", "tokenizers", "django")


def test_import_alone_loads_no_model() -> None:
    code = f"import sys, claims.extraction; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
