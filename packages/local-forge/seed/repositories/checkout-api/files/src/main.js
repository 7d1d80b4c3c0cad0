import { createCheckoutServer } from './server.js';

const port = Number(process.env.PORT ?? 8080);
const server = createCheckoutServer({
  publish: event => console.log(JSON.stringify(event)),
});
server.listen(port, () => console.log(`checkout-api listens on ${port}`));
process.on('SIGTERM', () => server.close());
