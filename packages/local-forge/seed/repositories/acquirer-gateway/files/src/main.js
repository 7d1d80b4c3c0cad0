import { createServer } from 'node:net';
import { decode, encode, redact } from './message.js';

/** Answers network management messages (0800) so that the acquirer keeps the line open. */
const server = createServer(socket => {
  socket.on('data', bytes => {
    const message = decode(bytes);
    console.log(JSON.stringify(redact(message)));
    if (message.type === '0800') {
      socket.write(encode({ type: '0810', traceNumber: message.traceNumber, responseCode: '00' }));
    }
  });
});
server.listen(Number(process.env.PORT ?? 8583));
