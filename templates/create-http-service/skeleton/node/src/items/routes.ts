import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse, Problem } from '../http/problem.ts';
import { createItem, decodeCursor, encodeCursor, isItemId, newItemSchema } from './item.ts';
import type { ItemStore } from './store.ts';

const MAX_LIMIT = 100;

const listQuery = z.object({
  limit: z
    .string()
    .default('20')
    .transform(Number)
    .refine(
      (limit) => Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT,
      `must be a whole number from 1 to ${MAX_LIMIT}`,
    ),
  cursor: z
    .string()
    .optional()
    .transform((cursor, context) => {
      if (cursor === undefined) return undefined;
      const id = decodeCursor(cursor);
      if (id !== undefined) return id;
      context.addIssue('must be a nextCursor that this service returned');
      return z.NEVER;
    }),
});

export function registerItemRoutes(app: FastifyInstance, items: ItemStore): void {
  app.get('/v1/items', async (request) => {
    const { limit, cursor } = parse(listQuery, request.query, 'query');
    const found = await items.list({ limit: limit + 1, after: cursor });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: page, ...(last && { nextCursor: encodeCursor(last.id) }) };
  });

  app.post('/v1/items', async (request, reply) => {
    const item = createItem(parse(newItemSchema, request.body, 'body'));
    await items.create(item);
    return reply.code(201).header('location', `/v1/items/${item.id}`).send(item);
  });

  app.get<{ Params: { id: string } }>('/v1/items/:id', async (request) => {
    const { id } = request.params;
    const item = isItemId(id) ? await items.find(id) : undefined;
    if (!item) throw new Problem(404, 'There is no item with this id.');
    return item;
  });
}
