"""Fail on any skip: in CI every program and file is there. Usage: skips.py JUNIT.xml"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET


def main() -> int:
    skipped = [
        f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}"
        for case in ET.parse(sys.argv[1]).iter("testcase")
        for skip in case.iter("skipped")
    ]
    print("\n".join(skipped) or "no test was skipped")
    return 1 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
