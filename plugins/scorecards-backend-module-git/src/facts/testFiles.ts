const TEST_FILE =
  /(?:^|\/)(?:[^/]+_test\.(?:go|py|rb|ex|exs|dart|rs|cc|cpp)|test_[^/]+\.py|[^/]+[.-](?:test|spec)\.[cm]?[jt]sx?|[^/]+_spec\.rb|[^/]+(?:Tests?|IT|Spec)\.(?:java|kt|kts|scala|groovy|cs|swift|php)|[^/]+\.(?:tftest\.hcl|bats|feature))$/;
const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|spec)\/(?:[^/]+\/)*[^/]+\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt|cs|php|sh)$/;

/** Whether a file holds tests, as the conventions of its language say. */
export const isTestFile = (path: string) =>
  TEST_FILE.test(path) || TEST_FOLDER.test(path);
