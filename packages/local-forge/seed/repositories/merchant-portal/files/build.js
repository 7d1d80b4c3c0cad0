import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { render } from './src/render.js';

const layout = readFileSync('src/layout.html', 'utf8');
const out = process.argv[2] ?? 'out';
mkdirSync(out, { recursive: true });
for (const file of readdirSync('src/pages')) {
  const [head, ...rest] = readFileSync(`src/pages/${file}`, 'utf8').split('\n');
  const title = head.replace(/^<!-- title: (.*) -->$/, '$1');
  writeFileSync(`${out}/${file}`, render(layout, { title, content: rest.join('\n').trim() }));
}
