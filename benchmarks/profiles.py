"""Peak memory and time of every profile on a large term base: constant for streaming ones, else bytes a term.

    python benchmarks/profiles.py [CONCEPTS] [PROFILE...]

Each profile runs in a process of its own on a generated TBX file; a run on a tenth of it is the baseline, so that
the growth is what the extra terms cost.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

TERMS = 7.5
"""Terms a generated concept, about."""


def measured(file: Path, profile: str, place: Path) -> tuple[float, int]:
    """Seconds and peak bytes of one export."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from cctbx.profiles import Request, profile_named\n"
        "from cctbx.workflows.export import ExportOptions, export\n"
        f"export({str(file)!r}, profile_named({profile!r}), Request(source='en', targets=('sv',), title='x',\n"
        f"       date='2026-01-01'), ExportOptions(directory=Path({str(place)!r})))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return time.perf_counter() - begin, int(done.stdout) * 1024


def main() -> None:
    if sys.argv[1:] and not sys.argv[1].isdigit():
        raise SystemExit(__doc__)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    from cctbx.profiles import PROFILES

    names = sys.argv[2:] or [each.name for each in PROFILES]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        small, large = generate(count // 10, place / "small.tbx"), generate(count, place / "large.tbx")
        print(f"{'profile':<18}{'seconds':>9}{'MB':>8}{'MB at a tenth':>15}{'bytes a term':>14}")
        for profile in names:
            _, before = measured(small, profile, place / "out")
            seconds, after = measured(large, profile, place / "out")
            growth = max(after - before, 0) / (0.9 * count * TERMS)
            print(f"{profile:<18}{seconds:>9.1f}{after / 1e6:>8.0f}{before / 1e6:>15.0f}{growth:>14.0f}", flush=True)


if __name__ == "__main__":
    main()
