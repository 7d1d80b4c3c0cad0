import { readOverHttp } from './readOverHttp';
import { reply } from './reply';

// Apart from the process that evaluates: a whole backend would count to its memory.
reply(({ what, place, size, port }) =>
  readOverHttp(size, { place, port: port!, isPast: what === 'past' }),
);
