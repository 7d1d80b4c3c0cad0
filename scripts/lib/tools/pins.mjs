/**
 * The judges of what templates generate, each at one exact version. A Go tool
 * names the package with `main`; a Python one has a wheel that ships the binary.
 *
 * @typedef {{
 *   name: string,
 *   version: string,
 *   go?: { module: string, package: string, minimum: string, set?: Record<string, string> },
 *   python?: { distribution: string },
 *   rust?: { crate: string },
 * }} Pin
 */

const HELM = 'helm.sh/helm/v3';
/** What `helm template` takes for the version of the cluster: that of the vendored schemas. */
const KUBERNETES = { major: '1', minor: '36' };

/** @type {readonly Pin[]} */
export const PINS = [
  {
    name: 'helm',
    version: '3.22.0',
    go: {
      module: HELM,
      package: `${HELM}/cmd/helm`,
      minimum: '1.26',
      // As in Helm's own Makefile: without them it believes in Kubernetes 1.20.
      set: {
        [`${HELM}/internal/version.version`]: 'v3.22.0',
        [`${HELM}/pkg/lint/rules.k8sVersionMajor`]: KUBERNETES.major,
        [`${HELM}/pkg/lint/rules.k8sVersionMinor`]: KUBERNETES.minor,
        [`${HELM}/pkg/chartutil.k8sVersionMajor`]: KUBERNETES.major,
        [`${HELM}/pkg/chartutil.k8sVersionMinor`]: KUBERNETES.minor,
      },
    },
  },
  {
    name: 'actionlint',
    version: '1.7.12',
    go: {
      module: 'github.com/rhysd/actionlint',
      package: 'github.com/rhysd/actionlint/cmd/actionlint',
      minimum: '1.25',
    },
  },
  {
    name: 'kubeconform',
    version: '0.8.0',
    go: {
      module: 'github.com/yannh/kubeconform',
      package: 'github.com/yannh/kubeconform/cmd/kubeconform',
      minimum: '1.26',
    },
  },
  {
    name: 'opa',
    version: '1.20.2',
    go: {
      module: 'github.com/open-policy-agent/opa',
      package: 'github.com/open-policy-agent/opa',
      minimum: '1.26',
    },
  },
  {
    name: 'gitleaks',
    version: '8.30.1',
    go: {
      module: 'github.com/zricethezav/gitleaks/v8',
      package: 'github.com/zricethezav/gitleaks/v8',
      minimum: '1.24.11',
    },
  },
  {
    name: 'zizmor',
    version: '1.30.1',
    python: { distribution: 'zizmor' },
    rust: { crate: 'zizmor' },
  },
];
