import { ForgeState } from '../state/ForgeState';
import { notFound } from '../errors';
import { Signature } from '../git/write/objects';
import { Json } from './types';

/** Fields of GitHub's short form of a user. */
const BRIEF = new Set([
  'login',
  'id',
  'node_id',
  'avatar_url',
  'gravatar_id',
  'url',
  'html_url',
  'followers_url',
  'following_url',
  'gists_url',
  'starred_url',
  'subscriptions_url',
  'organizations_url',
  'repos_url',
  'events_url',
  'received_events_url',
  'type',
  'site_admin',
  'email',
  'name',
]);

/** Users: who they are, and which of them a commit's e-mail names. */
export class People {
  readonly #state: ForgeState;
  readonly #bot: string;
  readonly #logins: readonly string[];
  readonly #byEmail = new Map<string, string>();

  private constructor(options: {
    state: ForgeState;
    bot: string;
    logins: readonly string[];
  }) {
    this.#state = options.state;
    this.#bot = options.bot;
    this.#logins = options.logins;
  }

  static async create(options: {
    state: ForgeState;
    bot: string;
    logins: readonly string[];
  }): Promise<People> {
    const people = new People(options);
    for (const login of options.logins) {
      const user = await people.find(login);
      if (user?.email) {
        people.#byEmail.set(String(user.email).toLowerCase(), login);
      }
      people.#byEmail.set(noReplyAddress(login), login);
    }
    return people;
  }

  /** Everybody who can sign in to the forge, the bot included. */
  get logins(): readonly string[] {
    return this.#logins;
  }

  async find(login: string): Promise<Json | undefined> {
    const user = await this.#state.find<Json>(
      `/users/${encodeURIComponent(login)}`,
    );
    if (!user || !this.#state.hasUser(login)) {
      return undefined;
    }
    return login === this.#bot ? { ...user, type: 'Bot' } : user;
  }

  async get(login: string): Promise<Json> {
    const user = await this.find(login);
    if (!user) {
      throw notFound();
    }
    return user;
  }

  /** GitHub's short form of a user, as in `sender` and `author`. */
  async brief(login: string): Promise<Json> {
    const user = await this.get(login);
    return Object.fromEntries(
      Object.entries(user).filter(([key]) => BRIEF.has(key)),
    );
  }

  loginOf(email: string): string | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  async emailOf(login: string): Promise<string> {
    const user = await this.find(login);
    return user?.email ?? noReplyAddress(login);
  }

  /** Name, address and instant for a commit made on a user's behalf. */
  async signature(login: string, date: Date): Promise<Signature> {
    const user = await this.find(login);
    return {
      name: user?.name ?? login,
      email: user?.email ?? noReplyAddress(login),
      date,
    };
  }
}

function noReplyAddress(login: string): string {
  return `${login}@users.noreply.localhost`;
}
