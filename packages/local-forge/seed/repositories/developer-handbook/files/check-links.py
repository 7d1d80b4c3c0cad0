"""Fails when a page is not in the navigation, or the navigation names a page that is not there."""
import pathlib
import re
import sys

named = set(re.findall(r": (\S+\.md)$", pathlib.Path("mkdocs.yml").read_text(), re.MULTILINE))
there = {str(file.relative_to("docs")) for file in pathlib.Path("docs").rglob("*.md")}
for page in sorted(named ^ there):
    print(("not in the navigation: " if page in there else "not there: ") + page)
sys.exit(named != there)
