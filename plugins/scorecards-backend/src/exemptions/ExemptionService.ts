import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
} from '@backstage/errors';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import {
  Exemption as ShownExemption,
  exemptionRequestSchema,
  scorecardsExemptionDecidePermission,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EntityAccess } from '../access/EntityAccess';
import { transact } from '../database/transact';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { Adopted } from '../definitions/tables';
import { EntityStore } from '../entities/EntityStore';
import { TrackedEntity } from '../entities/tables';
import { ReadableEntities } from '../reads/ReadableEntities';
import { ApprovalRules } from './ApprovalRules';
import * as core from './core/decide';
import { Approval, Exemption } from './core/Exemption';
import { DelegateDirectory } from './DelegateDirectory';
import { ExemptionReads } from './ExemptionReads';
import {
  ExemptionLedger,
  ExemptionStore,
  StoredExemption,
} from './ExemptionStore';
import { openExemptions } from './openExemptions';
import {
  ExemptionContext,
  isRequester,
  ownsSubjects,
  presentExemption,
} from './present';

/** What is asked for, checked. */
export type CheckedRequest = z.output<typeof exemptionRequestSchema>;

/** Every step that somebody takes with an exemption. Who may take it is decided here, when it takes place by the clock. */
export class ExemptionService {
  readonly #options: Parameters<typeof ExemptionService.create>[0];

  static create(options: {
    knex: Knex;
    clock: Clock;
    ledger: ExemptionLedger;
    definitions: DefinitionStore;
    entities: EntityStore;
    readable: ReadableEntities;
    access: EntityAccess;
    reads: ExemptionReads;
    rules: ApprovalRules;
    delegates: DelegateDirectory;
    /** Writes what is over as such. */
    takeDueSteps: () => Promise<unknown>;
    /** Called after a step was written; a hint and no promise. */
    onWritten?: () => void;
  }): ExemptionService {
    return new ExemptionService(options);
  }

  private constructor(options: Parameters<typeof ExemptionService.create>[0]) {
    this.#options = options;
  }

  /** Asks for an exemption of one or many subjects: one decision, one record each. */
  async request(
    body: CheckedRequest,
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    const { clock, reads, rules } = this.#options;
    const asker = await reads.asker(credentials);
    const { kind, subjects } = await this.#subjects(body, credentials);
    const closed = subjects.find(
      ({ entity }) => !asker.requests.allows(entity),
    );
    if (asker.by === undefined || closed) {
      throw new NotAllowedError(
        `You may not request an exemption of ${closed?.ref ?? 'anything'}`,
      );
    }
    const scorecard = await this.#scorecard(body.scorecard, body.check);
    if (kind === 'entities') refuseOutside(scorecard, subjects);
    await this.#refuseUnknownOwner(body.owner);
    const now = clock.now().getTime();
    const expiresAt = Date.parse(body.expiresAt);
    core.checkExpiry(expiresAt, now, scorecard.spec.exemptions.maxDays);
    await this.#refuseRepeated(body, subjects, now);
    const { subject: _, ...terms } = body;
    const requested = core.request({
      ...terms,
      id: randomUUID(),
      kind,
      subjects: subjects.map(({ id, ref }) => ({ entityId: id, ref })),
      requestedBy: asker.by,
      requestedAt: now,
      expiresAt,
      approvals: await rules.of(
        scorecard,
        kind === 'entities' ? subjects : undefined,
      ),
    });
    await this.#add(requested, () => this.#refuseRepeated(body, subjects, now));
    return this.show(requested.id, credentials);
  }

