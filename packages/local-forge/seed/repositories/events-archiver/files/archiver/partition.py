"""Writes events to files by day and type, each event once."""
import gzip
import json
from datetime import datetime, timezone
from pathlib import Path


def partition_of(event):
    """Where an event belongs: by the day when it happened, in UTC, not when it came."""
    happened = datetime.fromisoformat(event["at"])
    if happened.tzinfo is None:
        raise ValueError(f"event {event.get('id')}: the time has no zone")
    day = happened.astimezone(timezone.utc).date()
    return f"type={event['type']}/day={day.isoformat()}"


def archive(events, root):
    """Adds events to their partitions; events that are there already are left out. Returns counts by partition."""
    batches = {}
    for event in events:
        batches.setdefault(partition_of(event), {})[event["id"]] = event
    written = {}
    for partition, batch in sorted(batches.items()):
        folder = Path(root) / partition
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "events.jsonl.gz"
        known = _read(file)
        new = {key: event for key, event in batch.items() if key not in known}
        written[partition] = len(new)
        if new:
            _write(file, {**known, **new})
    return written


def _read(file):
    if not file.exists():
        return {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return {event["id"]: event for event in map(json.loads, lines)}


def _write(file, events):
    # A reader sees the old file or the new one, never a half.
    unfinished = file.with_suffix(".unfinished")
    with gzip.open(unfinished, "wt", encoding="utf-8") as out:
        for event in events.values():
            out.write(json.dumps(event, sort_keys=True) + "\n")
    unfinished.replace(file)
