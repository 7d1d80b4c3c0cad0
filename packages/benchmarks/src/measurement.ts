import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import type { FigureId } from './figures';

/** What one suite has measured, and on what. */
export interface Measurement {
  /** Name of the suite that took them. */
  readonly suite: string;
  /** Day of the measurement, ISO 8601. */
  readonly day: string;
  /** Short hash of the commit that was measured, marked when files differed from it. */
  readonly commit: string;
  /** Processors, memory and systems, in words. */
  readonly machine: string;
  /** By figure, in its unit, in the order in which they were taken. */
  readonly samples: Partial<Record<FigureId, readonly number[]>>;
}

const GIB = 2 ** 30;

/** Processors, memory and systems of this machine, in words. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.replace(/\s+/g, ' ').trim() || 'unknown';
  return [
    `${processors.length} × ${model}`,
    `${(totalmem() / GIB).toFixed(0)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
  ].join(', ');
}

/** The commit that a folder has checked out. */
export function describeCommit(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${
    changed ? ' and changes' : ''
  }`;
}
