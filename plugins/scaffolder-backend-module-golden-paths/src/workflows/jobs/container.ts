import { StepsJob } from '../model';
import { ServicePipeline } from '../ServicePipeline';
import { checkout, hardenRunner } from './steps';

const HELM_VERSION = 'v3.19.0';

/** Checks Dockerfile and chart, builds the image and scans it, without publishing anything. */
export function containerJob({ name }: ServicePipeline): StepsJob {
  return {
    name: 'Build and scan the image',
    timeoutMinutes: 20,
    permissions: { contents: 'read' },
    steps: [
      hardenRunner(),
      checkout(),
      { name: 'Set up Buildx', uses: 'docker/setup-buildx-action' },
      {
        name: 'Lint the Dockerfile',
        uses: 'docker/build-push-action',
        with: { context: '.', call: 'check' },
      },
      {
        name: 'Build',
        uses: 'docker/build-push-action',
        with: { context: '.', load: true, tags: `${name}:ci` },
      },
      scanImage(`${name}:ci`),
      {
        name: 'Set up Helm',
        uses: 'azure/setup-helm',
        with: { version: HELM_VERSION },
      },
      {
        name: 'Lint the chart',
        env: { CHART: `charts/${name}` },
        run: 'helm lint --strict "$CHART"\nhelm template "$CHART" > /dev/null\n',
      },
    ],
  };
}

/** Fails on what has a fix and is serious. */
export function scanImage(reference: string) {
  return {
    name: 'Scan the image',
    uses: 'aquasecurity/trivy-action',
    with: {
      'image-ref': reference,
      scanners: 'vuln',
      severity: 'HIGH,CRITICAL',
      'ignore-unfixed': true,
      'exit-code': '1',
    },
    controls: ['image-scanning'],
  };
}
