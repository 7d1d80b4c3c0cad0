import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { simulationHeadline } from '@waymark/scorecards-common';
import { readScorecard } from '../scorecards/readScorecard';
import { ScorecardSimulator } from '../scorecards/ScorecardSimulator';
import { examples } from './scorecard.examples';
import { workspaceFolder } from './workspaceFolder';

const FOLDER = 'catalog/scorecards';
const MOST_CHARACTERS = 500_000;

/**
 * `golden-paths:scorecard`: checks a scorecard as it is checked when it is adopted, on behalf of whoever runs the template, and
 * writes its file.
 */
export function createScorecardAction(options: {
  simulator: Pick<ScorecardSimulator, 'simulate'>;
}) {
  return createTemplateAction({
    id: 'golden-paths:scorecard',
    description: `Checks a scorecard against the fact sources in force, says what it would change, and writes ${FOLDER}/<name>.yaml. For those who may simulate scorecards`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        definition: z =>
          z
            .string()
            .min(1)
            .max(MOST_CHARACTERS)
            .describe('The YAML of the scorecard, as it is to stand in Git'),
      },
      output: {
        name: z => z.string(),
        path: z => z.string().describe('Of the file, in the repository'),
        branch: z =>
          z.string().describe('For a change of this scorecard by this person'),
        summary: z => z.string().describe('What it would change'),
      },
    },
    async handler(ctx) {
      const { definition } = ctx.input;
      const scorecard = readScorecard(definition);
      const { name } = scorecard.metadata;
      const path = `${FOLDER}/${name}.yaml`;
      const summary = ctx.isDryRun
        ? 'Dry run: rules are not checked.'
        : simulationHeadline(
            await options.simulator.simulate(
              scorecard,
              await ctx.getInitiatorCredentials(),
            ),
          );
      ctx.logger.info(`${name}: ${summary}`);
      const file = resolveSafeChildPath(workspaceFolder(ctx, undefined), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, definition.replace(/\n*$/, '\n'));
      ctx.output('name', name);
      ctx.output('path', path);
      ctx.output('branch', branchOf(name, ctx.user?.ref));
      ctx.output('summary', summary);
    },
  });
}

/** Two people may propose different things of one scorecard. */
function branchOf(scorecard: string, user: string | undefined): string {
  const person = user
    ? parseEntityRef(user)
        .name.toLocaleLowerCase('en-US')
        .replace(/[^a-z0-9-]+/g, '-')
    : 'portal';
  return `scorecards/${scorecard}/${person}`;
}
