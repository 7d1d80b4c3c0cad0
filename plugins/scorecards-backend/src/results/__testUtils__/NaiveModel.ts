import {
  scoreOf,
  type CheckResult,
  type UnderlyingState,
} from '@waymark/scorecards-common';
import { DateTime, Duration } from 'luxon';

/** Kleene's three values; undefined is unknown. */
type Truth = boolean | undefined;

export const SOURCE_IDS = ['scan', 'repo'] as const;
type SourceId = (typeof SOURCE_IDS)[number];

/** Facts of the test; each source has the same fields. */
export interface ModelPayload {
  flag: boolean;
  count: number;
  at: string;
}

/** Looks up what is known of a source; undefined where nothing is. */
type Look = (source: SourceId) => ModelPayload | undefined;

/** A rule as it is written, and what it means. */
export interface ModelRule {
  text: string;
  means: (look: Look, entityType: string, now: number) => Truth;
}

export interface ModelCheck {
  id: string;
  level: 'bronze' | 'silver';
  weight: number;
  rule: ModelRule;
  when?: ModelRule;
  warn?: ModelRule;
  onUnknown: 'hold' | 'fail' | 'pass';
  holdFor: string;
  effectiveFrom?: string;
}

export interface ModelScorecard {
  name: string;
  servicesOnly: boolean;
  checks: ModelCheck[];
}

export interface ModelDefinitions {
  scorecards: ModelScorecard[];
  staleAfter: Record<SourceId, string>;
}

/** What is exempted until when: a check of one entity, or of all that a system or domain has. */
export interface ModelExemption {
  of: { id: number } | { system: string } | { domain: string };
  scorecard: string;
  check: string;
  until: number;
}

/** An entity as the model knows it. */
export interface ModelEntity {
  id: number;
  type: string;
  system?: string;
  domain?: string;
}

interface Memory {
  state: 'pass' | 'warn' | 'fail' | 'notApplicable';
  since?: number;
}

/** What is expected of one scorecard for one entity. */
export interface ModelResult {
  scorecard: string;
  results: CheckResult[];
  level?: number;
  points?: number;
  confidence?: number;
}

const LEVELS = ['bronze', 'silver'];
const DAY = 86_400_000;
const later = (from: number, duration: string) =>
  DateTime.fromMillis(from, { zone: 'utc' })
    .plus(Duration.fromISO(duration))
    .toMillis();

/** Rules of every kind that the engine must follow: facts of one and of two sources, the calendar, the entity. */
export const MODEL_RULES: readonly ModelRule[] = SOURCE_IDS.flatMap(
  (source, index): ModelRule[] => {
    const other = SOURCE_IDS[1 - index];
    return [
      { text: `facts.${source}.flag`, means: look => look(source)?.flag },
      {
        text: `facts.${source}.count >= 5`,
        means: look => {
          const fact = look(source);
          return fact && fact.count >= 5;
        },
      },
      {
        text: `ageDays(facts.${source}.at) < 3`,
        means: (look, _, now) => {
          const fact = look(source);
          return fact && now - Date.parse(fact.at) < 3 * DAY;
        },
      },
      {
        text: `facts.${source}.flag || facts.${other}.count >= 5`,
        means: look => {
          const [one, two] = [look(source), look(other)];
          if (one?.flag || (two && two.count >= 5)) return true;
          return one && two && false;
        },
      },
      {
        text: `entity.spec.type == 'service' && facts.${source}.flag`,
        means: (look, type) =>
          type === 'service' ? look(source)?.flag : false,
      },
    ];
  },
);

/** What the engine must store, computed from scratch and without any of its parts. */
export class NaiveModel {
  readonly #facts = new Map<
    string,
    { payload: ModelPayload; observedAt: number }
  >();
  readonly #outages = new Set<string>();
  readonly #memory = new Map<string, Memory>();
  #exemptions: ModelExemption[] = [];

  exempt(exemption: ModelExemption): void {
    this.#exemptions.push(exemption);
  }

  revokeAll(): void {
    this.#exemptions = [];
  }

  observe(
    entityId: number,
    source: SourceId,
    payload: ModelPayload,
    observedAt: number,
  ): void {
    const key = `${entityId} ${source}`;
    if ((this.#facts.get(key)?.observedAt ?? -Infinity) <= observedAt) {
      this.#facts.set(key, { payload, observedAt });
    }
  }

  setOutage(source: SourceId, entityId: number | undefined, lasts: boolean) {
    const key = `${entityId ?? '*'} ${source}`;
    if (lasts) this.#outages.add(key);
    else this.#outages.delete(key);
  }

  /** Evaluates all entities; each of the others is gone. */
  evaluate(
    definitions: ModelDefinitions,
    entities: readonly ModelEntity[],
    now: number,
  ): Map<number, ModelResult[]> {
    const touched = new Set<string>();
    const expected = new Map<number, ModelResult[]>();
    for (const entity of entities) {
      const { id, type } = entity;
      const look: Look = source => {
        const fact = this.#facts.get(`${id} ${source}`);
        const isOut = [id, '*'].some(scope =>
          this.#outages.has(`${scope} ${source}`),
        );
        return fact &&
          !isOut &&
          now < later(fact.observedAt, definitions.staleAfter[source])
          ? fact.payload
          : undefined;
      };
      const applying = definitions.scorecards.filter(
        ({ servicesOnly }) => !servicesOnly || type === 'service',
      );
      expected.set(
        id,
        applying.map(({ name, checks }) => {
          const results = checks.map(check => {
            const key = `${id} ${name} ${check.id}`;
            touched.add(key);
            return this.#check(
              key,
              check,
              rule => rule.means(look, type, now),
              now,
              this.#exemptions.some(
                exemption =>
                  exemption.scorecard === name &&
                  exemption.check === check.id &&
                  now < exemption.until &&
                  Object.entries(exemption.of).every(
                    ([field, value]) =>
                      entity[field as keyof ModelEntity] === value,
                  ),
              ),
            );
          });
          const scored = checks.map(({ level, weight }) => ({
            level: LEVELS.indexOf(level),
            weight,
          }));
          return { scorecard: name, results, ...scoreOf(scored, results) };
        }),
      );
    }
    for (const key of this.#memory.keys()) {
      if (!touched.has(key)) this.#memory.delete(key);
    }
    return expected;
  }

  #check(
    key: string,
    check: ModelCheck,
    test: (rule: ModelRule) => Truth,
    now: number,
    isExempt: boolean,
  ): CheckResult {
    const applies = check.when ? test(check.when) : true;
    const passes = test(check.rule);
    let state: UnderlyingState;
    if (applies === false) state = 'notApplicable';
    else if (applies === undefined || passes === undefined) state = 'unknown';
    else if (!passes) state = 'fail';
    else state = check.warn && test(check.warn) ? 'warn' : 'pass';

    const known = this.#memory.get(key);
    if (state !== 'unknown') this.#memory.set(key, { state });
    else if (known) known.since ??= now;

    if (check.effectiveFrom && now < Date.parse(check.effectiveFrom)) {
      return state === 'notApplicable'
        ? { state }
        : { state: 'upcoming', underlying: state };
    }
    if (isExempt && state !== 'notApplicable') {
      return { state: 'exempt', underlying: state };
    }
    if (state !== 'unknown') return { state };
    if (check.onUnknown !== 'hold') {
      return { state, underlying: check.onUnknown };
    }
    return known && now < later(known.since!, check.holdFor)
      ? { state, underlying: known.state, held: true }
      : { state };
  }
}
