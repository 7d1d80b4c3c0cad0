import { StepsJob } from '../model';
import { ServicePipeline } from '../ServicePipeline';
import { scanImage } from './container';
import { checkout, hardenRunner } from './steps';

const SBOM = 'sbom.spdx.json';

/**
 * Pushes the image, and says what is in it, who built it and from which commit. Signatures are keyless: the job's OIDC identity
 * signs, so that there is no key to keep. No caches: what was cached elsewhere must not get into what is shipped.
 */
export function publishImageJob({
  imageRepository,
}: ServicePipeline): StepsJob {
  const digest = '${{ steps.build.outputs.digest }}';
  const image = `${imageRepository}@${digest}`;
  return {
    name: 'Build, scan and sign the image',
    needs: ['verify'],
    timeoutMinutes: 30,
    permissions: {
      attestations: 'write',
      contents: 'read',
      'id-token': 'write',
      packages: 'write',
    },
    outputs: { digest },
    steps: [
      hardenRunner(),
      checkout(),
      { name: 'Set up Buildx', uses: 'docker/setup-buildx-action' },
      {
        name: 'Sign in to the registry',
        uses: 'docker/login-action',
        with: {
          registry: imageRepository.split('/', 1)[0],
          username: '${{ github.actor }}',
          password: '${{ github.token }}',
        },
      },
      {
        id: 'metadata',
        name: 'Describe the image',
        uses: 'docker/metadata-action',
        with: {
          images: imageRepository,
          tags: 'type=sha,format=long,prefix=',
        },
      },
      {
        id: 'build',
        name: 'Build and push',
        uses: 'docker/build-push-action',
        with: {
          context: '.',
          push: true,
          tags: '${{ steps.metadata.outputs.tags }}',
          labels: '${{ steps.metadata.outputs.labels }}',
          // The attestations below are signed, these would not be.
          provenance: false,
          sbom: false,
          'no-cache': true,
        },
      },
      scanImage(image),
      {
        name: 'List what is in the image',
        uses: 'anchore/sbom-action',
        with: {
          image,
          format: 'spdx-json',
          'output-file': SBOM,
          'upload-release-assets': false,
        },
        controls: ['sbom'],
      },
      { name: 'Set up Cosign', uses: 'sigstore/cosign-installer' },
      {
        name: 'Sign the image',
        env: { IMAGE: image },
        run: 'cosign sign --yes "$IMAGE"',
        controls: ['signed-artifact'],
      },
      {
        name: 'Attest what is in the image',
        env: { IMAGE: image, SBOM },
        run: 'cosign attest --yes --type spdxjson --predicate "$SBOM" "$IMAGE"',
        controls: ['sbom'],
      },
      {
        name: 'Attest where the image comes from',
        uses: 'actions/attest-build-provenance',
        with: {
          'subject-name': imageRepository,
          'subject-digest': digest,
          'push-to-registry': true,
        },
        controls: ['build-provenance'],
      },
    ],
  };
}
