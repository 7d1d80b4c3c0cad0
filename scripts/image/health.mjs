// The container's health check: readiness as the backend itself reports it.
const port = process.env.WAYMARK_PORT ?? '7007';
const answer = await fetch(
  `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