  /** Approves a request, or a renewal, on behalf of all groups that somebody can act for. */
  async approve(
    id: string,
    { comment }: { comment?: string },
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    await this.#requireDecider(credentials);
    return this.#step(id, credentials, async (exemption, context, at) => {
      this.#refuseUnseen(exemption, context);
      const { approver } = context;
      if (core.pendingApprovals(exemption).length === 0) {
        return core.approve(exemption, approver, { at, comment });
      }
      const needed = await this.#approvals(exemption, context);
      // Facts and descriptions may have changed since, and whoever asks can see to that.
      return core.approve(core.askFurther(exemption, needed, at), approver, {
        at,
        comment,
      });
    });
  }

  async reject(
    id: string,
    { comment }: { comment: string },
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    await this.#requireDecider(credentials);
    return this.#step(id, credentials, async (exemption, context, at) => {
      this.#refuseUnseen(exemption, context);
      return core.reject(exemption, context.approver, { at, comment });
    });
  }

  async withdraw(
    id: string,
    { comment }: { comment?: string },
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    return this.#step(id, credentials, async (exemption, context, at) => {
      const { asker, readable } = context;
      if (
        !isRequester(exemption, asker) &&
        !ownsSubjects(exemption, asker, readable)
      ) {
        throw new NotAllowedError(
          'You may not withdraw this: that is for who has asked, and for the owners',
        );
      }
      return core.withdraw(exemption, { by: asker.by!, at, comment });
    });
  }

  async renew(
    id: string,
    asked: { expiresAt: string; reason: string },
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    return this.#step(id, credentials, async (exemption, context, at) => {
      const { asker, readable } = context;
      if (!ownsSubjects(exemption, asker, readable)) {
        throw new NotAllowedError(
          'You may not renew this: that is for the owners of all that is exempted',
        );
      }
      const problem = core.renewalProblem(exemption, at);
      if (problem) throw new ConflictError(problem);
      const scorecard = await this.#scorecard(
        exemption.scorecard,
        exemption.check,
      );
      const expiresAt = Date.parse(asked.expiresAt);
      core.checkExpiry(expiresAt, at, scorecard.spec.exemptions.maxDays);
      return core.renew(exemption, {
        requestedBy: asker.by!,
        requestedAt: at,
        expiresAt,
        reason: asked.reason,
        approvals: await this.#approvals(exemption, context),
      });
    });
  }

  async revoke(
    id: string,
    { comment, subjects }: { comment: string; subjects?: string[] },
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    return this.#step(id, credentials, async (exemption, context, at) => {
      const { asker, approver, readable } = context;
      refuseHidden(subjects, context);
      if (
        approver.groups.size === 0 &&
        !ownsSubjects(exemption, asker, readable, subjects)
      ) {
        throw new NotAllowedError(
          'You may not revoke this: that is for who approves it, and for the owners',
        );
      }
      return core.revoke(exemption, { by: asker.by!, at, comment, subjects });
    });
  }

  /** An exemption as somebody may see it. */
  async show(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ShownExemption> {
    const { stored, context } = await this.#options.reads.one(id, credentials);
    return presentExemption(stored.exemption, context);
  }

  async #step(
    id: string,
    credentials: BackstageCredentials,
    take: (
      exemption: Exemption,
      context: ExemptionContext,
      at: number,
    ) => Promise<Exemption>,
  ): Promise<ShownExemption> {
    const { stored, context } = await this.#options.reads.one(id, credentials);
    if (context.asker.by === undefined) {
      throw new NotAllowedError('Only people decide about exemptions');
    }
    const after = await take(stored.exemption, context, context.now);
    await this.#write(stored, after);
    return this.show(id, credentials);
  }

  async #write(
    before: StoredExemption | undefined,
    after: Exemption,
  ): Promise<void> {
    const { knex, ledger, clock, onWritten } = this.#options;
    const delegates = await this.#options.delegates.of(
      core.pendingApprovals(after).map(({ group }) => group),
    );
    await transact(knex, tx =>
      ExemptionStore.of(tx).write(tx, before, after, {
        ...{ ledger, delegates, now: clock.now() },
      }),
    );
    onWritten?.();
  }

  /** Those that are needed by what is known now of what is still exempted, or may be. */
  async #approvals(
    { scorecard: name, check, kind, subjects }: Exemption,
    { readable }: ExemptionContext,
  ): Promise<Approval[]> {
    const scorecard = await this.#scorecard(name, check);
    const open = subjects.flatMap(({ entityId, endedAt }) =>
      endedAt === undefined ? readable.get(entityId)! : [],
    );
    return this.#options.rules.of(
      scorecard,
      kind === 'entities' ? open : undefined,
    );
  }

  async #scorecard(name: string, check: string): Promise<Adopted<'Scorecard'>> {
    const { scorecards } = await this.#options.definitions.inForce();
    const scorecard = scorecards.find(one => one.name === name);
    if (!scorecard) {
      throw new InputError(`scorecard: there is no scorecard "${name}"`);
    }
    const ids = scorecard.spec.checks.map(({ id }) => id);
    if (!ids.includes(check)) {
      throw new InputError(
        `check: "${check}" is not one of ${name}: ${ids.join(', ')}`,
      );
    }
    return scorecard;
  }

  async #subjects(
    { subject: { entities, system, domain } }: CheckedRequest,
    credentials: BackstageCredentials,
  ): Promise<{ kind: Exemption['kind']; subjects: TrackedEntity[] }> {
    const { readable } = this.#options;
    const whole = system === undefined ? 'domain' : 'system';
    const kind = entities ? 'entities' : whole;
    const refs = [...new Set(entities ?? [(system ?? domain)!])];
    const subjects = await readable.some(refs, credentials);
    const known = new Set(subjects.map(({ ref }) => ref));
    const missing = refs.find(ref => !known.has(ref));
    if (missing !== undefined) {
      throw new InputError(`subject.${kind}: there is no entity ${missing}`);
    }
    return { kind, subjects };
  }

  async #refuseUnknownOwner(owner: string): Promise<void> {
    const [known] = await this.#options.entities.byRefs([owner]);
    if (!known) {
      throw new InputError(`owner: the catalog does not know ${owner}`);
    }
  }

  async #refuseRepeated(
    { scorecard, check }: CheckedRequest,
    subjects: readonly TrackedEntity[],
    now: number,
  ): Promise<void> {
    const [open] = await openExemptions(
      this.#options.knex,
      { scorecard, check, entityIds: subjects.map(({ id }) => id) },
      now,
    );
    if (open) {
      throw new ConflictError(
        `subject: ${open.ref} has an exemption of ${check} already, ${open.id}: renew that one`,
      );
    }
  }

  /** The database lets two at once not both in; and it knows none to be over before that is written. */
  async #add(
    requested: Exemption,
    refuseRepeated: () => Promise<void>,
  ): Promise<void> {
    try {
      await this.#write(undefined, requested);
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') throw error;
      await this.#options.takeDueSteps();
      await refuseRepeated();
      await this.#write(undefined, requested);
    }
  }

  #requireDecider(credentials: BackstageCredentials): Promise<void> {
    const { access } = this.#options;
    return access.require(scorecardsExemptionDecidePermission, credentials);
  }

  /** Nobody decides about what they cannot see. */
  #refuseUnseen({ subjects }: Exemption, { readable }: ExemptionContext): void {
    if (subjects.some(({ entityId }) => !readable.has(entityId))) {
      throw new NotAllowedError(
        'You may not decide about this: it is about entities that you may not read',
      );
    }
  }
}

/** In the words for what is not there. */
function refuseHidden(
  subjects: readonly string[] | undefined,
  { readable }: ExemptionContext,
): void {
  const seen = new Set([...readable.values()].map(({ ref }) => ref));
  const hidden = subjects?.find(ref => !seen.has(ref));
  if (hidden !== undefined) {
    throw new InputError(`subjects: ${hidden} is not exempted by this`);
  }
}

function refuseOutside(
  { name, spec }: Adopted<'Scorecard'>,
  subjects: readonly TrackedEntity[],
): void {
  const appliesTo = filterPredicateToFilterFunction<unknown>(spec.appliesTo);
  const outside = subjects.find(({ entity }) => !appliesTo(entity));
  if (outside) {
    throw new InputError(
      `subject.entities: the scorecard ${name} does not apply to ${outside.ref}`,
    );
  }
}
