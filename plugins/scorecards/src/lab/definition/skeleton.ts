/** A first scorecard, which the checker accepts: what it asks every catalog can tell. */
export const SKELETON = `apiVersion: waymark.dev/v1
kind: Scorecard
metadata:
  name: my-scorecard
  title: My scorecard
  description: What good looks like, in one sentence.
spec:
  # The group that answers for it and approves exemptions.
  owner: group:default/platform
  # Which entities it is about.
  appliesTo:
    kind: Component
    spec.type: service
  # From the lowest to the highest.
  levels:
    - { id: bronze, title: Bronze }
    - { id: silver, title: Silver }
  checks:
    - id: described
      title: It says what it is
      level: bronze
      # True is a pass. Ctrl+Space lists the facts and functions.
      rule: entity.metadata.?description.orValue('') != ''
      # What the developer reads whose service fails.
      because: Whoever is woken at night must know what they look at.
`;
