import { Html, html } from '../html';
import { urls } from '../urls';

function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map(word => [...word][0])
    .join('')
    .toUpperCase();
}

function hue(login: string): number {
  let sum = 0;
  for (const character of login) {
    sum = (sum * 31 + character.codePointAt(0)!) % 360;
  }
  return sum;
}

/** A drawn portrait: initials on a colour that depends on the login. Decoration only. */
export function avatar(login: string, name = login, size = 24): Html {
  return html`<svg
    class="avatar"
    width="${size}"
    height="${size}"
    viewBox="0 0 40 40"
    aria-hidden="true"
  >
    <rect width="40" height="40" fill="hsl(${hue(login)} 45% 32%)" />
    <text
      x="20"
      y="26"
      text-anchor="middle"
      font-size="16"
      font-family="system-ui, sans-serif"
      font-weight="600"
      fill="#fff"
    >
      ${initials(name)}
    </text>
  </svg>`;
}

/** A person with portrait and link. */
export function person(login: string, name?: string): Html {
  return html`<span class="person"
    >${avatar(login, name)}<a href="${urls.owner(login)}"
      >${name ?? login}</a
    ></span
  >`;
}
