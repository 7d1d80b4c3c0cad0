import type { BackendFactory } from '../backend.ts';
import { MemoryItemStore } from '../items/memory-store.ts';

/** Keeps everything in memory: nothing to wait for, nothing to check, nothing to close. */
export const createBackend: BackendFactory = () => ({
  items: new MemoryItemStore(),
  checks: {},
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
