/** Records what is asked over the network by `fetch`, which goes on as ever. */
export function recordRequests(): {
  /** `304 GET /repos/acme/quotes/commits`; begins anew. */
  take(): string[];
  stop(): void;
} {
  const send = globalThis.fetch;
  let seen: string[] = [];
  const spy = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (input, init) => {
      const answer = await send(input, init);
      const { pathname } = new URL(String(input));
      seen.push(`${answer.status} ${init?.method ?? 'GET'} ${pathname}`);
      return answer;
    });
  return {
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop: () => spy.mockRestore(),
  };
}
