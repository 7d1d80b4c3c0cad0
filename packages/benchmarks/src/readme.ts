import { FIGURES, inUnit, isKept, promiseOf, type FigureId } from './figures';
import type { Measurement } from './measurement';
import { median } from './statistics';

const START = '<!-- figures:start -->';
const END = '<!-- figures:end -->';

function row(id: FigureId, samples: readonly number[] | undefined): string {
  const { name } = FIGURES[id];
  const promise = promiseOf(id);
  if (!samples?.length) return `| ${name} | ${promise} | | | |`;
  const value = median(samples);
  const range = `${inUnit(id, Math.min(...samples))} – ${inUnit(
    id,
    Math.max(...samples),
  )}`;
  const kept = isKept(id, value) ? '' : ' (not kept)';
  return `| ${name} | ${promise} | ${inUnit(id, value)}${kept} | ${range} | ${
    samples.length
  } |`;
}

/** A Markdown table of all figures: promise, median, range, number of samples; below it what they were measured on. */
export function figuresTable(measurements: readonly Measurement[]): string {
  const samples: Measurement['samples'] = Object.assign(
    {},
    ...measurements.map(measurement => measurement.samples),
  );
  const ids = Object.keys(FIGURES) as FigureId[];
  return [
    '| figure | must be | median | range | samples |',
    '| --- | --- | --- | --- | --- |',
    ...ids.map(id => row(id, samples[id])),
    ...measurements.flatMap(({ suite, day, commit, machine }) => [
      '',
      `\`${suite}\`: ${day}, commit ${commit}, on ${machine}.`,
    ]),
  ].join('\n');
}

/**
 * The page with these figures between its markers.
 *
 * @throws Error when the page has no markers
 */
export function withFigures(
  page: string,
  measurements: readonly Measurement[],
): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(`The page has no ${START} before ${END}`);
  }
  const head = page.slice(0, start + START.length);
  return `${head}\n\n${figuresTable(measurements)}\n\n${page.slice(end)}`;
}
