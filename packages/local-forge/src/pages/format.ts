import { Html, html } from './html';

const DATE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const INSTANT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** A `<time>` with the day, the exact instant as its title. */
export function timeElement(iso: string | undefined): Html {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) {
    return html``;
  }
  return html`<time
    datetime="${date.toISOString()}"
    title="${INSTANT.format(date)} UTC"
    >${DATE.format(date)}</time
  >`;
}

/** Bytes in words: `512 bytes`, `1.4 KiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) {
    return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  }
  const units = ['KiB', 'MiB', 'GiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `1 commit`, `2 commits`. */
export function count(number: number, noun: string, plural = `${noun}s`) {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** First line of a commit message. */
export function subjectOf(message: string): string {
  return message.split('\n')[0] || '(no message)';
}

/** A commit message without its first line. */
export function bodyOf(message: string): string {
  return message.split('\n').slice(1).join('\n').trim();
}
