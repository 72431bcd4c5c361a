"""The example of README.md prints what it says it prints."""

import contextlib
import io
import os
import re
import unittest

from support import ROOT, StoreTestCase


class ReadmeTests(StoreTestCase):
    def test_example(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        section = readme.partition("\n## For notebooks\n")[2].partition("\n## ")[0]
        ((code, expected),) = re.findall(r"```python\n(.*?)```\n```text\n(.*?)```", section, re.DOTALL)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.home)
        os.mkdir("models")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), {})
        self.assertEqual(printed.getvalue(), expected)


if __name__ == "__main__":
    unittest.main()
