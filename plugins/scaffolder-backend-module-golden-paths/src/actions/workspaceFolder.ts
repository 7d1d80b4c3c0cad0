import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/**
 * A folder of the workspace.
 *
 * @throws NotAllowedError when the path, or a link on it, leads out of the workspace
 */
export function workspaceFolder(
  ctx: { workspacePath: string },
  sourcePath: string | undefined,
): string {
  return resolveSafeChildPath(ctx.workspacePath, sourcePath || '.');
}
