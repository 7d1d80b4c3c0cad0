import { StepsJob } from '../model';
import { ServicePipeline } from '../ServicePipeline';
import { checkout, hardenRunner } from './steps';

/**
 * Opens, or updates, the pull request that ships an image: it names the digest in the chart's values, and Argo CD follows the
 * default branch. The one way to deploy.
 */
export function deployPullRequestJob({ name }: ServicePipeline): StepsJob {
  const values = `charts/${name}/values.yaml`;
  const title = `Deploy ${name} \${{ github.sha }}`;
  return {
    name: 'Open the deploy pull request',
    needs: ['image'],
    timeoutMinutes: 10,
    permissions: {
      actions: 'write',
      contents: 'write',
      'pull-requests': 'write',
    },
    steps: [
      hardenRunner(),
      checkout(),
      {
        name: 'Write the digest',
        env: {
          DIGEST: '${{ needs.image.outputs.digest }}',
          VALUES: values,
        },
        run: `yq --inplace '.image.digest = strenv(DIGEST)' "$VALUES"`,
      },
      {
        id: 'pull-request',
        name: 'Open or update the pull request',
        uses: 'peter-evans/create-pull-request',
        with: {
          branch: `deploy/${name}`,
          'add-paths': values,
          'commit-message': title,
          title,
          body: 'Ships the image `${{ needs.image.outputs.digest }}`, built from ${{ github.sha }} by [this run](${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}). Merging deploys it; reverting rolls it back.\n',
          labels: 'deploy',
          'delete-branch': true,
          'sign-commits': true,
        },
        controls: ['reviewed-deployment'],
      },
      {
        // GitHub starts no workflow for what the job's own token did, except by this call.
        name: 'Run CI on the pull request',
        if: 'contains(fromJSON(\'["created", "updated"]\'), steps.pull-request.outputs.pull-request-operation)',
        env: {
          BRANCH: '${{ steps.pull-request.outputs.pull-request-branch }}',
          GH_TOKEN: '${{ github.token }}',
        },
        run: 'gh workflow run ci.yaml --ref "$BRANCH"',
      },
    ],
  };
}
