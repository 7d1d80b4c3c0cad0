import { InputError } from '@backstage/errors';
import { ATTESTATION_FILE } from '@waymark/scorecards-common';
import { Clock, summarise } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { AttestationIntake } from '../attestation';
import { transact } from '../database/transact';
import { FactIntake, FactOutcome } from '../intake/FactIntake';
import { OutageScope, OutageStore } from '../outages/OutageStore';
import { writeDependencies } from './dependencies';
import { EndedRun } from './EndedRun';
import { errorText, isAnswer, isRefusal, refusalText } from './errors';
import { Finding } from './judgeRun';
import { longestPause, nextRuns } from './nextRuns';
import { postpone } from './partitionRows';
import { ClaimedPartition, PartitionQueue } from './PartitionQueue';
import { RetryPolicy } from './RetryPolicy';
import { CollectorRow, COLLECTORS, PARTITIONS } from './tables';

/** What became of a run, for the log. */
export interface RecordedRun {
  written: number;
  failed: number;
  error: string | undefined;
}

type Failed = { finding: Finding; error: unknown };
type Options = {
  knex: Knex;
  intake: Pick<FactIntake, 'writeEach'>;
  retries: RetryPolicy;
  clock: Clock;
};

/**
 * Writes what a run has brought: facts through the intake, outages where there are none, and when the next run is due. One
 * entity that fails costs the others nothing.
 */
export class RunRecorder {
  readonly #knex: Knex;
  readonly #queue: PartitionQueue;
  readonly #outages: OutageStore;
  readonly #intake: Pick<FactIntake, 'writeEach'>;
  readonly #attestations: AttestationIntake;
  readonly #retries: RetryPolicy;
  readonly #clock: Clock;

  static create(options: Options): RunRecorder {
    return new RunRecorder(options);
  }

  private constructor({ knex, intake, retries, clock }: Options) {
    this.#knex = knex;
    this.#queue = PartitionQueue.of(knex);
    this.#outages = OutageStore.of(knex);
    this.#intake = intake;
    this.#attestations = AttestationIntake.create({ intake });
    this.#retries = retries;
    this.#clock = clock;
  }

