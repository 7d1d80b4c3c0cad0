import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { personaEntityRef } from './personaEntityRef';
import { Persona } from './readPersonas';

/** `GET /personas/list`: who there is to sign in as. Known from the configuration, so it answers before the catalog does. */
export function createPersonasRouter(options: { personas: Persona[] }): Router {
  const router = PromiseRouter();
  router.get('/personas/list', async (_request, response) => {
    response.json({
      personas: options.personas.map(persona => ({
        ...persona,
        entityRef: personaEntityRef(persona.login),
      })),
    });
  });
  return router;
}
