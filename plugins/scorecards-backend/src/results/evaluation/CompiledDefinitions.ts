import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { CompiledScorecard, RuleCompiler } from '@waymark/scorecards-common';
import { freshness } from '../../facts/freshness';
import {
  AppliedScorecard,
  DefinitionSet,
  Layout,
  UnusableScorecard,
} from './definitionSet';

/** A scorecard ready to be evaluated. */
export interface ReadyScorecard extends AppliedScorecard {
  layout: Layout;
  compiled: CompiledScorecard;
  appliesTo: (entity: unknown) => boolean;
}

/** A fact source as evaluations need it. */
export interface ReadySource {
  id: string;
  freshUntil: (observedAt: number) => number;
}

/** The definitions in force, compiled once and used for every entity. */
export class CompiledDefinitions {
  readonly version: string;
  readonly scorecards: readonly ReadyScorecard[];
  /** Scorecards whose results stay as they are, since their rules do not fit the fact sources any more. */
  readonly unusable: readonly UnusableScorecard[];
  /** By number, those that any rule reads. */
  readonly sources: ReadonlyMap<number, ReadySource>;
  readonly layouts: ReadonlyMap<number, Layout>;

  static compile(set: DefinitionSet): CompiledDefinitions {
    const compiler = RuleCompiler.create({
      factSources: set.sources.map(({ spec }) => spec),
    });
    const layouts = new Map(set.layouts.map(layout => [layout.id, layout]));
    const scorecards: ReadyScorecard[] = [];
    const unusable: UnusableScorecard[] = [];
    for (const applied of set.scorecards) {
      const adoption = CompiledScorecard.adopt(applied.spec, compiler);
      if (adoption.ok) {
        scorecards.push({
          ...applied,
          layout: layouts.get(applied.layoutId)!,
          compiled: adoption.scorecard,
          appliesTo: filterPredicateToFilterFunction(applied.spec.appliesTo),
        });
      } else {
        const { scorecardId, name } = applied;
        unusable.push({ scorecardId, name, problems: adoption.problems });
      }
    }
    return new CompiledDefinitions(set, scorecards, unusable, layouts);
  }

  private constructor(
    set: DefinitionSet,
    scorecards: ReadyScorecard[],
    unusable: UnusableScorecard[],
    layouts: ReadonlyMap<number, Layout>,
  ) {
    this.version = set.version;
    this.scorecards = scorecards;
    this.unusable = unusable;
    this.layouts = layouts;
    const read = new Set(
      scorecards.flatMap(({ compiled }) => compiled.sources),
    );
    this.sources = new Map(
      set.sources
        .filter(({ spec }) => read.has(spec.id))
        .map(({ sourceId, spec }) => [
          sourceId,
          { id: spec.id, freshUntil: freshness(spec.staleAfter) },
        ]),
    );
  }
}
