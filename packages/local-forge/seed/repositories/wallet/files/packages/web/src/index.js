import { WalletClient } from '../../sdk/src/index.js';

const client = new WalletClient({ base: '/api' });
const user = document.cookie.match(/user=([^;]+)/)?.[1];

if (user) {
  const { balance } = await client.balance(user);
  document.getElementById('balance').value = (balance / 100).toFixed(2);
}
