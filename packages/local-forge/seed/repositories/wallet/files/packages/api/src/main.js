import { createWalletServer } from './server.js';

createWalletServer().listen(Number(process.env.PORT ?? 8094));
