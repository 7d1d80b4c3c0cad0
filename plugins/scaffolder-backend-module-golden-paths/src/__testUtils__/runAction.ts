import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { TemplateInfo } from '@backstage/plugin-scaffolder-common';
import {
  ActionContext,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';

/** A folder with these files, which goes with `remove`. */
export async function workspaceWith(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'waymark-workspace-'));
  for (const [name, text] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

export interface RunOptions {
  input: JsonObject;
  workspacePath?: string;
  taskId?: string;
  isDryRun?: boolean;
  templateInfo?: TemplateInfo;
  secrets?: Record<string, string>;
}

/** Runs an action as the scaffolder does; returns its outputs and what it logged. */
export async function runAction(
  action: TemplateAction<any, any, any>,
  options: RunOptions,
): Promise<{ output: Record<string, any>; log: string }> {
  const output: Record<string, any> = {};
  const lines: string[] = [];
  const logger = mockServices.logger.mock();
  for (const level of ['info', 'warn', 'error', 'debug'] as const) {
    logger[level].mockImplementation(
      (message: string) => void lines.push(message),
    );
  }
  const temporary: string[] = [];
  const context: ActionContext<any, any> = {
    ...createMockActionContext({ input: options.input }),
    ...(options.workspacePath ? { workspacePath: options.workspacePath } : {}),
    isDryRun: options.isDryRun,
    secrets: options.secrets,
    templateInfo: options.templateInfo ?? {
      entityRef: 'template:default/create-http-service',
    },
    task: { id: options.taskId ?? 'run-1' },
    logger,
    createTemporaryDirectory: async () => {
      const path = await mkdtemp(join(tmpdir(), 'waymark-step-'));
      temporary.push(path);
      return path;
    },
    output: (name, value) => void (output[String(name)] = value),
  };
  try {
    await action.handler(context);
  } finally {
    await Promise.all(
      temporary.map(path => rm(path, { recursive: true, force: true })),
    );
  }
  return { output, log: lines.join('\n') };
}
