import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ForgeContext } from '../ForgeContext';
import { organizationOf } from './organizations';

/** Pictures of users and organisations: their initials on a colour of their own. */
export function avatarRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.get('/avatars/:kind(u|o)/:login', async (request, response) => {
    const { kind, login } = request.params;
    const profile =
      kind === 'u'
        ? await context.people.get(login)
        : await organizationOf(context, login);
    response.setHeader('Cache-Control', 'public, max-age=3600');
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    // Pictures are shown by the portal, which is another origin.
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response
      .type('image/svg+xml')
      .send(drawAvatar(profile.name ?? login, login));
  });
  return router;
}

/** An SVG with up to two initials; white on a hue that the login decides. */
export function drawAvatar(name: string, login: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map(word => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase('en-US');
  let hue = 0;
  for (const byte of Buffer.from(login)) {
    hue = (hue * 31 + byte) % 360;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><rect width="64" height="64" fill="hsl(${hue} 55% 32%)"/><text x="32" y="33" fill="#fff" font-family="sans-serif" font-size="26" text-anchor="middle" dominant-baseline="central">${initials}</text></svg>`;
}
