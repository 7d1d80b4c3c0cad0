import {
  CheckState,
  checkStateSchema,
  RollupDimension,
  rollupDimensionSchema,
} from '@waymark/scorecards-common';
import { useSearchParams } from 'react-router-dom';
import { z } from 'zod';
import { ResultFilter } from '../api/ScorecardsApi';
import { SearchParams, searchOf } from '../routes';

const viewSchema = z.enum(['map', 'entities', 'matrix']);
const spanSchema = z.enum(['quarter', 'year']);

/** @see ScorecardAddress */
export type View = z.output<typeof viewSchema>;
/** @see ScorecardAddress */
export type Span = z.output<typeof spanSchema>;
/** What can be chosen. */
export const SPANS = spanSchema.options;

const FILTERS = [
  'level',
  'check',
  'state',
  'owner',
  'system',
  'domain',
  'type',
] as const;

/** What a filter can be by. */
export type FilterName = (typeof FILTERS)[number];

/** What the page of a scorecard is asked to show. All of it stands in the address, so that it can be sent to somebody. */
export interface ScorecardAddress {
  view: View;
  /** What the rows of the heat map are. */
  by: RollupDimension;
  asOf?: string;
  /** How far back the trend goes. */
  span: Span;
  filter: ResultFilter;
  sort: string | null;
}

/** Reads an address; what it cannot say is as if it were not said. */
export function readAddress(params: URLSearchParams): ScorecardAddress {
  const said = (name: string) => params.get(name) || undefined;
  const asOf = z.iso.datetime({ offset: true }).safeParse(said('asOf')).data;
  const check = said('check');
  const state = checkStateSchema.safeParse(said('state')).data;
  const filter: ResultFilter = {
    ...Object.fromEntries(
      FILTERS.filter(name => name !== 'state' && said(name)).map(name => [
        name,
        said(name),
      ]),
    ),
    // A state is one of a check.
    ...(check && state && { state: state as CheckState }),
    ...(asOf && { asOf }),
  };
  return {
    view: viewSchema.safeParse(said('view')).data ?? 'map',
    by: rollupDimensionSchema.safeParse(said('by')).data ?? 'owner',
    asOf,
    span: spanSchema.safeParse(said('span')).data ?? 'quarter',
    filter,
    sort: params.get('sort'),
  };
}

/** The address of the page, and how to change it. */
export function useScorecardAddress() {
  const [params, setParams] = useSearchParams();
  const address = readAddress(params);
  /** What is undefined is taken away. */
  const change = (changes: SearchParams) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next);
  };
  /** A link to this page as it is at the same instant, without its filters. */
  const hrefOf = (wanted: SearchParams) =>
    searchOf({ asOf: address.asOf, ...wanted }) || '?';
  return { address, change, hrefOf };
}
