import { GitFileDiff } from '../../git/read';
import { count } from '../format';
import { Html, HtmlValue, html } from '../html';
import { RepositoryName, urls } from '../urls';

/** Files shown with their lines; the rest is only listed, or the page would be too heavy. */
const MAX_FILES = 300;
const MAX_LINES = 3_000;

const STATUS_WORDS: Record<GitFileDiff['status'], string> = {
  added: 'added',
  removed: 'removed',
  modified: 'modified',
  renamed: 'renamed',
  copied: 'copied',
  changed: 'type changed',
};

function row(kind: string, left: HtmlValue, right: HtmlValue, text: string) {
  return html`<tr class="${kind}">
    <td class="num">${left}</td>
    <td class="num">${right}</td>
    <td class="text">${text}</td>
  </tr>`;
}

function patchRows(patch: string): Html[] {
  let left = 0;
  let right = 0;
  return patch.split('\n').map(line => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      left = Number(hunk[1]);
      right = Number(hunk[2]);
      return row('hunk', '', '', line);
    }
    if (line.startsWith('+')) {
      return row('add', '', right++, line);
    }
    if (line.startsWith('-')) {
      return row('del', left++, '', line);
    }
    if (line.startsWith('\\')) {
      return row('hunk', '', '', line);
    }
    return row('', left++, right++, line);
  });
}

function content(file: GitFileDiff): Html {
  if (file.patch) {
    const rows = patchRows(file.patch);
    return html`<div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label="Changes in ${file.path}"
      >
        <table class="code diff">
          <thead class="visually-hidden">
            <tr>
              <th scope="col">Old line</th>
              <th scope="col">New line</th>
              <th scope="col">Content</th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, MAX_LINES)}
          </tbody>
        </table>
      </div>
      ${rows.length > MAX_LINES &&
      html`<p class="body muted">
        ${count(rows.length - MAX_LINES, 'more line')} not shown.
      </p>`}`;
  }
  let reason = 'No lines changed.';
  if (file.binary) {
    reason = 'Binary file: its lines cannot be compared.';
  } else if (file.patchTooLarge) {
    reason = 'The change is too large to be shown.';
  }
  return html`<p class="body muted">${reason}</p>`;
}

/** A comparison: summary, then each file with its lines. */
export function diffView(
  files: GitFileDiff[],
  options: { repository: RepositoryName; head: string },
): Html {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<p>
      <strong>${count(files.length, 'file')} changed</strong>,
      <span class="plus">${count(additions, 'addition')}</span>,
      <span class="minus">${count(deletions, 'deletion')}</span>
    </p>
    ${files.slice(0, MAX_FILES).map(
      (file, index) =>
        html`<section class="box" aria-labelledby="diff-${index}">
          <div class="head">
            <h3 id="diff-${index}" class="mono">
              ${file.previousPath !== undefined &&
              `${file.previousPath} → `}${file.path}
            </h3>
            <span class="end small">
              <span class="state plain">${STATUS_WORDS[file.status]}</span>
              <span
                ><span class="plus">+${file.additions}</span>
                <span class="minus">−${file.deletions}</span></span
              >
              ${file.status !== 'removed' &&
              html`<a
                href="${urls.blob(options.repository, options.head, file.path)}"
                >View file<span class="visually-hidden"> ${file.path}</span></a
              >`}
            </span>
          </div>
          ${content(file)}
        </section>`,
    )}
    ${files.length > MAX_FILES &&
    html`<p>${count(files.length - MAX_FILES, 'more file')} not shown.</p>`}`;
}
