import { InputError } from '@backstage/errors';
import { ATTESTATION_FILE } from '@waymark/scorecards-common';
import { FoundAttestations } from '@waymark/scorecards-node';
import { summarise } from '@waymark/waymark-node';
import { IncomingFact } from '../intake/checkFact';
import { FactIntake, FactOutcome } from '../intake/FactIntake';
import { parseAttestations } from './parseAttestations';

/** One fact of the file, and what became of it. */
export interface Attested {
  fact: IncomingFact;
  outcome: FactOutcome;
}

/** The way in for what repositories state of their own entities. */
export class AttestationIntake {
  readonly #intake: Pick<FactIntake, 'writeEach'>;

  static create(options: {
    intake: Pick<FactIntake, 'writeEach'>;
  }): AttestationIntake {
    return new AttestationIntake(options.intake);
  }

  private constructor(intake: Pick<FactIntake, 'writeEach'>) {
    this.#intake = intake;
  }

  /**
   * Writes the facts of a file that are right. A wrong one costs the others nothing.
   *
   * @returns what became of each, in the order of the file
   * @throws InputError naming path and reason, when the file cannot be used at all
   */
  async take(file: FoundAttestations): Promise<Attested[]> {
    if ('problem' in file) {
      throw new InputError(`${ATTESTATION_FILE}: ${file.problem}`);
    }
    const parsed = parseAttestations(file.text, file);
    if (!parsed.ok) {
      throw new InputError(
        summarise(
          parsed.problems.map(
            ({ path, reason }) =>
              `${ATTESTATION_FILE}: ${path && `${path}: `}${reason}`,
          ),
        ),
      );
    }
    const outcomes = await this.#intake.writeEach(parsed.facts, {
      kind: 'attestation',
      repository: file.repository,
    });
    return parsed.facts.map((fact, index) => ({
      fact,
      outcome: outcomes[index],
    }));
  }
}
