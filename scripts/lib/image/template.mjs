/** Holds long enough for its replica to be killed meanwhile. */
const HOLD_SECONDS = 6;

export const TEMPLATE = 'template:default/hold';

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: hold
  title: Hold
  description: Writes files, waits, and publishes them
spec:
  owner: group:default/platform
  type: service
  parameters:
    - title: What is it?
      required: [name]
      properties:
        name: { title: Name, type: string }
  steps:
    - id: fetch
      name: Write the files
      action: fetch:template
      input:
        url: ./skeleton
        values: { name: '\${{ parameters.name }}' }
    - id: hold
      name: Hold
      action: debug:wait
      input: { seconds: ${HOLD_SECONDS} }
    - id: publish
      name: Publish
      action: golden-paths:publish
      input:
        repoUrl: \${{ environment.parameters.forgeHost }}?owner=\${{ environment.parameters.forgeOrg }}&repo=\${{ parameters.name }}
        description: Published in production
        owner: group:default/checkout
        access: [{ team: checkout, permission: maintain }]
`;

const FILES = {
  'templates/hold/template.yaml': template,
  'templates/hold/skeleton/README.md': '# ${{ values.name }}\n',
};

/** Puts a template into the portal's repository of the forge. */
export async function addTemplate(forge) {
  for (const [path, content] of Object.entries(FILES)) {
    const answer = await fetch(
      `${forge.local}/repos/acme/portal/contents/${path}`,
      {
        method: 'PUT',
        headers: {
          authorization: `token ${forge.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          message: `Add ${path}`,
          content: Buffer.from(content).toString('base64'),
        }),
      },
    );
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
  }
}
