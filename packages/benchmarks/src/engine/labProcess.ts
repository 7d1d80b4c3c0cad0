import { labOverHttp } from './labOverHttp';
import { reply } from './reply';

reply(({ place, size, port }) => labOverHttp(size, { place, port: port! }));
