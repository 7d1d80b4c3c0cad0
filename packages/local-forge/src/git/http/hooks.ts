import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Refuses a push to a branch that the gateway names as protected for this user.
 * Only words of the shell itself: a machine that has Git has nothing else for
 * sure.
 */
const PRE_RECEIVE = `#!/bin/sh
refused=0
while read -r before after ref; do
  case "
$WAYMARK_PROTECTED_REFS
" in *"
$ref
"*)
    echo "error: GH006: Protected branch update failed for $ref." >&2
    echo "error: Changes must be made through a pull request." >&2
    refused=1
    ;;
  esac
done
exit $refused
`;

/** Writes the hooks that every push runs to `<data>/hooks`. */
export async function writeHooks(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, 'hooks');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'pre-receive');
  await writeFile(file, PRE_RECEIVE);
  await chmod(file, 0o755);
}
