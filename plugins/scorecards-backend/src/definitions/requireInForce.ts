import { NotFoundError } from '@backstage/errors';
import { DefinitionStore } from './DefinitionStore';
import { Adopted } from './tables';

/**
 * The scorecard in force under a name.
 *
 * @param asOf - the present when absent
 * @throws NotFoundError when there is none
 */
export async function requireInForce(
  definitions: DefinitionStore,
  name: string,
  asOf?: Date,
): Promise<Adopted<'Scorecard'>> {
  const adopted = await definitions.byName('Scorecard', name, asOf);
  if (!adopted) {
    throw new NotFoundError(
      asOf
        ? `No scorecard "${name}" was in force at ${asOf.toISOString()}`
        : `There is no scorecard "${name}" in force`,
    );
  }
  return adopted;
}