  async record(run: EndedRun): Promise<RecordedRun> {
    const { claimed, findings, plan } = run;
    const { collector, host } = claimed;
    const { known, failed } = await this.#write(run);
    const wrong = await this.#attest(run);
    const error = firstError(findings, failed) ?? wrong;
    const answered = findings.filter(isAnswered);
    const isRefusedHere =
      answered.length === 0 && failed.some(one => isRefusal(one.error));

    await transact(this.#knex, async tx => {
      const now = this.#clock.now();
      const isRefused =
        isRefusedHere && (await this.#isRefusedEverywhere(tx, claimed));
      const pausedUntil = isRefused
        ? await this.#pause(tx, collector, now, plan.frequencyMillis)
        : undefined;
      const isHeld = await this.#queue.finish(tx, claimed, {
        startedAt: run.startedAt,
        durationMillis: run.durationMillis,
        targets: nextRuns(
          run,
          new Set(failed.map(({ finding }) => finding.target)),
          { now, retries: this.#retries, pausedUntil },
        ),
        error,
        state: known.length === findings.length ? run.state : undefined,
      });
      if (!isHeld) {
        return;
      }
      const pause = longestPause(findings);
      if (pause > 0 && host !== undefined) {
        const until = new Date(now.getTime() + pause);
        await postpone(tx, collector, host, until);
      }
      if (answered.length > 0) {
        await ofAccount(tx, claimed)
          .where({ refused: true })
          .update({ refused: false });
        await tx(COLLECTORS)
          .where({ collector })
          .where('refusals', '>', 0)
          .update({ refusals: 0, paused_until: null });
      }
      await writeDependencies(tx, collector, dependenciesOf(known));
      await this.#outages.begin(
        tx,
        failed.map(({ finding, error: why }) =>
          isRefused && isRefusal(why)
            ? // Whoever is not known to the only host will not learn anything of any entity.
              { source: finding.source, error: refusalText(host, why) }
            : { ...scopeOf(finding), error: errorText(why) },
        ),
        now,
      );
      const over = [
        ...known.map(scopeOf),
        // Whoever is answered at all is not refused any more, whatever the answer.
        ...answered.map(({ source }) => ({ source })),
      ];
      await this.#outages.end(tx, await this.#lasting(tx, run, over), now);
    });
    return { written: known.length, failed: failed.length, error };
  }

  async #write({
    claimed,
    findings,
    startedAt,
  }: EndedRun): Promise<{ known: Finding[]; failed: Failed[] }> {
    const facts = findings.flatMap(finding =>
      finding.result.kind === 'fact'
        ? [{ finding, fact: finding.result.fact }]
        : [],
    );
    // Runs under the lease follow each other, also where the clocks of replicas differ.
    const isLatest = await this.#queue.renew(claimed, this.#clock.now());
    const outcomes: FactOutcome[] = await this.#intake.writeEach(
      facts.map(({ finding, fact }) => ({
        entityRef: finding.target.target.ref,
        source: finding.source,
        payload: fact.payload,
        observedAt: fact.observedAt ?? startedAt,
        isLatest: isLatest && fact.observedAt === undefined,
        url: fact.url,
        commit: fact.commit,
      })),
      { kind: 'collector', id: claimed.collector },
    );
    const known: Finding[] = [];
    const failed = findings.flatMap((finding): Failed[] =>
      finding.result.kind === 'failed'
        ? [{ finding, error: finding.result.error }]
        : [],
    );
    outcomes.forEach((outcome, index) => {
      const { finding } = facts[index];
      if (outcome.ok) {
        known.push(finding);
      } else {
        // The same words each time: positions differ from run to run.
        const reason = outcome.error.message.replace(/^facts\[\d+\]\.?/, '');
        failed.push({ finding, error: new Error(reason) });
      }
    });
    return { known, failed };
  }

  /** @returns what is wrong with the attestations; they are not what the collector has failed to look at */
  async #attest({ attestations }: EndedRun): Promise<string | undefined> {
    const problems: string[] = [];
    for (const file of attestations) {
      try {
        const attested = await this.#attestations.take(file);
        problems.push(
          ...attested.flatMap(({ outcome }) =>
            outcome.ok ? [] : `${ATTESTATION_FILE}: ${outcome.error.message}`,
          ),
        );
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(error.message);
      }
    }
    return problems.length > 0 ? summarise(problems) : undefined;
  }

  /** Those of some outages that last. */
  async #lasting(
    tx: Knex.Transaction,
    { findings }: EndedRun,
    scopes: OutageScope[],
  ): Promise<OutageScope[]> {
    const wanted = new Map(scopes.map(scope => [keyOf(scope), scope]));
    const lasting = await OutageStore.of(tx).read(
      findings.map(({ target }) => target.entityId),
    );
    return lasting.flatMap(outage => wanted.get(keyOf(outage)) ?? []);
  }

  /** Whether none of the accounts of the one host that is asked is known there any more. */
  async #isRefusedEverywhere(
    tx: Knex.Transaction,
    { id, collector }: ClaimedPartition,
  ): Promise<boolean> {
    await tx(PARTITIONS).where({ id }).update({ refused: true });
    const hosts: unknown[] = await tx(PARTITIONS)
      .where({ collector })
      .distinct('host')
      .limit(2);
    const refused = tx(PARTITIONS)
      .where({ collector, refused: true })
      .select('account');
    const known: unknown = await tx(PARTITIONS)
      .where({ collector })
      .whereNotIn('account', refused)
      .first('id');
    return hosts.length === 1 && known === undefined;
  }

  /** One question now and then is enough to learn that the host knows us again. */
  async #pause(
    tx: Knex.Transaction,
    collector: string,
    now: Date,
    usualMillis: number | undefined,
  ): Promise<Date> {
    await tx(COLLECTORS).where({ collector }).update({ collector });
    const row: CollectorRow = await tx(COLLECTORS).where({ collector }).first();
    const until = Number(row.paused_until ?? 0);
    if (until > now.getTime()) {
      return new Date(until);
    }
    const refusals = row.refusals + 1;
    const pausedUntil = this.#retries.after(refusals, now, usualMillis);
    await tx(COLLECTORS)
      .where({ collector })
      .update({ refusals, paused_until: pausedUntil.getTime() });
    return pausedUntil;
  }
}

/** The partitions that are asked with the same credentials. */
function ofAccount(tx: Knex.Transaction, { id, collector }: ClaimedPartition) {
  return tx(PARTITIONS)
    .where({ collector })
    .whereIn('account', tx(PARTITIONS).where({ id }).select('account'));
}

function isAnswered({ result }: Finding): boolean {
  return (
    result.kind === 'fact' ||
    (result.kind === 'failed' && isAnswer(result.error))
  );
}

function scopeOf({ target, source }: Finding): OutageScope {
  return { source, entityId: target.entityId };
}

function keyOf({ source, entityId }: OutageScope): string {
  return `${source} ${entityId ?? ''}`;
}

/** What a person reads first when a collector is in trouble. */
function firstError(
  findings: Finding[],
  [failed]: Failed[],
): string | undefined {
  if (failed) {
    return `${failed.finding.target.target.ref}: ${errorText(failed.error)}`;
  }
  for (const { target, result } of findings) {
    if (result.kind === 'postponed') {
      return `${target.target.ref}: ${errorText(result.error)}`;
    }
  }
  return undefined;
}

function dependenciesOf(known: Finding[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { target, result } of known) {
    if (result.kind === 'fact' && result.fact.dependsOn) {
      found.set(target.entityId, [
        ...(found.get(target.entityId) ?? []),
        ...result.fact.dependsOn,
      ]);
    }
  }
  return found;
}
