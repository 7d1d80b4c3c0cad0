/**
 * The template that made the entity, an entity ref such as `template:default/create-http-service`.
 * @public
 */
export const ANNOTATION_TEMPLATE = 'waymark.dev/template';

/**
 * The version of that template, as semver. On a Template it says which version it is; on what it made, which version made it.
 * @public
 */
export const ANNOTATION_TEMPLATE_VERSION = 'waymark.dev/template-version';
