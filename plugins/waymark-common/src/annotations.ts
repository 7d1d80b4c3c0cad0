/**
 * Who is on call: a {@link RepositoryReference} to an on-call schedule file, or to the page of a paging tool.
 * @public
 */
export const ANNOTATION_ON_CALL = 'waymark.dev/on-call';

/**
 * What to do when it breaks: a {@link RepositoryReference} to a Markdown file or a page.
 * @public
 */
export const ANNOTATION_RUNBOOK = 'waymark.dev/runbook';

/**
 * Service level objectives: a {@link RepositoryReference} to an OpenSLO v1 file, or to the page of an SLO tool.
 * @public
 */
export const ANNOTATION_SLO = 'waymark.dev/slo';

/**
 * Where its health is seen: a {@link RepositoryReference}, most often the URL of a dashboard.
 * @public
 */
export const ANNOTATION_DASHBOARD = 'waymark.dev/dashboard';

/**
 * Where its owners are reached: the name of a Slack channel with its leading `#`, such as `#checkout`.
 * @public
 */
export const ANNOTATION_SLACK_CHANNEL = 'waymark.dev/slack-channel';

/**
 * The cost centre that pays for it, as the finance system writes it.
 * @public
 */
export const ANNOTATION_COST_CENTRE = 'waymark.dev/cost-centre';

/**
 * The highest classification of the data it holds or handles, such as `cardholder`.
 * @public
 */
export const ANNOTATION_DATA_CLASSIFICATION = 'waymark.dev/data-classification';

/**
 * Set by the catalog, never by hand: says in one sentence how the `github.com/project-slug` of the entity differs from the
 * repository that its description comes from. Absent when they agree. Whoever judges an entity by its repository
 * must look at this annotation first: a borrowed slug is somebody else's hygiene.
 * @public
 */
export const ANNOTATION_PROJECT_SLUG_MISMATCH =
  'waymark.dev/project-slug-mismatch';

/**
 * The GitHub repository of the entity as `owner/name`, defined by Backstage's GitHub plugins.
 * @public
 */
export const ANNOTATION_PROJECT_SLUG = 'github.com/project-slug';

/**
 * Where the TechDocs source of the entity is, defined by Backstage.
 * @public
 */
export const ANNOTATION_TECHDOCS_REF = 'backstage.io/techdocs-ref';

/**
 * The Argo CD application of the entity, defined by the Argo CD plugins.
 * @public
 */
export const ANNOTATION_ARGOCD_APP_NAME = 'argocd/app-name';
