import { NotFoundError } from '@backstage/errors';
import { didYouMean } from '@waymark/waymark-common';
import express from 'express';
import Router from 'express-promise-router';
import { definitionKinds } from '../kinds/definitionKinds';

/** `/schemas`: the JSON Schemas of our kinds, for editors. */
export function createSchemaRoutes(): express.Router {
  const router = Router();
  router.get('/schemas/:file', async (request, response) => {
    const { file } = request.params;
    const known = [...definitionKinds.keys()].map(kind => `${kind}.json`);
    const kind = definitionKinds.get(file.replace(/\.json$/, ''));
    if (!kind || !file.endsWith('.json')) {
      throw new NotFoundError(
        `No schema "${file}"${
          didYouMean(file, known) || `, there are ${known.join(', ')}`
        }`,
      );
    }
    response.type('application/schema+json').json(kind.jsonSchema());
  });
  return router;
}
