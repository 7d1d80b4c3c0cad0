import { Request, Response, urlencoded } from 'express';
import { InputError } from '@backstage/errors';
import { ZodType } from 'zod';
import { Html, html } from './html';
import { PageContext } from './PageContext';

const PERSONA_COOKIE = 'waymark_forge_persona';

/** Reads a posted form; the largest is a file that is edited. */
export const parseForm = urlencoded({ extended: false, limit: '2mb' });

/** The fields of a form that passed the guard, checked by a schema. */
export function readForm<T>(
  context: PageContext,
  request: Request,
  schema: ZodType<T>,
): T {
  context.guard.check(request);
  const result = schema.safeParse(request.body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(`${issue.path.join('.')}: ${issue.message}`);
  }
  return result.data;
}

/** The persona a form names; it is remembered for the next form. */
export function choosePersona(
  context: PageContext,
  response: Response,
  login: string,
): string {
  if (!context.personas.some(persona => persona.login === login)) {
    throw new InputError(`actor: '${login}' is not one of the personas`);
  }
  response.cookie(PERSONA_COOKIE, login, { sameSite: 'strict', path: '/' });
  return login;
}

/** The hidden field without which no form is accepted. */
export function tokenField(
  context: PageContext,
  request: Request,
  response: Response,
): Html {
  return html`<input
    type="hidden"
    name="formToken"
    value="${context.guard.token(request, response)}"
  />`;
}

/** The choice of the persona that acts. `id` must be unique on the page. */
export function personaSelect(
  context: PageContext,
  request: Request,
  id: string,
): Html {
  const last = new RegExp(`${PERSONA_COOKIE}=([^;]+)`).exec(
    request.headers.cookie ?? '',
  )?.[1];
  return html`<div>
    <label for="${id}">Act as</label>
    <select id="${id}" name="actor" autocomplete="off">
      ${context.personas.map(
        persona =>
          html`<option
            value="${persona.login}"
            ${persona.login === last && html`selected`}
          >
            ${persona.name} (${persona.login})
          </option>`,
      )}
    </select>
  </div>`;
}
