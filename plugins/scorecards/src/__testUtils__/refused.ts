import { ResponseError } from '@backstage/errors';

/** What is thrown where the backend has refused something. */
export const refused = (status: number, name: string, message: string) =>
  ResponseError.fromResponse(
    Response.json(
      { error: { name, message }, response: { statusCode: status } },
      { status },
    ),
  );
