import { CollectedFact } from '@waymark/scorecards-node';
import {
  aComponent,
  CollectorRuns,
  recordRequests,
  TestForge,
} from '@waymark/scorecards-node/testUtils';
import { GitCollector } from '../collector/GitCollector';

/** The ref of a component of the bench. */
export const ref = (name: string) => `component:default/${name}`;

/** The collector before a forge whose answers are recorded, for one test file. */
export class CollectorBench {
  readonly forge: TestForge;
  readonly requests = recordRequests();

  static async start(): Promise<CollectorBench> {
    return new CollectorBench(await TestForge.start());
  }

  private constructor(forge: TestForge) {
    this.forge = forge;
  }

  /** A collector that has not run yet. */
  runs(): CollectorRuns {
    return CollectorRuns.of(
      GitCollector.create({ clients: this.forge.clients() }),
    );
  }

  component(
    repository: string,
    options: Partial<Parameters<typeof aComponent>[0]> = {},
  ) {
    return aComponent({
      name: repository,
      repository: this.forge.named(repository),
      ...options,
    });
  }

  /** The fact of a component that has a repository of its own, collected anew. */
  async factOf(repository: string): Promise<CollectedFact> {
    const { facts, failures, error } = await this.runs().run([
      this.component(repository),
    ]);
    if (error || Object.keys(failures).length > 0) {
      throw error ?? new Error(JSON.stringify(failures));
    }
    return facts[ref(repository)];
  }

  async stop(): Promise<void> {
    this.requests.stop();
    await this.forge.stop();
  }
}
