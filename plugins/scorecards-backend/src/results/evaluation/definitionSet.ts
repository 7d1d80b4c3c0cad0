import type {
  FactSourceSpec,
  RuleProblem,
  ScorecardSpec,
} from '@waymark/scorecards-common';

/** A scorecard that is in force, with its numbers in the tables of results. */
export interface AppliedScorecard {
  definitionId: number;
  scorecardId: number;
  layoutId: number;
  name: string;
  spec: ScorecardSpec;
}

/** Why a scorecard in force cannot be evaluated. */
export interface UnusableScorecard {
  scorecardId: number;
  name: string;
  problems: RuleProblem[];
}

/** A fact source that is in force, with its number in the tables of facts. */
export interface AppliedSource {
  sourceId: number;
  spec: FactSourceSpec;
}

/** What the positions of packed results stand for. */
export interface Layout {
  id: number;
  scorecardId: number;
  /** Ids of the levels from the lowest on. */
  levels: string[];
  /** Ids of the checks in order. */
  checks: string[];
}

/** All that evaluations depend on besides the entity. Plain data, because it goes to another thread. */
export interface DefinitionSet {
  /** Differs whenever anything else of it does. */
  version: string;
  scorecards: AppliedScorecard[];
  sources: AppliedSource[];
  /** Also those of earlier versions, in which stored results are written. */
  layouts: Layout[];
}
