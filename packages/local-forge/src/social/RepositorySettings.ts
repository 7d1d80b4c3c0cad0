import { ForgeState, WriteContext } from '../state/ForgeState';
import { Json } from './types';

const NAMES = [
  'allow_update_branch',
  'squash_merge_commit_title',
  'squash_merge_commit_message',
  'merge_commit_title',
  'merge_commit_message',
  'web_commit_signoff_required',
] as const;

/** GitHub's, where nobody has chosen. */
const DEFAULTS = {
  allow_update_branch: false,
  squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
  squash_merge_commit_message: 'COMMIT_MESSAGES',
  merge_commit_title: 'MERGE_MESSAGE',
  merge_commit_message: 'PR_TITLE',
  web_commit_signoff_required: false,
};

/** Settings of repositories that the emulator drops. */
export class RepositorySettings {
  readonly #state: ForgeState;

  constructor(state: ForgeState) {
    this.#state = state;
  }

  of(fullName: string): Json {
    return { ...DEFAULTS, ...this.#state.get<Json>('settings', fullName) };
  }

  /** Keeps those that a request names. */
  async store(
    fullName: string,
    body: Json,
    context: WriteContext,
  ): Promise<void> {
    const settings: Json = this.#state.get('settings', fullName) ?? {};
    let changed = false;
    for (const name of NAMES) {
      if (body[name] !== undefined) {
        settings[name] = body[name];
        changed = true;
      }
    }
    if (body.custom_properties) {
      settings.custom_properties = {
        ...settings.custom_properties,
        ...body.custom_properties,
      };
      changed = true;
    }
    if (changed) {
      await this.#state.put('settings', fullName, settings, context);
    }
  }
}
