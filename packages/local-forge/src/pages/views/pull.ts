import {
  ForgeComment,
  ForgePullRequest,
  ForgePullRequestSummary,
  ForgeRepository,
  ForgeReview,
} from '../../services/ForgeService';
import { count, timeElement } from '../format';
import { Html, html } from '../html';
import { renderMarkdown } from '../markdown';
import { urls } from '../urls';
import { avatar, person } from './people';

/** Display names by login. */
export type Names = ReadonlyMap<string, string>;

/** State of a pull request as a coloured word. */
export function pullState(pull: ForgePullRequestSummary): Html {
  if (pull.merged) {
    return html`<span class="state merged">Merged</span>`;
  }
  if (pull.state === 'closed') {
    return html`<span class="state closed">Closed</span>`;
  }
  return pull.draft
    ? html`<span class="state draft">Draft</span>`
    : html`<span class="state open">Open</span>`;
}

const REVIEW_WORDS: Record<ForgeReview['state'], [string, string]> = {
  APPROVED: ['good', 'approved'],
  CHANGES_REQUESTED: ['bad', 'requested changes'],
  COMMENTED: ['plain', 'commented'],
  DISMISSED: ['plain', 'review dismissed'],
  PENDING: ['wait', 'review not sent yet'],
};

interface Statement {
  author: string;
  at: string | undefined;
  text: string;
  kind: string;
  words: string;
}

function statement(item: Statement, names: Names, repository: ForgeRepository) {
  return html`<article class="box">
    <div class="head">
      ${person(item.author, names.get(item.author))}
      <span class="state ${item.kind}">${item.words}</span>
      <span class="end small muted">${timeElement(item.at)}</span>
    </div>
    ${item.text.trim() !== '' &&
    html`<div class="body prose">
      ${renderMarkdown(item.text, {
        repository,
        ref: repository.defaultBranch,
        folder: '',
      })}
    </div>`}
  </article>`;
}

/** Description, comments and reviews in the order they were written. */
export function conversation(
  subject: { author: string; body: string; createdAt: string },
  options: {
    comments: ForgeComment[];
    reviews?: ForgeReview[];
    names: Names;
    repository: ForgeRepository;
  },
): Html {
  const later: Statement[] = [
    ...options.comments.map(comment => ({
      author: comment.author,
      at: comment.createdAt,
      text: comment.body,
      kind: 'plain',
      words: 'commented',
    })),
    ...(options.reviews ?? []).map(review => ({
      author: review.author,
      at: review.submittedAt,
      text: review.body,
      kind: REVIEW_WORDS[review.state][0],
      words: REVIEW_WORDS[review.state][1],
    })),
  ].sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const first: Statement = {
    author: subject.author,
    at: subject.createdAt,
    text: subject.body || '_No description._',
    kind: 'plain',
    words: 'opened this',
  };
  return html`${[first, ...later].map(item =>
    statement(item, options.names, options.repository),
  )}`;
}

/** Title, state and the tabs of a pull request. */
export function pullHeader(
  repository: ForgeRepository,
  pull: ForgePullRequest,
  options: { tab: 'conversation' | 'commits' | 'files'; names: Names },
): Html {
  const tab = (
    name: typeof options.tab,
    label: string,
    path: string | undefined,
    number?: number,
  ) =>
    html`<a
      href="${urls.pull(repository, pull.number, path)}"
      ${options.tab === name && html`aria-current="page"`}
      >${label}${number !== undefined &&
      html` <span class="count">${number}</span>`}</a
    >`;
  return html`<h1>${pull.title} <span class="muted">#${pull.number}</span></h1>
    <p class="line">
      ${pullState(pull)} ${person(pull.author, options.names.get(pull.author))}
      wants to merge ${count(pull.commits, 'commit')} from
      <code>${pull.head.ref}</code> into
      <a class="mono" href="${urls.tree(repository, pull.base.ref)}"
        >${pull.base.ref}</a
      >
    </p>
    <nav class="tabs" aria-label="Pull request">
      ${tab('conversation', 'Conversation', undefined)}
      ${tab('commits', 'Commits', 'commits', pull.commits)}
      ${tab('files', 'Files changed', 'files', pull.changedFiles)}
    </nav>`;
}

/** The last word of each reviewer: what counts for a merge. */
export function reviewers(
  repository: ForgeRepository,
  pull: ForgePullRequest,
  names: Names,
): Html {
  const latest = new Map<string, ForgeReview>();
  for (const review of pull.reviews) {
    if (review.state !== 'COMMENTED' || !latest.has(review.author)) {
      latest.set(review.author, review);
    }
  }
  const waiting = pull.requestedReviewers.filter(login => !latest.has(login));
  if (latest.size + waiting.length + pull.requestedTeams.length === 0) {
    return html`<p class="muted">Nobody yet.</p>`;
  }
  return html`<ul class="plain-list">
    ${[...latest.values()].map(
      review =>
        html`<li class="line">
          ${person(review.author, names.get(review.author))}
          <span class="state ${REVIEW_WORDS[review.state][0]}"
            >${REVIEW_WORDS[review.state][1]}</span
          >
        </li>`,
    )}
    ${waiting.map(
      login =>
        html`<li class="line">
          ${person(login, names.get(login))}
          <span class="state wait">asked</span>
        </li>`,
    )}
    ${pull.requestedTeams.map(
      slug =>
        html`<li class="line">
          <span class="person"
            >${avatar(slug)}
            <a href="${urls.team(repository.owner, slug)}">${slug}</a></span
          >
          <span class="state wait">asked</span>
        </li>`,
    )}
  </ul>`;
}
