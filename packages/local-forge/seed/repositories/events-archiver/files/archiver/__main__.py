"""Reads events as JSON lines and archives them below a folder."""
import json
import sys

from archiver.partition import archive

print(json.dumps(archive(map(json.loads, sys.stdin), sys.argv[1])))
