import { EntitySnapshot, SnapshotChange } from '@waymark/waymark-common';
import { EntitySnapshotsService } from '@waymark/waymark-node';

/** The snapshots of a catalog, with its change feed, in memory. */
export class TestFeed
  implements Pick<EntitySnapshotsService, 'changes' | 'query'>
{
  readonly #present = new Map<string, EntitySnapshot>();
  readonly #changes: SnapshotChange[] = [];

  see(...snapshots: EntitySnapshot[]): void {
    for (const snapshot of snapshots) {
      const type = this.#present.has(snapshot.ref) ? 'updated' : 'created';
      const sequence = this.#record(type, snapshot);
      this.#present.set(snapshot.ref, { ...snapshot, sequence });
    }
  }

  lose(ref: string): void {
    this.#record('deleted', this.#present.get(ref)!);
    this.#present.delete(ref);
  }

  async changes({ after, limit = 1000 }: { after: number; limit?: number }) {
    const items = this.#changes.slice(after, after + limit);
    return { items, next: after + items.length };
  }

  async query({ entityRefs }: { entityRefs: string[] }) {
    return entityRefs.flatMap(ref => this.#present.get(ref) ?? []);
  }

  #record(
    type: SnapshotChange['type'],
    { ref, uid }: Pick<EntitySnapshot, 'ref' | 'uid'>,
  ): number {
    const sequence = this.#changes.length + 1;
    this.#changes.push({
      sequence,
      type,
      ref,
      uid,
      at: '2026-03-01T00:00:00.000Z',
    });
    return sequence;
  }
}
